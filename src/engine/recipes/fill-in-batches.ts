import type { Table } from '../catalog/catalog.ts';
import { qualifiedName } from '../sql/qualified-name.ts';
import { identifier, literal, qualified, type Sql, sql } from '../sql/sql.ts';
import type { RecipeStatement } from './recipe.ts';

/** A range of row addresses is looked up without reading the rest of the table from this version on. */
export const fillsFrom = 140_000;

/**
 * Walks through a table's pages and commits after every thousand, so that no lock and no snapshot lasts. Rows that are
 * written meanwhile are not its business: a trigger has to keep them right.
 */
export function fillInBatches(
  table: Table,
  fill: { readonly column: string; readonly value: Sql; readonly from?: Sql; readonly where: Sql },
): RecipeStatement {
  const own = qualified(table);
  const from = fill.from === undefined ? sql`` : sql` FROM ${fill.from}`;
  return {
    comment: 'A thousand pages at a time, each committed.',
    sql: sql`DO $lockstep$
DECLARE
  pages bigint := pg_catalog.pg_relation_size(${literal(qualifiedName(table))}::regclass) / pg_catalog.current_setting('block_size')::int;
  page bigint := 0;
BEGIN
  WHILE page <= pages LOOP
    UPDATE ${own} AS filled SET ${identifier(fill.column)} = ${fill.value}${from}
    WHERE filled.ctid >= pg_catalog.format('(%s,0)', page)::tid
      AND filled.ctid < pg_catalog.format('(%s,0)', page + 1000)::tid
      AND ${fill.where};
    COMMIT;
    page := page + 1000;
  END LOOP;
END
$lockstep$`,
  };
}
