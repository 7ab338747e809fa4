import { isStrongerLock } from '../../sql/lock-mode.ts';
import { as } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';

/** Nobody may queue behind a waiting statement for longer than this. */
const longest = 30_000;

export const lockTimeoutZeroOrTooLong = defineRule({
  id: 'lock-timeout-zero-or-too-long',
  title: 'The lock_timeout in force does not protect',
  category: 'timeouts and operational',
  severity: 'info',
  servers: {},
  docs: {
    what: 'A statement that takes ACCESS EXCLUSIVE on an existing table while the file has set lock_timeout to 0 or to more than 30 seconds.',
    why: 'All reads and writes of the table queue behind the waiting statement for as long as it is allowed to wait.',
    instead: 'A few seconds, and another try later.',
    ignoreWhen: 'the table is out of use while the migration runs.',
    manual: 'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT',
  },
  examples: [
    {
      name: 'no limit',
      up: 'SET lock_timeout = 0;\nALTER TABLE orders ADD COLUMN a int;',
      finds: [{ text: 'ALTER TABLE', severity: 'info' }],
    },
    {
      name: 'five minutes',
      up: "set lock_timeout = '5min'; drop table orders;",
      finds: [{ text: 'drop table' }],
    },
    { name: 'two seconds', up: "set lock_timeout = '2s'; alter table orders add column a int;", finds: [] },
    { name: 'not set by the file', up: 'alter table orders add column a int;', finds: [] },
    {
      name: 'a dump that only creates',
      up: 'set lock_timeout = 0; create table t (a int); alter table t add primary key (a);',
      finds: [],
    },
  ],
  check: (context) => {
    const { lockTimeout } = context.settings;
    if (lockTimeout === null || (lockTimeout > 0 && lockTimeout <= longest)) return [];
    if (as(context.statement.node, 'TransactionStmt') !== undefined) return [];
    const strong = context.effects.locks.find(
      ({ relation, mode }) => isStrongerLock(mode, 'EXCLUSIVE') && !context.isNew(relation),
    );
    if (strong === undefined) return [];
    const allowed = lockTimeout === 0 ? 'without any limit' : `for up to ${lockTimeout / 1000} s`;
    return [
      {
        range: context.source.head(2),
        message: `This may wait for ${strong.relation} ${allowed}, and everybody else behind it`,
        evidence: { relation: strong.relation, lock: strong.mode, lockTimeout },
      },
    ];
  },
});
