import { err } from '../../shared/result.ts';
import { all, as, columnsIn, nameOf } from '../sql/nodes.ts';
import type { CheckContext } from '../validate/rule.ts';
import { batchedUpdateRecipe } from './batched-update.ts';
import type { Offer } from './recipe.ts';

/** Where a word stands outside of all parentheses, from an offset on; null where it does not. */
function outermost(context: CheckContext, word: string, from: number): number | null {
  let depth = 0;
  for (const token of context.source.tokens({ start: from, end: context.source.range.end })) {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0 && token.upper === word) return token.start;
  }
  return null;
}

/** The recipe for an `UPDATE` of many rows, or why there is none; null for any statement that is not just that. */
export function batchedUpdateOffer(context: CheckContext): Offer | null {
  const update = as(context.statement.node, 'UpdateStmt');
  const table = update === undefined ? null : context.database.table(nameOf(update.relation));
  if (update === undefined || table === null || context.isUncertain(table)) return null;
  if ([update.fromClause, update.withClause, update.returningClause].some(Boolean)) return null;
  const targets = all(update.targetList, 'ResTarget');
  const from = outermost(context, 'SET', context.source.range.start);
  if (from === null || targets.some(({ indirection }) => indirection !== undefined)) return null;
  const condition = outermost(context, 'WHERE', from);
  const { text } = context.script;
  const part = (start: number, end: number): string => text.slice(start, end).trim();
  const set = part(from + 'SET'.length, condition ?? context.source.range.end);
  const where = condition === null ? null : part(condition + 'WHERE'.length, context.source.range.end);
  if (/--|\/\*/.test(`${set}${where ?? ''}`)) return err('a comment stands inside it');
  if (context.settings.searchPath !== null)
    return err('the file sets a search path, under which its names mean something else than in a file of their own');
  return batchedUpdateRecipe(context.database.catalog, table, {
    alias: update.relation?.alias?.aliasname ?? table.name,
    set,
    where,
    columns: targets.flatMap(({ name }) => (name === undefined ? [] : [name])),
    reads: targets.flatMap(({ val }) => columnsIn(val)),
  });
}
