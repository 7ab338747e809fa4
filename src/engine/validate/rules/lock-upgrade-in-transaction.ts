import { isStrongerLock } from '../../sql/lock-mode.ts';
import { type CheckContext, defineRule } from '../rule.ts';

/** True when rows that others may be about to change as well are locked already. */
const hasLockedRows = ({ script }: CheckContext, since: number): boolean => {
  const { node } = script.statements[since] ?? {};
  return node !== undefined && ('UpdateStmt' in node || 'DeleteStmt' in node || 'MergeStmt' in node);
};

export const lockUpgradeInTransaction = defineRule({
  id: 'lock-upgrade-in-transaction',
  title: 'Lock is made stronger within one transaction',
  category: 'locking',
  severity: 'info',
  servers: {},
  foldsUnder: ['pending-trigger-events'],
  docs: {
    what: 'A statement that needs a lock against writes on a table whose rows an earlier statement of the same transaction has changed.',
    why: 'Whoever waits for one of the changed rows holds a lock on the table that the stronger one waits for: PostgreSQL ends one of the two with 40P01. So it goes to two sessions that both write first.',
    instead: 'The statement with the strong lock first, or LOCK TABLE in the strongest mode at the beginning.',
    ignoreWhen: 'nothing else does the same pair of steps.',
    manual: 'https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS',
  },
  examples: [
    {
      name: 'a row is changed, then the table',
      setup: 'create table users (id bigint primary key, a int);',
      up: 'BEGIN; UPDATE users SET a = 1 WHERE id = 1; ALTER TABLE users ADD COLUMN b int; COMMIT;',
      finds: [{ text: 'ALTER TABLE users', severity: 'warning' }],
    },
    {
      name: 'a row goes in that nobody waits for',
      setup: 'create table users (id bigint primary key, a int);',
      up: 'begin; insert into users (id) values (1); alter table users add column b int; commit;',
      finds: [{ text: 'alter table users', severity: 'info' }],
    },
    {
      name: 'the strong lock comes first',
      up: 'begin; alter table users add column b int; update users set b = 1 where id = 1; commit;',
      finds: [],
    },
    {
      name: 'no transaction',
      up: 'update users set a = 1 where id = 1; alter table users add column b int;',
      finds: [],
    },
    {
      name: 'a table created in the same migration',
      up: 'begin; create table t (a int); insert into t values (1); alter table t add column b int; commit;',
      finds: [],
    },
  ],
  check: (context) => {
    const upgrade = context.effects.locks.find(
      ({ relation, mode }) =>
        isStrongerLock(mode, 'SHARE UPDATE EXCLUSIVE') &&
        !context.isNew(relation) &&
        context.held.some((held) => held.relation === relation && held.mode === 'ROW EXCLUSIVE'),
    );
    if (upgrade === undefined) return [];
    const since = context.held.find(({ relation }) => relation === upgrade.relation)?.since ?? 0;
    return [
      {
        range: context.source.head(3),
        severity: hasLockedRows(context, since) ? 'warning' : 'info',
        message: `This wants ${upgrade.mode} on ${upgrade.relation} while its transaction holds ROW EXCLUSIVE: two of that kind are a deadlock`,
        evidence: { relation: upgrade.relation, held: 'ROW EXCLUSIVE', wanted: upgrade.mode },
      },
    ];
  },
});
