import { as, nameOf } from '../../sql/nodes.ts';
import { bytesInWords } from '../../sql/quantity.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

const day = 86_400_000;

/** Counters of fewer days say little: a report runs once a month. */
const longEnough = 30 * day;

/** Smaller indexes cost next to nothing. */
const worthwhile = 1024 ** 2;

export const unusedIndex = defineRule({
  id: 'unused-index',
  title: 'Table with an index that nothing uses',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  needs: 'facts',
  on: ['IndexStmt', 'ReindexStmt'],
  docs: {
    what: 'CREATE INDEX on a table, or REINDEX, where the facts show an index of the table of at least 1 MB that was not scanned once in 30 days or more. Unique indexes and those of constraints are left out: they work without being scanned.',
    why: 'Every write maintains it, it keeps pages in the cache, and with one index more HOT updates are rarer; nobody gains anything.',
    instead: 'DROP INDEX CONCURRENTLY, in a migration of its own.',
    ignoreWhen: 'standbys use it: they count for themselves.',
    manual: 'https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW',
  },
  examples: [
    {
      name: 'one more index beside one that nobody uses',
      setup: 'create table users (id bigint primary key, a int, b int); create index old on users (a);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: {
        indexes: [{ schema: 'public', name: 'old', bytes: 900_000_000, scans: 0 }],
        server: {
          time: '2026-11-20T08:00:00Z',
          startedAt: '2026-01-01T00:00:00Z',
          inRecovery: false,
          transactionAge: 5000,
          statisticsResetAt: '2026-08-01T00:00:00Z',
        },
      },
      up: 'CREATE INDEX CONCURRENTLY i ON users (b);',
      finds: [{ text: 'CREATE INDEX', severity: 'info' }],
    },
    {
      name: 'it is built anew',
      setup: 'create table users (id bigint primary key, a int); create index old on users (a);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: {
        indexes: [{ schema: 'public', name: 'old', bytes: 900_000_000, scans: 0 }],
        server: {
          time: '2026-11-20T08:00:00Z',
          startedAt: '2026-01-01T00:00:00Z',
          inRecovery: false,
          transactionAge: 5000,
          statisticsResetAt: '2026-08-01T00:00:00Z',
        },
      },
      up: 'reindex index concurrently old;',
      finds: [{ text: 'reindex index' }],
    },
    {
      name: 'the counters are young',
      setup: 'create table users (id bigint primary key, a int, b int); create index old on users (a);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: {
        indexes: [{ schema: 'public', name: 'old', bytes: 900_000_000, scans: 0 }],
        server: {
          time: '2026-11-20T08:00:00Z',
          startedAt: '2026-01-01T00:00:00Z',
          inRecovery: false,
          transactionAge: 5000,
          statisticsResetAt: '2026-11-19T00:00:00Z',
        },
      },
      up: 'create index concurrently i on users (b);',
      finds: [],
    },
    {
      name: 'the index of a key, and one in use',
      setup: 'create table users (id bigint primary key, a int, b int); create index old on users (a);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: {
        indexes: [
          { schema: 'public', name: 'old', bytes: 900_000_000, scans: 12 },
          { schema: 'public', name: 'users_pkey', bytes: 900_000_000, scans: 0 },
        ],
        server: {
          time: '2026-11-20T08:00:00Z',
          startedAt: '2026-01-01T00:00:00Z',
          inRecovery: false,
          transactionAge: 5000,
          statisticsResetAt: null,
        },
      },
      up: 'create index concurrently i on users (b);',
      finds: [],
    },
    { name: 'without facts nothing is known', up: 'create index concurrently i on users (b);', finds: [] },
  ],
  check: (context) => {
    const { facts, direction } = context;
    if (facts?.server === undefined || direction === 'down') return [];
    // Without a reset the counters are as old as the database, and at least as old as the server's start.
    const since = facts.server.statisticsResetAt ?? facts.server.startedAt;
    if (Date.parse(facts.server.time) - Date.parse(since) < longEnough) return [];
    const { node } = context.statement;
    const index = as(node, 'IndexStmt');
    const reindexed = as(node, 'ReindexStmt')?.relation;
    const placed = reindexed === undefined ? null : context.database.index(nameOf(reindexed));
    const table = context.database.table(placed?.on ?? nameOf(index?.relation ?? reindexed));
    if (table === null) return [];
    const unused = table.indexes.flatMap((one) => {
      const fact = facts.indexes.find((known) => keyOf(known) === keyOf({ schema: table.schema, name: one.name }));
      const concerned = placed === null || placed.index.name === one.name;
      const works = one.unique || one.constraint !== null || one.replicaIdentity || one.clustered;
      return fact === undefined || fact.scans > 0 || fact.bytes < worthwhile || works || !concerned ? [] : [fact];
    });
    const [largest] = unused.toSorted((a, b) => b.bytes - a.bytes);
    if (largest === undefined) return [];
    const more = unused.length > 1 ? `, and ${unused.length - 1} more` : '';
    return [
      {
        range: context.source.head(2),
        message: `${quoteIdentifier(largest.name)} of ${shown(table.schema === 'public' ? { schema: null, name: table.name } : table)} (${bytesInWords(largest.bytes)}) has not been scanned since ${since.slice(0, 10)}${more}`,
        evidence: { table: table.name, indexes: unused.map(({ name, bytes }) => ({ name, bytes })), since },
      },
    ];
  },
});
