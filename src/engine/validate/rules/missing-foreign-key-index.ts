import { all, as, nameOf, strings, type WrittenName } from '../../sql/nodes.ts';
import type { Statement } from '../../sql/parser.ts';
import { keyOf } from '../../sql/table-index.ts';
import { statementsAfter } from '../fixes.ts';
import { type WrittenForeignKey, writtenForeignKeys } from '../foreign-keys.ts';
import { indexServes, leadsWith } from '../index-serves.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { columnList, listInWords, shown } from '../wording.ts';

/** True when a statement of this file gives the table an index, or a key with one, that leads with the columns. */
const statementServes = (context: CheckContext, statement: Statement, key: WrittenForeignKey): boolean => {
  const isTable = (name: WrittenName) =>
    name.name === key.table.name &&
    keyOf(context.database.resolve(name)) === keyOf(context.database.resolve(key.table));
  const index = as(statement.node, 'IndexStmt');
  if (index !== undefined)
    return (
      index.whereClause === undefined &&
      isTable(nameOf(index.relation)) &&
      leadsWith(
        all(index.indexParams, 'IndexElem').map(({ name }) => name ?? null),
        key.columns,
      )
    );
  const create = as(statement.node, 'CreateStmt');
  const alter = as(statement.node, 'AlterTableStmt');
  if (create === undefined && alter === undefined) return false;
  if (!isTable(nameOf(create?.relation ?? alter?.relation))) return false;
  const definitions =
    create?.tableElts ?? all(alter?.cmds, 'AlterTableCmd').flatMap(({ def }) => (def === undefined ? [] : [def]));
  const keys = (type: string | undefined) => type === 'CONSTR_PRIMARY' || type === 'CONSTR_UNIQUE';
  return (
    all(definitions, 'Constraint').some(
      (constraint) => keys(constraint.contype) && leadsWith(strings(constraint.keys), key.columns),
    ) ||
    all(definitions, 'ColumnDef').some(
      (column) =>
        leadsWith([column.colname ?? ''], key.columns) &&
        all(column.constraints, 'Constraint').some(({ contype }) => keys(contype)),
    )
  );
};

/** Without a catalog nothing is known of the indexes of a column that was there before. */
const isKnown = (context: CheckContext, key: WrittenForeignKey): boolean => {
  if (key.place !== 'constraint') return true;
  if (context.database.table(key.table) !== null) return true;
  const name = context.database.resolve(key.table);
  return key.columns.some((column) => context.created.has('column', name, column));
};

export const missingForeignKeyIndex = defineRule({
  id: 'missing-foreign-key-index',
  title: 'Foreign key without an index on its columns',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['AT_AddColumn', 'AT_AddConstraint', 'CreateStmt'],
  docs: {
    what: 'A foreign key whose columns no index of the referencing table leads with, neither an existing one nor one that this migration creates.',
    why: 'PostgreSQL does not create that index. Every delete, and every change of the key, in the referenced table then reads the whole referencing table, while it holds row locks.',
    instead:
      'CREATE INDEX CONCURRENTLY on the referencing columns, before the foreign key is added. This is advice for later deletes and never a danger of the migration itself, so it is told as information.',
    ignoreWhen:
      'the referencing table stays small, or rows of the referenced table are never deleted and its key never changes.',
    manual: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK',
  },
  examples: [
    {
      name: 'an existing table without the index',
      setup: 'create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint);',
      up: 'ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;',
      finds: [{ text: 'FOREIGN KEY (user_id)', severity: 'info' }],
      fixed:
        'ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\nCREATE INDEX CONCURRENTLY ON orders (user_id);',
    },
    {
      name: 'a new column, without a catalog',
      up: 'alter table orders add column user_id bigint references users;',
      finds: [{ text: 'references', severity: 'info' }],
    },
    {
      name: 'a new table',
      up: 'create table orders (id bigint primary key, user_id bigint references users (id), shop_id bigint, foreign key (shop_id) references shops);',
      finds: [
        { text: 'references', severity: 'info' },
        { text: 'foreign key (shop_id)', severity: 'info' },
      ],
    },
    {
      name: 'a partial index does not serve it',
      setup:
        'create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint, a int); create index i on orders (user_id) where a > 1;',
      up: 'alter table orders add constraint f foreign key (user_id) references users (id) not valid;',
      finds: [{ text: 'foreign key (user_id)' }],
    },
    {
      name: 'an existing index leads with the columns',
      setup:
        'create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint, a int); create index i on orders (user_id, a);',
      up: 'alter table orders add constraint f foreign key (user_id) references users (id) not valid;',
      finds: [],
    },
    {
      name: 'the index is made in the same migration',
      up: 'alter table orders add column user_id bigint references users; create index concurrently on orders (user_id);',
      finds: [],
    },
    {
      name: 'the primary key leads with the columns',
      up: 'create table members (team_id bigint references teams, user_id bigint, primary key (team_id, user_id));',
      finds: [],
    },
    {
      name: 'without a catalog the indexes of an old column are not known',
      up: 'alter table orders add constraint f foreign key (user_id) references users (id) not valid;',
      finds: [],
    },
  ],
  check: (context) => {
    if (context.direction === 'down') return [];
    return writtenForeignKeys(context).flatMap((key) => {
      if (!isKnown(context, key)) return [];
      const table = context.database.table(key.table);
      if (table?.indexes.some((index) => indexServes(index, key.columns)) === true) return [];
      if (context.script.statements.some((statement) => statementServes(context, statement, key))) return [];
      const standing = context.standing(key.table);
      const fresh = key.place === 'created table' || standing.size === 'new';
      // A partitioned table gets its index partition by partition.
      const canBuild = fresh || (context.transaction.number === null && table?.kind !== 'partitioned table');
      // The down of a constraint alone would leave the index behind.
      const place = canBuild && (key.place !== 'constraint' || context.downScript === null);
      const create = fresh ? 'CREATE INDEX' : 'CREATE INDEX CONCURRENTLY';
      return [
        {
          range: key.range,
          message: `No index of ${shown(key.table)} leads with ${listInWords(key.columns)}: each delete in ${shown(key.references)} will read all of it (${standing.words})`,
          evidence: {
            table: shown(key.table),
            columns: key.columns,
            references: shown(key.references),
            rows: standing.rows,
          },
          fix: place
            ? {
                title: 'Add an index on the referencing columns',
                edits: [
                  statementsAfter(context, context.statement, [
                    `${create} ON ${shown(key.table)} (${columnList(key.columns)})`,
                  ]),
                ],
              }
            : null,
        },
      ];
    });
  },
});
