import { as, nameOf, type WrittenName } from '../../sql/nodes.ts';
import { optionIsOn } from '../../sql/option-is-on.ts';
import { insertBefore } from '../fixes.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

/** Longer than this is no short timeout, whatever is built. */
const patient = 30 * 60_000;

/** Within less than this no index of a large table is built. */
const hopeless = 10_000;

/** The table whose index is built without blocking, which takes its time; null for other statements. */
const built = (context: CheckContext): WrittenName | null => {
  const index = as(context.statement.node, 'IndexStmt');
  if (index?.concurrent === true) return nameOf(index.relation);
  const reindex = as(context.statement.node, 'ReindexStmt');
  const concurrent = optionIsOn(reindex?.params, 'concurrently');
  return concurrent && reindex?.kind === 'REINDEX_OBJECT_TABLE' ? nameOf(reindex.relation) : null;
};

export const statementTimeoutKillsConcurrentBuild = defineRule({
  id: 'statement-timeout-kills-concurrent-build',
  title: 'A short statement_timeout cancels the concurrent build',
  category: 'timeouts and operational',
  severity: 'warning',
  servers: {},
  on: ['IndexStmt', 'ReindexStmt'],
  docs: {
    what: 'CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY while the file has set a statement_timeout of half an hour or less.',
    why: 'The build blocks nobody and takes as long as the table and the oldest transaction want. The timeout cancels it half-way, and an INVALID index stays behind that costs every write and serves no query.',
    instead: 'SET statement_timeout = 0 for this step only; lock_timeout is protection enough.',
    ignoreWhen: 'the table is small enough to be read several times within the timeout.',
    manual: 'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
  },
  examples: [
    {
      name: 'a large table',
      setup: 'create table orders (a int);',
      facts: [{ table: 'orders', rows: 90_000_000, bytes: 48_000_000_000 }],
      up: "SET statement_timeout = '30s';\nCREATE INDEX CONCURRENTLY i ON orders (a);",
      finds: [{ text: 'CREATE INDEX CONCURRENTLY', severity: 'warning' }],
      fixed: "SET statement_timeout = '30s';\nSET statement_timeout = 0;\nCREATE INDEX CONCURRENTLY i ON orders (a);",
    },
    {
      name: 'a table of unknown size',
      up: "set statement_timeout = '1min'; create index concurrently on orders (a);",
      finds: [{ text: 'create index concurrently', severity: 'info' }],
    },
    {
      name: 'seconds, which are too few for any large table',
      up: "set statement_timeout = '5s'; create index concurrently on orders (a);",
      finds: [{ text: 'create index concurrently', severity: 'warning' }],
    },
    {
      name: 'a small table',
      setup: 'create table orders (a int);',
      facts: [{ table: 'orders', rows: 100, bytes: 16_384 }],
      up: "set statement_timeout = '30s'; create index concurrently on orders (a);",
      finds: [],
    },
    {
      name: 'the timeout is lifted for the build',
      up: "set statement_timeout = '5s'; alter table orders add column a int; set statement_timeout = 0; create index concurrently on orders (a);",
      finds: [],
    },
    {
      name: 'only a lock_timeout',
      up: "set lock_timeout = '5s'; create index concurrently on orders (a);",
      finds: [],
    },
  ],
  check: (context) => {
    const written = built(context);
    const timeout = context.settings.statementTimeout;
    if (written === null || timeout === null || timeout === 0 || timeout > patient) return [];
    const standing = context.standing(written);
    if (standing.size === 'new' || standing.size === 'empty' || standing.size === 'small') return [];
    return [
      {
        range: context.source.words('CREATE INDEX CONCURRENTLY') ?? context.source.head(3),
        severity: standing.size === 'unknown' && timeout >= hopeless ? ('info' as const) : ('warning' as const),
        message: `statement_timeout is ${timeout / 1000} s here: it cancels the build on ${shown(written)} and leaves an INVALID index (${standing.words})`,
        evidence: { table: shown(written), statementTimeout: timeout, rows: standing.rows, bytes: standing.bytes },
        fix:
          context.transaction.number === null
            ? {
                title: 'Lift the timeout for this step',
                edits: [insertBefore(context, context.statement, 'SET statement_timeout = 0;\n')],
              }
            : null,
      },
    ];
  },
});
