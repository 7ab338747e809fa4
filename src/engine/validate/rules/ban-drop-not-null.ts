import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const banDropNotNull = defineRule({
  id: 'ban-drop-not-null',
  title: 'Readers may now meet NULL',
  category: 'compatibility',
  severity: 'warning',
  servers: {},
  on: ['AT_DropNotNull'],
  docs: {
    what: 'DROP NOT NULL on a column of an existing table.',
    why: 'Running code that counts on a value may fail on the first NULL; making the column required again needs a scan of the table.',
    instead: 'Deploy readers that can deal with NULL first.',
    ignoreWhen: 'all readers can.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL',
  },
  examples: [
    {
      name: 'a required column',
      setup: 'create table users (id bigint primary key, email text not null);',
      up: 'ALTER TABLE users ALTER COLUMN email DROP NOT NULL;',
      finds: [{ text: 'ALTER COLUMN email DROP NOT NULL', severity: 'warning' }],
    },
    {
      name: 'without a catalog',
      up: 'alter table users alter "E" drop not null;',
      finds: [{ text: 'alter "E" drop not null' }],
    },
    {
      name: 'the column is nullable already',
      setup: 'create table users (id bigint primary key, email text);',
      up: 'alter table users alter email drop not null;',
      finds: [],
    },
    {
      name: 'the down of SET NOT NULL',
      up: 'alter table users alter email set not null;',
      down: 'alter table users alter email drop not null;',
      finds: [],
    },
    {
      name: 'a new table',
      up: 'create table fresh (a int not null); alter table fresh alter a drop not null;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null || altered.standing.size === 'new' || context.direction === 'down') return [];
    return altered.actions.flatMap(({ cmd, range }) => {
      if (cmd.subtype !== 'AT_DropNotNull') return [];
      const name = cmd.name ?? '';
      if (context.created.has('column', altered.name, name)) return [];
      if (context.database.column(altered.table, name)?.notNull === false) return [];
      return [
        {
          range,
          message: `Code that reads ${quoteIdentifier(name)} of ${shown(altered.written)} may meet NULL from here on`,
          evidence: { table: shown(altered.written), column: name },
        },
      ];
    });
  },
});
