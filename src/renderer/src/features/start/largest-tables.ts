import type { Catalog } from '../../../../engine/catalog/catalog.ts';

/** A table as the start page shows it; rows are null when nobody has counted. */
export type TableLine = { readonly schema: string; readonly name: string; readonly rows: number | null };

/** The tables with the most rows, and how many are left out; partitions count with their parent only. */
export function largestTables(
  catalog: Pick<Catalog, 'tables' | 'facts'>,
  count: number,
): { readonly shown: readonly TableLine[]; readonly more: number } {
  const lines = catalog.tables
    .filter((table) => table.partitionOf === null)
    .map(({ schema, name }): TableLine => {
      const facts = catalog.facts?.tables.find((fact) => fact.schema === schema && fact.name === name);
      return { schema, name, rows: facts?.rows ?? null };
    })
    .sort((a, b) => (b.rows ?? -1) - (a.rows ?? -1));
  return { shown: lines.slice(0, count), more: Math.max(0, lines.length - count) };
}
