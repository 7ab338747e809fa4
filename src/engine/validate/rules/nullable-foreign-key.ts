import { all, as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { writtenForeignKeys } from '../foreign-keys.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

const required: ReadonlySet<string> = new Set(['CONSTR_NOTNULL', 'CONSTR_PRIMARY']);

/** True when the statement itself, or the table as it is, keeps a column from being NULL. */
const isRequired = (context: CheckContext, column: string, known: boolean): boolean => {
  const { node } = context.statement;
  const create = as(node, 'CreateStmt');
  const definitions = [
    ...all(create?.tableElts, 'ColumnDef'),
    ...(context.alter()?.actions ?? []).flatMap(({ cmd }) => as(cmd.def, 'ColumnDef') ?? []),
  ];
  const inKey = all(create?.tableElts, 'Constraint').some(
    ({ contype, keys }) =>
      contype === 'CONSTR_PRIMARY' && (keys ?? []).some((key) => as(key, 'String')?.sval === column),
  );
  const own = definitions.find(({ colname }) => colname === column);
  if (own === undefined) return known;
  return inKey || all(own.constraints, 'Constraint').some(({ contype }) => required.has(contype ?? ''));
};

export const nullableForeignKey = defineRule({
  id: 'nullable-foreign-key',
  title: 'Foreign key over a column that may be NULL',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['AlterTableStmt', 'CreateStmt'],
  optIn: true,
  docs: {
    what: 'A new foreign key over a column without NOT NULL.',
    why: 'A row with NULL there refers to nothing and is never checked; over several columns one NULL is enough.',
    instead: 'NOT NULL, where each row has to have a parent.',
    ignoreWhen: 'a row may be without one.',
    manual: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK',
  },
  examples: [
    {
      name: 'in a new table',
      up: 'CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);',
      finds: [{ text: 'REFERENCES', severity: 'info' }],
    },
    {
      name: 'an old column',
      setup: 'create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint);',
      up: 'alter table orders add constraint f foreign key (user_id) references users not valid;',
      finds: [{ text: 'foreign key (user_id)' }],
    },
    {
      name: 'a required column',
      up: 'create table orders (id bigint primary key, user_id bigint not null references users);',
      finds: [],
    },
    {
      name: 'part of the primary key',
      up: 'create table members (a bigint references teams, b bigint references users, primary key (a, b));',
      finds: [],
    },
    {
      name: 'without a catalog nobody knows of an old column',
      up: 'alter table orders add constraint f foreign key (user_id) references users not valid;',
      finds: [],
    },
  ],
  check: (context) => {
    if (context.direction === 'down') return [];
    return writtenForeignKeys(context).flatMap(({ table, columns, range }) => {
      const known = context.database.table(table);
      const open = columns.filter((name) => {
        const column = context.database.column(known, name);
        return !isRequired(context, name, column?.notNull ?? true);
      });
      const [first] = open;
      if (first === undefined) return [];
      return [
        {
          range,
          message: `A row of ${shown(table)} with NULL in ${quoteIdentifier(first)} refers to nothing and is not checked`,
          evidence: { table: shown(table), columns: open },
        },
      ];
    });
  },
});
