import type { Table } from '../catalog/catalog.ts';
import { qualifiedName } from '../sql/qualified-name.ts';
import { identifier, literal, qualified, type Sql, sql } from '../sql/sql.ts';
import type { RecipeStatement } from './recipe.ts';

/** A range of row addresses is looked up without reading the rest of the table from this version on. */
export const fillsFrom = 140_000;

/** The rows of a batch, as a condition on the table under this alias. */
const ofBatch = (alias: Sql): Sql => sql`${alias}.ctid >= pg_catalog.format('(%s,0)', page)::tid
      AND ${alias}.ctid < pg_catalog.format('(%s,0)', page + 1000)::tid`;

/** Walks through a table's pages and commits after every thousand, so that no lock and no snapshot lasts. */
const inBatches = (table: Table, change: Sql): RecipeStatement => ({
  comment: 'A thousand pages at a time, each committed.',
  sql: sql`DO $lockstep$
DECLARE
  pages bigint := pg_catalog.pg_relation_size(${literal(qualifiedName(table))}::regclass) / pg_catalog.current_setting('block_size')::int;
  page bigint := 0;
BEGIN
  WHILE page <= pages LOOP
    ${change};
    COMMIT;
    page := page + 1000;
  END LOOP;
END
$lockstep$`,
});

/** Fills a column in batches. Rows that are written meanwhile are not its business: a trigger has to keep them right. */
export function fillInBatches(
  table: Table,
  fill: { readonly column: string; readonly value: Sql; readonly from?: Sql; readonly where: Sql },
): RecipeStatement {
  const from = fill.from === undefined ? sql`` : sql` FROM ${fill.from}`;
  return inBatches(
    table,
    sql`UPDATE ${qualified(table)} AS filled SET ${identifier(fill.column)} = ${fill.value}${from}
    WHERE ${ofBatch(sql`filled`)}
      AND ${fill.where}`,
  );
}

/**
 * Copies rows into another table in batches, which leave alone what is there already. They hold the rows that they copy, so
 * that nobody changes one between the look at it and the copy; later changes are a trigger's business.
 */
export const copyInBatches = (
  table: Table,
  copy: { readonly into: Sql; readonly values: Sql; readonly where: Sql },
): RecipeStatement =>
  inBatches(
    table,
    sql`INSERT INTO ${copy.into}
    SELECT ${copy.values} FROM ${qualified(table)} AS copied
    WHERE ${ofBatch(sql`copied`)}
      AND ${copy.where}
    FOR SHARE
    ON CONFLICT DO NOTHING`,
  );

/** Changes rows in batches as an `UPDATE` says it: its assignments and its condition, under the name that it gives the table. */
export const updateInBatches = (
  table: Table,
  update: { readonly alias: Sql; readonly set: Sql; readonly where: Sql | null },
): RecipeStatement =>
  inBatches(
    table,
    sql`UPDATE ${qualified(table)} AS ${update.alias} SET ${update.set}
    WHERE ${ofBatch(update.alias)}${
      update.where === null
        ? sql``
        : sql`
      AND (${update.where})`
    }`,
  );
