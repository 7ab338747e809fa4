import * as z from 'zod';
import type { Facts } from '../../../catalog/facts.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import columnsText from './facts-columns.sql?raw';
import indexesText from './facts-indexes.sql?raw';
import tablesText from './facts-tables.sql?raw';

const tableRowSchema = z.object({
  oid: z.number(),
  schema: z.string(),
  name: z.string(),
  partitioned: z.boolean(),
  parent: z.number().nullable(),
  tuples: z.number(),
  pages: z.number(),
  live: z.number(),
  bytes: z.number(),
  mainBytes: z.number(),
  indexBytes: z.number(),
  lastAnalyzedAt: z.string().nullable(),
});
type TableRow = Readonly<z.infer<typeof tableRowSchema>>;

const columnRowSchema = z.object({
  schema: z.string(),
  table: z.string(),
  columns: z.array(z.object({ name: z.string(), nullFraction: z.number(), distinct: z.number() })),
});
type ColumnRow = z.infer<typeof columnRowSchema>;

const indexRowSchema = z.object({ schema: z.string(), name: z.string(), bytes: z.number(), scans: z.number() });
type IndexRow = Readonly<z.infer<typeof indexRowSchema>>;

/** Row counts and sizes of tables as the server estimates them. */
export const tableFactsQuery: CatalogQuery<TableRow> = {
  reads: 'table sizes',
  text: () => tablesText,
  row: tableRowSchema,
};

/** Fraction of nulls and number of distinct values per column; never a value. */
export const columnFactsQuery: CatalogQuery<ColumnRow> = {
  reads: 'column statistics',
  text: () => columnsText,
  row: columnRowSchema,
};

/** Size and use of indexes. */
export const indexFactsQuery: CatalogQuery<IndexRow> = {
  reads: 'index sizes',
  text: () => indexesText,
  row: indexRowSchema,
};

/** An assumed row of 100 bytes with its header, for a table that nobody ever counted. */
const assumedRowBytes = 128;

/** Puts the facts together; a partitioned table has the sums of its partitions. */
export function assembleFacts(
  capturedAt: string,
  tables: readonly TableRow[],
  columns: readonly ColumnRow[],
  indexes: readonly IndexRow[],
): Facts {
  const columnsOf = new Map(columns.map((row) => [`${row.schema}\0${row.table}`, row.columns]));
  const children = new Map<number, TableRow[]>();
  for (const table of tables) {
    if (table.parent === null) continue;
    const siblings = children.get(table.parent);
    if (siblings === undefined) children.set(table.parent, [table]);
    else siblings.push(table);
  }
  return {
    capturedAt,
    tables: tables.map((table) => ({
      schema: table.schema,
      name: table.name,
      ...sizeOf(table, children),
      lastAnalyzedAt: table.lastAnalyzedAt,
      columns: columnsOf.get(`${table.schema}\0${table.name}`) ?? [],
    })),
    indexes,
  };
}

type Basis = 'analyzed' | 'counters' | 'size';
type Size = { readonly rows: number; readonly rowsBasis: Basis; readonly bytes: number; readonly indexBytes: number };

function sizeOf(table: TableRow, children: ReadonlyMap<number, readonly TableRow[]>): Size {
  if (!table.partitioned) return { ...rowsOf(table), bytes: table.bytes, indexBytes: table.indexBytes };
  const parts = (children.get(table.oid) ?? []).map((child) => sizeOf(child, children));
  const sum = (pick: (size: Size) => number) => parts.reduce((total, part) => total + pick(part), 0);
  // The sum is as good as its worst part.
  const worst: readonly Basis[] = ['size', 'counters', 'analyzed'];
  return {
    rows: sum((part) => part.rows),
    rowsBasis: worst.find((basis) => parts.some((part) => part.rowsBasis === basis)) ?? 'size',
    bytes: sum((part) => part.bytes),
    indexBytes: sum((part) => part.indexBytes),
  };
}

function rowsOf(table: TableRow): { readonly rows: number; readonly rowsBasis: Basis } {
  // Before 14 a table that was never analyzed has 0 tuples and 0 pages, since then -1 tuples. The counters know better
  // where the table grew since; without either, the size of the file is all there is.
  const analyzed = table.tuples > 0 || (table.tuples === 0 && table.pages > 0);
  if (analyzed) return { rows: Math.round(table.tuples), rowsBasis: 'analyzed' };
  if (table.live > 0) return { rows: table.live, rowsBasis: 'counters' };
  return { rows: Math.floor(table.mainBytes / assumedRowBytes), rowsBasis: 'size' };
}
