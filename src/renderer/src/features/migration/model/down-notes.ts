import type { StatementReport } from '../../../../../engine/validate/report.ts';
import type { StatementNote } from '../editor/annotations.ts';
import { statementObject } from './statement-title.ts';

/** Says under a down statement, in plain words, what it does not bring back or takes away. */
export function downNotes(down: readonly StatementReport[]): readonly StatementNote[] {
  return down.flatMap((statement) => {
    const object = statementObject(statement) || 'the database';
    if (statement.dataLoss === 'none') return [];
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
