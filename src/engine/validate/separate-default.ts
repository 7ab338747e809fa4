import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { alterAgain, columnConstraints, isNamedLater, removeWithSpaceBefore, statementsAfter } from './fixes.ts';
import type { AlterAction, AlteredTable, CheckContext, Fix } from './rule.ts';
import { shown } from './wording.ts';

/** Words that begin the next part of a column definition behind its default. */
const nextParts = new Set([
  'NOT',
  'NULL',
  'CONSTRAINT',
  'CHECK',
  'UNIQUE',
  'PRIMARY',
  'REFERENCES',
  'GENERATED',
  'COLLATE',
]);

/** Constraints that old rows without the value would not pass, or for which they would be read all the same. */
const needsValue: ReadonlySet<string> = new Set(['CONSTR_NOTNULL', 'CONSTR_PRIMARY', 'CONSTR_UNIQUE', 'CONSTR_CHECK']);

/**
 * Adds the column without its default and sets the default behind it, so that only new rows get it; null when something
 * in the file relies on the value of the old rows.
 */
export const separateDefault = (
  context: CheckContext,
  altered: AlteredTable,
  action: AlterAction,
  name: string,
): Fix | null => {
  const constraints = columnConstraints(action);
  const given = constraints.find(({ contype }) => contype === 'CONSTR_DEFAULT');
  if (given === undefined || constraints.some(({ contype }) => needsValue.has(contype ?? ''))) return null;
  const isUsed =
    altered.actions.some((other) => other !== action && context.source.identifier(name, other.range) !== null) ||
    isNamedLater(context, name, ({ node }) => 'AlterTableStmt' in node);
  // With the name of a constraint, where it has one.
  const start = context.offset(given.location);
  const from = context.source.words('DEFAULT', { start, end: action.range.end });
  if (isUsed || from === null) return null;
  const behind = context.source.tokens({ start: from.end, end: action.range.end });
  let depth = 0;
  let end = from.end;
  for (const [i, token] of behind.entries()) {
    if (depth === 0 && i > 0 && nextParts.has(token.upper)) break;
    if (token.text === '(' || token.text === '[') depth += 1;
    if (token.text === ')' || token.text === ']') depth -= 1;
    end = token.end;
  }
  const value = context.script.text.slice(from.end, end).trim();
  return {
    title: 'Add the column without the default, then set the default for new rows; backfill the old rows in batches',
    edits: [
      removeWithSpaceBefore(context, { start, end }),
      statementsAfter(context, context.statement, [
        `${alterAgain(context, shown(altered.written))} ALTER COLUMN ${quoteIdentifier(name)} SET DEFAULT ${value}`,
      ]),
    ],
  };
};
