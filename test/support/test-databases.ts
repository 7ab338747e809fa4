import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A database as a script, and the first version of PostgreSQL that can run it. */
export type TestDatabase = { readonly name: string; readonly script: string; readonly since: number };

const folder = resolve(import.meta.dirname, '../databases');

/** The first line of a script may say `(PostgreSQL N)`: what it needs came with that version. */
const sinceOf = (script: string): number => Number(/^--.*\bPostgreSQL (\d+)/.exec(script)?.[1] ?? 12);

/** The project's own databases for tests, which together have objects of every kind. */
export const testDatabases: readonly TestDatabase[] = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => {
    const script = readFileSync(join(folder, name), 'utf8');
    return { name, script, since: sinceOf(script) };
  });
