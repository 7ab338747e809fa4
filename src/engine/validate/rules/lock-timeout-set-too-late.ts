import { as } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';

export const lockTimeoutSetTooLate = defineRule({
  id: 'lock-timeout-set-too-late',
  title: 'The lock_timeout is set behind the statement that needs it',
  category: 'timeouts and operational',
  severity: 'info',
  servers: {},
  on: ['VariableSetStmt'],
  docs: {
    what: 'SET lock_timeout behind an ALTER TABLE of an existing table, with none set before.',
    why: 'A timeout holds for the statements that come after it: the one before waits for its lock without an end.',
    instead: 'SET lock_timeout at the beginning of the file.',
    ignoreWhen: 'the earlier statement locks nothing that is in use.',
    manual: 'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT',
  },
  examples: [
    {
      name: 'too late',
      up: "ALTER TABLE users ADD COLUMN a int;\nSET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN b int;",
      finds: [{ text: 'SET lock_timeout', severity: 'info' }],
    },
    { name: 'first', up: "set lock_timeout = '2s'; alter table users add column a int;", finds: [] },
    {
      name: 'set again',
      up: "set lock_timeout = '2s'; alter table users add column a int; set lock_timeout = '5s';",
      finds: [],
    },
    {
      name: 'behind a new table',
      up: "create table t (a int); alter table t add b int; set lock_timeout = '2s';",
      finds: [],
    },
  ],
  check: (context) => {
    const set = as(context.statement.node, 'VariableSetStmt');
    if (set?.kind !== 'VAR_SET_VALUE' || set.name?.toLowerCase() !== 'lock_timeout') return [];
    if (context.settings.lockTimeout !== null) return [];
    const earlier = context.script.statements.slice(0, context.statement.index);
    if (earlier.some(({ node }) => as(node, 'VariableSetStmt')?.name?.toLowerCase() === 'lock_timeout')) return [];
    const unguarded = earlier.find((statement) => {
      const altered = context.alter(statement);
      return altered !== null && altered.standing.size !== 'new';
    });
    if (unguarded === undefined) return [];
    return [
      {
        range: context.source.head(2),
        message: `The ALTER TABLE at line ${unguarded.line} has waited for its lock without this timeout`,
        evidence: { line: unguarded.line },
      },
    ];
  },
});
