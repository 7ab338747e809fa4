import type { RenderedStatement } from '../catalog/render/rendered-statement.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { SqlFailure } from '../ports/sql-client.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';

/**
 * Makes those of the roles that are not there, without any right, and returns a label for each; one that the server does not
 * let us make is in its label, and what names it fails later.
 */
export async function makeStandInRoles(
  database: ShadowDatabase,
  names: readonly string[],
  signal?: CancelSignal,
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const missing = await database.query(
    `select n.name from pg_catalog.unnest($1::text[]) n (name)
     where not exists (select from pg_catalog.pg_roles r where r.rolname = n.name) order by 1`,
    [names],
    signal,
  );
  const labels: string[] = [];
  for (const row of missing) {
    const name = String(row['name']);
    try {
      await (database.makeRole?.(name) ?? database.execute(`create role ${quoteIdentifier(name)}`, signal));
      labels.push(`role ${name}`);
    } catch (cause) {
      if (!(cause instanceof SqlFailure)) throw cause;
      labels.push(`role ${name}, which could not be made: ${cause.message}`);
    }
  }
  return labels;
}

/**
 * Where roles belong to a whole server: makes those that a rendered catalog begins with. It makes them itself otherwise.
 */
export async function makeSharedRoles(
  database: ShadowDatabase,
  rendered: readonly RenderedStatement[],
): Promise<readonly string[]> {
  if (database.makeRole === undefined) return [];
  const names = rendered
    .filter(({ kind }) => kind === 'role')
    .map(({ object }) => (object.startsWith('"') ? object.slice(1, -1).replaceAll('""', '"') : object));
  return makeStandInRoles(database, names);
}
