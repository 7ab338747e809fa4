import type { Node } from '@pgsql/types';
import { as, strings } from '../sql/nodes.ts';

const constant = (node: Node | undefined): string | null => {
  const value = as(node, 'A_Const');
  return value === undefined || value.isnull === true ? null : JSON.stringify({ ...value, location: 0 });
};

const column = (node: Node | undefined): string | null => {
  const reference = as(node, 'ColumnRef');
  return reference === undefined ? null : strings(reference.fields).join('.');
};

/** True for an equality of two constants that differ, as in `1 = 0`: no row meets it. */
export const comparesUnlikeConstants = (condition: Node | undefined): boolean => {
  const comparison = as(condition, 'A_Expr');
  if (comparison?.kind !== 'AEXPR_OP' || as(comparison.name?.[0], 'String')?.sval !== '=') return false;
  const [left, right] = [constant(comparison.lexpr), constant(comparison.rexpr)];
  return left !== null && right !== null && left !== right;
};

/** True for a condition that every row meets: none at all, TRUE, or a constant or a column (but for NULL) that equals itself. */
export const isTautology = (condition: Node | undefined): boolean => {
  if (condition === undefined) return true;
  if (as(condition, 'A_Const')?.boolval?.boolval === true) return true;
  const comparison = as(condition, 'A_Expr');
  if (comparison?.kind !== 'AEXPR_OP' || as(comparison.name?.[0], 'String')?.sval !== '=') return false;
  const left = constant(comparison.lexpr) ?? column(comparison.lexpr);
  return left !== null && left === (constant(comparison.rexpr) ?? column(comparison.rexpr));
};
