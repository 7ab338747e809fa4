import { describe, expect, it } from 'vitest';
import type { Table } from '../../../../../engine/catalog/catalog.ts';
import { relationshipsOf } from '../../../../../engine/catalog/relationships.ts';
import { catalogOf, columnOf, foreignKeyOf, keyOf, tableOf } from '../catalog-fixture.ts';
import { diagramGraph } from './diagram-graph.ts';
import { type DiagramScope, expandChips, visibleTables } from './visible-tables.ts';

const refersTo = (name: string, ...parents: readonly string[]) =>
  tableOf(
    'app',
    name,
    [columnOf('id'), ...parents.map((parent) => columnOf(`${parent}_id`))],
    [
      keyOf(`${name}_pkey`, ['id']),
      ...parents.map((parent) => foreignKeyOf(`${name}_${parent}`, [`${parent}_id`], 'app', parent, ['id'])),
    ],
  );

const graphOf = (tables: readonly Table[]) => {
  const catalog = catalogOf(tables);
  return diagramGraph(catalog, relationshipsOf(catalog), { showsViews: true });
};

const graph = graphOf([
  refersTo('users'),
  refersTo('orders', 'users'),
  refersTo('items', 'orders', 'products'),
  refersTo('products'),
  refersTo('payments', 'orders'),
  refersTo('alone'),
]);
const focus = (table: string, depth: number, ...expanded: readonly string[]): DiagramScope => ({
  kind: 'focus',
  table,
  depth,
  expanded: new Set(expanded),
});

describe('visibleTables', () => {
  it('shows a table and its neighbours in both directions', () => {
    expect(visibleTables(graph, focus('app.orders', 1)).toSorted()).toEqual([
      'app.items',
      'app.orders',
      'app.payments',
      'app.users',
    ]);
  });

  it('goes further with depth', () => {
    expect(visibleTables(graph, focus('app.users', 1))).toEqual(['app.users', 'app.orders']);
    expect(visibleTables(graph, focus('app.users', 3))).toContain('app.products');
    expect(visibleTables(graph, focus('app.users', 3))).not.toContain('app.alone');
  });

  it('opens the neighbours of a table by hand', () => {
    expect(visibleTables(graph, focus('app.users', 1, 'app.orders')).toSorted()).toEqual([
      'app.items',
      'app.orders',
      'app.payments',
      'app.users',
    ]);
  });

  it('draws nothing for a table that is gone', () => {
    expect(visibleTables(graph, focus('app.gone', 2))).toEqual([]);
  });

  it('draws everything when asked', () => {
    expect(visibleTables(graph, { kind: 'all' })).toHaveLength(6);
  });

  it('keeps a hub with hundreds of referrers readable', () => {
    const hub = graphOf([
      refersTo('users'),
      ...Array.from({ length: 300 }, (_, index) => refersTo(`t${index}`, 'users')),
    ]);
    const visible = visibleTables(hub, focus('app.users', 1));
    expect(visible.length).toBeLessThan(30);
    expect(expandChips(hub, visible)).toMatchObject([{ table: 'app.users', text: '276 more refer here' }]);
  });
});

describe('expandChips', () => {
  it('names what is hidden when it is little', () => {
    expect(expandChips(graph, visibleTables(graph, focus('app.users', 1)))).toEqual([
      { table: 'app.orders', hidden: ['app.items', 'app.payments'], text: 'items, payments' },
    ]);
  });

  it('offers nothing when everything is shown', () => {
    expect(expandChips(graph, visibleTables(graph, { kind: 'all' }))).toEqual([]);
  });
});
