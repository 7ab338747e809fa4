import type { Node, PartitionBoundSpec } from '@pgsql/types';
import type { Table } from '../catalog/catalog.ts';
import { byText } from './by-text.ts';
import { parseCheck, provesNotNull } from './expressions.ts';
import { all, as, strings } from './nodes.ts';
import { parseScript } from './parser.ts';

/** A constant's text without casts, so that `'2024-01-01'` equals `'2024-01-01'::date`; null for anything else. */
function constantText(expression: Node | undefined): string | null {
  let node = expression;
  for (let cast = as(node, 'TypeCast'); cast !== undefined; cast = as(node, 'TypeCast')) node = cast.arg;
  const constant = as(node, 'A_Const');
  if (constant === undefined) return null;
  if (constant.ival !== undefined) return String(constant.ival.ival ?? 0);
  if (constant.fval !== undefined) return constant.fval.fval ?? '';
  if (constant.sval !== undefined) return constant.sval.sval ?? '';
  return null;
}

function columnOf(expression: Node | undefined): string | null {
  let node = expression;
  for (let cast = as(node, 'TypeCast'); cast !== undefined; cast = as(node, 'TypeCast')) node = cast.arg;
  return strings(as(node, 'ColumnRef')?.fields).at(-1) ?? null;
}

/** The parts of a condition that all have to hold. */
function conjuncts(condition: Node): readonly Node[] {
  const operation = as(condition, 'BoolExpr');
  return operation?.boolop === 'AND_EXPR' ? (operation.args ?? []).flatMap(conjuncts) : [condition];
}

type Comparison = { readonly column: string; readonly operator: string; readonly values: readonly string[] };

/** `c >= 5`, `c IN ('a', 'b')`, `c = ANY (ARRAY['a', 'b'])` as data; null for anything else. */
function comparisonOf(condition: Node): Comparison | null {
  const expression = as(condition, 'A_Expr');
  const column = columnOf(expression?.lexpr);
  const operator = strings(expression?.name).at(-1);
  if (expression === undefined || column === null || operator === undefined) return null;
  // Equal to all of a list, or unlike one of it, is not what the list as data would say.
  const { kind } = expression;
  if ((kind === 'AEXPR_OP_ALL' && operator === '=') || (kind === 'AEXPR_OP_ANY' && operator === '<>')) return null;
  let right = expression.rexpr;
  for (let cast = as(right, 'TypeCast'); cast !== undefined; cast = as(right, 'TypeCast')) right = cast.arg;
  const items = as(right, 'List')?.items ?? as(right, 'A_ArrayExpr')?.elements;
  const texts = (items ?? [expression.rexpr]).map(constantText);
  const values = texts.filter((text) => text !== null);
  return values.length === texts.length ? { column, operator, values } : null;
}

/** The one column of a partition key such as `RANGE (created_at)`; null for several columns or an expression. */
export const keyColumn: (partitionKey: string) => string | null = byText(1_000, (partitionKey) => {
  const script = parseScript(`create table t (a int) partition by ${partitionKey}`);
  const create = script.ok ? as(script.value.statements[0]?.node, 'CreateStmt') : undefined;
  const parameters = all(create?.partspec?.partParams, 'PartitionElem');
  return parameters.length === 1 ? (parameters[0]?.name ?? null) : null;
});

/** The text of one end of a bound, or of one value of a list; null for MINVALUE, MAXVALUE and what is no constant. */
export function datumText(datum: Node | undefined): string | null {
  const range = as(datum, 'PartitionRangeDatum');
  return constantText(range === undefined ? datum : range.value);
}

const day = /^\d{4}-\d{2}-\d{2}/;

/** A point in time as texts that sort as the times do: the server writes out what a person leaves out. */
const pointInTime = (text: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text} 00:00:00` : text.replace('T', ' ').replace(/(?:[+-]00(?::?00)?|Z)$/, '');

/** The order of two values of a key: a negative number, 0 or a positive one; null where only the server knows. */
function order(a: string, b: string): number | null {
  if (a === b) return 0;
  const [x, y] = [Number(a), Number(b)];
  if (a !== '' && b !== '' && Number.isFinite(x) && Number.isFinite(y)) return x - y;
  if (!day.test(a) || !day.test(b)) return null;
  const [s, t] = [pointInTime(a), pointInTime(b)];
  return s === t ? 0 : s < t ? -1 : 1;
}

function impliesBound(bound: PartitionBoundSpec, comparisons: readonly Comparison[]): boolean {
  const some = (operators: readonly string[], fits: (value: string) => boolean) =>
    comparisons.some(({ operator, values }) => operators.includes(operator) && values.every(fits));
  if (bound.strategy === 'r') {
    const lower = datumText(bound.lowerdatums?.[0]);
    const upper = datumText(bound.upperdatums?.[0]);
    if (lower === null || upper === null) return false;
    const notBelow = some(['>=', '>', '='], (value) => (order(value, lower) ?? -1) >= 0);
    const notAbove =
      some(['<'], (value) => (order(value, upper) ?? 1) <= 0) ||
      some(['<=', '='], (value) => (order(value, upper) ?? 1) < 0);
    return notBelow && notAbove;
  }
  if (bound.strategy === 'l') {
    const allowed = (bound.listdatums ?? []).map(datumText);
    return comparisons.some(
      ({ operator, values }) => operator === '=' && values.every((value) => allowed.includes(value)),
    );
  }
  return false;
}

/**
 * True when a table's validated checks prove that every row fits a partition bound, so that `ATTACH PARTITION` need not
 * read it: the check implies the bound, and the key cannot be NULL. False when in doubt.
 */
export function provesBound(table: Table, partitionKey: string, bound: PartitionBoundSpec | undefined): boolean {
  const column = keyColumn(partitionKey);
  if (bound === undefined || column === null || bound.is_default === true) return false;
  const conditions = table.constraints
    .filter((constraint) => constraint.kind === 'check' && constraint.validated)
    .flatMap((constraint) => parseCheck(constraint.definition) ?? []);
  const notNull =
    table.columns.find((candidate) => candidate.name === column)?.notNull === true ||
    conditions.some((condition) => provesNotNull(condition, column));
  const comparisons = conditions
    .flatMap(conjuncts)
    .flatMap((condition) => comparisonOf(condition) ?? [])
    .filter((comparison) => comparison.column === column);
  return notNull && impliesBound(bound, comparisons);
}

/** True for a part of a check that says of the key no more than the bound does: whoever is outside of it is outside the bound. */
function repeatsBound(condition: Node, column: string, bound: PartitionBoundSpec): boolean {
  if (provesNotNull(condition, column)) return true;
  const comparison = comparisonOf(condition);
  if (comparison === null || comparison.column !== column) return false;
  const { operator, values } = comparison;
  const isSame = (datum: Node | undefined): boolean => {
    const [text, value] = [datumText(datum), values[0]];
    return text !== null && value !== undefined && order(text, value) === 0;
  };
  if (bound.strategy === 'r')
    return (
      (operator === '>=' && isSame(bound.lowerdatums?.[0])) || (operator === '<' && isSame(bound.upperdatums?.[0]))
    );
  const listed = (bound.listdatums ?? []).map(datumText);
  return bound.strategy === 'l' && operator === '=' && listed.every((text) => text !== null && values.includes(text));
}

/** True for two values of a key that are not one, also where only the server knows their order. */
const areUnlike = (a: string, b: string): boolean => {
  const sorted = order(a, b);
  if (sorted !== null) return sorted !== 0;
  return [a, b].every((text) => !day.test(text) && (text === '' || !Number.isFinite(Number(text))));
};

/** True for a comparison that no value within the bound meets. */
function leavesOut({ operator, values }: Comparison, bound: PartitionBoundSpec): boolean {
  if (bound.strategy === 'l') {
    const listed = (bound.listdatums ?? []).flatMap((datum) => datumText(datum) ?? []);
    if (listed.length === 0 || listed.length !== bound.listdatums?.length) return false;
    if (operator === '<>') return listed.every((text) => values.includes(text));
    return operator === '=' && listed.every((text) => values.every((value) => areUnlike(text, value)));
  }
  if (bound.strategy !== 'r' || bound.lowerdatums?.length !== 1) return false;
  const [lower, upper] = [datumText(bound.lowerdatums[0]), datumText(bound.upperdatums?.[0])];
  const isBelow = (value: string) => (lower === null ? null : order(value, lower));
  const isAbove = (value: string) => upper !== null && (order(value, upper) ?? -1) >= 0;
  switch (operator) {
    case '<':
      return values.every((value) => (isBelow(value) ?? 1) <= 0);
    case '<=':
      return values.every((value) => (isBelow(value) ?? 1) < 0);
    case '>':
    case '>=':
      return values.every(isAbove);
    case '=':
      return values.every((value) => (isBelow(value) ?? 1) < 0 || isAbove(value));
    default:
      return false;
  }
}

/** True for a condition that no row within the bound meets. */
function excludesBound(condition: Node | undefined, column: string, bound: PartitionBoundSpec): boolean {
  if (condition === undefined) return false;
  const operation = as(condition, 'BoolExpr');
  const parts = operation?.args ?? [];
  switch (operation?.boolop) {
    case 'AND_EXPR':
      return parts.some((part) => excludesBound(part, column, bound));
    case 'OR_EXPR':
      return parts.every((part) => excludesBound(part, column, bound));
    case 'NOT_EXPR':
      return parts.flatMap(conjuncts).every((part) => repeatsBound(part, column, bound));
    default: {
      const comparison = comparisonOf(condition);
      return comparison?.column === column && leavesOut(comparison, bound);
    }
  }
}

/**
 * True when a validated check of a default partition says that no row of it belongs into a new partition, so that it need
 * not be read: `CHECK (NOT (…the bound…))`, or one that only values outside of it meet. False when in doubt.
 */
export function provesOutside(table: Table, partitionKey: string, bound: PartitionBoundSpec | undefined): boolean {
  const column = keyColumn(partitionKey);
  if (bound === undefined || column === null) return false;
  return table.constraints.some(
    ({ kind, validated, definition }) =>
      kind === 'check' && validated && excludesBound(parseCheck(definition) ?? undefined, column, bound),
  );
}

type Interval = { readonly from: string | null; readonly to: string | null };

/** A range of one column with constant ends; null stands for MINVALUE and MAXVALUE. Null for every other bound. */
function intervalOf(bound: PartitionBoundSpec | undefined): Interval | null {
  const [lower, upper] = [bound?.lowerdatums ?? [], bound?.upperdatums ?? []];
  if (bound?.strategy !== 'r' || lower.length !== 1 || upper.length !== 1) return null;
  const end = (datum: Node | undefined): string | null | undefined =>
    /^(?:min|max)value$/.test(strings(as(datum, 'ColumnRef')?.fields)[0] ?? '')
      ? null
      : (datumText(datum) ?? undefined);
  const [from, to] = [end(lower[0]), end(upper[0])];
  return from === undefined || to === undefined ? null : { from, to };
}

/** The bound in a text such as `FOR VALUES FROM (1) TO (2)`; undefined for one that cannot be read. */
const parseBound = byText(5_000, (text): PartitionBoundSpec | undefined => {
  const script = parseScript(`create table c partition of p ${text}`);
  return script.ok ? as(script.value.statements[0]?.node, 'CreateStmt')?.partbound : undefined;
});

/** True for a range of one column whose end is not above its start. False when in doubt. */
export function boundIsEmpty(bound: PartitionBoundSpec): boolean {
  const interval = intervalOf(bound);
  if (interval === null || interval.from === null || interval.to === null) return false;
  return (order(interval.from, interval.to) ?? -1) >= 0;
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** Two hash partitions share values when a number has both remainders; and of two moduli one has to be a factor of the other. */
function hashesOverlap(a: PartitionBoundSpec, b: PartitionBoundSpec): boolean {
  const [m, n] = [a.modulus ?? 0, b.modulus ?? 0];
  if (m <= 0 || n <= 0) return false;
  const common = divisor(m, n);
  return common !== Math.min(m, n) || ((a.remainder ?? 0) - (b.remainder ?? 0)) % common === 0;
}

/** True when a new partition would take values that one with the other bound has. False when in doubt. */
export function boundsOverlap(wanted: PartitionBoundSpec | undefined, existing: string): boolean {
  const other = parseBound(existing);
  if (wanted === undefined || other === undefined) return false;
  if (wanted.is_default === true || other.is_default === true)
    return wanted.is_default === true && other.is_default === true;
  const values = (bound: PartitionBoundSpec) => (bound.listdatums ?? []).flatMap((datum) => datumText(datum) ?? []);
  if (wanted.strategy === 'h') return hashesOverlap(wanted, other);
  if (wanted.strategy === 'l') return values(wanted).some((value) => values(other).includes(value));
  const [a, b] = [intervalOf(wanted), intervalOf(other)];
  if (a === null || b === null) return false;
  const before = (x: string | null, y: string | null) => x === null || y === null || (order(x, y) ?? 0) < 0;
  return before(a.from, b.to) && before(b.from, a.to);
}
