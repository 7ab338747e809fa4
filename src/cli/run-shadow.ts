import { type MigrationFiles, transactionsOf } from '../adapters/files/read-migrations.ts';
import type { Catalog } from '../engine/catalog/catalog.ts';
import type { ShadowRunReport } from '../engine/shadow/report.ts';
import { type ShadowRunOptions, shadowRun } from '../engine/shadow/shadow-run.ts';
import type { TransactionMode } from '../engine/sql/transactions.ts';
import { type CommandContext, CommandFailure } from './command-context.ts';

/** Proves one migration on a shadow of the catalog (empty when there is none); failures end the command. */
export async function runShadow(
  migration: MigrationFiles,
  catalog: Catalog | null,
  context: CommandContext,
  {
    transaction,
    ...more
  }: Pick<ShadowRunOptions, 'databases' | 'rows' | 'queries' | 'serverVersion'> & {
    readonly transaction: TransactionMode;
  },
): Promise<ShadowRunReport> {
  const result = await shadowRun({
    catalog,
    up: migration.up?.text ?? '',
    down: migration.down?.text ?? '',
    transaction: transactionsOf(migration, transaction),
    clock: context.clock,
    signal: context.signal,
    ...more,
  });
  if (!result.ok) throw new CommandFailure(result.error);
  return result.value;
}
