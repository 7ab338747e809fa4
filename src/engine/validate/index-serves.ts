import type { Index } from '../catalog/catalog.ts';

/** True when the first of some columns are these, in any order. */
export const leadsWith = (leading: readonly (string | null)[], columns: readonly string[]): boolean => {
  const first = leading.slice(0, columns.length);
  return first.length === columns.length && columns.every((column) => first.includes(column));
};

/** True when look-ups of rows by these columns, as a foreign key does them, can use the index. */
export const indexServes = (index: Index, columns: readonly string[]): boolean =>
  index.valid &&
  (index.predicate === null || columns.some((column) => index.predicate === `(${column} IS NOT NULL)`)) &&
  (index.method === 'btree' || index.method === 'hash') &&
  leadsWith(
    index.keys.map(({ column }) => column),
    columns,
  );
