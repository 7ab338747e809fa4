import type { Finding } from '../../src/engine/validate/report.ts';
import { validateMigration } from '../../src/engine/validate/validate-migration.ts';
import type { CaseServer } from './case-server.ts';
import type { AccuracyCase } from './read-cases.ts';

/** What the validator said of a case; `right` when its verdict is the labelled one. */
export type Judgement = {
  readonly of: AccuracyCase;
  readonly verdict: AccuracyCase['verdict'];
  readonly right: boolean;
  readonly findings: readonly Finding[];
};

/** Validates a case with the catalog of its set-up: a finding above information makes the verdict `unsafe`. */
export async function judge(server: CaseServer, of: AccuracyCase): Promise<Judgement> {
  const catalog = await server.catalogOf(of);
  const { findings } = validateMigration(
    { name: of.name, up: of.migration, down: null },
    { catalog, facts: null, tier: 'catalog', serverVersion: of.serverVersion * 10_000, transaction: of.transaction },
  );
  const verdict = findings.some(({ severity }) => severity !== 'info') ? 'unsafe' : 'safe';
  return { of, verdict, right: verdict === of.verdict, findings };
}
