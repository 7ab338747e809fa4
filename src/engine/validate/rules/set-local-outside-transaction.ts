import { as } from '../../sql/nodes.ts';
import { removeWithSpaceBefore } from '../fixes.ts';
import { leakingSettings } from '../leaking-settings.ts';
import { defineRule } from '../rule.ts';

export const setLocalOutsideTransaction = defineRule({
  id: 'set-local-outside-transaction',
  title: 'SET LOCAL outside a transaction does nothing',
  category: 'correctness',
  severity: 'info',
  servers: {},
  on: ['VariableSetStmt'],
  docs: {
    what: 'SET LOCAL where no transaction block is open.',
    why: 'PostgreSQL gives a warning and sets nothing: a lock_timeout that was meant to protect the next statements is not in force.',
    instead: 'SET for the session (and RESET at the end), or BEGIN before and COMMIT after.',
    ignoreWhen:
      'your runner wraps the file in a transaction, as whoever writes SET LOCAL most often knows; then tell Lockstep so. Since the file alone does not show it, this is information.',
    manual: 'https://www.postgresql.org/docs/current/sql-set.html',
  },
  examples: [
    {
      name: 'a timeout that is not in force',
      up: "SET LOCAL lock_timeout = '2s';\nalter table orders add column a int;",
      finds: [{ text: 'SET LOCAL', severity: 'info' }],
      fixed: "SET lock_timeout = '2s';\nalter table orders add column a int;",
    },
    { name: 'after the COMMIT', up: 'begin; commit; set local statement_timeout = 0;', finds: [{ text: 'set local' }] },
    { name: 'in a transaction', up: "begin; set local lock_timeout = '2s'; commit;", finds: [] },
    { name: 'the runner wraps the file', transaction: 'file', up: "set local lock_timeout = '2s';", finds: [] },
    { name: 'for the session', up: "set lock_timeout = '2s';", finds: [] },
  ],
  check: (context) => {
    const set = as(context.statement.node, 'VariableSetStmt');
    if (set?.is_local !== true || context.transaction.number !== null) return [];
    const local = context.source.words('LOCAL');
    return [
      {
        range: context.source.head(2),
        message: `No transaction is open here, so ${set.name ?? 'the setting'} is not set`,
        evidence: { setting: set.name },
        fix:
          local === null || leakingSettings.has(set.name ?? '')
            ? null
            : { title: 'Set it for the session', edits: [removeWithSpaceBefore(context, local)] },
      },
    ];
  },
});
