import { tokensOf } from '../../engine/sql/tokens.ts';
import type { TransactionMode } from '../../engine/sql/transactions.ts';

/** The statements of a text, as far as semicolons tell, without comments between their words. */
export function roughStatements(text: string): readonly string[] {
  const statements: string[] = [];
  let current = '';
  for (const { kind, start, end } of tokensOf(text)) {
    const piece = text.slice(start, end);
    if (piece === ';') {
      statements.push(current.trim());
      current = '';
    } else current += kind === 'comment' || kind === 'space' ? ' ' : piece;
  }
  return [...statements, current.trim()].filter((statement) => statement !== '');
}

/** What becomes of a text that a tool sends as one: the server runs several statements in one transaction, and one alone. */
export const transactionOfOneString = (text: string): TransactionMode =>
  roughStatements(text).length > 1 ? 'file' : 'none';
