import * as z from 'zod';
import type { CancelSignal } from '../ports/cancel.ts';
import { type SqlClient, SqlFailure } from '../ports/sql-client.ts';
import { definitionsChangedSince } from './postgresql/definitions-changed.ts';

/** One reading in a transaction: what came of it, and the snapshot that it was made with (null when there was none yet). */
export type Attempt<T> = { readonly snapshot: string | null } & ({ readonly value: T } | { readonly failure: unknown });

const attempts = 4;

/**
 * Reads until a reading is of one moment. A snapshot holds still the rows of the system catalogs, but not what the
 * server's functions make of them: those look at the newest state (`pg_get_viewdef`, `pg_get_indexdef` …), find a new name
 * beside the old rows, or nothing at all ("cache lookup failed"). So a reading during which something was changed is made
 * again. Throws `SqlFailure` 40001 when the changes do not end.
 */
export async function readSteadily<T>(
  client: SqlClient,
  read: () => Promise<Attempt<T>>,
  signal: CancelSignal | undefined,
): Promise<T> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const outcome = await read();
    if ('failure' in outcome && !mayComeFromChange(outcome.failure)) throw outcome.failure;
    const changed = outcome.snapshot !== null && (await definitionsChangedSince(client, outcome.snapshot, signal));
    if (changed) continue;
    if ('failure' in outcome) throw outcome.failure;
    return outcome.value;
  }
  throw new SqlFailure({
    sqlstate: '40001',
    message: `the database was changed during each of ${attempts} readings, so that none is of one moment`,
    hint: 'Read it again when the migration that is running there has ended.',
  });
}

/** Something that is gone is an internal error to the server, an unknown name, or a missing text in a row. */
function mayComeFromChange(failure: unknown): boolean {
  if (failure instanceof z.ZodError) return true;
  if (!(failure instanceof SqlFailure)) return false;
  const { sqlstate } = failure.refusal;
  return sqlstate === 'XX000' || (sqlstate.startsWith('42') && sqlstate !== '42501');
}
