import { err, ok } from '../../shared/result.ts';
import type { Catalog, Table } from '../catalog/catalog.ts';
import { freeRelationName } from '../plan/write/free-name.ts';
import { identifier, literal, qualified, rendered, type Sql, sql, toText } from '../sql/sql.ts';
import { fillsFrom } from './fill-in-batches.ts';
import { type Offer, type RecipeStatement, type RecipeStep, scriptOf } from './recipe.ts';
import { fillEverywhere, renameSequence, together } from './second-column.ts';
import { requireColumn } from './table-members.ts';
import { keySteps } from './unique-key.ts';

/** A column of numbers that is to be added: an identity, or one with a sequence that it owns. */
export type NumberedColumn = {
  readonly name: string;
  readonly type: string;
  readonly identity: 'always' | 'by default' | null;
  /** The key that it is to be by itself. */
  readonly key: 'primary key' | 'unique' | null;
};

function obstacle(catalog: Catalog, table: Table, column: NumberedColumn): string | null {
  const own = `${table.schema}.${table.name}`;
  if (table.kind !== 'table' || table.partitionOf !== null || table.inherits.length > 0)
    return `${own} is not a table of its own`;
  if (catalog.server.version < fillsFrom)
    return `PostgreSQL before ${fillsFrom / 10_000} cannot look up a range of pages, and would read the whole table for every batch`;
  if (table.columns.some(({ name }) => name === column.name)) return `${own} has a column ${column.name} already`;
  return column.key === 'primary key' && table.constraints.some(({ kind }) => kind === 'primary key')
    ? `${own} has a primary key already`
    : null;
}

/** Gives every row a number of its own without a rewrite under a lock, or says why not. */
export function numberedColumnRecipe(catalog: Catalog, table: Table, column: NumberedColumn): Offer {
  const reason = obstacle(catalog, table, column);
  if (reason !== null) return err(reason);
  const own = qualified(table);
  const name = identifier(column.name);
  const { schema } = table;
  const sequence = { schema, name: freeRelationName(catalog, schema, [table.name, column.name], 'seq') };
  const aside = { schema, name: freeRelationName(catalog, schema, [sequence.name], 'new') };
  const next = sql`pg_catalog.nextval(${literal(toText(qualified(sequence)))}::regclass)`;
  const alter = (what: Sql): RecipeStatement => ({ sql: sql`ALTER TABLE ${own} ALTER COLUMN ${name} ${what}` });
  const counter: readonly RecipeStatement[] = [
    {
      sql: sql`CREATE SEQUENCE ${qualified(sequence)} AS ${rendered(column.type)} OWNED BY ${own}.${name}`,
    },
    alter(sql`SET DEFAULT ${next}`),
  ];
  const key =
    column.key === null
      ? null
      : keySteps(
          table,
          {
            kind: column.key,
            name:
              column.key === 'primary key'
                ? freeRelationName(catalog, schema, [table.name], 'pkey')
                : freeRelationName(catalog, schema, [table.name, column.name], 'key'),
            columns: [column.name],
            include: [],
            nullsNotDistinct: false,
            deferrable: false,
            initiallyDeferred: false,
          },
          null,
        );
  const when = column.identity === 'always' ? sql`ALWAYS` : sql`BY DEFAULT`;
  const identity: RecipeStep = {
    slug: 'make_identity',
    title: `Make ${column.name} an identity that goes on counting`,
    before: column.identity === 'always' ? `Make sure that no code writes ${column.name} itself.` : null,
    up: scriptOf(
      together([
        alter(sql`DROP DEFAULT`),
        {
          ...alter(sql`ADD GENERATED ${when} AS IDENTITY (SEQUENCE NAME ${qualified(aside)})`),
          ignores:
            column.identity === 'always'
              ? { 'generated-always-rejects-explicit': 'no code that writes it itself runs any more' }
              : {},
        },
        {
          sql: sql`SELECT pg_catalog.setval(${literal(toText(qualified(aside)))}, last_value, is_called) FROM ${qualified(sequence)}`,
        },
        {
          sql: sql`DROP SEQUENCE ${qualified(sequence)}`,
          ignores: { 'ban-drop-object': 'the identity goes on from its last number, in the same transaction' },
        },
        renameSequence(aside, sequence.name),
      ]),
    ),
    down: scriptOf(
      together([
        { sql: sql`CREATE SEQUENCE ${qualified(aside)} AS ${rendered(column.type)} OWNED BY ${own}.${name}` },
        {
          sql: sql`SELECT pg_catalog.setval(${literal(toText(qualified(aside)))}, last_value, is_called) FROM ${qualified(sequence)}`,
        },
        alter(sql`DROP IDENTITY`),
        renameSequence(aside, sequence.name),
        alter(sql`SET DEFAULT ${next}`),
      ]),
    ),
  };
  return ok({
    title: `Add ${column.name} to ${schema}.${table.name} and number its rows without a rewrite under a lock`,
    notes: ['The rows that are there get their numbers in the order of the pages that they lie on.'],
    steps: [
      {
        slug: 'add_numbered_column',
        title: `Add ${column.name}, which numbers new rows`,
        before: null,
        up: scriptOf([{ sql: sql`ALTER TABLE ${own} ADD COLUMN ${name} ${rendered(column.type)}` }, ...counter]),
        down: scriptOf([
          {
            sql: sql`ALTER TABLE ${own} DROP COLUMN ${name}`,
            ignores: { 'ban-drop-column': 'it was made by this recipe, and its numbers mean nothing yet' },
          },
        ]),
      },
      {
        slug: 'number_rows',
        title: 'Number the rows that are there',
        before: null,
        up: scriptOf(
          fillEverywhere(catalog, table, { column: column.name, value: next, where: sql`filled.${name} IS NULL` }),
        ),
        down: scriptOf([{ comment: 'Numbers that were given do no harm.', sql: sql`SELECT 1` }]),
      },
      {
        slug: 'require_number',
        title: `Require ${column.name}`,
        before: null,
        up: scriptOf(requireColumn(table, { name: column.name, notNull: true })),
        down: scriptOf([alter(sql`DROP NOT NULL`)]),
      },
      ...(column.identity === null ? [] : [identity]),
      ...(key === null ? [] : [key.build, key.attach]),
    ],
  });
}
