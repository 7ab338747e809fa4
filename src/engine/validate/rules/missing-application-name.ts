import { quoteLiteral } from '../../sql/quote-literal.ts';
import { insertBefore } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { sessionSettings } from '../session-settings.ts';

export const missingApplicationName = defineRule({
  id: 'missing-application-name',
  title: 'Migration that does not say who it is',
  category: 'timeouts and operational',
  severity: 'info',
  servers: {},
  optIn: true,
  docs: {
    what: 'A file that blocks writes or reads of an existing table and does not set application_name.',
    why: 'Whoever looks into pg_stat_activity or the log for what everybody waits for sees a session without a name, and may end the wrong one.',
    instead: "SET application_name = 'migration …' at the beginning of the file, or in the runner's connection.",
    ignoreWhen: 'the runner’s connection has a name.',
    manual: 'https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-APPLICATION-NAME',
  },
  examples: [
    {
      name: 'a lock that others wait for',
      up: 'ALTER TABLE orders ADD COLUMN a int;\nALTER TABLE orders ADD COLUMN b int;',
      finds: [{ text: 'ALTER TABLE', severity: 'info' }],
      fixed:
        "SET application_name = 'migration';\nALTER TABLE orders ADD COLUMN a int;\nALTER TABLE orders ADD COLUMN b int;",
    },
    {
      name: 'it has a name',
      up: "set application_name = 'migration 7'; alter table orders add column a int;",
      finds: [],
    },
    { name: 'nobody waits for it', up: 'create table t (a int); create index concurrently on orders (a);', finds: [] },
  ],
  check: (context) => {
    const { effects, script, statement } = context;
    const blocks = effects.locks.some(({ relation, blocks: what }) => /writes/.test(what) && !context.isNew(relation));
    if (!blocks || sessionSettings(script).some(({ name }) => name === 'application_name')) return [];
    // Once per file is enough.
    const told = script.statements.slice(0, statement.index).some((earlier) => context.alter(earlier) !== null);
    if (told || context.direction === 'down') return [];
    const first = script.statements[0] ?? statement;
    return [
      {
        range: context.source.head(2),
        message: 'Those who wait for this see a session without a name in pg_stat_activity',
        fix: {
          title: 'Set application_name first',
          edits: [insertBefore(context, first, `SET application_name = ${quoteLiteral('migration')};\n`)],
        },
      },
    ];
  },
});
