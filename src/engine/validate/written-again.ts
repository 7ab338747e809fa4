import type { Severity } from './report.ts';
import type { AlterAction, AlteredTable, Found } from './rule.ts';
import { shown } from './wording.ts';

/** What is reported of an action that writes the whole table again, and does nothing else that would need words. */
export const writtenAgain = (
  { range }: AlterAction,
  { written, standing }: AlteredTable,
  severity: Severity,
): Found => ({
  range,
  severity,
  message: `All of ${shown(written)} is written again while nobody can read or write it (${standing.words})`,
  evidence: { table: shown(written), rewrite: true, rows: standing.rows, bytes: standing.bytes },
});
