import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const changingDefault = defineRule({
  id: 'changing-default',
  title: 'Default that running code relies on changes',
  category: 'compatibility',
  severity: 'info',
  servers: {},
  on: ['AlterTableStmt'],
  optIn: true,
  foldsUnder: ['dropping-default-of-required-column', 'set-default-ignores-existing-rows'],
  docs: {
    what: 'ALTER COLUMN … DROP DEFAULT, or SET DEFAULT in place of another default, on an existing column.',
    why: 'Inserts of the running code that do not name the column store another value from that moment on, or NULL, before the new code is there that knows about it.',
    instead: 'Deploy code first that writes the column in every insert.',
    ignoreWhen: 'old and new code agree on the new default.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-DEFAULT',
  },
  examples: [
    {
      name: 'another default',
      setup: "create table users (id bigint primary key, kind text default 'a');",
      up: "ALTER TABLE users ALTER COLUMN kind SET DEFAULT 'b';",
      finds: [{ text: "ALTER COLUMN kind SET DEFAULT 'b'", severity: 'info' }],
    },
    {
      name: 'no default any more',
      setup: "create table users (id bigint primary key, kind text default 'a');",
      up: 'alter table users alter kind drop default;',
      finds: [{ text: 'alter kind drop default' }],
    },
    {
      name: 'the first default',
      setup: 'create table users (id bigint primary key, kind text);',
      up: "alter table users alter kind set default 'b';",
      finds: [],
    },
    {
      name: 'a column of the same migration',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users add column kind int default 0; alter table users alter kind drop default;',
      finds: [],
    },
    { name: 'without a catalog nothing is known', up: 'alter table users alter kind drop default;', finds: [] },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null || altered.standing.size === 'new' || context.direction === 'down') return [];
    return altered.actions.flatMap(({ cmd, range }) => {
      const name = cmd.name ?? '';
      const column = context.database.column(altered.table, name);
      if (cmd.subtype !== 'AT_ColumnDefault' || column === null) return [];
      if (column.default === null || column.generated !== null) return [];
      if (context.created.has('column', altered.name, name)) return [];
      const next = cmd.def === undefined ? 'NULL' : 'the new default';
      return [
        {
          range,
          message: `Inserts into ${shown(altered.written)} that do not name ${quoteIdentifier(name)} store ${next} instead of ${column.default}`,
          evidence: { table: shown(altered.written), column: name, default: column.default },
        },
      ];
    });
  },
});
