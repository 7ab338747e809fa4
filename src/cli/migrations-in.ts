import { type MigrationFiles, readMigrations } from '../adapters/files/read-migrations.ts';
import { CommandFailure, wrongUsage } from './command-context.ts';

/** The migrations that the paths name, in order; wrong usage where there are none. */
export function migrationsIn(paths: readonly string[]): readonly [MigrationFiles, ...MigrationFiles[]] {
  const read = readMigrations(paths);
  if (!read.ok) throw new CommandFailure(read.error);
  const [first, ...more] = read.value;
  if (first === undefined)
    throw wrongUsage(paths.join(', '), 'holds no migration: name a .sql file, or the folder in which they lie');
  return [first, ...more];
}
