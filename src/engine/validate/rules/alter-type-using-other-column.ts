import { as, columnsIn } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { listInWords, shown } from '../wording.ts';

export const alterTypeUsingOtherColumn = defineRule({
  id: 'alter-type-using-other-column',
  title: 'USING takes its values from another column',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: ['AT_AlterColumnType'],
  docs: {
    what: 'ALTER COLUMN a TYPE … USING an expression that reads other columns and not a.',
    why: 'The values of the column are replaced by those of another one, for good: mostly a slip of the pen.',
    instead: 'USING the same column; or an UPDATE, which says what it does.',
    ignoreWhen: 'the old values are meant to go.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE',
  },
  examples: [
    {
      name: 'another column',
      setup: 'create table orders (a text, b text);',
      up: 'ALTER TABLE orders ALTER COLUMN a TYPE int USING b::int;',
      finds: [{ text: 'ALTER COLUMN a TYPE int USING b::int', severity: 'error' }],
    },
    {
      name: 'the column itself',
      setup: 'create table orders (a text, b text);',
      up: 'alter table orders alter a type int using a::int;',
      finds: [],
    },
    {
      name: 'the column and another one',
      setup: 'create table orders (a text, b text);',
      up: 'alter table orders alter a type int using coalesce(a, b)::int;',
      finds: [],
    },
    {
      name: 'a constant',
      setup: 'create table orders (a text, b text);',
      up: 'alter table orders alter a type int using 0;',
      finds: [],
    },
    {
      name: 'a column named with its table',
      setup: 'create table orders (a text);',
      up: 'alter table orders alter a type int using orders.a::int;',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AlterColumnType'], 'error', ({ cmd, range }, altered) => {
      const columns = columnsIn(as(cmd.def, 'ColumnDef')?.raw_default);
      const name = cmd.name ?? '';
      if (columns.length === 0 || columns.includes(name) || columns.includes(altered.name.name)) return null;
      return {
        range,
        severity: 'error',
        message: `The values of ${quoteIdentifier(name)} of ${shown(altered.written)} are replaced by those of ${listInWords(columns.map(quoteIdentifier))}`,
        evidence: { table: shown(altered.written), column: name, uses: columns },
      };
    }),
});
