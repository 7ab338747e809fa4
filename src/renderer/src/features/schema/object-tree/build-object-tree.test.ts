import { describe, expect, it } from 'vitest';
import { catalogOf, columnOf, keyOf, tableOf } from '../catalog-fixture.ts';
import { buildObjectTree, catalogSummary, type TreeNode } from './build-object-tree.ts';

const catalog = catalogOf([
  tableOf('app', 'users', [columnOf('id'), columnOf('email')], [keyOf('users_pkey', ['id'])]),
  tableOf('app', 'orders', [columnOf('id')]),
  tableOf('billing', 'users', [columnOf('id')]),
  {
    ...tableOf('app', 'orders_2026', [columnOf('id')]),
    partitionOf: { parent: { schema: 'app', name: 'orders' }, bound: 'DEFAULT' },
  },
]);
const none = new Set<string>();
const schemasOf = (tree: TreeNode) =>
  tree.children.map((schema) => [schema.label, schema.children.map(({ label }) => label)]);

describe('buildObjectTree', () => {
  it('shows tables in their schemas, and a name twice where it is there twice', () => {
    expect(schemasOf(buildObjectTree(catalog, '', none))).toEqual([
      ['app', ['orders', 'users']],
      ['billing', ['users']],
    ]);
    const ids = buildObjectTree(catalog, '', none).children.flatMap(({ children }) => children.map(({ id }) => id));
    expect(new Set(ids).size).toBe(3);
  });

  it('makes children only of what is opened', () => {
    const closed = buildObjectTree(catalog, '', none).children[0]?.children[1];
    expect(closed).toMatchObject({ hasChildren: true, children: [] });
    const opened = buildObjectTree(catalog, '', new Set(['table:app.users', 'table:app.users/Columns']));
    const groups = opened.children[0]?.children[1]?.children;
    expect(groups?.map(({ label, detail }) => [label, detail])).toEqual([
      ['Columns', '2'],
      ['Indexes', '0'],
      ['Constraints', '1'],
      ['Triggers', '0'],
      ['Policies', '0'],
    ]);
    expect(groups?.[0]?.children.map(({ label }) => label)).toEqual(['id', 'email']);
  });

  it('puts partitions under their parent', () => {
    const opened = buildObjectTree(catalog, '', new Set(['table:app.orders']));
    expect(opened.children[0]?.children[0]?.children.at(-1)).toMatchObject({ label: 'Partitions', detail: '1' });
    expect(catalogSummary(catalog)).toBe('3 tables, 0 views, 0 functions');
  });

  it('filters by name, dotted name and column', () => {
    expect(schemasOf(buildObjectTree(catalog, 'BILLING.u', none))).toEqual([['billing', ['users']]]);
    expect(schemasOf(buildObjectTree(catalog, 'email', none))).toEqual([['app', ['users']]]);
    expect(schemasOf(buildObjectTree(catalog, 'nowhere', none))).toEqual([]);
  });
});
