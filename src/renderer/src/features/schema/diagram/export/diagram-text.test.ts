import { describe, expect, it } from 'vitest';
import { relationshipsOf } from '../../../../../../engine/catalog/relationships.ts';
import { catalogOf, columnOf, foreignKeyOf, keyOf, tableOf } from '../../catalog-fixture.ts';
import { diagramGraph } from '../diagram-graph.ts';
import { dbmlOf } from './dbml.ts';
import { mermaidOf } from './mermaid.ts';

const odd = 'Ünï "x"';
const users = tableOf(
  'app',
  odd,
  [columnOf('id'), columnOf('seen at', { type: 'timestamp with time zone', notNull: false })],
  [keyOf('users_pkey', ['id'])],
);
const orders = tableOf(
  'app',
  'orders',
  [columnOf('id'), columnOf('user_id', { notNull: false }), columnOf('total', { type: 'numeric(12,2)', default: '0' })],
  [keyOf('orders_pkey', ['id', 'user_id']), foreignKeyOf('orders_user', ['user_id'], 'app', odd, ['id'])],
);
const catalog = catalogOf([users, orders]);
const graph = diagramGraph(catalog, relationshipsOf(catalog), { showsViews: true });
const all = new Set(graph.relations.keys());

describe('a diagram as text', () => {
  it('is what Mermaid reads, with names that it cannot hold as comments', () => {
    expect(mermaidOf(graph, all).split('\n')).toEqual([
      'erDiagram',
      `  "app.'Ünï ''x'''" {`,
      '    bigint id PK',
      '    timestamp_with_time_zone seen_at "seen at"',
      '  }',
      '  "app.orders" {',
      '    bigint id PK',
      '    bigint user_id PK, FK',
      '    numeric(12_2) total',
      '  }',
      `  "app.'Ünï ''x'''" |o--o{ "app.orders" : "orders_user"`,
      '',
    ]);
    expect(mermaidOf(graph, new Set(['app.orders']))).not.toContain('o{');
  });

  it('is what DBML reads, with quoted names, keys and references', () => {
    const text = dbmlOf(catalog, graph, all);
    expect(text).toContain('Table "app"."Ünï \\"x\\"" {\n  "id" bigint [pk]\n');
    expect(text).toContain('"seen at" "timestamp with time zone"');
    expect(text).toContain('"total" numeric(12,2) [not null, default: `0`]');
    expect(text).toContain('("id", "user_id") [pk, name: "orders_pkey"]');
    expect(text).toContain('Ref "orders_user": "app"."orders".("user_id") > "app"."Ünï \\"x\\"".("id")');
  });
});
