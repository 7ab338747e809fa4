import type { Database } from 'better-sqlite3';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import type { SchemaMigration } from './migrations/schema-migration.ts';

/**
 * Brings the schema of a history up to date, each step in a transaction of its own. A history that a newer Lockstep
 * wrote is left untouched and reported as `history.newer`.
 */
export function migrateHistory(
  database: Database,
  migrations: readonly SchemaMigration[] = allMigrations,
): Result<void, LockstepError> {
  const found = schemaVersion(database);
  const known = migrations.at(-1)?.version ?? 0;
  if (found > known) return err({ code: 'history.newer', found, known });
  for (const { version, sql, functions = {} } of migrations) {
    if (version <= found) continue;
    for (const [name, run] of Object.entries(functions)) database.function(name, { deterministic: true }, run);
    database.transaction(() => {
      database.exec(sql);
      database.pragma(`user_version = ${version}`);
    })();
  }
  return ok(undefined);
}

function schemaVersion(database: Database): number {
  const version = database.pragma('user_version', { simple: true });
  if (typeof version !== 'number') throw new Error('user_version is not a number');
  return version;
}
