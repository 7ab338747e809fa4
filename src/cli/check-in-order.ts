import { inItsFile, type MigrationFiles, transactionsOf } from '../adapters/files/read-migrations.ts';
import type { Catalog } from '../engine/catalog/catalog.ts';
import type { CopyForUps } from '../engine/shadow/copy-for-ups.ts';
import { catalogAfter } from '../engine/sql/catalog-after.ts';
import { modeOf, type TransactionMode } from '../engine/sql/transactions.ts';
import type { Finding, MigrationReport } from '../engine/validate/report.ts';
import { type ValidationOptions, validateMigration } from '../engine/validate/validate-migration.ts';
import type { ChosenMigration } from './choose-migrations.ts';
import type { CommandContext } from './command-context.ts';
import { refusalsOnCopy } from './refusals-on-copy.ts';

/** The text of a fix is that of the whole file, of which the finding's direction may be a part. */
function withWholeFix(finding: Finding, files: MigrationFiles): Finding {
  const source = files[finding.direction];
  if (finding.fix === null || source === null) return finding;
  const sql = inItsFile(source, finding.fix.sql);
  return { ...finding, fix: sql === null ? null : { ...finding.fix, sql } };
}

/**
 * Checks each migration on the database as the ones before it leave it, and runs its up on the copy, where there is one,
 * which is closed afterwards.
 */
export async function checkInOrder(
  chosen: readonly ChosenMigration[],
  { catalog, copy }: { readonly catalog: Catalog | null; readonly copy: CopyForUps | null },
  how: Required<Pick<ValidationOptions, 'serverVersion'>> &
    Omit<ValidationOptions, 'transaction'> & { readonly transaction: TransactionMode },
  context: CommandContext,
): Promise<readonly MigrationReport[]> {
  const reports: MigrationReport[] = [];
  const refusalOf = refusalsOnCopy(copy, how, context);
  let current = catalog;
  try {
    for (const { files, history } of chosen) {
      const { name, up, down } = files;
      const transaction = transactionsOf(files, how.transaction);
      const report = validateMigration(
        {
          name,
          up: up?.text ?? '',
          down: down?.text ?? null,
          files: { up: up?.path ?? null, down: down?.path ?? null },
        },
        {
          ...how,
          transaction,
          catalog: current,
          history,
          refused: await refusalOf(current, up?.text ?? '', modeOf(transaction, 'up')),
          today: context.clock.now().slice(0, 10),
        },
      );
      reports.push({ ...report, findings: report.findings.map((finding) => withWholeFix(finding, files)) });
      if (current !== null && up !== null) current = catalogAfter(current, up.text);
    }
  } finally {
    await copy?.database.close();
  }
  return reports;
}
