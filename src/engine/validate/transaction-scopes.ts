import { as } from '../sql/nodes.ts';
import type { Statement } from '../sql/parser.ts';

/** How the migration's runner treats a file: `file` wraps it in one transaction, `none` and `auto` run it as written. */
export type TransactionMode = 'auto' | 'file' | 'none';

/** The transaction that a statement runs in. */
export type TransactionScope = {
  /** Statements with the same number share a transaction block; null: the statement has one of its own. */
  readonly block: number | null;
  /** True when the block was opened by a `BEGIN` in the file, false when the runner opened it. */
  readonly written: boolean;
};

/** Follows `BEGIN`, `COMMIT` and `ROLLBACK` through a file and says in which block each statement runs. */
export const transactionScopes = (
  statements: readonly Statement[],
  mode: TransactionMode,
): readonly TransactionScope[] => {
  let blocks = 0;
  let current: TransactionScope = mode === 'file' ? { block: 0, written: false } : { block: null, written: false };
  return statements.map((statement) => {
    const kind = as(statement.node, 'TransactionStmt')?.kind;
    if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') {
      if (current.block === null) {
        blocks += 1;
        current = { block: blocks, written: true };
      }
      return current;
    }
    if (kind === 'TRANS_STMT_COMMIT' || kind === 'TRANS_STMT_ROLLBACK' || kind === 'TRANS_STMT_PREPARE') {
      const closed = current;
      current = { block: null, written: false };
      return closed;
    }
    return current;
  });
};
