import { qualifiedName } from '../../sql/qualified-name.ts';
import { keyOf } from '../../sql/table-index.ts';
import { type CheckContext, defineRule } from '../rule.ts';

const mode = 'SHARE UPDATE EXCLUSIVE';

/** The default of `autovacuum_freeze_max_age`. */
const usualLimit = 200_000_000;

/** True when an autovacuum of the table would be one against wraparound, which does not give way. */
const doesNotYield = (context: CheckContext, table: { readonly schema: string; readonly name: string }): boolean => {
  const setting = context.facts?.settings?.find(({ name }) => name === 'autovacuum_freeze_max_age');
  const age = context.facts?.tables.find((one) => keyOf(one) === keyOf(table))?.transactionAge ?? 0;
  return age > (setting === undefined ? usualLimit : Number(setting.value));
};

export const selfConflictingConcurrentOperations = defineRule({
  id: 'self-conflicting-concurrent-operations',
  title: 'Waits for a vacuum or build that runs on the table',
  category: 'locking',
  severity: 'warning',
  servers: {},
  needs: 'facts',
  docs: {
    what: `A statement that takes ${mode} (VALIDATE, CREATE INDEX CONCURRENTLY, VACUUM, ANALYZE, ATTACH PARTITION) on a table on which, when the facts were read, another such operation was running.`,
    why: `${mode} conflicts with itself: of two such operations one waits for the other, however long it takes. An ordinary autovacuum gives way after deadlock_timeout and begins anew later; one against wraparound does not.`,
    instead: 'Run one after the other: pg_stat_progress_vacuum and pg_stat_progress_create_index tell what is running.',
    ignoreWhen: 'the other one has ended by the time of the migration.',
    manual: 'https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES',
  },
  examples: [
    {
      name: 'an index is being built',
      setup: 'create table users (id bigint primary key, a int);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: {
        openTransactions: [
          {
            processId: 7,
            user: 'dba',
            application: 'psql',
            kind: 'client backend',
            state: 'active',
            startedAt: '2026-11-20T06:00:00Z',
            waitsForLock: false,
            locks: [{ schema: 'public', name: 'users', mode: 'SHARE UPDATE EXCLUSIVE' }],
          },
        ],
      },
      up: 'CREATE INDEX CONCURRENTLY i ON users (a);',
      finds: [{ text: 'CREATE INDEX CONCURRENTLY', severity: 'warning' }],
    },
    {
      name: 'an ordinary autovacuum gives way',
      setup: 'create table users (id bigint primary key, a int);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000, transactionAge: 1_000_000 }],
      live: {
        openTransactions: [
          {
            processId: 8,
            user: null,
            application: '',
            kind: 'autovacuum worker',
            state: 'active',
            startedAt: '2026-11-20T07:59:00Z',
            waitsForLock: false,
            locks: [{ schema: 'public', name: 'users', mode: 'SHARE UPDATE EXCLUSIVE' }],
          },
        ],
      },
      up: 'create index concurrently i on users (a);',
      finds: [{ text: 'create index concurrently', severity: 'info' }],
    },
    {
      name: 'a reader is not in the way',
      setup: 'create table users (id bigint primary key, a int);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: {
        openTransactions: [
          {
            processId: 7,
            user: 'app',
            application: '',
            kind: 'client backend',
            state: 'active',
            startedAt: '2026-11-20T07:59:50Z',
            waitsForLock: false,
            locks: [{ schema: 'public', name: 'users', mode: 'ACCESS SHARE' }],
          },
        ],
      },
      up: 'create index concurrently i on users (a);',
      finds: [],
    },
    {
      name: 'the other operation is on another table',
      setup: 'create table users (id bigint primary key, a int); create table orders (id bigint primary key);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: {
        openTransactions: [
          {
            processId: 7,
            user: 'dba',
            application: '',
            kind: 'client backend',
            state: 'active',
            startedAt: '2026-11-20T06:00:00Z',
            waitsForLock: false,
            locks: [{ schema: 'public', name: 'orders', mode: 'SHARE UPDATE EXCLUSIVE' }],
          },
        ],
      },
      up: 'create index concurrently i on users (a);',
      finds: [],
    },
    { name: 'without facts nothing is known', up: 'create index concurrently i on users (a);', finds: [] },
  ],
  check: (context) => {
    const wanted = context.effects.locks.filter((lock) => lock.mode === mode);
    if (wanted.length === 0 || context.facts === null) return [];
    for (const transaction of context.facts.openTransactions ?? []) {
      const lock = transaction.locks.find(
        (held) => held.mode === mode && wanted.some(({ relation }) => relation === qualifiedName(held)),
      );
      if (lock === undefined) continue;
      const automatic = transaction.kind === 'autovacuum worker';
      const yields = automatic && !doesNotYield(context, lock);
      const what = automatic ? 'An autovacuum' : `An operation of ${transaction.user ?? 'somebody'}`;
      const consequence = yields
        ? 'it is ended after deadlock_timeout and begins anew later'
        : 'this waits for its end';
      return [
        {
          range: context.source.head(3),
          severity: yields ? ('info' as const) : ('warning' as const),
          message: `${what} has run on ${qualifiedName(lock)} since ${transaction.startedAt.slice(0, 16)}: ${consequence}`,
          evidence: { relation: qualifiedName(lock), lock: mode, kind: transaction.kind },
        },
      ];
    }
    return [];
  },
});
