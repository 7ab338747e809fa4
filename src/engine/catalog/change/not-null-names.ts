import type { Catalog, Column, Table } from '../catalog.ts';

/** The name that the server gives a `NOT NULL` by itself, as far as it is not cut off. */
const usualName = (table: string, column: string): string => `${table}_${column}_not_null`;

/** The name of a column's `NOT NULL`, given or chosen by the server. */
export const notNullName = (table: Table, column: Column): string =>
  column.notNullName ?? usualName(table.name, column.name);

/**
 * The table with the name of each `NOT NULL` said wherever the server would choose another, because a constraint of the
 * old catalog has the usual one.
 */
export function withNotNullNames(table: Table, from: Catalog): Table {
  const taken = new Set(
    from.tables
      .filter(({ schema, name }) => schema === table.schema && name !== table.name)
      .flatMap((other) => [
        ...other.columns.filter(({ notNull }) => notNull).map((column) => notNullName(other, column)),
        ...other.constraints.map(({ name }) => name),
      ]),
  );
  if (taken.size === 0) return table;
  const columns = table.columns.map((column) =>
    column.notNull && column.notNullName === undefined && taken.has(usualName(table.name, column.name))
      ? { ...column, notNullName: usualName(table.name, column.name) }
      : column,
  );
  return { ...table, columns };
}
