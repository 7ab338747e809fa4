import type { StatementReport } from '../../../../../engine/validate/report.ts';

/** A run of statements of one direction that share a transaction, or a single one that runs outside; indexes are inclusive. */
export type TransactionGroup = {
  readonly kind: 'transaction' | 'outside';
  readonly first: number;
  readonly last: number;
};

/**
 * How the statements of one direction are run: BEGIN and COMMIT as written where the text has them, else consecutive
 * statements share a transaction and one that cannot run in a transaction block stands alone.
 */
export function transactionGroups(statements: readonly StatementReport[]): readonly TransactionGroup[] {
  const groups: TransactionGroup[] = [];
  let explicit = false;
  let extending = false;
  for (const [index, statement] of statements.entries()) {
    const begins = statement.kind === 'Transaction.Begin' || statement.kind === 'Transaction.Start';
    const ends = statement.kind === 'Transaction.Commit' || statement.kind === 'Transaction.Rollback';
    if (statement.effects.transaction === 'forbidden' && !explicit) {
      groups.push({ kind: 'outside', first: index, last: index });
      extending = false;
      continue;
    }
    const open = groups.at(-1);
    if (extending && open && !begins) groups[groups.length - 1] = { ...open, last: index };
    else groups.push({ kind: 'transaction', first: index, last: index });
    extending = true;
    if (begins) explicit = true;
    if (ends) {
      explicit = false;
      extending = false;
    }
  }
  return groups;
}

/** The groups in words: `3 statements, 2 transactions + 1 outside`. */
export function transactionsInWords(statements: readonly StatementReport[]): string {
  const count = statements.length;
  if (count === 0) return 'no statements';
  const groups = transactionGroups(statements);
  const inside = groups.filter((group) => group.kind === 'transaction').length;
  const outside = groups.length - inside;
  const parts = [
    ...(inside > 0 ? [inside === 1 ? '1 transaction' : `${inside} transactions`] : []),
    ...(outside > 0 ? [`${outside} outside`] : []),
  ];
  return `${count === 1 ? '1 statement' : `${count} statements`}, ${parts.join(' + ')}`;
}
