import type { Finding } from '../../../../../engine/validate/report.ts';
import { countOf } from '../../schema/quantities.ts';

/** Whether the heaviest findings come first, or those at the beginning of the text. */
export type FindingOrder = 'weight' | 'place';

/** The words for severities, the heaviest first. */
export const severityWords = [
  { severity: 'error', word: 'error' },
  { severity: 'warning', word: 'warning' },
  { severity: 'info', word: 'note' },
] as const satisfies readonly { readonly severity: Finding['severity']; readonly word: string }[];

/** Findings under one heading. */
export type FindingGroup = { readonly title: string; readonly findings: readonly Finding[] };

const inText = (a: Finding, b: Finding): number => a.line - b.line || a.column - b.column;

/** The findings of a severity (null: of all) in groups: by weight in the order of the report, or by place in each text. */
export function arrangeFindings(
  findings: readonly Finding[],
  { severity, order }: { readonly severity: Finding['severity'] | null; readonly order: FindingOrder },
): readonly FindingGroup[] {
  const wanted = findings.filter((finding) => severity === null || finding.severity === severity);
  const groups =
    order === 'weight'
      ? severityWords.map((each) => {
          const own = wanted.filter((finding) => finding.severity === each.severity);
          return { title: countOf(own.length, each.word), findings: own };
        })
      : (['up', 'down'] as const).map((direction) => ({
          title: direction === 'up' ? 'Up' : 'Down',
          findings: wanted.filter((finding) => finding.direction === direction).toSorted(inText),
        }));
  return groups.filter((group) => group.findings.length > 0);
}
