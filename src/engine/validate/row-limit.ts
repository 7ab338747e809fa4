import type { Node } from '@pgsql/types';
import type { Column, Table } from '../catalog/catalog.ts';
import { parseCheck } from '../sql/expressions.ts';
import { as, strings } from '../sql/nodes.ts';
import { parseType } from '../sql/type-name.ts';
import type { CatalogView } from './catalog-view.ts';

/** Beyond this a table is not said to be small by its construction. */
const mostValues = 1000;

const isColumn = (node: Node | undefined, column: string): boolean =>
  strings(as(as(node, 'TypeCast')?.arg ?? node, 'ColumnRef')?.fields).at(-1) === column;

const isValue = (node: Node | undefined): boolean => as(as(node, 'TypeCast')?.arg ?? node, 'A_Const') !== undefined;

const numberIn = (node: Node | undefined): number | null => {
  const constant = as(as(node, 'TypeCast')?.arg ?? node, 'A_Const');
  return constant?.ival === undefined ? null : (constant.ival.ival ?? 0);
};

/** A bound that a comparison with a number sets: `c >= 1` from below, `c < 5` from above. */
const boundOf = (node: Node | undefined, column: string): { readonly from?: number; readonly to?: number } | null => {
  const { kind, name, lexpr, rexpr } = as(node, 'A_Expr') ?? {};
  const bound = numberIn(rexpr);
  if (kind !== 'AEXPR_OP' || !isColumn(lexpr, column) || bound === null) return null;
  switch (strings(name).at(-1)) {
    case '>=':
      return { from: bound };
    case '>':
      return { from: bound + 1 };
    case '<=':
      return { to: bound };
    case '<':
      return { to: bound - 1 };
    default:
      return null;
  }
};

/** How many values a condition leaves to a column; null when it is not known to leave few. */
function valuesUnder(condition: Node, column: string): number | null {
  // A boolean column as its own condition can only be true.
  if (isColumn(condition, column)) return 1;
  const test = as(condition, 'BooleanTest');
  if (test !== undefined && isColumn(test.arg, column)) return 1;
  const { kind, name, lexpr, rexpr } = as(condition, 'A_Expr') ?? {};
  if (kind === 'AEXPR_OP' && strings(name).at(-1) === '=' && isColumn(lexpr, column)) return isValue(rexpr) ? 1 : null;
  if ((kind === 'AEXPR_IN' || kind === 'AEXPR_OP_ANY') && isColumn(lexpr, column)) {
    const array = as(as(rexpr, 'TypeCast')?.arg ?? rexpr, 'A_ArrayExpr')?.elements ?? as(rexpr, 'List')?.items;
    return array?.every(isValue) === true ? array.length : null;
  }
  const both = as(condition, 'BoolExpr');
  if (both?.boolop !== 'AND_EXPR') return null;
  const parts = both.args ?? [];
  const counts = parts.flatMap((part) => valuesUnder(part, column) ?? []);
  if (counts.length > 0) return Math.min(...counts);
  const bounds = parts.flatMap((part) => boundOf(part, column) ?? []);
  const from = bounds.find((bound) => bound.from !== undefined)?.from;
  const to = bounds.find((bound) => bound.to !== undefined)?.to;
  return from === undefined || to === undefined || to < from ? null : to - from + 1;
}

const valuesOf = (database: CatalogView, table: Table, column: Column): number | null => {
  const written = parseType(column.type);
  const type = written === null || written.array ? null : database.type(written);
  const byType = column.type === 'boolean' ? 2 : type?.kind === 'enum' ? type.labels.length : null;
  const byCheck = table.constraints.flatMap((constraint) => {
    if (constraint.kind !== 'check' || !constraint.validated) return [];
    const condition = parseCheck(constraint.definition);
    return condition === null ? [] : (valuesUnder(condition, column.name) ?? []);
  });
  const counts = [...(byType === null ? [] : [byType]), ...byCheck];
  return counts.length === 0 ? null : Math.min(...counts);
};

const limits = new WeakMap<Table, number | null>();

const limitOf = (database: CatalogView, table: Table): number | null => {
  let least: number | null = null;
  for (const index of table.indexes) {
    if (!index.unique || !index.valid || index.predicate !== null || index.keys.length !== 1) continue;
    const [key] = index.keys;
    const column = table.columns.find(({ name }) => name === key?.column);
    // An expression without a column is the same for every row.
    const count =
      column === undefined
        ? /^\(?(?:true|\d+)\)?$/.test(key?.expression ?? '')
          ? 1
          : null
        : column.notNull
          ? valuesOf(database, table, column)
          : null;
    if (count !== null && count <= mostValues) least = Math.min(least ?? count, count);
  }
  return least;
};

/** How many rows a table can hold at most, where a unique key of few possible values says so; else null. */
export const rowLimitOf = (database: CatalogView, table: Table | null): number | null => {
  if (table === null) return null;
  const known = limits.get(table);
  if (known !== undefined) return known;
  const limit = limitOf(database, table);
  limits.set(table, limit);
  return limit;
};
