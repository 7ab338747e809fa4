import { inItsFile, type MigrationFiles } from '../adapters/files/read-migrations.ts';
import type { Catalog } from '../engine/catalog/catalog.ts';
import { catalogAfter } from '../engine/sql/catalog-after.ts';
import type { Finding, MigrationReport } from '../engine/validate/report.ts';
import { type ValidationOptions, validateMigration } from '../engine/validate/validate-migration.ts';
import type { ChosenMigration } from './choose-migrations.ts';
import type { CommandContext } from './command-context.ts';
import type { SchemaCopy } from './open-catalog.ts';
import { refusalsOnCopy } from './refusals-on-copy.ts';

/** The text of a fix is that of the whole file, of which the finding's direction may be a part. */
function withWholeFix(finding: Finding, files: MigrationFiles): Finding {
  const source = files[finding.direction];
  if (finding.fix === null || source === null) return finding;
  return { ...finding, fix: { ...finding.fix, sql: inItsFile(source, finding.fix.sql) } };
}

/**
 * Checks each migration on the database as the ones before it leave it, and runs its up on the copy, where there is one,
 * which is closed afterwards.
 */
export async function checkInOrder(
  chosen: readonly ChosenMigration[],
  { catalog, copy }: { readonly catalog: Catalog | null; readonly copy: SchemaCopy | null },
  how: Required<Pick<ValidationOptions, 'serverVersion' | 'transaction'>> & ValidationOptions,
  context: CommandContext,
): Promise<readonly MigrationReport[]> {
  const reports: MigrationReport[] = [];
  const refusalOf = refusalsOnCopy(copy, how, context);
  let current = catalog;
  try {
    for (const { files, history } of chosen) {
      const { name, up, down } = files;
      const report = validateMigration(
        {
          name,
          up: up?.text ?? '',
          down: down?.text ?? null,
          files: { up: up?.path ?? null, down: down?.path ?? null },
        },
        {
          ...how,
          transaction: how.transaction === 'auto' ? (files.transaction ?? 'auto') : how.transaction,
          catalog: current,
          history,
          refused: await refusalOf(current, up?.text ?? ''),
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
