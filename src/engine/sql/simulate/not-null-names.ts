import type { Column, Table } from '../../catalog/catalog.ts';
import { notNullName } from '../../catalog/not-null-names.ts';

/** A column whose `NOT NULL` has a name, which is said only where it is not the one that the table would give it. */
export function withNotNullName(table: Table, column: Column, name: string): Column {
  const { notNullName: _, ...plain } = column;
  if (!column.notNull || notNullName(table, plain) === name) return plain;
  return { ...plain, notNullName: name };
}

/** A table that was renamed, or has a renamed column: each `NOT NULL` keeps the name that it had before. */
export const keepNotNullNames = (before: Table, after: Table): Table => ({
  ...after,
  columns: after.columns.map((column, position) => {
    const was = before.columns[position];
    return was === undefined || !column.notNull ? column : withNotNullName(after, column, notNullName(before, was));
  }),
});
