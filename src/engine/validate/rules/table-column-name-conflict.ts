import { newNames } from '../new-names.ts';
import { defineRule } from '../rule.ts';

export const tableColumnNameConflict = defineRule({
  id: 'table-column-name-conflict',
  title: 'Column named as its table',
  category: 'naming and conflicts',
  severity: 'info',
  servers: {},
  on: ['AlterTableStmt', 'CreateStmt', 'RenameStmt'],
  optIn: true,
  docs: {
    what: 'A new column with the name of its table.',
    why: 'In a query the bare name is the column, where the whole row may be meant: row_to_json(t) turns one value into JSON instead of the row.',
    instead: 'Another name for the column.',
    ignoreWhen: 'no query takes whole rows of the table.',
    manual: 'https://www.postgresql.org/docs/current/rowtypes.html#ROWTYPES-USAGE',
  },
  examples: [
    {
      name: 'in a new table',
      up: 'CREATE TABLE status (id bigint primary key, status text);',
      finds: [{ text: 'status', severity: 'info' }],
    },
    { name: 'an added column', up: 'alter table app.status add column "status" text;', finds: [{ text: '"status"' }] },
    { name: 'another name', up: 'create table status (id bigint primary key, value text);', finds: [] },
    { name: 'a renamed column', up: 'alter table status rename column value to state;', finds: [] },
  ],
  check: (context) =>
    newNames(context)
      .filter(({ kind, name, table }) => kind === 'column' && table?.name === name)
      .map(({ name, range }) => ({
        range: range(),
        message: `In queries ${name} now means this column and not the row of the table`,
        evidence: { table: name, column: name },
      })),
});
