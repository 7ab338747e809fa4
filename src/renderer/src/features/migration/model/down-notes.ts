import type { Finding, StatementReport } from '../../../../../engine/validate/report.ts';
import type { StatementNote } from '../editor/annotations.ts';
import { statementObject } from './statement-title.ts';

/** Says under a down statement what it takes away, unless a finding says so already. */
export function downNotes(down: readonly StatementReport[], findings: readonly Finding[]): readonly StatementNote[] {
  return down.flatMap((statement) => {
    const object = statementObject(statement) || 'the database';
    const isSaid = findings.some(
      (finding) =>
        (finding.category === 'data loss' || finding.rule.includes('data-loss')) &&
        finding.statement === statement.index,
    );
    if (statement.dataLoss === 'none' || isSaid) return [];
    const loses = statement.dataLoss === 'certain' ? 'is lost by this statement' : 'may be lost by this statement';
    return [
      {
        statement: statement.index,
        title: 'Restores the structure, not later values.',
        text: `What was written to ${object} after up ${loses}.`,
      },
    ];
  });
}
