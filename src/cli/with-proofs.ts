import type { MigrationFiles } from '../adapters/files/read-migrations.ts';
import type { Catalog } from '../engine/catalog/catalog.ts';
import type { MigrationReport } from '../engine/validate/report.ts';
import type { CommandContext } from './command-context.ts';
import type { ChainRules } from './prove-chain.ts';

const isReadable = ({ findings }: MigrationReport): boolean => !findings.some(({ rule }) => rule === 'syntax-error');

/** The reports of migrations, each with its proof on a shadow of the catalog, where it has an up that is SQL. */
export async function withProofs(
  reports: readonly MigrationReport[],
  migrations: readonly MigrationFiles[],
  catalog: Catalog | null,
  rules: Omit<ChainRules, 'continueAfterFailure' | 'readEnd'>,
  context: CommandContext,
): Promise<readonly MigrationReport[]> {
  const provable = migrations.map((migration, index) => {
    const report = reports[index];
    return migration.up !== null && report !== undefined && isReadable(report);
  });
  const { proveChain } = await import('./prove-chain.ts');
  const { links } = await proveChain(
    migrations.filter((_migration, index) => provable[index]),
    catalog,
    { ...rules, continueAfterFailure: true },
    context,
  );
  const results = links.values();
  return reports.map((report, index) =>
    provable[index] ? { ...report, shadow: results.next().value?.result ?? null } : report,
  );
}
