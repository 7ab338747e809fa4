import type { Direction, Finding, MigrationReport, StatementReport } from '../../../../../engine/validate/report.ts';

/** What a report says about one direction. */
export type DirectionReport = {
  readonly statements: readonly StatementReport[];
  readonly findings: readonly Finding[];
};

/** The statements in run order and the findings in reading order of one direction. */
export function reportOfDirection(report: MigrationReport, direction: Direction): DirectionReport {
  return {
    statements: report.statements.filter((statement) => statement.direction === direction),
    findings: report.findings
      .filter((finding) => finding.direction === direction)
      .toSorted((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** `2 errors, 1 warning`; empty when there is nothing. */
export function findingsInWords(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity'], word: string): string[] => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [`${number} ${word}${number === 1 ? '' : 's'}`];
  };
  return [...count('error', 'error'), ...count('warning', 'warning'), ...count('info', 'note')].join(', ');
}

/** The finding after (or before) a place, going from up to down and round; null when there is none. */
export function nextFinding(
  findings: readonly Finding[],
  from: { readonly direction: Direction; readonly line: number; readonly column: number } | null,
  step: 1 | -1,
): Finding | null {
  const place = (at: { direction: Direction; line: number; column: number }): number =>
    (at.direction === 'up' ? 0 : 1e12) + at.line * 1e5 + at.column;
  const ordered = findings.toSorted((a, b) => place(a) - place(b));
  if (ordered.length === 0) return null;
  const here = from ? place(from) : step === 1 ? -1 : Number.POSITIVE_INFINITY;
  const found =
    step === 1
      ? ordered.find((finding) => place(finding) > here)
      : ordered.findLast((finding) => place(finding) < here);
  return found ?? (step === 1 ? ordered[0] : ordered.at(-1)) ?? null;
}
