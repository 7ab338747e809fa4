import type { MigrationReport, Tier, ValidationReport } from './report.ts';

/** Puts the reports of several migrations together and counts their findings. */
export const summarize = (
  migrations: readonly MigrationReport[],
  about: { readonly tier: Tier; readonly serverVersion: number },
): ValidationReport => {
  const count = (severity: string) =>
    migrations.reduce((sum, { findings }) => sum + findings.filter((f) => f.severity === severity).length, 0);
  return {
    version: 1,
    tier: about.tier,
    server: { engine: 'postgresql', version: about.serverVersion },
    migrations,
    summary: { errors: count('error'), warnings: count('warning'), infos: count('info') },
  };
};
