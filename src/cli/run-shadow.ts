import type { MigrationFiles } from '../adapters/files/read-migrations.ts';
import type { Catalog } from '../engine/catalog/catalog.ts';
import type { ShadowRunReport } from '../engine/shadow/report.ts';
import { shadowRun } from '../engine/shadow/shadow-run.ts';
import { type CommandContext, CommandFailure } from './command-context.ts';
import { embeddedDatabases } from './embedded-databases.ts';

/**
 * Proves one migration on an embedded shadow of the catalog (empty when there is none), with so many synthetic rows in
 * each table; failures end the command.
 */
export async function runShadow(
  migration: MigrationFiles,
  catalog: Catalog | null,
  context: CommandContext,
  rows?: number,
): Promise<ShadowRunReport> {
  const result = await shadowRun({
    catalog,
    up: migration.up?.text ?? '',
    down: migration.down?.text ?? '',
    databases: embeddedDatabases(),
    clock: context.clock,
    signal: context.signal,
    rows,
  });
  if (!result.ok) throw new CommandFailure(result.error);
  return result.value;
}
