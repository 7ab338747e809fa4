import { err, ok } from '../../shared/result.ts';
import type { Catalog, Table } from '../catalog/catalog.ts';
import { identifier, rendered, type Sql, sql } from '../sql/sql.ts';
import { keyOf, tableIndex } from '../sql/table-index.ts';
import { fillsFrom, updateInBatches } from './fill-in-batches.ts';
import { type Offer, scriptOf } from './recipe.ts';
import { audienceNotes, rowHolders } from './second-column.ts';

/** An `UPDATE` of one table, taken apart. */
export type WrittenUpdate = {
  /** What the statement calls the table. */
  readonly alias: string;
  /** Its assignments, and its condition, as they are written. */
  readonly set: string;
  readonly where: string | null;
  readonly columns: readonly string[];
  /** Columns that its assignments read. */
  readonly reads: readonly string[];
};

function obstacle(catalog: Catalog, table: Table, { columns, reads }: WrittenUpdate): string | null {
  const own = `${table.schema}.${table.name}`;
  if (catalog.server.version < fillsFrom)
    return `PostgreSQL before ${fillsFrom / 10_000} cannot look up a range of pages, and would read the whole table for every batch`;
  if (rowHolders(catalog, table).some(({ kind }) => kind === 'foreign table'))
    return `rows of ${own} lie in a foreign table, which has no pages here`;
  if (table.kind === 'table' && tableIndex(catalog.tables).childrenOf(keyOf(table)).length > 0)
    return `${own} has children by inheritance, whose rows it changes too`;
  if (table.kind === 'partitioned table' && columns.some((column) => table.partitionKey?.includes(column)))
    return `it changes what ${own} is partitioned by, and rows move between partitions`;
  const twice = columns.find((column) => reads.includes(column));
  return twice === undefined
    ? null
    : `it computes ${twice} from ${twice} itself: a run that is repeated after a failure would change rows twice`;
}

/** Changes the rows of a large table in batches, or says why that is not safe. */
export function batchedUpdateRecipe(catalog: Catalog, table: Table, update: WrittenUpdate): Offer {
  const reason = obstacle(catalog, table, update);
  if (reason !== null) return err(reason);
  const named = update.columns.join(', ');
  const written: { readonly alias: Sql; readonly set: Sql; readonly where: Sql | null } = {
    alias: identifier(update.alias),
    set: rendered(update.set),
    where: update.where === null ? null : rendered(update.where),
  };
  return ok({
    title: `Set ${named} of ${table.schema}.${table.name} in batches, in a migration of its own`,
    notes: [
      'Each batch is committed: take the statement out of this migration, and run the batches again if they stop half way.',
      ...audienceNotes(catalog, table),
    ],
    steps: [
      {
        slug: 'set_in_batches',
        title: `Set ${named}, a thousand pages at a time`,
        before: `Deploy code that writes ${named} with every new row: rows that are inserted meanwhile are not looked at.`,
        up: scriptOf(rowHolders(catalog, table).map((holder) => updateInBatches(holder, written))),
        down: scriptOf([{ comment: 'What stood there before is not known any more.', sql: sql`SELECT 1` }]),
      },
    ],
  });
}
