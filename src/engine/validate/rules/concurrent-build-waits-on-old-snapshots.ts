import { as } from '../../sql/nodes.ts';
import { optionIsOn } from '../../sql/option-is-on.ts';
import { type CheckContext, defineRule } from '../rule.ts';

const isConcurrent = (context: CheckContext): boolean => {
  const { node } = context.statement;
  return (
    as(node, 'IndexStmt')?.concurrent === true ||
    as(node, 'DropStmt')?.concurrent === true ||
    optionIsOn(as(node, 'ReindexStmt')?.params, 'concurrently')
  );
};

const tenMinutes = 600_000;

export const concurrentBuildWaitsOnOldSnapshots = defineRule({
  id: 'concurrent-build-waits-on-old-snapshots',
  title: 'CONCURRENTLY waits for every transaction that is open',
  category: 'locking',
  severity: 'warning',
  servers: {},
  needs: 'facts',
  on: ['DropStmt', 'IndexStmt', 'ReindexStmt'],
  docs: {
    what: 'CREATE, DROP or REINDEX … CONCURRENTLY where, when the facts were read, a transaction had been open for more than ten minutes or a prepared one stood.',
    why: 'It waits for all transactions that may still see the old state, whatever tables they use. Until then it holds SHARE UPDATE EXCLUSIVE: vacuum and other changes of the table wait too.',
    instead: 'End the old transactions first; COMMIT or ROLLBACK PREPARED what is left.',
    ignoreWhen: 'they are gone by the time of the migration.',
    manual: 'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
  },
  examples: [
    {
      name: 'a transaction that was forgotten',
      setup: 'create table users (id bigint primary key);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: {
        openTransactions: [
          {
            processId: 7,
            user: 'app',
            application: '',
            kind: 'client backend',
            state: 'idle in transaction',
            startedAt: '2026-11-20T06:00:00Z',
            waitsForLock: false,
            locks: [],
          },
        ],
      },
      up: 'CREATE INDEX CONCURRENTLY i ON users (id);',
      finds: [{ text: 'CONCURRENTLY', severity: 'warning' }],
    },
    {
      name: 'a prepared transaction',
      setup: 'create table users (id bigint primary key); create index i on users (id);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: { preparedTransactions: [{ id: 'x', owner: 'app', preparedAt: '2026-11-20T06:00:00Z' }] },
      up: 'reindex index concurrently i;',
      finds: [{ text: 'concurrently' }],
    },
    {
      name: 'a short transaction',
      setup: 'create table users (id bigint primary key);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: {
        openTransactions: [
          {
            processId: 7,
            user: 'app',
            application: '',
            kind: 'client backend',
            state: 'active',
            startedAt: '2026-11-20T07:59:00Z',
            waitsForLock: false,
            locks: [],
          },
        ],
      },
      up: 'create index concurrently i on users (id);',
      finds: [],
    },
    { name: 'without facts nothing is known', up: 'create index concurrently i on users (id);', finds: [] },
  ],
  check: (context) => {
    const { facts } = context;
    if (facts === null || !isConcurrent(context)) return [];
    const now = Date.parse(facts.server?.time ?? facts.capturedAt);
    const old = (facts.openTransactions ?? []).filter(({ startedAt }) => now - Date.parse(startedAt) > tenMinutes);
    const prepared = facts.preparedTransactions ?? [];
    const [first] = [
      ...old.map(({ startedAt }) => startedAt),
      ...prepared.map(({ preparedAt }) => preparedAt),
    ].toSorted();
    if (first === undefined) return [];
    const count = old.length + prepared.length;
    return [
      {
        range: context.source.words('CONCURRENTLY') ?? context.source.range,
        message: `This waits for ${count === 1 ? 'a transaction' : `${count} transactions, the oldest`} open since ${first.slice(0, 16)}`,
        evidence: { openTransactions: old.length, preparedTransactions: prepared.length, oldest: first },
      },
    ];
  },
});
