import { expect, it } from 'vitest';
import { catalog, column, table } from '../../../test/support/catalog-objects.ts';
import type { Dependency, View } from './catalog.ts';
import { derivationsOf } from './derivations.ts';

const view = (name: string): View => ({
  schema: 'public',
  name,
  materialized: false,
  definition: '',
  columns: [],
  indexes: [],
  triggers: [],
  options: [],
  populated: true,
  owner: 'owner',
  comment: null,
});
const reads = (name: string, kind: string, of: string, column: string | null): Dependency => ({
  dependent: { kind: 'view', schema: 'public', name },
  on: { kind, schema: 'public', name: of, column },
});

const orders = table('orders', { columns: [column('id'), column('total')] });
const partition = table('orders_2025', { partitionOf: { parent: orders, bound: 'DEFAULT' } });
const child = table('old_orders', { inherits: [{ schema: 'public', name: 'orders' }] });

it('names each relation once, with the columns in the order of the table', () => {
  const dependencies = [reads('sums', 'table', 'orders', 'total'), reads('sums', 'table', 'orders', 'id')];
  expect(derivationsOf(catalog({ tables: [orders], views: [view('sums')], dependencies }))).toMatchObject([
    { kind: 'reads', child: 'public.sums', parent: 'public.orders', parentColumns: ['id', 'total'] },
  ]);
});

it('takes a partition for its table, and no type for the table that it belongs to', () => {
  const dependencies = [reads('sums', 'table', 'orders_2025', 'total'), reads('sums', 'type', 'orders', null)];
  const found = derivationsOf(catalog({ tables: [orders, partition], views: [view('sums')], dependencies }));
  expect(found).toMatchObject([{ child: 'public.sums', parent: 'public.orders', parentColumns: ['total'] }]);
});

it('knows inheritance, and leaves out what the catalog does not hold', () => {
  expect(derivationsOf(catalog({ tables: [child, orders] }))).toMatchObject([
    { kind: 'inherits', child: 'public.old_orders', parent: 'public.orders', parentColumns: [] },
  ]);
  const dependencies = [reads('sums', 'table', 'elsewhere', null), reads('gone', 'table', 'orders', null)];
  expect(derivationsOf(catalog({ tables: [child], views: [view('sums')], dependencies }))).toEqual([]);
});
