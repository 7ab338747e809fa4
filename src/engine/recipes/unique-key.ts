import { err, ok } from '../../shared/result.ts';
import type { Catalog, Column, Table } from '../catalog/catalog.ts';
import { freeRelationName } from '../plan/write/free-name.ts';
import { identifier, joinSql, qualified, type Sql, sql, toText } from '../sql/sql.ts';
import { type Offer, type RecipeStatement, type RecipeStep, scriptOf } from './recipe.ts';
import { requireSteps } from './table-members.ts';

/** A key that is to be added; `name` is null where PostgreSQL is to choose. */
export type NewKey = {
  readonly kind: 'primary key' | 'unique';
  readonly name: string | null;
  readonly columns: readonly string[];
  readonly include: readonly string[];
  readonly nullsNotDistinct: boolean;
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
};

const list = (names: readonly string[]): Sql => joinSql(names.map(identifier));

/** The query that shows every value that more than one row has, with how many have it. */
export function duplicatesQuery(table: Table, key: Pick<NewKey, 'columns' | 'nullsNotDistinct'>): Sql {
  const filled = joinSql(
    key.columns.map((column) => sql`${identifier(column)} IS NOT NULL`),
    sql` AND `,
  );
  const where = key.nullsNotDistinct ? sql`` : sql` WHERE ${filled}`;
  return sql`SELECT ${list(key.columns)}, count(*) FROM ${qualified(table)}${where} GROUP BY ${list(key.columns)} HAVING count(*) > 1`;
}

const emptyRowsQuery = (table: Table, columns: readonly Column[]): Sql =>
  sql`SELECT * FROM ${qualified(table)} WHERE ${joinSql(
    columns.map(({ name }) => sql`${identifier(name)} IS NULL`),
    sql` OR `,
  )}`;

function obstacle(table: Table, key: NewKey): string | null {
  const own = `${table.schema}.${table.name}`;
  if (table.kind === 'foreign table') return `${own} is a foreign table`;
  if (table.kind === 'partitioned table')
    return `${own} is partitioned: its index is built partition by partition, and attached to one of the parent`;
  if (key.kind === 'primary key' && table.constraints.some(({ kind }) => kind === 'primary key'))
    return `${own} has a primary key already`;
  if (key.name !== null && table.constraints.some(({ name }) => name === key.name))
    return `${own} has a constraint ${key.name} already`;
  const unknown = key.columns.find((column) => !table.columns.some(({ name }) => name === column));
  return unknown === undefined ? null : `${own} has no column ${unknown}`;
}

/** The steps that make a key of columns; `before` says what has to be done to the rows. */
export function keySteps(
  table: Table,
  key: NewKey & { readonly name: string },
  before: string | null,
): { readonly build: RecipeStep; readonly attach: RecipeStep } {
  const own = qualified(table);
  const name = identifier(key.name);
  const include = key.include.length === 0 ? sql`` : sql` INCLUDE (${list(key.include)})`;
  const nulls = key.nullsNotDistinct ? sql` NULLS NOT DISTINCT` : sql``;
  const words = key.kind === 'primary key' ? sql`PRIMARY KEY` : sql`UNIQUE`;
  const when = key.initiallyDeferred ? sql` DEFERRABLE INITIALLY DEFERRED` : key.deferrable ? sql` DEFERRABLE` : sql``;
  const build: RecipeStatement = {
    sql: sql`CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${own} (${list(key.columns)})${include}${nulls}`,
  };
  return {
    build: {
      slug: 'build_unique_index',
      title: `Build the unique index ${key.name} while rows are written`,
      before,
      up: scriptOf([build]),
      down: scriptOf([
        {
          sql: sql`DROP INDEX CONCURRENTLY IF EXISTS ${qualified({ schema: table.schema, name: key.name })}`,
          ignores: { 'on-conflict-target-removed': 'this recipe built it, and no code relies on it yet' },
        },
      ]),
    },
    attach: {
      slug: key.kind === 'primary key' ? 'add_primary_key' : 'add_unique_constraint',
      title: `Make the index ${key.name} the ${key.kind === 'primary key' ? 'primary key' : 'unique constraint'}`,
      before: null,
      up: scriptOf([{ sql: sql`ALTER TABLE ${own} ADD CONSTRAINT ${name} ${words} USING INDEX ${name}${when}` }]),
      down: scriptOf([
        {
          sql: sql`ALTER TABLE ${own} DROP CONSTRAINT ${name}`,
          ignores: {
            [key.kind === 'primary key' ? 'drop-primary-key' : 'drop-constraint']:
              'it takes back what this recipe added, and the index is built again below',
          },
        },
        { ...build, comment: 'The index went with the constraint.' },
      ]),
    },
  };
}

/** Adds a primary key or a unique constraint once the rows that stand in its way are mended, or says why not. */
export function uniqueKeyRecipe(catalog: Catalog, table: Table, key: NewKey): Offer {
  const reason = obstacle(table, key);
  if (reason !== null) return err(reason);
  const isPrimary = key.kind === 'primary key';
  const name =
    key.name ??
    freeRelationName(
      catalog,
      table.schema,
      isPrimary ? [table.name] : [table.name, ...key.columns],
      isPrimary ? 'pkey' : 'key',
    );
  const optional = isPrimary
    ? table.columns.filter((column) => key.columns.includes(column.name) && !column.notNull)
    : [];
  const named = key.columns.join(', ');
  const duplicates = `Make sure that the code writes no duplicate into ${named}; then mend the rows that are there: this query lists the values that stand more than once: ${toText(duplicatesQuery(table, key))}`;
  const steps = keySteps(table, { ...key, name }, duplicates);
  const required = optional.map((column) => column.name);
  const require =
    required.length === 0
      ? []
      : requireSteps(table, required, {
          deploy: `Make sure that the code writes ${required.join(', ')} with every row.`,
          mend: `Give every row a value: this query lists those without: ${toText(emptyRowsQuery(table, optional))}`,
        });
  return ok({
    title: `Add the ${isPrimary ? 'primary key' : 'unique constraint'} ${name} to ${table.schema}.${table.name} without keeping anybody out`,
    notes: [
      'If the build meets a duplicate it fails and leaves an invalid index: the down of that step drops it; mend the rows and run it again.',
    ],
    steps: [...require, steps.build, steps.attach],
  });
}
