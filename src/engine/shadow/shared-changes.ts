import type { CancelSignal } from '../ports/cancel.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { SqlFailure } from '../ports/sql-client.ts';
import sharedChangesQuery from './shared-changes.sql?raw';

/**
 * Refuses, as a server refuses a statement, when the transaction that the session is in has changed what all databases of
 * the server share: roles, memberships, databases, tablespaces and their settings. Rolled back, nothing of it stays.
 */
export async function requireNothingShared(database: ShadowDatabase, signal?: CancelSignal): Promise<void> {
  const changed = await database.query(sharedChangesQuery, [], signal);
  if (changed.length === 0) return;
  const what = changed.map((row) => String(row['what'])).join(', ');
  throw new SqlFailure({
    sqlstate: '0A000',
    message: `it changes ${what} of the whole server, which a shadow run must leave as it is`,
  });
}
