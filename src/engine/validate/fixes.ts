import { all, as, type WrittenName } from '../sql/nodes.ts';
import type { Statement } from '../sql/parser.ts';
import { qualifiedName } from '../sql/qualified-name.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { tokenAt, tokensOf } from '../sql/tokens.ts';
import { chosenNames } from './chosen-names.ts';
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

/** True for statements that give a thing, or a part of it, another name or type, take it away, or put it elsewhere. */
export const takesAway = ({ node }: Statement): boolean =>
  as(node, 'RenameStmt') !== undefined ||
  as(node, 'DropStmt') !== undefined ||
  as(node, 'AlterObjectSchemaStmt') !== undefined ||
  all(as(node, 'AlterTableStmt')?.cmds, 'AlterTableCmd').some(({ subtype }) =>
    /^AT_(?:Drop|AlterColumnType)/.test(subtype ?? ''),
  );

/** True when the statement writes one of the names. */
const names = (context: CheckContext, statement: Statement, some: readonly string[]): boolean =>
  some.some((name) => context.sourceOf(statement).identifier(name) !== null);

/** True when a later statement of the file, `among` all of them, writes the name. */
export const isNamedLater = (
  context: CheckContext,
  name: string,
  among: (statement: Statement) => boolean = () => true,
): boolean =>
  context.script.statements
    .slice(context.statement.index + 1)
    .some((statement) => among(statement) && names(context, statement, [name]));

/** The last statement of the transaction that a statement of the file opened for this one; this one without any. */
const endOfTransaction = ({ transaction, script, statement, transactionOf }: CheckContext): Statement =>
  transaction.number === null
    ? statement
    : (script.statements.findLast(({ index }) => transactionOf(index).number === transaction.number) ?? statement);

/** How a table is written behind the end of the transaction, where its own search path is not in force any more. */
const nameBehind = (context: CheckContext, table: WrittenName, end: Statement): string => {
  const isLocal = context.script.statements
    .slice(0, end.index)
    .some(({ node }) => as(node, 'VariableSetStmt')?.is_local === true);
  return table.schema === null && isLocal && end !== context.statement
    ? qualifiedName(context.database.resolve(table))
    : shown(table);
};

/** The words with which a further `ALTER TABLE` begins, for a table that need not be there where it is named so. */
export const alterAgain = (context: CheckContext, name: string): string =>
  `ALTER TABLE ${as(context.statement.node, 'AlterTableStmt')?.missing_ok === true ? 'IF EXISTS ' : ''}${name}`;

/**
 * Turns `ADD CONSTRAINT …` into the two steps that do not hold a strong lock while rows are read: `NOT VALID`, then
 * `VALIDATE CONSTRAINT` in a transaction of its own. Null where the transaction goes on to take the constraint away.
 */
export const addNotValid = (context: CheckContext, table: WrittenName, action: AlterAction): Fix | null => {
  const constraint = as(action.cmd.def, 'Constraint');
  const name = constraint === undefined ? undefined : (constraint.conname ?? chosenNames(context).get(constraint));
  if (constraint === undefined || name === undefined) return null;
  const edits: TextEdit[] = [];
  if (constraint.conname === undefined)
    edits.push(insertAt(context.offset(constraint.location), `CONSTRAINT ${quoteIdentifier(name)} `));
  edits.push(insertAt(action.range.end, ' NOT VALID'));
  if (context.transaction.openedBy === 'runner')
    return { title: 'Add it as NOT VALID; validate it in a migration of its own', edits };
  const end = endOfTransaction(context);
  const isTakenAway = context.script.statements
    .slice(context.statement.index + 1, end.index)
    .some((later) => takesAway(later) && names(context, later, [table.name, name]));
  if (isTakenAway) return null;
  const validate = `${alterAgain(context, nameBehind(context, table, end))} VALIDATE CONSTRAINT ${quoteIdentifier(name)}`;
  return {
    title: 'Add it as NOT VALID, then validate it in a transaction of its own',
    edits: [...edits, statementsAfter(context, end, [validate])],
  };
};

/** The constraints written on the column that an action adds. */
export const columnConstraints = (action: AlterAction) =>
  all(as(action.cmd.def, 'ColumnDef')?.constraints, 'Constraint');
