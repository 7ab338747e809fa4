import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { type AlteredTable, type CheckContext, defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

/** True when a later action of the file gives the column a default again, lets it be NULL, or drops it. */
const restored = (context: CheckContext, altered: AlteredTable, column: string): boolean => {
  const own = altered.actions.findIndex(
    ({ cmd }) => cmd.subtype === 'AT_ColumnDefault' && cmd.def === undefined && cmd.name === column,
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

export const droppingDefaultOfRequiredColumn = defineRule({
  id: 'dropping-default-of-required-column',
  title: 'Default dropped from a required column',
  category: 'compatibility',
  severity: 'warning',
  servers: {},
  on: ['AlterTableStmt'],
  docs: {
    what: 'DROP DEFAULT on a column that is NOT NULL.',
    why: 'Running code that inserts without naming the column fails from then on with 23502.',
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
    return altered.actions.flatMap(({ cmd, range }) => {
      if (cmd.subtype !== 'AT_ColumnDefault' || cmd.def !== undefined) return [];
      const name = cmd.name ?? '';
      const column = context.database.column(altered.table, name);
      if (column === null || !column.notNull || column.default === null || column.generated !== null) return [];
      if (restored(context, altered, name)) return [];
      return [
        {
          range,
          message: `${quoteIdentifier(name)} stays NOT NULL: inserts into ${shown(altered.written)} that do not name it fail with 23502`,
          evidence: { table: shown(altered.written), column: name, default: column.default, sqlstate: '23502' },
        },
      ];
    });
  },
});
