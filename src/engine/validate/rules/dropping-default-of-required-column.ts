import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const droppingDefaultOfRequiredColumn = defineRule({
  id: 'dropping-default-of-required-column',
  title: 'Default dropped from a required column',
  category: 'compatibility',
  severity: 'warning',
  servers: {},
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
