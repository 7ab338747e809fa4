import type { AlterTableType } from '@pgsql/types';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

const enables: readonly AlterTableType[] = [
  'AT_EnableTrig',
  'AT_EnableAlwaysTrig',
  'AT_EnableTrigAll',
  'AT_EnableTrigUser',
];

export const disableTrigger = defineRule({
  id: 'disable-trigger',
  title: 'Disabled trigger: writes go without it',
  category: 'locking',
  severity: 'warning',
  servers: {},
  on: ['AT_DisableTrig', 'AT_DisableTrigUser', 'AT_DisableTrigAll'],
  foldsUnder: ['disable-trigger-all'],
  docs: {
    what: 'ALTER TABLE … DISABLE TRIGGER, by name, USER or ALL, that is not enabled again in the same transaction.',
    why: 'Everybody’s writes go without the trigger, not only those of the migration. The lock is SHARE ROW EXCLUSIVE: writes wait while it is asked for.',
    instead:
      'Disable and enable in one short transaction, or let the trigger’s function look at a setting of the session.',
    ignoreWhen: 'the trigger is to be retired.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DISABLE-ENABLE-TRIGGER',
  },
  examples: [
    {
      name: 'one trigger',
      setup:
        'create table users (id bigint primary key); create function f() returns trigger language plpgsql as $$ begin return new; end $$; create trigger t before update on users for each row execute function f();',
      up: 'ALTER TABLE users DISABLE TRIGGER t;',
      finds: [{ text: 'DISABLE TRIGGER t', severity: 'warning' }],
      trace: { locks: { users: 'SHARE ROW EXCLUSIVE' } },
    },
    {
      name: 'all of them, without a transaction to enable them in',
      up: 'alter table users disable trigger user; alter table users enable trigger user;',
      finds: [{ text: 'disable trigger user' }],
    },
    {
      name: 'enabled again in the same transaction',
      up: 'begin; alter table users disable trigger t; update users set a = 1 where id = 1; alter table users enable trigger t; commit;',
      finds: [],
    },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (a int); alter table fresh disable trigger all;',
      finds: [],
    },
    { name: 'a trigger is enabled', up: 'alter table users enable trigger t;', finds: [] },
  ],
  check: (context) =>
    eachAction(
      context,
      ['AT_DisableTrig', 'AT_DisableTrigUser', 'AT_DisableTrigAll'],
      'warning',
      ({ cmd, range }, altered, severity) => {
        const { number: block } = context.transaction;
        const enabled = context.script.statements.slice(context.statement.index + 1).some((statement) => {
          const other = context.alter(statement);
          return (
            other !== null &&
            block !== null &&
            context.transactionOf(statement.index).number === block &&
            keyOf(other.name) === keyOf(altered.name) &&
            other.actions.some(({ cmd: later }) => later.subtype !== undefined && enables.includes(later.subtype))
          );
        });
        if (enabled) return null;
        const which = cmd.name === undefined ? 'its triggers' : quoteIdentifier(cmd.name);
        return {
          range,
          severity,
          message: `Everybody’s writes to ${shown(altered.written)} go without ${which} from here on`,
          evidence: { table: shown(altered.written), trigger: cmd.name ?? null, lock: 'SHARE ROW EXCLUSIVE' },
        };
      },
    ),
});
