import { describe, expect, it } from 'vitest';
import type { Catalog, View } from '../../../../../engine/catalog/catalog.ts';
import { relationshipsOf } from '../../../../../engine/catalog/relationships.ts';
import { catalogOf, columnOf, foreignKeyOf, tableOf } from '../catalog-fixture.ts';
import { buildDiagram } from './build-diagram.ts';
import { diagramGraph } from './diagram-graph.ts';
import { cardMetrics } from './table-card.ts';

const viewOf = (name: string, more: Partial<View> = {}): View => ({
  schema: 'app',
  name,
  materialized: false,
  definition: '',
  columns: [{ name: 'total', type: 'numeric', comment: null }],
  indexes: [],
  triggers: [],
  options: [],
  populated: true,
  owner: 'owner',
  comment: null,
  ...more,
});

const parent = { schema: 'app', name: 'sales' };
const catalog = catalogOf(
  [
    tableOf('app', 'customers', [columnOf('id')]),
    {
      ...tableOf('app', 'sales', [columnOf('id'), columnOf('customer_id')]),
      kind: 'partitioned table',
      partitionKey: 'RANGE (sold_on)',
      constraints: [foreignKeyOf('sales_customer', ['customer_id'], 'app', 'customers', ['id'])],
    },
    { ...tableOf('app', 'sales_2025', [columnOf('id')]), partitionOf: { parent, bound: 'DEFAULT' } },
    {
      ...tableOf('app', 'sales_2025_a', [columnOf('id')]),
      partitionOf: { parent: { schema: 'app', name: 'sales_2025' }, bound: 'DEFAULT' },
    },
    { ...tableOf('app', 'big_customers', [columnOf('id')]), inherits: [{ schema: 'app', name: 'customers' }] },
  ],
  {
    views: [viewOf('revenue'), viewOf('cached', { materialized: true })],
    dependencies: [
      {
        dependent: { kind: 'view', schema: 'app', name: 'revenue' },
        on: { kind: 'table', schema: 'app', name: 'customers', column: 'id' },
      },
      {
        dependent: { kind: 'materialized view', schema: 'app', name: 'cached' },
        on: { kind: 'view', schema: 'app', name: 'revenue', column: 'total' },
      },
    ],
  } satisfies Partial<Catalog>,
);
const graph = (showsViews: boolean) => diagramGraph(catalog, relationshipsOf(catalog), { showsViews });
const linesOf = (showsViews: boolean) =>
  graph(showsViews).lines.map(({ kind, child, parent }) => `${child} ${kind} ${parent}`);

describe('diagramGraph', () => {
  it('joins foreign keys, inheritance and what views read', () => {
    expect(linesOf(true)).toEqual([
      'app.sales foreign key app.customers',
      'app.big_customers inherits app.customers',
      'app.cached reads app.revenue',
      'app.revenue reads app.customers',
    ]);
  });

  it('leaves views out where they are not wanted', () => {
    expect(linesOf(false)).toEqual(['app.sales foreign key app.customers', 'app.big_customers inherits app.customers']);
    expect([...graph(false).relations.keys()]).not.toContain('app.revenue');
  });

  it('keeps partitions on the card of their table, those of partitions too', () => {
    const { cards } = buildDiagram(catalog, graph(true), { kind: 'all' }, 'names');
    expect(cards.has('app.sales_2025')).toBe(false);
    expect(cards.get('app.sales')).toMatchObject({
      partitions: '2 partitions by RANGE (sold_on)',
      height: cardMetrics.header + cardMetrics.row + 2,
    });
    expect(cards.get('app.customers')?.partitions).toBeNull();
  });

  it('draws views as what they are, from header to header', () => {
    const { cards, edges } = buildDiagram(catalog, graph(true), { kind: 'all' }, 'all');
    expect(cards.get('app.cached')).toMatchObject({ kind: 'materialized view', rows: [{ column: 'total' }] });
    const middle = 1 + cardMetrics.header / 2;
    expect(edges.find(({ child }) => child === 'app.revenue')).toMatchObject({
      childOffset: middle,
      parentOffset: middle,
    });
  });

  it('shows what reads a table among its neighbours', () => {
    const scope = { kind: 'focus', table: 'app.revenue', depth: 1, expanded: new Set<string>() } as const;
    expect([...buildDiagram(catalog, graph(true), scope, 'names').cards.keys()].toSorted()).toEqual([
      'app.cached',
      'app.customers',
      'app.revenue',
    ]);
  });
});
