import type { Column, Table } from '../../catalog/catalog.ts';
import { all, as, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { writtenForeignKeys } from '../foreign-keys.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

const bareName = (collation: string | null | undefined): string | null =>
  collation == null ? null : (collation.replaceAll('"', '').split('.').at(-1) ?? null);

/** True for a collation that takes different strings for equal, by the statement that makes it, here or in the catalog. */
const isNondeterministic = (context: CheckContext, collation: string | null): boolean => {
  if (collation === null) return false;
  const inCatalog = (context.database.catalog.otherObjects ?? []).some(
    ({ kind, name, definition }) =>
      kind === 'collation' && name === collation && /deterministic\s*=\s*'?false/i.test(definition),
  );
  return (
    inCatalog ||
    context.script.statements.slice(0, context.statement.index).some(({ node }) => {
      const define = as(node, 'DefineStmt');
      return (
        define?.kind === 'OBJECT_COLLATION' &&
        strings(define.defnames).at(-1) === collation &&
        all(define.definition, 'DefElem').some(
          ({ defname, arg }) => defname === 'deterministic' && JSON.stringify(arg ?? null).includes('false'),
        )
      );
    })
  );
};

/** The collation of a column, as the statement writes it or as the table has it. */
const collationOf = (context: CheckContext, table: Table | null, column: string): string | null => {
  const { node } = context.statement;
  const written = [
    ...all(as(node, 'CreateStmt')?.tableElts, 'ColumnDef'),
    ...(context.alter()?.actions ?? []).flatMap(({ cmd }) => as(cmd.def, 'ColumnDef') ?? []),
  ].find(({ colname }) => colname === column);
  if (written?.collClause !== undefined) return strings(written.collClause.collname).at(-1) ?? null;
  const known: Column | null = context.database.column(table, column);
  return bareName(known?.collation);
};

export const fkNondeterministicCollation = defineRule({
  id: 'fk-nondeterministic-collation',
  title: 'Foreign key between columns that compare differently',
  category: 'correctness',
  severity: 'error',
  servers: { from: 18 },
  on: ['AT_AddColumn', 'AT_AddConstraint', 'CreateStmt'],
  docs: {
    what: 'A foreign key whose two columns have different collations, one of them nondeterministic, as one that ignores case.',
    why: 'Whether a value has a parent would depend on which of the two compares. PostgreSQL 18 refuses the constraint with 42P21; older servers accept it, and a dump of such a database cannot be restored on 18.',
    instead: 'The same collation on both columns.',
    ignoreWhen: 'never: the statement fails.',
    manual: 'https://www.postgresql.org/docs/current/release-18.html#RELEASE-18-MIGRATION',
  },
  examples: [
    {
      name: 'a key that ignores case',
      setup: 'create schema app;',
      up: "CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);\nCREATE TABLE users (email text COLLATE ci PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, email text REFERENCES users (email));",
      finds: [{ text: 'REFERENCES', severity: 'error' }],
      trace: { fails: '42P21' },
    },
    {
      name: 'on both sides',
      up: "create collation ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false); create table users (email text collate ci primary key); create table orders (id bigint primary key, email text collate ci references users (email));",
      finds: [],
    },
    {
      name: 'collations that only sort differently',
      setup: 'create table users (email text collate "C" primary key); create table orders (email text);',
      up: 'alter table orders add constraint f foreign key (email) references users (email) not valid;',
      finds: [],
      trace: { locks: { users: 'SHARE ROW EXCLUSIVE', orders: 'SHARE ROW EXCLUSIVE' } },
    },
    {
      name: 'an older server',
      serverVersion: 17,
      up: "create collation ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false); create table users (email text collate ci primary key); create table orders (email text references users (email));",
      finds: [],
    },
  ],
  check: (context) =>
    writtenForeignKeys(context).flatMap(({ table, columns, references, referencedColumns, range }) => {
      const target = context.database.table(references);
      const own = context.database.table(table);
      const key = target?.constraints.find(({ kind }) => kind === 'primary key')?.columns ?? [];
      const names = referencedColumns.length > 0 ? referencedColumns : key;
      const pair = columns
        .map((column, i) => {
          const other = names[i] ?? '';
          const there = bareName(context.database.column(target, other)?.collation);
          return { column, other, here: collationOf(context, own, column), there };
        })
        .find(
          ({ here, there }) =>
            here !== there && (isNondeterministic(context, here) || isNondeterministic(context, there)),
        );
      if (target === null || pair === undefined) return [];
      const { column, other, here, there } = pair;
      return [
        {
          range,
          message: `${quoteIdentifier(column)} of ${shown(table)} has collation ${here ?? 'default'}, ${quoteIdentifier(other)} of ${shown(references)} has ${there ?? 'default'}: PostgreSQL 18 refuses the key with 42P21`,
          evidence: { table: shown(table), column, collation: here, references: shown(references), other: there },
        },
      ];
    }),
});
