import { columnConstraints, removeWithSpaceBefore, statementsAfter } from './fixes.ts';
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

/**
 * Adds the column without its default and sets the default behind it, so that only new rows get it; null when the
 * column is required at once, because then the old rows need the value.
 */
export const separateDefault = (
  context: CheckContext,
  altered: AlteredTable,
  action: AlterAction,
  column: string,
): Fix | null => {
  const constraints = columnConstraints(action);
  if (constraints.some(({ contype }) => contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_PRIMARY')) return null;
  const from = context.source.words('DEFAULT', action.range);
  if (from === null) return null;
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
      removeWithSpaceBefore(context, { start: from.start, end }),
      statementsAfter(context, context.statement, [
        `ALTER TABLE ${shown(altered.written)} ALTER COLUMN ${column} SET DEFAULT ${value}`,
      ]),
    ],
  };
};
