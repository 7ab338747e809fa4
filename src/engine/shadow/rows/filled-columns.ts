import type { Node } from '@pgsql/types';
import { catalogLookup, resolveName } from '../../sql/catalog-lookup.ts';
import { all, as, columnsIn, nameOf } from '../../sql/nodes.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import type { StatementDetail } from '../../sql/statement-report.ts';

/** Whether a condition holds for every row in which the column is null. */
function holdsForNulls(condition: Node | undefined, column: string): boolean {
  if (condition === undefined) return true;
  const either = as(condition, 'BoolExpr');
  if (either?.boolop === 'OR_EXPR') return (either.args ?? []).some((one) => holdsForNulls(one, column));
  const test = as(condition, 'NullTest');
  return test?.nulltesttype === 'IS_NULL' && columnsIn(test.arg).includes(column);
}

/** Columns, as `schema.table.column`, whose nulls an `UPDATE` replaces in every row. */
export function filledColumns({ statement, before, settings }: StatementDetail): readonly string[] {
  const update = as(statement.node, 'UpdateStmt');
  if (update === undefined) return [];
  const lookup = catalogLookup(before);
  const path = settings.searchPath ?? before.server.searchPath;
  const table = resolveName(nameOf(update.relation), path, (name) => lookup.table(name) !== undefined);
  return all(update.targetList, 'ResTarget').flatMap(({ name = '', val }) =>
    as(val, 'A_Const')?.isnull !== true && holdsForNulls(update.whereClause, name)
      ? [`${qualifiedName(table)}.${quoteIdentifier(name)}`]
      : [],
  );
}
