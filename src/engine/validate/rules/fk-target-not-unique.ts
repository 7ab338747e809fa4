import type { Table } from '../../catalog/catalog.ts';
import { writtenForeignKeys } from '../foreign-keys.ts';
import { defineRule } from '../rule.ts';
import { columnList, shown } from '../wording.ts';

const isUnique = (table: Table, columns: readonly string[]): boolean =>
  table.indexes.some(
    (index) =>
      index.unique &&
      index.valid &&
      index.predicate === null &&
      index.keys.length === columns.length &&
      index.keys.every(({ column }) => column !== null && columns.includes(column)),
  );

export const fkTargetNotUnique = defineRule({
  id: 'fk-target-not-unique',
  title: 'Foreign key references columns that are not unique',
  category: 'correctness',
  severity: 'error',
  servers: {},
  needs: 'catalog',
  on: ['AT_AddColumn', 'AT_AddConstraint', 'CreateStmt'],
  docs: {
    what: 'A foreign key whose referenced columns have no primary key, unique constraint or full, valid unique index; or that names no columns while the referenced table has no primary key.',
    why: 'PostgreSQL refuses it with 42830 (42704 when no columns are named).',
    instead: 'Build the unique index on the referenced columns first, CONCURRENTLY.',
    ignoreWhen: 'never: the statement cannot succeed.',
    manual: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK',
  },
  examples: [
    {
      name: 'a column without a unique index',
      setup: 'create table users (id bigint primary key, email text); create table orders (email text);',
      up: 'ALTER TABLE orders ADD FOREIGN KEY (email) REFERENCES users (email) NOT VALID;',
      finds: [{ text: 'FOREIGN KEY (email)', severity: 'error' }],
      trace: { fails: '42830' },
    },
    {
      name: 'a partial unique index is not enough',
      setup:
        'create table users (id bigint primary key, email text); create unique index u on users (email) where id > 0; create table orders (email text);',
      up: 'alter table orders add foreign key (email) references users (email) not valid;',
      finds: [{ text: 'foreign key (email)' }],
      trace: { fails: '42830' },
    },
    {
      name: 'no primary key to reference',
      setup: 'create table users (id bigint);',
      up: 'create table orders (user_id bigint references users);',
      finds: [{ text: 'references' }],
      trace: { fails: '42704' },
    },
    {
      name: 'a unique index in another order',
      setup:
        'create table users (a int, b int); create unique index u on users (b, a); create table orders (a int, b int);',
      up: 'alter table orders add foreign key (a, b) references users (a, b) not valid;',
      finds: [],
    },
    {
      name: 'made in the same migration',
      setup: 'create table users (id bigint primary key, email text); create table orders (email text);',
      up: 'create unique index concurrently u on users (email); alter table orders add foreign key (email) references users (email) not valid;',
      finds: [],
    },
    {
      name: 'without a catalog nothing is known',
      up: 'alter table orders add foreign key (email) references users (email) not valid;',
      finds: [],
    },
  ],
  check: (context) => {
    return writtenForeignKeys(context).flatMap((key) => {
      const table = context.database.table(key.references);
      if (table === null || (key.place === 'created table' && key.references.name === key.table.name)) return [];
      const named = key.referencedColumns;
      const primary = table.constraints.some(({ kind }) => kind === 'primary key');
      if (named.length === 0 ? primary : isUnique(table, named)) return [];
      if (named.some((column) => context.database.column(table, column) === null)) return [];
      const sqlstate = named.length === 0 ? '42704' : '42830';
      const what = named.length === 0 ? 'has no primary key' : `has no unique key on (${columnList(named)})`;
      return [
        {
          range: key.range,
          message: `${shown(key.references)} ${what}: the statement fails with ${sqlstate}`,
          evidence: { references: shown(key.references), columns: named, sqlstate },
        },
      ];
    });
  },
});
