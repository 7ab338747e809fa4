import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { SqlFailure } from '../ports/sql-client.ts';
import type { Statement } from '../sql/parser.ts';

/** Code that may end transactions itself, wherever in it and in what it calls that is said. */
const mayEndTransactions = ({ node }: Statement): boolean => 'DoStmt' in node || 'CallStmt' in node;

/** "Invalid transaction termination": the code ends transactions itself, which it may do only outside of one. */
export const endsTransactions = (statement: Statement, cause: unknown): boolean =>
  mayEndTransactions(statement) && cause instanceof SqlFailure && cause.refusal.sqlstate === '2D000';

/**
 * Does work that runs a statement outside of a transaction. What its code commits by itself cannot be rolled back when it
 * turns out to be about the whole server: throws `SqlFailure` for that.
 */
export function runOutside<T>(database: ShadowDatabase, statement: Statement, work: () => Promise<T>): Promise<T> {
  const guard = mayEndTransactions(statement) ? database.guardShared : undefined;
  return guard === undefined ? work() : guard(work);
}
