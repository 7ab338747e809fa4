import { as, nameOf } from '../sql/nodes.ts';
import type { CheckContext } from './rule.ts';

/** True for an `ALTER … IF EXISTS` of a relation that the catalog does not hold: PostgreSQL says a notice and does nothing. */
export const leavesAlone = (context: CheckContext): boolean => {
  const { node } = context.statement;
  const change = as(node, 'RenameStmt') ?? as(node, 'AlterObjectSchemaStmt');
  if (change?.missing_ok !== true || change.relation === undefined || !context.hasCatalog) return false;
  const written = nameOf(change.relation);
  return context.database.relationKind(written) === null && !context.isUncertain(context.database.resolve(written));
};
