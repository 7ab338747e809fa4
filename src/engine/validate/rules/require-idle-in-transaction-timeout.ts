import { isStrongerLock } from '../../sql/lock-mode.ts';
import { insertBefore } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { sessionSettings } from '../session-settings.ts';

const setting = 'idle_in_transaction_session_timeout';

export const requireIdleInTransactionTimeout = defineRule({
  id: 'require-idle-in-transaction-timeout',
  title: 'Transaction that nothing ends when its client is gone',
  category: 'timeouts and operational',
  severity: 'info',
  servers: {},
  optIn: true,
  docs: {
    what: 'The first statement of a transaction of the file that takes a lock which blocks writes on an existing table, while no idle_in_transaction_session_timeout is set by the file, or by the facts for the server, the database or a role.',
    why: 'When the runner stops between two statements, or its network does, the transaction stays open with its locks until somebody ends the session by hand.',
    instead: "SET idle_in_transaction_session_timeout = '30s' before the transaction.",
    ignoreWhen: 'the runner sends the whole file at once.',
    manual:
      'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-IDLE-IN-TRANSACTION-SESSION-TIMEOUT',
  },
  examples: [
    {
      name: 'a transaction with a strong lock',
      up: 'BEGIN;\nALTER TABLE orders ADD COLUMN a int;\nALTER TABLE orders ADD COLUMN b int;\nCOMMIT;',
      finds: [{ text: 'ALTER TABLE', severity: 'info' }],
      fixed:
        "SET idle_in_transaction_session_timeout = '30s';\nBEGIN;\nALTER TABLE orders ADD COLUMN a int;\nALTER TABLE orders ADD COLUMN b int;\nCOMMIT;",
    },
    {
      name: 'the timeout is set',
      up: "set idle_in_transaction_session_timeout = '30s'; begin; alter table orders add column a int; commit;",
      finds: [],
    },
    { name: 'no transaction stays open', up: 'alter table orders add column a int;', finds: [] },
    {
      name: 'nobody waits for a new table',
      up: 'begin; create table t (a int); alter table t add column b int; commit;',
      finds: [],
    },
    {
      name: 'the server sets it',
      setup: 'create table orders (a int);',
      facts: [{ table: 'orders', rows: 9, bytes: 8192 }],
      live: { settings: [{ name: 'idle_in_transaction_session_timeout', value: '60000', unit: 'ms' }] },
      up: 'begin; alter table orders add column b int; commit;',
      finds: [],
    },
  ],
  check: (context) => {
    const { transaction, effects, script, statement } = context;
    if (transaction.openedBy !== 'statement') return [];
    const isStrong = ({ relation, mode }: (typeof effects.locks)[number]): boolean =>
      isStrongerLock(mode, 'SHARE UPDATE EXCLUSIVE') && !context.isNew(relation);
    const strong = effects.locks.find(isStrong);
    if (strong === undefined || context.held.some(({ relation, mode }) => isStrong({ relation, mode, blocks: '' })))
      return [];
    if (sessionSettings(script).some(({ name, statement: set }) => name === setting && set.index < statement.index))
      return [];
    const { settings = [], roleSettings = [] } = context.facts ?? {};
    if (settings.some(({ name, value }) => name === setting && value !== '0')) return [];
    if (roleSettings.some(({ name, value }) => name === setting && value !== '0')) return [];
    const begin = script.statements.find(({ index }) => context.transactionOf(index).number === transaction.number);
    return [
      {
        range: context.source.head(2),
        message: `If the client stops before COMMIT, ${strong.mode} on ${strong.relation} stays until somebody ends the session`,
        evidence: { relation: strong.relation, lock: strong.mode },
        fix:
          begin === undefined
            ? null
            : { title: 'Set the timeout first', edits: [insertBefore(context, begin, `SET ${setting} = '30s';\n`)] },
      },
    ];
  },
});
