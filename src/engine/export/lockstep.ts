import type { ExportInput, ExportTarget } from './export-target.ts';
import { fileText } from './file-text.ts';
import type { LockstepFile } from './lockstep-file.ts';
import { slug } from './slug.ts';
import { versionStamp } from './version-stamp.ts';

const sqlText = (sql: string, emptyBecause: string): string =>
  // Some runners refuse a file of no bytes, and a person wonders whether it was lost.
  fileText(sql.trim() === '' ? `-- ${emptyBecause}` : sql);

function provenance(name: string, input: ExportInput): LockstepFile {
  const { draft, validation, shadowRun } = input;
  const receipt = draft.receipt;
  const sum = (tokens: 'inputTokens' | 'outputTokens' | 'cacheReadTokens' | 'cacheWriteTokens') =>
    (receipt?.models ?? []).reduce((total, call) => total + call[tokens], 0);
  return {
    version: 1,
    name,
    title: draft.title,
    createdAt: new Date(input.at).toISOString(),
    request: input.request,
    planner: draft.planner,
    model: receipt?.models.findLast((call) => call.purpose !== 'choose tables')?.model ?? null,
    promptVersion: receipt?.promptVersion ?? null,
    baseFingerprint: input.baseFingerprint,
    portableBaseFingerprint: input.portableBaseFingerprint,
    usage: receipt && {
      inputTokens: sum('inputTokens'),
      outputTokens: sum('outputTokens'),
      cacheReadTokens: sum('cacheReadTokens'),
      cacheWriteTokens: sum('cacheWriteTokens'),
      costDollars: receipt.costDollars,
    },
    assumptions: draft.assumptions,
    questions: draft.questions,
    risks: draft.risks,
    findings:
      validation?.findings.map(({ rule, severity, direction, line, column, message }) => ({
        rule,
        severity,
        direction,
        line,
        column,
        message,
      })) ?? null,
    notChecked: validation?.notChecked ?? [],
    shadowRun: shadowRun && {
      kind: shadowRun.shadow.kind,
      serverVersion: shadowRun.shadow.version,
      restored: shadowRun.restored,
      columnOrder: shadowRun.columnOrder,
      differences: shadowRun.differences.length,
    },
  };
}

/** Lockstep's own format: `YYYYMMDDHHMMSS_slug.up.sql`, `.down.sql` and `.lockstep.json`. */
export const lockstep: ExportTarget = {
  id: 'lockstep',
  title: 'Plain up and down files',
  files(input) {
    const name = `${versionStamp(input.at)}_${slug(input.draft.slug)}`;
    return [
      { path: `${name}.up.sql`, contents: sqlText(input.draft.up, 'This migration changes nothing.') },
      { path: `${name}.down.sql`, contents: sqlText(input.draft.down, 'There is no way back: no down was written.') },
      { path: `${name}.lockstep.json`, contents: fileText(JSON.stringify(provenance(name, input), null, 2)) },
    ];
  },
};
