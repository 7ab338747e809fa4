import { as, nameOf } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const cluster = defineRule({
  id: 'cluster',
  title: 'CLUSTER rewrites the table',
  category: 'rewrite',
  severity: 'error',
  servers: {},
  on: ['ClusterStmt'],
  foldsUnder: ['concurrently-in-transaction'],
  docs: {
    what: 'CLUSTER of a table or of all clustered tables.',
    why: 'The table and its indexes are written again in the order of an index under ACCESS EXCLUSIVE.',
    instead: 'An online tool such as pg_repack with an order, or a maintenance window.',
    ignoreWhen: 'the table is small or out of use.',
    manual: 'https://www.postgresql.org/docs/current/sql-cluster.html',
  },
  examples: [
    {
      name: 'one table',
      setup: 'create table orders (id bigint primary key);',
      up: 'CLUSTER orders USING orders_pkey;',
      finds: [{ text: 'CLUSTER orders USING orders_pkey', severity: 'error' }],
      trace: { locks: { orders: 'ACCESS EXCLUSIVE' }, rewrites: ['orders'] },
    },
    { name: 'all tables', up: 'cluster;', finds: [{ text: 'cluster' }] },
    { name: 'only remembering the index', up: 'alter table orders cluster on orders_pkey;', finds: [] },
    { name: 'a new table', up: 'create table fresh (a int primary key); cluster fresh using fresh_pkey;', finds: [] },
  ],
  check: (context) => {
    const statement = as(context.statement.node, 'ClusterStmt');
    if (statement === undefined) return [];
    const standing = context.standing(nameOf(statement.relation));
    const severity = severityFor(standing, 'error');
    if (severity === null) return [];
    const what = statement.relation === undefined ? 'every clustered table' : shown(nameOf(statement.relation));
    return [
      {
        range: context.source.range,
        severity,
        message: `All of ${what} is written again while nobody can read or write it (${standing.words})`,
        evidence: { rewrite: true, rows: standing.rows, bytes: standing.bytes },
      },
    ];
  },
});
