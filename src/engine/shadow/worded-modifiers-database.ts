import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import type { SqlRow } from '../ports/sql-client.ts';
import { haveWordedTypes } from '../sql/stand-in-extensions/known-extensions.ts';
import { withNumbers, withWords } from '../sql/stand-in-extensions/worded-modifiers.ts';

const inWords = (row: SqlRow): SqlRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'string' ? withWords(value) : value]),
  );

/**
 * The same database, which takes and shows modifiers of types in words, as in `geometry(Point,4326)`, where types that
 * stand in for those of `extensions` can only have numbers. The database itself where none of them has such types.
 */
export function withWordedModifiers<D extends ShadowDatabase>(
  database: D,
  extensions: readonly string[],
  available: readonly string[],
): D {
  if (!haveWordedTypes(extensions.filter((name) => !available.includes(name)))) return database;
  const own: Pick<ShadowDatabase, 'query' | 'execute' | 'observe'> = {
    query: async (text, parameters, signal) =>
      (await database.query(withNumbers(text), parameters, signal)).map(inWords),
    execute: (script, signal) => database.execute(withNumbers(script), signal),
    observe: async (statement, signal) => (await database.observe(withNumbers(statement), signal)).map(withWords),
  };
  return Object.assign(Object.create(database) as D, own);
}
