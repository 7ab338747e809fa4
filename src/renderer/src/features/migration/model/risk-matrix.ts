import type { LockMode } from '../../../../../engine/sql/lock-mode.ts';
import type { StatementReport } from '../../../../../engine/validate/report.ts';
import { statementTitle } from './statement-title.ts';
import { strongestLock } from './timeline-rows.ts';

/** What waits while a statement runs, weakest first. */
export const lockSeverities = ['nothing waits', 'other DDL waits', 'writes wait', 'everything waits'] as const;
export type LockSeverity = (typeof lockSeverities)[number];

export const dataLosses = ['none', 'possible', 'certain'] as const;
export type DataLoss = (typeof dataLosses)[number];

/** A statement in a cell of the matrix. */
export type RiskEntry = { readonly direction: 'up' | 'down'; readonly index: number; readonly title: string };

export type RiskMatrix = Readonly<Record<LockSeverity, Readonly<Record<DataLoss, readonly RiskEntry[]>>>>;

/** What a lock mode means for everybody else. */
export function lockSeverity(mode: LockMode | null): LockSeverity {
  switch (mode) {
    case null:
    case 'ACCESS SHARE':
    case 'ROW SHARE':
    case 'ROW EXCLUSIVE':
      return 'nothing waits';
    case 'SHARE UPDATE EXCLUSIVE':
      return 'other DDL waits';
    case 'SHARE':
    case 'SHARE ROW EXCLUSIVE':
    case 'EXCLUSIVE':
      return 'writes wait';
    case 'ACCESS EXCLUSIVE':
      return 'everything waits';
  }
}

/** Sorts statements by what waits and by what may be lost. */
export function riskMatrix(statements: readonly StatementReport[]): RiskMatrix {
  const cell = (severity: LockSeverity, loss: DataLoss): readonly RiskEntry[] =>
    statements
      .filter(
        (statement) => statement.dataLoss === loss && lockSeverity(strongestLock(statement.effects.locks)) === severity,
      )
      .map((statement) => ({
        direction: statement.direction,
        index: statement.index,
        title: statementTitle(statement),
      }));
  const row = (severity: LockSeverity) => ({
    none: cell(severity, 'none'),
    possible: cell(severity, 'possible'),
    certain: cell(severity, 'certain'),
  });
  return {
    'nothing waits': row('nothing waits'),
    'other DDL waits': row('other DDL waits'),
    'writes wait': row('writes wait'),
    'everything waits': row('everything waits'),
  };
}

/** How loudly a cell is drawn: 0 calm, 1 amber, 2 red. */
export function riskLevel(severity: LockSeverity, loss: DataLoss): 0 | 1 | 2 {
  const score = lockSeverities.indexOf(severity) + 2 * dataLosses.indexOf(loss);
  return score >= 4 ? 2 : score >= 2 ? 1 : 0;
}
