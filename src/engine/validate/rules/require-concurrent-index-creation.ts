import { all, as, nameOf } from '../../sql/nodes.ts';
import { makeConcurrent } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const requireConcurrentIndexCreation = defineRule({
  id: 'require-concurrent-index-creation',
  title: 'Index built without CONCURRENTLY',
  category: 'locking',
  severity: 'error',
  servers: {},
  on: ['IndexStmt'],
  docs: {
    what: 'CREATE INDEX without CONCURRENTLY on a table that exists before the migration.',
    why: 'The build holds a SHARE lock on the table from start to end: reads go on, every INSERT, UPDATE and DELETE waits until the index is complete.',
    instead:
      'CREATE INDEX CONCURRENTLY, outside a transaction block. If it fails it leaves an INVALID index: drop that with DROP INDEX CONCURRENTLY and build again.',
    ignoreWhen: 'the table is small, or writes may wait for the time of the build.',
    manual: 'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
  },
  examples: [
    {
      name: 'an index on an existing table',
      setup: 'create table orders (id bigint primary key, a int);',
      up: 'CREATE INDEX i ON orders(a);',
      finds: [{ text: 'CREATE INDEX', severity: 'error' }],
      fixed: 'CREATE INDEX CONCURRENTLY i ON orders(a);',
      trace: { locks: { orders: 'SHARE' } },
    },
    {
      name: 'a unique index, without any catalog',
      up: '-- speed up the list\ncreate unique index "I" on only sales."Orders" (lower(name)) where a > 1;',
      finds: [],
    },
    {
      name: 'a unique index on a quoted table, without any catalog',
      up: '-- speed up the list\ncreate unique index "I" on sales."Orders" (lower(name)) where a > 1;',
      finds: [{ text: 'create unique index', severity: 'error' }],
      fixed: '-- speed up the list\ncreate unique index CONCURRENTLY "I" on sales."Orders" (lower(name)) where a > 1;',
    },
    {
      name: 'a small table',
      setup: 'create table orders (id bigint primary key, a int);',
      facts: [{ table: 'orders', rows: 120, bytes: 16_384 }],
      up: 'create index on orders (a);',
      finds: [{ text: 'create index', severity: 'info' }],
    },
    {
      name: 'inside a transaction there is no safe rewrite of the same statement',
      setup: 'create table orders (id bigint primary key, a int);',
      up: 'begin; create index i on orders (a); commit;',
      finds: [{ text: 'create index', severity: 'error' }],
    },
    { name: 'a concurrent build', up: 'CREATE INDEX CONCURRENTLY i ON orders (a);', finds: [] },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (a int);\ncreate index i on fresh (a);',
      finds: [],
    },
    {
      name: 'ONLY before a table that is not partitioned',
      setup: 'create table orders (id bigint primary key, a int);',
      up: 'create index i on only orders (a);',
      finds: [{ text: 'create index' }],
      trace: { locks: { orders: 'SHARE' } },
    },
    {
      name: 'an index that is there already',
      setup: 'create table orders (id bigint primary key, a int); create index i on orders (a);',
      up: 'create index if not exists i on orders (a);',
      finds: [],
    },
  ],
  check: (context) => {
    const index = as(context.statement.node, 'IndexStmt');
    if (index === undefined || index.concurrent === true) return [];
    const written = nameOf(index.relation);
    const table = context.database.table(written);
    // On a partitioned table CONCURRENTLY is refused (a rule of its own), and ONLY makes no more than a catalog entry.
    if (table?.kind === 'partitioned table' || (table === null && index.relation?.inh !== true)) return [];
    if (index.if_not_exists === true && index.idxname !== undefined) {
      const { schema } = context.database.resolve(written);
      if (context.database.index({ schema, name: index.idxname }) !== null) return [];
    }
    // A materialized view that was never filled has no rows, and nobody can read it.
    if (context.database.view(written)?.populated === false) return [];
    const standing = context.standing(written);
    const severity = severityFor(standing, 'error');
    if (severity === null) return [];
    const word = context.source.words('INDEX');
    return [
      {
        range: context.source.head(index.unique === true ? 3 : 2),
        severity,
        message: `Building this index blocks all writes to ${shown(written)} until it is complete (${standing.words})`,
        evidence: { table: shown(written), lock: 'SHARE', rows: standing.rows, bytes: standing.bytes },
        // TimescaleDB has a way of its own, which goes with nothing else.
        fix: all(index.options, 'DefElem').some(({ defnamespace }) => defnamespace === 'timescaledb')
          ? null
          : makeConcurrent(context, word, 'Build the index CONCURRENTLY'),
      },
    ];
  },
});
