import type { Catalog, Column, Table } from './catalog.ts';
import { objectKey } from './object-key.ts';

/** The name that the server gives a `NOT NULL` by itself, as far as it is not cut off. */
const usualName = (table: string, column: string): string => `${table}_${column}_not_null`;

/** The name of a column's `NOT NULL`, given or chosen by the server. */
export const notNullName = (table: Table, column: Column): string =>
  column.notNullName ?? usualName(table.name, column.name);

/**
 * Gives tables with the name of each `NOT NULL` said wherever the server would choose another than the original has,
 * because a constraint of one of the catalogs has the usual one: another table's, as after `LIKE` and `DETACH PARTITION`,
 * or a check of the table itself, which servers before 18 let have that name.
 */
export function withNotNullNames(...catalogs: readonly Catalog[]): (table: Table) => Table {
  let known: ReturnType<typeof ownersOfNames> | null = null;
  const hasOther = (table: Table, name: string): boolean => {
    known ??= ownersOfNames(catalogs);
    return [...(known.get(objectKey('constraint', table.schema, name)) ?? [])].some((owner) => owner !== table.name);
  };
  return (table) => {
    const own = new Set(table.constraints.map(({ name }) => name));
    const columns = table.columns.map((column) => {
      if (!column.notNull || column.notNullName !== undefined) return column;
      const usual = usualName(table.name, column.name);
      if (own.has(usual)) return { ...column, notNullName: unlike(usual, own) };
      return hasOther(table, usual) ? { ...column, notNullName: usual } : column;
    });
    return { ...table, columns };
  };
}

/** The tables with a constraint of a name that a `NOT NULL` could have, by schema and name of the constraint. */
function ownersOfNames(catalogs: readonly Catalog[]): ReadonlyMap<string, ReadonlySet<string>> {
  const owners = new Map<string, Set<string>>();
  for (const table of catalogs.flatMap(({ tables }) => tables)) {
    const names = [
      ...table.columns.filter(({ notNull }) => notNull).map((column) => notNullName(table, column)),
      ...table.constraints.map(({ name }) => name).filter((name) => /_not_null\d*$/.test(name)),
    ];
    for (const name of names) {
      const key = objectKey('constraint', table.schema, name);
      const known = owners.get(key);
      if (known === undefined) owners.set(key, new Set([table.name]));
      else known.add(table.name);
    }
  }
  return owners;
}

/** The name with the first number that makes it one of its own, as the server does it. */
function unlike(usual: string, own: ReadonlySet<string>): string {
  let number = 1;
  while (own.has(`${usual}${number}`)) number += 1;
  return `${usual}${number}`;
}
