import { describe, expect, it } from 'vitest';
import { catalog, column, foreignKey, table, uniqueIndex } from '../../../test/support/catalog-objects.ts';
import { otherEnd, relationshipsOf } from './relationships.ts';

const customers = table('customers', { columns: [column('id', { notNull: true })] });
const orders = table('orders', {
  columns: [column('id', { notNull: true }), column('customer_id', { notNull: true }), column('gift_for')],
  constraints: [
    foreignKey('orders_customer', ['customer_id'], 'customers', ['id']),
    foreignKey('orders_gift', ['gift_for'], 'customers', ['id']),
  ],
});
const invoices = table('invoices', {
  columns: [column('order_id', { notNull: true }), column('part')],
  indexes: [uniqueIndex('invoices_pkey', ['order_id'])],
  constraints: [foreignKey('invoices_order', ['order_id'], 'orders', ['id'])],
});
const alone = table('alone');
const partition = table('orders_2025', {
  partitionOf: { parent: orders, bound: 'DEFAULT' },
  constraints: [foreignKey('copied', ['customer_id'], 'customers', ['id'])],
});
const graph = relationshipsOf(catalog({ tables: [alone, customers, invoices, orders, partition] }));

describe('the graph of foreign keys', () => {
  it('has an edge for each key, and none for the copies of partitions', () => {
    expect(graph.edges.map(({ name }) => name)).toEqual(['invoices_order', 'orders_customer', 'orders_gift']);
    expect([...graph.tables.keys()]).not.toContain('public.orders_2025');
  });

  it('leaves out a key to a table that the catalog does not hold', () => {
    expect(relationshipsOf(catalog({ tables: [orders] })).edges).toEqual([]);
  });

  it('knows how many rows can stand at each end', () => {
    expect(graph.edges.map(({ name, childEnd, parentEnd }) => [name, childEnd, parentEnd])).toEqual([
      ['invoices_order', 'zero or one', 'exactly one'],
      ['orders_customer', 'many', 'exactly one'],
      ['orders_gift', 'many', 'zero or one'],
    ]);
  });

  it('does not take a partial, an invalid or a wider unique index for one', () => {
    const only = (index: Parameters<typeof uniqueIndex>[2], columns = ['order_id']) =>
      relationshipsOf(
        catalog({ tables: [orders, { ...invoices, indexes: [uniqueIndex('i', columns, index)] }] }),
      ).edges.find(({ name }) => name === 'invoices_order')?.childEnd;
    expect(only({ predicate: '(part IS NULL)' })).toBe('many');
    expect(only({ valid: false })).toBe('many');
    expect(only({}, ['order_id', 'part'])).toBe('many');
  });

  it('lists the edges of a table in both roles', () => {
    const names = (path: string) => (graph.of.get(path) ?? []).map(({ name }) => name);
    expect(names('public.orders')).toEqual(['invoices_order', 'orders_customer', 'orders_gift']);
    expect(names('public.customers')).toEqual(['orders_customer', 'orders_gift']);
    expect(names('public.alone')).toEqual([]);
    expect(graph.edges.map((edge) => otherEnd(edge, 'public.orders'))).toEqual([
      'public.invoices',
      'public.customers',
      'public.customers',
    ]);
  });

  it('counts a self reference once', () => {
    const tree = table('tree', {
      columns: [column('id', { notNull: true }), column('parent_id')],
      constraints: [foreignKey('tree_parent', ['parent_id'], 'tree', ['id'])],
    });
    const [edge, ...others] = relationshipsOf(catalog({ tables: [tree] })).of.get('public.tree') ?? [];
    expect(others).toEqual([]);
    expect(edge).toMatchObject({ parentEnd: 'zero or one', childEnd: 'many' });
  });

  it('reads a composite key as one edge that may point nowhere when any of its columns may be null', () => {
    const lines = table('lines', {
      columns: [column('tenant', { notNull: true }), column('order_no')],
      constraints: [foreignKey('lines_order', ['tenant', 'order_no'], 'customers', ['id', 'no'])],
    });
    expect(relationshipsOf(catalog({ tables: [customers, lines] })).edges).toEqual([
      expect.objectContaining({ childColumns: ['tenant', 'order_no'], parentEnd: 'zero or one', childEnd: 'many' }),
    ]);
  });

  it('keeps odd names and tables of one name in two schemas apart', () => {
    const odd = [table('c', { schema: 'a.b' }), table('b.c', { schema: 'a' }), table('order', { schema: 'A"' })];
    const paths = [...relationshipsOf(catalog({ tables: [customers, ...odd] })).tables.keys()];
    expect(paths).toEqual(['public.customers', '"a.b".c', 'a."b.c"', '"A"""."order"']);
  });
});
