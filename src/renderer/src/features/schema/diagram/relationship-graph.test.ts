import { describe, expect, it } from 'vitest';
import { catalogOf, columnOf, foreignKeyOf, keyOf, tableOf } from '../catalog-fixture.ts';
import { relationshipGraph } from './relationship-graph.ts';

const users = tableOf('app', 'users', [columnOf('id')], [keyOf('users_pkey', ['id'])]);

describe('relationshipGraph', () => {
  it('keeps two tables of one name in two schemas apart', () => {
    const orders = tableOf(
      'app',
      'orders',
      [columnOf('id'), columnOf('user_id')],
      [foreignKeyOf('orders_user_fk', ['user_id'], 'billing', 'users', ['id'])],
    );
    const graph = relationshipGraph(
      catalogOf([users, tableOf('billing', 'users', [columnOf('id')], [keyOf('users_pkey', ['id'])]), orders]),
    );
    expect([...graph.tables.keys()]).toEqual(['app.users', 'billing.users', 'app.orders']);
    expect(graph.relationships.map(({ child, parent }) => [child, parent])).toEqual([['app.orders', 'billing.users']]);
    expect(graph.of.has('app.users')).toBe(false);
  });

  it('gives odd names ids that cannot collide', () => {
    const graph = relationshipGraph(
      catalogOf([tableOf('a.b', 'c', []), tableOf('a', 'b.c', []), tableOf('a', 'B"C', [])]),
    );
    expect([...graph.tables.keys()]).toEqual(['"a.b".c', 'a."b.c"', 'a."B""C"']);
  });

  it('counts a self reference once for its table', () => {
    const tree = tableOf(
      'app',
      'categories',
      [columnOf('id'), columnOf('parent_id', { notNull: false })],
      [
        keyOf('categories_pkey', ['id']),
        foreignKeyOf('categories_parent_fk', ['parent_id'], 'app', 'categories', ['id']),
      ],
    );
    const graph = relationshipGraph(catalogOf([tree]));
    expect(graph.of.get('app.categories')).toHaveLength(1);
    expect(graph.relationships[0]).toMatchObject({ parentEnd: 'zero or one', childEnd: 'many' });
  });

  it('reads a composite key as one relationship, nullable when any of its columns is', () => {
    const lines = tableOf(
      'app',
      'lines',
      [columnOf('tenant'), columnOf('order_no', { notNull: false })],
      [foreignKeyOf('lines_order_fk', ['tenant', 'order_no'], 'app', 'orders', ['tenant', 'no'])],
    );
    const orders = tableOf(
      'app',
      'orders',
      [columnOf('tenant'), columnOf('no')],
      [keyOf('orders_pkey', ['tenant', 'no'])],
    );
    const [relationship] = relationshipGraph(catalogOf([lines, orders])).relationships;
    expect(relationship).toMatchObject({
      childColumns: ['tenant', 'order_no'],
      parentColumns: ['tenant', 'no'],
      parentEnd: 'zero or one',
      childEnd: 'many',
    });
  });

  it('knows that a unique foreign key allows one child at most', () => {
    const profile = tableOf(
      'app',
      'profiles',
      [columnOf('user_id')],
      [keyOf('profiles_pkey', ['user_id']), foreignKeyOf('profiles_user_fk', ['user_id'], 'app', 'users', ['id'])],
    );
    expect(relationshipGraph(catalogOf([users, profile])).relationships[0]).toMatchObject({
      childEnd: 'zero or one',
      parentEnd: 'exactly one',
    });
  });

  it('does not take a key over more columns as proof of uniqueness', () => {
    const link = tableOf(
      'app',
      'members',
      [columnOf('user_id'), columnOf('team_id')],
      [
        keyOf('members_pkey', ['user_id', 'team_id']),
        foreignKeyOf('members_user_fk', ['user_id'], 'app', 'users', ['id']),
      ],
    );
    expect(relationshipGraph(catalogOf([users, link])).relationships[0]?.childEnd).toBe('many');
  });

  it('leaves partitions to their parent', () => {
    const part = {
      ...tableOf('app', 'events_2026', [columnOf('id')]),
      partitionOf: { parent: { schema: 'app', name: 'events' }, bound: 'DEFAULT' },
    };
    expect([...relationshipGraph(catalogOf([tableOf('app', 'events', []), part])).tables.keys()]).toEqual([
      'app.events',
    ]);
  });
});
