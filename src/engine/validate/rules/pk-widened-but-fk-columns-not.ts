import { as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { typeRef } from '../../sql/type-name.ts';
import { type AlteredTable, type CheckContext, defineRule } from '../rule.ts';
import { listInWords, shown, shownObject } from '../wording.ts';

const narrow = new Set(['integer', 'smallint']);

const isWidened = (context: CheckContext, table: AlteredTable['name'], column: string): boolean =>
  context.script.statements.some((statement) => {
    const alter = as(statement.node, 'AlterTableStmt');
    return (
      alter !== undefined &&
      keyOf(context.database.resolve(nameOf(alter.relation))) === keyOf(table) &&
      (alter.cmds ?? []).some((node) => {
        const cmd = as(node, 'AlterTableCmd');
        return cmd?.subtype === 'AT_AlterColumnType' && cmd.name === column;
      })
    );
  });

export const pkWidenedButFkColumnsNot = defineRule({
  id: 'pk-widened-but-fk-columns-not',
  title: 'Key becomes bigint, the columns that reference it do not',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: ['AT_AlterColumnType'],
  docs: {
    what: 'A column that foreign keys reference is widened to bigint while a referencing column stays integer or smallint.',
    why: 'The first key above 2147483647 cannot be stored in the referencing column: inserts there fail with 22003.',
    instead: 'Widen the referencing columns first, then the key.',
    ignoreWhen: 'the referencing table is about to go.',
    manual: 'https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT',
  },
  examples: [
    {
      name: 'a referencing column stays integer',
      setup: 'create table users (id int primary key); create table orders (user_id int references users);',
      up: 'ALTER TABLE users ALTER COLUMN id TYPE bigint;',
      finds: [{ text: 'ALTER COLUMN id TYPE bigint', severity: 'error' }],
    },
    {
      name: 'both are widened',
      setup:
        'create table users (id int primary key); create table orders (user_id int references users); insert into users values (1); insert into orders values (1);',
      up: 'alter table orders alter user_id type bigint; alter table users alter id type bigint;',
      finds: [],
    },
    {
      name: 'the referencing column is bigint already',
      setup: 'create table users (id int primary key); create table orders (user_id bigint references users);',
      up: 'alter table users alter id type bigint;',
      finds: [],
    },
    {
      name: 'nothing references it',
      setup: 'create table users (id int primary key);',
      up: 'alter table users alter id type bigint;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null || altered.table === null) return [];
    return altered.actions.flatMap(({ cmd, range }) => {
      if (cmd.subtype !== 'AT_AlterColumnType') return [];
      if (typeRef(as(cmd.def, 'ColumnDef')?.typeName).name !== 'int8') return [];
      const left = context.database.referencesTo(altered.name).flatMap(({ table, constraint }) => {
        const position = constraint.references?.columns.indexOf(cmd.name ?? '') ?? -1;
        const column = context.database.column(table, constraint.columns[position] ?? '');
        if (column === null || !narrow.has(column.type) || isWidened(context, table, column.name)) return [];
        return [`${shownObject(table)}.${quoteIdentifier(column.name)}`];
      });
      if (left.length === 0) return [];
      const names = [...new Set(left)];
      return [
        {
          range,
          message: `${listInWords(names)} ${names.length === 1 ? 'references' : 'reference'} ${shown(altered.written)}.${quoteIdentifier(cmd.name ?? '')} and ${names.length === 1 ? 'stays' : 'stay'} narrower than bigint`,
          evidence: { table: shown(altered.written), column: cmd.name, referencing: names },
        },
      ];
    });
  },
});
