import { type LockMode, lockModeSchema, lockModes } from '../../sql/lock-mode.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { defineRule } from '../rule.ts';

/** What keeps a lock out, as in the manual's table of conflicting modes: a mode conflicts with these and all stronger ones. */
const weakestConflict: Readonly<Record<LockMode, LockMode>> = {
  'ACCESS SHARE': 'ACCESS EXCLUSIVE',
  'ROW SHARE': 'EXCLUSIVE',
  'ROW EXCLUSIVE': 'SHARE',
  'SHARE UPDATE EXCLUSIVE': 'SHARE UPDATE EXCLUSIVE',
  SHARE: 'ROW EXCLUSIVE',
  'SHARE ROW EXCLUSIVE': 'ROW EXCLUSIVE',
  EXCLUSIVE: 'ROW SHARE',
  'ACCESS EXCLUSIVE': 'ACCESS SHARE',
};

const conflicts = (wanted: LockMode, held: LockMode): boolean =>
  lockModes.indexOf(held) >= lockModes.indexOf(weakestConflict[wanted]) && !(wanted === 'SHARE' && held === 'SHARE');

export const longLockQueueRisk = defineRule({
  id: 'long-lock-queue-risk',
  title: 'Lock that a transaction which is open now stands in the way of',
  category: 'locking',
  severity: 'warning',
  servers: {},
  needs: 'facts',
  foldsUnder: ['self-conflicting-concurrent-operations'],
  docs: {
    what: 'A statement that needs a lock with which, when the facts were read, an open transaction’s lock on the same table conflicted.',
    why: 'The statement waits for that transaction, and every later query that conflicts with the statement waits behind it: a quick change becomes an outage.',
    instead: 'End that transaction or wait for it; SET lock_timeout, and try again when it strikes.',
    ignoreWhen: 'the transaction is gone by the time of the migration.',
    manual: 'https://www.postgresql.org/docs/current/explicit-locking.html',
  },
  examples: [
    {
      name: 'somebody reads the table',
      setup: 'create table users (id bigint primary key);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: {
        openTransactions: [
          {
            processId: 7,
            user: 'reports',
            application: 'nightly',
            kind: 'client backend',
            state: 'active',
            startedAt: '2026-11-20T06:00:00Z',
            waitsForLock: false,
            locks: [{ schema: 'public', name: 'users', mode: 'ACCESS SHARE' }],
          },
        ],
      },
      up: 'ALTER TABLE users ADD COLUMN a int;',
      finds: [{ text: 'ALTER TABLE users', severity: 'warning' }],
    },
    {
      name: 'a lock that gets on with it',
      setup: 'create table users (id bigint primary key);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: {
        openTransactions: [
          {
            processId: 7,
            user: 'reports',
            application: '',
            kind: 'client backend',
            state: 'active',
            startedAt: '2026-11-20T06:00:00Z',
            waitsForLock: false,
            locks: [{ schema: 'public', name: 'users', mode: 'ACCESS SHARE' }],
          },
        ],
      },
      up: 'create index concurrently on users (id);',
      finds: [],
    },
    {
      name: 'nothing is open',
      setup: 'create table users (id bigint primary key);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: { openTransactions: [] },
      up: 'alter table users add column a int;',
      finds: [],
    },
    { name: 'without facts nothing is known', up: 'alter table users add column a int;', finds: [] },
  ],
  check: (context) => {
    const open = (context.facts?.openTransactions ?? []).flatMap((transaction) =>
      transaction.locks.flatMap((lock) => {
        const mode = lockModeSchema.safeParse(lock.mode);
        const wanted = context.effects.locks.find(({ relation }) => relation === qualifiedName(lock));
        return mode.success && wanted !== undefined && conflicts(wanted.mode, mode.data)
          ? [{ transaction, lock, wanted }]
          : [];
      }),
    );
    const [first] = open;
    if (first === undefined) return [];
    const { user, application, startedAt } = first.transaction;
    const who = [user ?? 'somebody', application === '' ? '' : `(${application})`].join(' ').trim();
    return [
      {
        range: context.source.head(3),
        message: `${first.wanted.mode} on ${first.wanted.relation} waits for the transaction of ${who}, open since ${startedAt.slice(0, 16)}`,
        evidence: {
          relation: first.wanted.relation,
          lock: first.wanted.mode,
          held: first.lock.mode,
          transactions: open.length,
        },
      },
    ];
  },
});
