import type { A_Expr, DeleteStmt, Node, UpdateStmt } from '@pgsql/types';
import type { Table } from '../catalog/catalog.ts';
import { as, findNodes, nameOf, strings } from '../sql/nodes.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { parseType } from '../sql/type-name.ts';
import type { CatalogView } from './catalog-view.ts';
import { comparesUnlikeConstants } from './tautology.ts';

/** The rows that a condition is about: those of one table among others that may be joined with it. */
type ChangedRows = {
  /** Null when the catalog does not know the table. */
  readonly table: Table | null;
  /** What the table may be called before a column; null when no other table is in reach. */
  readonly names: readonly string[] | null;
  /** True for a type of which there are only a few values. */
  readonly hasFewValues: (type: string) => boolean;
};

/** The other tables in an UPDATE or DELETE; undefined when there are none. */
export const joinsOf = (change: UpdateStmt | DeleteStmt): readonly Node[] | undefined =>
  'fromClause' in change ? change.fromClause : 'usingClause' in change ? change.usingClause : undefined;

/** The rows that the condition of an UPDATE or DELETE is about. */
export const rowsOf = (database: CatalogView, change: UpdateStmt | DeleteStmt): ChangedRows => ({
  table: database.table(nameOf(change.relation)),
  names: joinsOf(change) === undefined ? null : [change.relation?.alias?.aliasname ?? change.relation?.relname ?? ''],
  hasFewValues: (type) => {
    const parsed = parseType(type);
    return type === 'boolean' || (parsed !== null && database.type(parsed)?.kind === 'enum');
  },
});

/** The rows of a query, of whose tables nothing is known. */
export const unknownRows: ChangedRows = { table: null, names: null, hasFewValues: () => false };

const operatorOf = ({ name }: A_Expr): string => strings(name).at(-1) ?? '';

/** The column of the changed table that an operand is; null for everything else. */
const columnOf = (node: Node | undefined, { names }: ChangedRows): string | null => {
  const fields = strings(as(node, 'ColumnRef')?.fields);
  return names === null || names.includes(fields.at(-2) ?? '') ? (fields.at(-1) ?? null) : null;
};

/** True for what is one value while the statement runs: no query, no column; in a block a bare name may be a variable. */
const isOneValue = (node: Node | undefined, { table, names }: ChangedRows): boolean =>
  findNodes([node], 'SubLink').length === 0 &&
  findNodes([node], 'ColumnRef').every(({ fields }) => {
    const name = strings(fields).at(-1) ?? '';
    return names === null && !(table?.columns.some((column) => column.name === name) ?? false);
  });

/** The columns that an equality gives one value or a list of them, as in `a = 1`, `a IN (1, 2)` and `(a, b) = (1, 2)`. */
const columnsGiven = (condition: Node | undefined, rows: ChangedRows): readonly string[] => {
  const expression = as(condition, 'A_Expr');
  if (expression === undefined || operatorOf(expression) !== '=') return [];
  const { kind, lexpr, rexpr } = expression;
  if (kind !== 'AEXPR_OP' && kind !== 'AEXPR_IN' && kind !== 'AEXPR_OP_ANY') return [];
  const operands = [[lexpr, rexpr] as const, ...(kind === 'AEXPR_OP' ? [[rexpr, lexpr] as const] : [])];
  return operands.flatMap(([left, right]) => {
    if (!isOneValue(right, rows)) return [];
    return (as(left, 'RowExpr')?.args ?? (left === undefined ? [] : [left])).flatMap(
      (operand) => columnOf(operand, rows) ?? [],
    );
  });
};

/** The constant that a default is, without its cast; null for any other default. */
const constantOf = (value: string | null): string | null => {
  const [, text, number] =
    /^(?:'((?:[^']|'')*)'(?:::[\w\s."[\]()]+)?|\(?'?(-?[\d.]+)'?\)?(?:::[\w\s."]+)?)$/.exec(value ?? '') ?? [];
  return text?.replaceAll("''", "'") ?? number ?? null;
};

const writtenConstant = (node: Node | undefined): string | null => {
  const constant = as(as(node, 'TypeCast')?.arg ?? node, 'A_Const');
  if (constant?.sval !== undefined) return constant.sval.sval ?? '';
  if (constant?.fval !== undefined) return constant.fval.fval ?? '';
  return constant?.ival === undefined ? null : String(constant.ival.ival ?? 0);
};

/** True for the column by whose values a table is cut into a partition for each list of them. */
const cutsLists = (table: Table, column: string): boolean =>
  table.partitionKey?.replace(/^LIST \((.*)\)$/i, '$1') === quoteIdentifier(column);

/**
 * True for an equality with what many rows have: one of a few values, what the column gets by default, or what all the
 * rows of a partition have.
 */
const isCommon = (condition: Node, { table, hasFewValues }: ChangedRows): boolean => {
  const expression = as(condition, 'A_Expr');
  return [expression?.lexpr, expression?.rexpr].some((operand, at, operands) => {
    const name = strings(as(operand, 'ColumnRef')?.fields).at(-1);
    const column = table?.columns.find((one) => one.name === name);
    if (table == null || column === undefined) return false;
    if (cutsLists(table, column.name)) return true;
    const common = constantOf(column.default);
    return hasFewValues(column.type) || (common !== null && common === writtenConstant(operands[1 - at]));
  });
};

/** The parts that AND joins in a condition. */
export const conjuncts = (condition: Node | undefined): readonly Node[] => {
  const both = as(condition, 'BoolExpr');
  if (both?.boolop === 'AND_EXPR') return (both.args ?? []).flatMap(conjuncts);
  return condition === undefined ? [] : [condition];
};

const isNever = (condition: Node): boolean => {
  const constant = as(condition, 'A_Const');
  return constant === undefined
    ? comparesUnlikeConstants(condition)
    : constant.isnull === true || constant.boolval?.boolval !== true;
};

/** True when a condition names single rows, by values of a column, or none at all. */
export const namesSingleRows = (condition: Node | undefined, rows: ChangedRows): boolean => {
  const either = as(condition, 'BoolExpr');
  if (either?.boolop === 'OR_EXPR') return (either.args ?? []).every((part) => namesSingleRows(part, rows));
  return conjuncts(condition).some(
    (part) =>
      isNever(part) ||
      (columnsGiven(part, rows).length > 0 && !isCommon(part, rows)) ||
      (as(part, 'BoolExpr')?.boolop === 'OR_EXPR' && namesSingleRows(part, rows)),
  );
};

/** True when a condition gives values to all columns of a unique key, so that it can only be met by as many rows. */
export const namesKeys = (condition: Node | undefined, rows: ChangedRows): boolean => {
  const parts = conjuncts(condition);
  if (parts.some(isNever)) return true;
  const given = new Set(parts.flatMap((part) => columnsGiven(part, rows)));
  return (rows.table?.indexes ?? []).some(
    ({ unique, predicate, keys }) =>
      unique && predicate === null && keys.every(({ column }) => column !== null && given.has(column)),
  );
};
