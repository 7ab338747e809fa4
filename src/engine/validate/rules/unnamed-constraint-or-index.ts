import type { Constraint } from '@pgsql/types';
import { all, as, nameOf, strings, type WrittenName } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { chosenNames, nameEndings } from '../chosen-names.ts';
import { insertAt } from '../fixes.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { shown } from '../wording.ts';

const unnamed = (
  context: CheckContext,
  table: WrittenName,
  constraint: Constraint,
  column: string | null,
): readonly Found[] => {
  const ending = nameEndings[constraint.contype ?? ''];
  if (ending === undefined || constraint.conname !== undefined || constraint.location === undefined) return [];
  const start = context.offset(constraint.location);
  const word = context.source.tokens({ start, end: context.statement.end })[0];
  const columns = [...strings(constraint.fk_attrs), ...strings(constraint.keys)];
  const named = ending === 'pkey' ? [] : column === null ? columns : [column];
  // What PostgreSQL would call a CHECK or EXCLUDE over several columns is for the author to say better.
  const chosen = ending === 'pkey' || named.length > 0 ? chosenNames(context).get(constraint) : undefined;
  const suggestion = chosen ?? null;
  return [
    {
      range: word ?? context.source.head(2),
      message: `This constraint of ${shown(table)} has no name: the one that PostgreSQL makes up may differ between databases`,
      evidence: { table: shown(table), kind: ending },
      fix:
        suggestion === null
          ? null
          : {
              title: `Name it ${suggestion}`,
              edits: [insertAt(start, `CONSTRAINT ${quoteIdentifier(suggestion)} `)],
            },
    },
  ];
};

export const unnamedConstraintOrIndex = defineRule({
  id: 'unnamed-constraint-or-index',
  title: 'Constraint or index without a name',
  category: 'naming and conflicts',
  severity: 'info',
  servers: {},
  on: ['AlterTableStmt', 'CreateStmt', 'IndexStmt'],
  optIn: true,
  docs: {
    what: 'A primary key, unique, foreign key, check or exclusion constraint, or an index, whose name is left to PostgreSQL.',
    why: 'PostgreSQL makes the name up from table and columns and adds a number where it is taken, so that two databases may have two names for one constraint; and a later migration that drops it has to guess.',
    instead: 'CONSTRAINT name …, CREATE INDEX name ….',
    ignoreWhen: 'nothing will ever name it.',
    manual: 'https://www.postgresql.org/docs/current/ddl-constraints.html',
  },
  examples: [
    {
      name: 'a foreign key',
      up: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID;',
      finds: [{ text: 'FOREIGN', severity: 'info' }],
      fixed: 'ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users NOT VALID;',
    },
    {
      name: 'in a new table',
      up: 'create table orders (id bigint primary key, total int check (total > 0));',
      finds: [{ text: 'primary' }, { text: 'check' }],
      fixed: 'create table orders (id bigint CONSTRAINT orders_pkey primary key, total int check (total > 0));',
    },
    {
      name: 'an index',
      up: 'create index concurrently on orders (total);',
      finds: [{ text: 'create index' }],
    },
    {
      name: 'named',
      up: 'create table orders (id bigint constraint orders_pk primary key); create index i on orders (id);',
      finds: [],
    },
    {
      name: 'NOT NULL and DEFAULT are known by their column',
      up: 'alter table orders add column a int not null default 0;',
      finds: [],
    },
  ],
  check: (context) => {
    if (context.direction === 'down') return [];
    const { node } = context.statement;
    const index = as(node, 'IndexStmt');
    if (index !== undefined)
      return index.idxname === undefined
        ? [
            {
              range: context.source.head(2),
              message: `This index of ${shown(nameOf(index.relation))} has no name: the one that PostgreSQL makes up may differ between databases`,
              evidence: { table: shown(nameOf(index.relation)), kind: 'index' },
            },
          ]
        : [];
    const create = as(node, 'CreateStmt');
    const altered = context.alter();
    if (create?.relation?.relpersistence === 't') return [];
    const table = altered?.written ?? nameOf(create?.relation);
    const elements =
      create?.tableElts ?? altered?.actions.flatMap(({ cmd }) => (cmd.def === undefined ? [] : [cmd.def])) ?? [];
    return [
      ...all(elements, 'ColumnDef').flatMap((column) =>
        all(column.constraints, 'Constraint').flatMap((constraint) =>
          unnamed(context, table, constraint, column.colname ?? ''),
        ),
      ),
      ...all(elements, 'Constraint').flatMap((constraint) => unnamed(context, table, constraint, null)),
    ];
  },
});
