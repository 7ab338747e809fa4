import type { StatementReport } from '../../../../../engine/validate/report.ts';

/** A run of statements of one direction that share a transaction, or a single one that runs outside; indexes are inclusive. */
export type TransactionGroup = {
  readonly kind: 'transaction' | 'outside';
  readonly first: number;
  readonly last: number;
};

/**
 * How the statements of one direction are run as written: BEGIN and COMMIT join what stands between them, every other
 * statement has a transaction of its own, and one that cannot run in a transaction block stands outside.
 */
export function transactionGroups(statements: readonly StatementReport[]): readonly TransactionGroup[] {
  const groups: TransactionGroup[] = [];
  let open = false;
  for (const [index, statement] of statements.entries()) {
    const last = groups.at(-1);
    if (open && last) groups[groups.length - 1] = { ...last, last: index };
    else {
      const kind = statement.effects.transaction === 'forbidden' ? 'outside' : 'transaction';
      groups.push({ kind, first: index, last: index });
    }
    if (statement.kind === 'Transaction.Begin' || statement.kind === 'Transaction.Start') open = true;
    if (/^Transaction\.(Commit|Rollback|Prepare)$/.test(statement.kind)) open = false;
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
