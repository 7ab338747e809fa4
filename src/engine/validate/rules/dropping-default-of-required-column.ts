import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { parseType } from '../../sql/type-name.ts';
import { overflow } from '../refused/refused-value.ts';
import { type AlterAction, type AlteredTable, type CheckContext, defineRule, type Found } from '../rule.ts';
import { shown } from '../wording.ts';

/** True when a later action of the file gives the column a default again, lets it be NULL, or drops it. */
const restored = (context: CheckContext, altered: AlteredTable, column: string): boolean => {
  const own = altered.actions.findIndex(
    ({ cmd }) =>
      cmd.name === column &&
      (cmd.subtype === 'AT_DropIdentity' || (cmd.subtype === 'AT_ColumnDefault' && cmd.def === undefined)),
  );
  const later = context.script.statements.slice(context.statement.index + 1).flatMap((statement) => {
    const other = context.alter(statement);
    return other === null || keyOf(other.name) !== keyOf(altered.name) ? [] : other.actions;
  });
  return [...altered.actions.slice(own + 1), ...later].some(
    ({ cmd }) =>
      cmd.name === column &&
      ((cmd.subtype === 'AT_ColumnDefault' && cmd.def !== undefined) ||
        cmd.subtype === 'AT_DropNotNull' ||
        cmd.subtype === 'AT_AddIdentity' ||
        cmd.subtype === 'AT_DropColumn'),
  );
};

/** A constant that the server takes for a default although no row can hold it. */
const defaultThatDoesNotFit = (
  context: CheckContext,
  altered: AlteredTable,
  { cmd, range }: AlterAction,
): Found | null => {
  const type = parseType(context.database.column(altered.table, cmd.name ?? '')?.type ?? '');
  const wrong = cmd.subtype === 'AT_ColumnDefault' && type !== null ? overflow(cmd.def, type) : null;
  if (wrong === null) return null;
  return {
    range,
    message: `${quoteIdentifier(cmd.name ?? '')} cannot hold this default, ${wrong.reason}: inserts into ${shown(altered.written)} that do not name it fail with ${wrong.sqlstate}`,
    evidence: { table: shown(altered.written), column: cmd.name ?? '', sqlstate: wrong.sqlstate },
  };
};

/** A generated column that nothing computes any more. */
const expressionDropped = (context: CheckContext, altered: AlteredTable, { cmd, range }: AlterAction): Found | null => {
  const column = context.database.column(altered.table, cmd.name ?? '');
  if (cmd.subtype !== 'AT_DropExpression' || column?.generated == null || context.direction === 'down') return null;
  return {
    range,
    message: `${quoteIdentifier(column.name)} is not computed any more: rows that ${shown(altered.written)} gets from here on ${column.notNull ? 'are refused with 23502' : 'have NULL in it'} unless they name it`,
    evidence: { table: shown(altered.written), column: column.name },
  };
};

export const droppingDefaultOfRequiredColumn = defineRule({
  id: 'dropping-default-of-required-column',
  title: 'Nothing fills the column where an insert leaves it out',
  category: 'compatibility',
  severity: 'warning',
  servers: {},
  on: ['AT_ColumnDefault', 'AT_DropExpression', 'AT_DropIdentity'],
  docs: {
    what: 'DROP DEFAULT or DROP IDENTITY on a column that is NOT NULL, DROP EXPRESSION of a generated column, and SET DEFAULT to a constant that is too long or too large for the column.',
    why: 'Running code that inserts without naming the column fails from then on with 23502, and with 22001 or 22003 where the default does not fit.',
    instead: 'Deploy code that writes the column first.',
    ignoreWhen: 'every insert names the column.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-DEFAULT',
  },
  examples: [
    {
      name: 'a required column',
      setup: 'create table users (id bigint primary key, kind int not null default 0);',
      up: 'ALTER TABLE users ALTER COLUMN kind DROP DEFAULT;',
      finds: [{ text: 'ALTER COLUMN kind DROP DEFAULT', severity: 'warning' }],
    },
    {
      name: 'the column was added for this with a default in the same migration',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users add column kind int not null default 0; alter table users alter kind drop default;',
      finds: [{ text: 'alter kind drop default' }],
    },
    {
      name: 'an identity',
      setup: 'create table users (id bigint generated always as identity primary key);',
      up: 'alter table users alter id drop identity;',
      finds: [{ text: 'alter id drop identity' }],
    },
    {
      name: 'a default that no row can hold, and one that fits',
      setup: 'create table users (id bigint primary key, code varchar(3), n smallint);',
      up: "alter table users alter code set default 'abcd'; alter table users alter n set default 70000; alter table users alter code set default 'abc', alter n set default -32768;",
      finds: [{ text: "alter code set default 'abcd'" }, { text: 'alter n set default 70000' }],
    },
    {
      name: 'a generated column',
      setup: 'create table users (id bigint primary key, a int, twice int generated always as (a * 2) stored);',
      up: 'alter table users alter twice drop expression; alter table users alter a drop expression if exists;',
      finds: [{ text: 'alter twice drop expression' }],
    },
    {
      name: 'an identity takes the place of the default',
      setup: "create sequence s; create table users (id bigint primary key default nextval('s'));",
      up: 'alter table users alter id drop default, alter id add generated by default as identity;',
      finds: [],
    },
    {
      name: 'a column that may be NULL',
      setup: 'create table users (id bigint primary key, kind int default 0);',
      up: 'alter table users alter kind drop default;',
      finds: [],
    },
    {
      name: 'the default comes back after a change of type',
      setup: 'create table users (id bigint primary key, kind int not null default 0);',
      up: "alter table users alter kind drop default, alter kind type text using kind::text, alter kind set default '0';",
      finds: [],
    },
    {
      name: 'there was no default',
      setup: 'create table users (id bigint primary key, kind int not null);',
      up: 'alter table users alter kind drop default;',
      finds: [],
    },
    { name: 'without a catalog nothing is known', up: 'alter table users alter kind drop default;', finds: [] },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null || altered.standing.size === 'new') return [];
    return altered.actions.flatMap((action) => {
      const { cmd, range } = action;
      const unfit = defaultThatDoesNotFit(context, altered, action) ?? expressionDropped(context, altered, action);
      if (unfit !== null) return [unfit];
      const dropsDefault = cmd.subtype === 'AT_ColumnDefault' && cmd.def === undefined;
      if (!dropsDefault && cmd.subtype !== 'AT_DropIdentity') return [];
      const name = cmd.name ?? '';
      const column = context.database.column(altered.table, name);
      const filled = dropsDefault ? column?.default : column?.identity;
      if (column === null || !column.notNull || filled == null || column.generated !== null) return [];
      if (restored(context, altered, name)) return [];
      return [
        {
          range,
          message: `${quoteIdentifier(name)} stays NOT NULL: inserts into ${shown(altered.written)} that do not name it fail with 23502`,
          evidence: { table: shown(altered.written), column: name, default: filled, sqlstate: '23502' },
        },
      ];
    });
  },
});
