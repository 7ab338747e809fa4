import type { Script } from '../../sql/parser.ts';
import { tokenAt } from '../../sql/tokens.ts';
import type { LocatedFinding } from '../fold-findings.ts';
import type { Found } from '../rule.ts';

/** The statement of an up at which a copy of the schema stopped, with the server's words; `line` and `column` from 1. */
export type RefusedStatement = {
  readonly index: number;
  readonly sqlstate: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
};

/** Categories whose errors say that a statement fails. */
const ofFailures: ReadonlySet<string> = new Set(['correctness', 'naming and conflicts', 'index and constraint']);

/** True when a rule has said already that the statement fails. */
export const isForeseen = ({ index }: RefusedStatement, located: readonly LocatedFinding[]): boolean =>
  located.some(
    ({ finding }) =>
      finding.direction === 'up' &&
      finding.statement === index &&
      finding.severity === 'error' &&
      (finding.evidence['sqlstate'] !== undefined || ofFailures.has(finding.category)),
  );

/** What is reported of a statement that a copy refused: at the token that the server points at, else at all of it. */
export const refusedOnCopy = ({ index, sqlstate, message, line, column }: RefusedStatement, script: Script): Found => {
  const { start, end } = script.statements[index] ?? { start: 0, end: 0 };
  const lineStart = start - (script.offsets.lineColumn(start).column - 1);
  const linesBefore = script.text
    .slice(lineStart)
    .split('\n')
    .slice(0, line - script.offsets.lineColumn(start).line);
  const at = lineStart + linesBefore.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  const pointsInside = start < at && at < end;
  return {
    range: pointsInside ? { start: at, end: Math.min(tokenAt(script.text, at).end, end) } : { start, end },
    message: `PostgreSQL refused the statement on a copy of this schema with ${sqlstate}: ${message}`,
    evidence: { sqlstate, seenOn: 'copy' },
  };
};
