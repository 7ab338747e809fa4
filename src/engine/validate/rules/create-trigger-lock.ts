import { as, nameOf } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const createTriggerLock = defineRule({
  id: 'create-trigger-lock',
  title: 'New trigger makes writes wait for a moment, and costs each of them',
  category: 'locking',
  severity: 'info',
  servers: {},
  on: ['CreateTrigStmt'],
  docs: {
    what: 'CREATE TRIGGER on an existing table.',
    why: 'SHARE ROW EXCLUSIVE is taken for a moment; while the statement waits for a long transaction, writes wait behind it. From then on each row that is written pays for the trigger’s function.',
    instead: 'A short lock_timeout and more tries.',
    ignoreWhen: 'the table is not written to all the time.',
    manual: 'https://www.postgresql.org/docs/current/sql-createtrigger.html',
  },
  examples: [
    {
      name: 'a trigger on an existing table',
      setup:
        'create table users (id bigint primary key); create function f() returns trigger language plpgsql as $$ begin return new; end $$;',
      up: 'CREATE TRIGGER t BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION f();',
      finds: [{ text: 'CREATE TRIGGER', severity: 'info' }],
      trace: { locks: { users: 'SHARE ROW EXCLUSIVE' } },
    },
    {
      name: 'a table created in the same migration',
      up: 'create table t (a int); create trigger g before insert on t for each row execute function f();',
      finds: [],
    },
    {
      name: 'an event trigger is on no table',
      up: 'create event trigger e on ddl_command_end execute function f();',
      finds: [],
    },
  ],
  check: (context) => {
    const trigger = as(context.statement.node, 'CreateTrigStmt');
    if (trigger === undefined || context.direction === 'down') return [];
    const written = nameOf(trigger.relation);
    const standing = context.standing(written);
    if (severityFor(standing, 'info') === null || context.database.view(written) !== null) return [];
    return [
      {
        range: context.source.head(2),
        message: `Writes to ${shown(written)} wait while this waits for transactions that are open (${standing.words})`,
        evidence: { table: shown(written), lock: 'SHARE ROW EXCLUSIVE', rows: standing.rows },
      },
    ];
  },
});
