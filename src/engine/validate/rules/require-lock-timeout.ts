import { isStrongerLock } from '../../sql/lock-mode.ts';
import { insertBefore } from '../fixes.ts';
import { defineRule } from '../rule.ts';

export const requireLockTimeout = defineRule({
  id: 'require-lock-timeout',
  title: 'Strong lock is requested without a lock_timeout',
  category: 'timeouts and operational',
  severity: 'warning',
  servers: {},
  optIn: true,
  foldsUnder: ['large-or-hot-table-ddl'],
  docs: {
    what: 'A statement that takes a lock which blocks writes on an existing table, while the file has set no lock_timeout. Told once for the first ALTER TABLE of a file.',
    why: 'While the statement waits behind a long query, everybody else waits behind the statement: a short change becomes an outage.',
    instead: "SET lock_timeout = '2s' at the beginning of the file, and try again when it strikes.",
    ignoreWhen: 'the role or the database sets a lock_timeout.',
    manual: 'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT',
  },
  examples: [
    {
      name: 'a new column, and another one',
      up: 'ALTER TABLE orders ADD COLUMN a int;\nALTER TABLE orders ADD COLUMN b int;',
      finds: [{ text: 'ALTER TABLE', severity: 'warning' }],
      fixed: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN a int;\nALTER TABLE orders ADD COLUMN b int;",
    },
    {
      name: 'the timeout is in force',
      up: "set lock_timeout = '2s'; alter table orders add column a int;",
      finds: [],
    },
    {
      name: 'a table created in the same migration',
      up: 'create table t (a int); alter table t add b int;',
      finds: [],
    },
    { name: 'a lock that nobody waits for', up: 'create index concurrently on orders (a);', finds: [] },
  ],
  check: (context) => {
    const { effects, settings, statement, script } = context;
    const strong = effects.locks.find(
      ({ relation, mode }) => isStrongerLock(mode, 'SHARE UPDATE EXCLUSIVE') && !context.isNew(relation),
    );
    if (strong === undefined || settings.lockTimeout !== null) return [];
    // Once per file is enough: what stands before it and locks as much has told it already.
    if (script.statements.slice(0, statement.index).some((earlier) => context.alter(earlier) !== null)) return [];
    return [
      {
        range: context.source.head(2),
        message: `No lock_timeout is set while this waits for ${strong.mode} on ${strong.relation}`,
        evidence: { relation: strong.relation, lock: strong.mode },
        fix: {
          title: 'Set a lock_timeout first',
          edits: [insertBefore(context, statement, "SET lock_timeout = '2s';\n")],
        },
      },
    ];
  },
});
