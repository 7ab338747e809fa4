import { describe, expect, it } from 'vitest';
import { catalogOf, columnOf, keyOf, tableOf } from '../catalog-fixture.ts';
import { buildObjectTree, catalogSummary, treeSource } from './build-object-tree.ts';
import type { TreeNode } from './tree-node.ts';

const catalog = catalogOf([
  tableOf('app', 'users', [columnOf('id'), columnOf('email')], [keyOf('users_pkey', ['id'])]),
  tableOf('app', 'orders', [columnOf('id')]),
  tableOf('billing', 'users', [columnOf('id')]),
  {
    ...tableOf('app', 'orders_2026', [columnOf('id')]),
    partitionOf: { parent: { schema: 'app', name: 'orders' }, bound: 'DEFAULT' },
  },
  {
    ...tableOf('app', 'orders_2026_q1', [columnOf('id')]),
    partitionOf: { parent: { schema: 'app', name: 'orders_2026' }, bound: 'DEFAULT' },
  },
]);
const none = new Set<string>();
const schemasOf = (tree: TreeNode) =>
  tree.children.map((schema) => [schema.label, schema.children.map(({ label }) => label)]);

describe('buildObjectTree', () => {
  it('shows tables in their schemas, and a name twice where it is there twice', () => {
    expect(schemasOf(buildObjectTree(treeSource(catalog), '', none))).toEqual([
      ['app', ['orders', 'users']],
      ['billing', ['users']],
    ]);
    const ids = buildObjectTree(treeSource(catalog), '', none).children.flatMap(({ children }) =>
      children.map(({ id }) => id),
    );
    expect(new Set(ids).size).toBe(3);
  });

  it('makes children only of what is opened', () => {
    const closed = buildObjectTree(treeSource(catalog), '', none).children[0]?.children[1];
    expect(closed).toMatchObject({ hasChildren: true, children: [] });
    const opened = buildObjectTree(treeSource(catalog), '', new Set(['table:app.users', 'table:app.users/Columns']));
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
    const opened = buildObjectTree(treeSource(catalog), '', new Set(['table:app.orders']));
    expect(opened.children[0]?.children[0]?.children.at(-1)).toMatchObject({ label: 'Partitions', detail: '2' });
    expect(catalogSummary(catalog)).toBe('3 tables');
  });

  it('filters by name, dotted name and column', () => {
    expect(schemasOf(buildObjectTree(treeSource(catalog), 'BILLING.u', none))).toEqual([['billing', ['users']]]);
    expect(schemasOf(buildObjectTree(treeSource(catalog), 'email', none))).toEqual([['app', ['users']]]);
    expect(schemasOf(buildObjectTree(treeSource(catalog), 'nowhere', none))).toEqual([]);
  });

  it('finds what is inside of tables, and shows nothing else of them', () => {
    const found = (wanted: string) =>
      buildObjectTree(treeSource(catalog), wanted, none).children.flatMap(({ children }) =>
        children.map(({ label, children: groups }) => [
          label,
          groups.map((group) => [group.label, group.detail, group.children.map((leaf) => leaf.label)]),
        ]),
      );
    expect(found('Users_pkey')).toEqual([['users', [['Constraints', '1', ['users_pkey']]]]]);
    expect(found('_2026_q')).toEqual([['orders', [['Partitions', '1', ['orders_2026_q1']]]]]);
    expect(found('users')).toEqual([
      ['users', []],
      ['users', []],
    ]);
  });

  it('orders numbers in names by their value', () => {
    const many = catalogOf(['part10', 'part9', 'part1'].map((name) => tableOf('app', name, [])));
    expect(schemasOf(buildObjectTree(treeSource(many), '', none))).toEqual([['app', ['part1', 'part9', 'part10']]]);
  });

  it('claims no number of rows where nobody has counted', () => {
    const facts = {
      capturedAt: catalog.capturedAt,
      tables: [
        { schema: 'app', name: 'users', rows: 12, rowsBasis: 'size', bytes: 8192, columns: [] },
        { schema: 'app', name: 'orders', rows: 38_200, rowsBasis: 'analyzed', bytes: 8192, columns: [] },
      ],
      indexes: [],
    } as const;
    const [app] = buildObjectTree(treeSource({ ...catalog, facts }), '', none).children;
    expect(app?.children.map(({ detail }) => detail)).toEqual(['38.2 k', '?']);
  });

  it('groups everything else by kind, and ends with what is not in the catalog', () => {
    const rich = catalogOf(catalog.tables, {
      extensions: [{ name: 'citext', version: '1.6', schema: 'app' }],
      otherObjects: [
        defined('collation', 'app', 'german'),
        defined('event trigger', '', 'watch'),
        defined('rule', 'app', 'users.redirect', { schema: 'app', name: 'users' }),
      ],
      notModelled: ['1 operator family'],
      notVisible: ['the secrets of 2 user mappings'],
    });
    const tree = buildObjectTree(treeSource(rich), '', new Set(['table:app.users', 'database/Not modelled']));
    expect(schemasOf(tree)).toEqual([
      ['app', ['orders', 'users', 'Collations']],
      ['billing', ['users']],
      ['Extensions', []],
      ['Event triggers', []],
      ['Not modelled', ['1 operator family']],
      ['Not visible to this role', []],
    ]);
    expect(tree.children[0]?.children[1]?.children.map(({ label }) => label)).toContain('Rules');
  });
});

const defined = (
  kind: string,
  schema: string,
  name: string,
  table: { schema: string; name: string } | null = null,
) => ({
  kind,
  schema,
  name,
  table,
  definition: '',
  owner: 'owner',
  comment: null,
});
