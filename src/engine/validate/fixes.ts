import { all, as, strings, type WrittenName } from '../sql/nodes.ts';
import type { Statement } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { tokenAt, tokensOf } from '../sql/tokens.ts';
import { cutToBytes } from './cut-to-bytes.ts';
import type { AlterAction, CheckContext, Fix, TextEdit } from './rule.ts';
import type { SourceRange } from './statement-source.ts';
import { shown } from './wording.ts';

/** Puts text at an offset. */
export const insertAt = (offset: number, text: string): TextEdit => ({ start: offset, end: offset, text });

/** Puts other text in a range. */
export const replaceRange = (range: SourceRange, text: string): TextEdit => ({ ...range, text });

/** Puts text before a statement, and before the suppressions above it: they hold for what stands directly below them. */
export const insertBefore = (context: CheckContext, { index, start }: Statement, text: string): TextEdit => {
  const { script } = context;
  const from = script.statements[index - 1]?.end ?? 0;
  const suppression = tokensOf(script.text, from, start).find(
    (token) => token.kind === 'comment' && script.text.slice(token.start, token.end).includes('lockstep:ignore'),
  );
  return insertAt(suppression?.start ?? start, text);
};

/** Removes a range together with the white space before it. */
export const removeWithSpaceBefore = (context: CheckContext, range: SourceRange): TextEdit => {
  let start = range.start;
  while (start > 0 && /\s/.test(context.script.text.charAt(start - 1))) start -= 1;
  return { start, end: range.end, text: '' };
};

/** Puts further statements, each on a line of its own, behind a statement and what else stands on its line. */
export const statementsAfter = (context: CheckContext, statement: Statement, added: readonly string[]): TextEdit => {
  const { text } = context.script;
  let at = statement.end;
  let closed = false;
  while (at < text.length) {
    const token = tokenAt(text, at);
    if (token.kind === 'space' && !text.slice(token.start, token.end).includes('\n')) at = token.end;
    else if (token.kind === 'comment' && (closed || text.startsWith('/*', at))) at = token.end;
    else if (!closed && text[at] === ';') {
      closed = true;
      at = token.end;
    } else break;
  }
  if (!closed) at = statement.end;
  const lines = added.map((line) => `\n${line};`).join('');
  return insertAt(at, closed ? lines : `;${lines}`);
};

/**
 * Adds ` CONCURRENTLY` behind a word of the statement; null inside a transaction block, where PostgreSQL refuses it.
 */
export const makeConcurrent = (context: CheckContext, after: SourceRange | null, title: string): Fix | null =>
  context.transaction.number !== null || after === null
    ? null
    : { title, edits: [insertAt(after.end, ' CONCURRENTLY')] };

/** Where a later step can run outside the statement's transaction: behind the block's end, or behind the statement. */
const placeForLaterStep = (context: CheckContext): Statement | null => {
  const { transaction, script, statement } = context;
  if (transaction.number === null) return statement;
  if (transaction.openedBy !== 'statement') return null;
  return script.statements.findLast((s) => context.transactionOf(s.index).number === transaction.number) ?? null;
};

/** The name that PostgreSQL itself would give to a constraint: the parts joined, cut to 63 bytes. */
export const constraintNameFor = (table: WrittenName, columns: readonly string[], suffix: string): string => {
  const stem = [table.name, ...columns].join('_');
  const room = 63 - suffix.length - 1;
  return `${cutToBytes(stem, room)}_${suffix}`;
};

/**
 * Turns `ADD CONSTRAINT …` into the two steps that do not hold a strong lock while rows are read: `NOT VALID`, then
 * `VALIDATE CONSTRAINT` in a transaction of its own.
 */
export const addNotValid = (
  context: CheckContext,
  table: WrittenName,
  action: AlterAction,
  suffix: string,
): Fix | null => {
  const constraint = as(action.cmd.def, 'Constraint');
  if (constraint === undefined) return null;
  const columns = strings(constraint.fk_attrs);
  const name = constraint.conname ?? constraintNameFor(table, columns, suffix);
  const edits: TextEdit[] = [];
  if (constraint.conname === undefined)
    edits.push(insertAt(context.offset(constraint.location), `CONSTRAINT ${quoteIdentifier(name)} `));
  edits.push(insertAt(action.range.end, ' NOT VALID'));
  const place = placeForLaterStep(context);
  if (place === null) return { title: 'Add it as NOT VALID; validate it in a migration of its own', edits };
  const validate = `ALTER TABLE ${shown(table)} VALIDATE CONSTRAINT ${quoteIdentifier(name)}`;
  return {
    title: 'Add it as NOT VALID, then validate it in a transaction of its own',
    edits: [...edits, statementsAfter(context, place, [validate])],
  };
};

/** The constraints written on the column that an action adds. */
export const columnConstraints = (action: AlterAction) =>
  all(as(action.cmd.def, 'ColumnDef')?.constraints, 'Constraint');
