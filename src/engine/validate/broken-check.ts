import type { A_Expr, Node } from '@pgsql/types';
import type { Table } from '../catalog/catalog.ts';
import { as, strings } from '../sql/nodes.ts';
import { parseScript } from '../sql/parser.ts';

/** The value that a new row has in a column, undefined where the row leaves it out. */
type Row = (column: string) => Node | undefined;

/** A constant as a number or a text; null for NULL, undefined for what is not known here. */
type Value = number | string | null | undefined;

const valueIn = (node: Node | undefined, row: Row): Value => {
  const cast = as(node, 'TypeCast');
  if (cast !== undefined) return valueIn(cast.arg, row);
  const column = strings(as(node, 'ColumnRef')?.fields).at(-1);
  if (column !== undefined) {
    const given = row(column);
    // A column in a row of VALUES is none of this table.
    return as(given, 'ColumnRef') === undefined ? valueIn(given, () => undefined) : undefined;
  }
  const constant = as(node, 'A_Const');
  if (constant === undefined) return undefined;
  if (constant.isnull === true) return null;
  if (constant.sval !== undefined) return constant.sval.sval ?? '';
  if (constant.fval !== undefined) return Number(constant.fval.fval);
  return constant.ival === undefined ? undefined : (constant.ival.ival ?? 0);
};

/** Whether a condition is met; null where it is NULL, undefined where that is not known here. */
type Truth = boolean | null | undefined;

const compare = (operator: string, left: Value, right: Value): Truth => {
  if (left === null || right === null) return null;
  if (left === undefined || right === undefined || typeof left !== typeof right) return undefined;
  switch (operator) {
    case '=':
      return left === right;
    case '<>':
      return left !== right;
    default:
      // Texts have an order of their own.
      if (typeof left !== 'number' || typeof right !== 'number') return undefined;
      if (operator === '<') return left < right;
      if (operator === '<=') return left <= right;
      if (operator === '>') return left > right;
      return operator === '>=' ? left >= right : undefined;
  }
};

/** `a IN (…)`, and `a = ANY (ARRAY[…])`, as which the server keeps it. */
const inList = ({ lexpr, rexpr }: A_Expr, row: Row): Truth => {
  let list = rexpr;
  for (let cast = as(list, 'TypeCast'); cast !== undefined; cast = as(list, 'TypeCast')) list = cast.arg;
  const elements = as(list, 'A_ArrayExpr')?.elements ?? as(list, 'List')?.items;
  if (elements === undefined) return undefined;
  const truths = elements.map((element) => compare('=', valueIn(lexpr, row), valueIn(element, row)));
  if (truths.includes(true)) return true;
  if (truths.includes(undefined)) return undefined;
  return truths.includes(null) ? null : false;
};

const truthOf = (condition: Node | undefined, row: Row): Truth => {
  const both = as(condition, 'BoolExpr');
  if (both !== undefined) {
    const parts = (both.args ?? []).map((part) => truthOf(part, row));
    if (both.boolop === 'NOT_EXPR') return typeof parts[0] === 'boolean' ? !parts[0] : parts[0];
    const decisive = both.boolop === 'OR_EXPR';
    if (parts.includes(decisive)) return decisive;
    if (parts.includes(undefined)) return undefined;
    return parts.includes(null) ? null : !decisive;
  }
  const test = as(condition, 'NullTest');
  if (test !== undefined) {
    const value = valueIn(test.arg, row);
    return value === undefined ? undefined : (value === null) === (test.nulltesttype === 'IS_NULL');
  }
  const expression = as(condition, 'A_Expr');
  const operator = strings(expression?.name)[0] ?? '';
  if ((expression?.kind === 'AEXPR_OP_ANY' || expression?.kind === 'AEXPR_IN') && operator === '=')
    return inList(expression, row);
  return expression?.kind === 'AEXPR_OP'
    ? compare(operator, valueIn(expression.lexpr, row), valueIn(expression.rexpr, row))
    : undefined;
};

/** The check of a table that a row of constants certainly breaks; null when none is known to be broken. */
export const brokenCheck = (table: Table, row: Row): string | null => {
  for (const { kind, name, definition } of table.constraints) {
    if (kind !== 'check' || /\bNOT ENFORCED\b/i.test(definition)) continue;
    const script = parseScript(`alter table t add ${definition}`);
    const statement = script.ok ? as(script.value.statements[0]?.node, 'AlterTableStmt') : undefined;
    const constraint = as(as(statement?.cmds?.[0], 'AlterTableCmd')?.def, 'Constraint');
    if (truthOf(constraint?.raw_expr, row) === false) return name;
  }
  return null;
};
