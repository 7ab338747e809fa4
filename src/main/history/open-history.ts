import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { asWritable, type WritableHistory } from './handles.ts';
import { historyFailure, isDamage } from './history-failure.ts';
import { migrateHistory } from './migrate-history.ts';

/** An open history. */
export type OpenedHistory = {
  readonly history: WritableHistory;
  /** Set when a damaged file was found and moved aside; `history` is then empty and new. */
  readonly damage: Extract<LockstepError, { code: 'history.damaged' }> | null;
};

/**
 * Opens the local history, creating it on first use. It needs no connection. A damaged file is moved aside, never
 * deleted; a file of a newer Lockstep is left as it is.
 */
export async function openHistory(file: string, now: () => string): Promise<Result<OpenedHistory, LockstepError>> {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const first = await open(file);
    if (first.ok) return ok({ history: asWritable(first.value), damage: null });
    if (first.error.code !== 'history.damaged') return first;
    const kept = moveAside(file, now());
    const second = await open(file);
    if (!second.ok) return second;
    return ok({ history: asWritable(second.value), damage: { ...first.error, path: kept } });
  } catch (problem) {
    const failure = historyFailure(problem, file);
    if (failure === null) throw problem;
    return err(failure);
  }
}

async function open(file: string): Promise<Result<Database, LockstepError>> {
  const { default: Sqlite } = await import('better-sqlite3');
  const database = new Sqlite(file, { timeout: 2000 });
  try {
    const migrated = migrateHistory(database);
    if (!migrated.ok) {
      database.close();
      return migrated;
    }
    // After the migration, because switching the journal writes to the file, and a newer one is to stay as it is.
    database.pragma('journal_mode = wal');
    database.pragma('synchronous = normal');
    database.pragma('foreign_keys = on');
    return ok(database);
  } catch (problem) {
    database.close();
    if (isDamage(problem)) return err({ code: 'history.damaged', path: file, reason: 'It is not a readable database' });
    throw problem;
  }
}

/** Renames the database with its companions and returns the new name. */
function moveAside(file: string, now: string): string {
  const { dir, name, ext } = path.parse(file);
  const kept = path.join(dir, `${name}.damaged-${now.replaceAll(/[^0-9]/g, '').slice(0, 14)}${ext}`);
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
  }
  return kept;
}
