import type { Catalog, Table } from '../../catalog/catalog.ts';
import { nameKey } from '../../plan/read/same-name.ts';

/** How many tables a prompt holds at most. */
export const mostTables = 40;

const partsOf = (text: string): readonly string[] =>
  nameKey(text)
    .split('_')
    .filter((part) => part.length > 1);

/** Tables that chosen tables reference belong to their definition: without them a key cannot be read. */
export function withReferenced(catalog: Catalog, chosen: readonly Table[]): readonly Table[] {
  const all = new Set(chosen);
  for (const table of chosen) {
    for (const { references } of table.constraints) {
      const target =
        references &&
        catalog.tables.find((each) => each.schema === references.table.schema && each.name === references.table.name);
      if (target && all.size < mostTables) all.add(target);
    }
  }
  return [...all];
}

/** Tables whose name stands in the request, as it is or in other words of the same stem. */
export function namedTables(catalog: Catalog, request: string): readonly Table[] {
  const words = new Set(request.toLowerCase().split(/[^\p{L}\p{N}_$"]+/u));
  const key = `_${partsOf(request).join('_')}_`;
  return catalog.tables.filter(
    (table) =>
      words.has(table.name.toLowerCase()) ||
      (nameKey(table.name).length > 2 && key.includes(`_${nameKey(table.name)}_`)),
  );
}

/**
 * The tables that a request is most likely about, the likeliest first, found without a model: rare words that the
 * request shares with the names of a table and its columns weigh most.
 */
export function likelyTables(catalog: Catalog, request: string, limit = 20): readonly Table[] {
  const wanted = new Set(partsOf(request));
  const documents = catalog.tables
    .filter((table) => table.partitionOf === null)
    .map((table) => {
      const counts = new Map<string, number>();
      const add = (text: string, weight: number): void => {
        for (const part of partsOf(text)) counts.set(part, (counts.get(part) ?? 0) + weight);
      };
      add(table.name, 4);
      for (const column of table.columns) add(column.name, 1);
      if (table.comment !== null) add(table.comment, 0.5);
      return { table, counts, length: [...counts.values()].reduce((sum, count) => sum + count, 0) };
    });
  const average = documents.reduce((sum, document) => sum + document.length, 0) / Math.max(1, documents.length);
  const weightOf = new Map<string, number>();
  for (const word of wanted) {
    const having = documents.filter((document) => document.counts.has(word)).length;
    weightOf.set(word, Math.log(1 + (documents.length - having + 0.5) / (having + 0.5)));
  }
  const scored = documents.map(({ table, counts, length }) => {
    let score = 0;
    for (const word of wanted) {
      const count = counts.get(word) ?? 0;
      score += ((weightOf.get(word) ?? 0) * (count * 2.2)) / (count + 1.2 * (0.25 + (0.75 * length) / average));
    }
    return { table, score };
  });
  const named = new Set(namedTables(catalog, request));
  const best = scored
    .filter(({ table, score }) => score > 0 || named.has(table))
    .sort((a, b) => Number(named.has(b.table)) - Number(named.has(a.table)) || b.score - a.score)
    .slice(0, limit)
    .map(({ table }) => table);
  return withReferenced(catalog, best);
}
