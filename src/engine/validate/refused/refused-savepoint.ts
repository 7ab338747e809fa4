import { as } from '../../sql/nodes.ts';
import type { Statement } from '../../sql/parser.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { rollbackTargets } from '../../sql/transactions.ts';
import type { CheckContext } from '../rule.ts';
import type { Refusal } from './refusal.ts';

/** The same statement as one that goes back to the savepoint of this name. */
const goingBack = (statement: Statement, name: string): Statement => ({
  ...statement,
  node: { TransactionStmt: { kind: 'TRANS_STMT_ROLLBACK_TO', savepoint_name: name } },
});

/** A savepoint outside a transaction block, and the way back to one that is not there. */
export const refusedSavepoint = (context: CheckContext): readonly Refusal[] => {
  const { statement } = context;
  const transaction = as(statement.node, 'TransactionStmt');
  const name = transaction?.savepoint_name;
  if (transaction === undefined || name === undefined) return [];
  const range = context.source.range;
  if (context.transaction.number === null)
    return [{ range, sqlstate: '25P01', reason: 'a savepoint is part of a transaction block, and none is open' }];
  if (transaction.kind === 'TRANS_STMT_SAVEPOINT') return [];
  const before = context.script.statements.slice(0, statement.index);
  const statements = [...before, goingBack(statement, name)];
  const targets = rollbackTargets(
    statements,
    statements.map(({ index }) => context.transactionOf(index)),
  );
  return targets.at(-1) === null
    ? [{ range, sqlstate: '3B001', reason: `there is no savepoint ${quoteIdentifier(name)}` }]
    : [];
};
