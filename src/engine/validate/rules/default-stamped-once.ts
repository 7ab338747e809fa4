import { as, findNodes, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { eachAction } from '../each-action.ts';
import { columnConstraints } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

const clocks: readonly string[] = ['now', 'transaction_timestamp', 'statement_timestamp'];

export const defaultStampedOnce = defineRule({
  id: 'default-stamped-once',
  title: 'All old rows get the time of the migration',
  category: 'correctness',
  severity: 'info',
  servers: { from: 11 },
  on: ['AT_AddColumn'],
  docs: {
    what: 'ADD COLUMN with a default of now() or current_timestamp on a table that has rows.',
    why: 'It rewrites nothing, because the value is computed once: every row that is there gets the same moment, that of the migration, as if it were its own.',
    instead: 'Add the column without a default, fill it from a real source where there is one, and set the default.',
    ignoreWhen: 'the column means "known since".',
    manual: 'https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN',
  },
  examples: [
    {
      name: 'when a row was made',
      setup: 'create table users (id bigint primary key);',
      up: 'ALTER TABLE users ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();',
      finds: [{ text: 'ADD COLUMN created_at timestamptz NOT NULL DEFAULT now()', severity: 'info' }],
      trace: { locks: { users: 'ACCESS EXCLUSIVE' }, rewrites: [] },
    },
    {
      name: 'without a catalog',
      up: 'alter table users add a date default current_date;',
      finds: [{ text: 'add a date default current_date' }],
    },
    {
      name: 'an empty table',
      setup: 'create table users (id bigint primary key);',
      facts: [{ table: 'users', rows: 0, bytes: 8192 }],
      up: 'alter table users add column a timestamptz default now();',
      finds: [],
    },
    {
      name: 'a default for new rows only',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users add column a timestamptz; alter table users alter a set default now();',
      finds: [],
    },
    { name: 'a constant', up: "alter table users add column a timestamptz default '2020-01-01';", finds: [] },
  ],
  check: (context) =>
    eachAction(context, ['AT_AddColumn'], 'info', (action, altered) => {
      if (altered.standing.size === 'empty' || context.direction === 'down') return null;
      const preset = columnConstraints(action).find(({ contype }) => contype === 'CONSTR_DEFAULT')?.raw_expr;
      if (preset === undefined) return null;
      const calls = findNodes(preset, 'FuncCall').some(({ funcname }) =>
        clocks.includes(strings(funcname).at(-1) ?? ''),
      );
      if (!calls && findNodes(preset, 'SQLValueFunction').length === 0) return null;
      const value = as(preset, 'SQLValueFunction');
      if (value !== undefined && !/DATE|TIME/.test(value.op ?? '')) return null;
      const name = as(action.cmd.def, 'ColumnDef')?.colname ?? '';
      return {
        range: action.range,
        message: `Every row of ${shown(altered.written)} that is there gets one and the same ${quoteIdentifier(name)}: the time of the migration`,
        evidence: { table: shown(altered.written), column: name },
      };
    }),
});
