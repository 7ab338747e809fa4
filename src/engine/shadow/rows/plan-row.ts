import { keyOf } from '../../sql/table-index.ts';
import { bothLimits, type Limits } from './limits.ts';
import type { ParentKey, RowShape, ShapedColumn } from './row-shape.ts';
import { satisfy } from './satisfy.ts';
import { spread } from './spread.ts';
import { valueText } from './value-text.ts';

/** A row by column, each value as its type's input function reads it. */
export type PlannedRow = ReadonlyMap<string, string | null>;

/**
 * How demanding rows are: `mixed` rows hold nulls and repeated values where the catalog allows them, `plain` rows
 * neither, where it can be helped; in `numeric` ones the texts are numbers besides, which most casts accept.
 */
export type RowStyle = 'mixed' | 'plain' | 'numeric';

/** What a row is planned from. */
export type RowPlan = {
  readonly shape: RowShape;
  /** Counts from 0; past `count` a row is another attempt at an earlier one. */
  readonly number: number;
  readonly count: number;
  readonly style: RowStyle;
  /** Rows that a referenced table holds already, by `keyOf`. A table's own rows so far stand under its own name. */
  readonly rowsOf: (table: string) => readonly PlannedRow[];
};

/** Keys are far from what sequences give and from the small numbers that people write into migrations. */
const KEYS_FROM = 1_000_000;
const SMALL_KEYS_FROM = 20_000;
const USUAL_NULLS = 0.2;
const USUAL_DISTINCT = -0.6;

function keysFrom({ type, isDistinct }: ShapedColumn): number {
  const base = type.kind === 'domain' ? type.base : type;
  if (!isDistinct || base.kind !== 'scalar') return 0;
  if (base.name === 'int2') return SMALL_KEYS_FROM;
  if (base.name === 'int4' || base.name === 'int8') return KEYS_FROM;
  const [precision, scale = 0] = base.modifiers;
  return base.name === 'numeric' && (precision === undefined || precision - scale > 7) ? KEYS_FROM : 0;
}

function isNullIn({ shape, number, style, count }: RowPlan, shaped: ShapedColumn): boolean {
  const turn = number % count;
  const fraction = shaped.nullFraction ?? USUAL_NULLS;
  if (shaped.isRequired || style !== 'mixed' || turn === 0 || fraction === 0) return false;
  // The second row shows every null that there can be, so that few rows show them too.
  if (turn === 1) return true;
  const { schema, name } = shape.table;
  return spread(schema, name, shaped.column.name, turn) % 1000 < fraction * 1000;
}

/** Which of the possible values a column takes in a row. */
function valueNumber({ shape, number, style, count }: RowPlan, shaped: ShapedColumn): number {
  if (shaped.isDistinct) return keysFrom(shaped) + number;
  const attempt = Math.floor(number / count);
  const turn = number % count;
  if (style !== 'mixed') return turn + attempt;
  const distinct = shaped.distinct ?? USUAL_DISTINCT;
  const values = Math.max(Math.min(Math.ceil(distinct > 0 ? distinct : -distinct * count), count), 1);
  // Columns of one table repeat their values out of step.
  return ((turn + (spread(shape.table.name, shaped.column.name) % values)) % values) + attempt;
}

function limitsOf(plan: RowPlan): Map<string, Limits> {
  const limits = new Map<string, Limits>(plan.shape.bound);
  for (const [index, condition] of plan.shape.checks.entries()) {
    for (const [column, found] of satisfy(condition, true, plan.number + index)) {
      limits.set(column, bothLimits(limits.get(column) ?? {}, found));
    }
  }
  return limits;
}

type Draft = Map<string, string | null>;

/** Takes the values of a foreign key from a row of its parent; false when there is none and there has to be one. */
function takeFromParent(plan: RowPlan, draft: Draft, parent: ParentKey, index: number): boolean {
  const { shape, number } = plan;
  const columns = parent.childColumns;
  const canBeEmpty = columns.some((name) =>
    shape.columns.some(({ column, isRequired }) => column.name === name && !isRequired),
  );
  const clear = (): boolean => {
    for (const name of columns) {
      const shaped = shape.columns.find(({ column }) => column.name === name);
      if (shaped !== undefined && !shaped.isRequired) draft.set(name, null);
    }
    return canBeEmpty;
  };
  if (columns.some((name) => draft.get(name) === null)) return clear();
  const fits = (row: PlannedRow): boolean =>
    columns.every((name, at) => {
      const value = row.get(parent.columns[at] ?? '');
      return value !== undefined && value !== null && (!draft.has(name) || draft.get(name) === value);
    });
  const rows = plan.rowsOf(keyOf(parent.table)).filter(fits);
  const chosen = rows[(number + index * Math.floor(number / Math.max(rows.length, 1))) % Math.max(rows.length, 1)];
  if (chosen === undefined) return clear();
  for (const [at, name] of columns.entries()) draft.set(name, chosen.get(parent.columns[at] ?? '') ?? null);
  return true;
}

function relativeLimits(limits: Limits, draft: Draft): Limits {
  const other = limits.relativeTo === undefined ? null : draft.get(limits.relativeTo.column);
  if (limits.relativeTo === undefined || other === undefined || other === null) return limits;
  switch (limits.relativeTo.is) {
    case 'equal':
      return { ...limits, oneOf: [other] };
    case 'less':
      return bothLimits(limits, { upper: { text: other, open: true } });
    case 'greater':
      return bothLimits(limits, { lower: { text: other, open: true } });
  }
}

/** A row that must have a parent in its own table, and is the first, is its own. */
function referToItself(shape: RowShape, draft: Draft, parent: ParentKey): void {
  const { schema, name } = shape.table;
  if (parent.table.schema !== schema || parent.table.name !== name) return;
  for (const [at, column] of parent.childColumns.entries()) {
    if (!draft.has(column)) draft.set(column, draft.get(parent.columns[at] ?? '') ?? null);
  }
}

/**
 * Plans a row that satisfies what the catalog asks, as far as it can be read there: the same row for the same plan. Null
 * when a foreign key needs a parent that has no row.
 */
export function planRow(plan: RowPlan): PlannedRow | null {
  const { shape } = plan;
  const limits = limitsOf(plan);
  const draft: Draft = new Map();
  for (const shaped of shape.columns) {
    const { name } = shaped.column;
    const asked = limits.get(name)?.isNull;
    if (asked === true || (asked !== false && isNullIn(plan, shaped))) draft.set(name, null);
  }
  const own = keyOf(shape.table);
  const toOthers = shape.parents.filter((parent) => keyOf(parent.table) !== own);
  const toItself = shape.parents.filter((parent) => keyOf(parent.table) === own);
  for (const [index, parent] of toOthers.entries()) if (!takeFromParent(plan, draft, parent, index)) return null;
  const isSelfColumn = (name: string): boolean =>
    toItself.some(({ childColumns, columns }) => childColumns.includes(name) && !columns.includes(name));
  const open = shape.columns.filter(({ column }) => !draft.has(column.name) && !isSelfColumn(column.name));
  const isRelative = ({ column }: ShapedColumn): boolean => limits.get(column.name)?.relativeTo !== undefined;
  for (const shaped of [...open.filter((one) => !isRelative(one)), ...open.filter(isRelative)]) {
    const { name } = shaped.column;
    const wish = {
      number: valueNumber(plan, shaped),
      word: plan.style === 'numeric' ? null : name,
      limits: relativeLimits(limits.get(name) ?? {}, draft),
    };
    draft.set(name, valueText(shaped.type, wish));
  }
  for (const [index, parent] of toItself.entries()) {
    // Rows that refer to themselves form a tree: the first is its root, where a root is allowed.
    if (!takeFromParent(plan, draft, parent, index)) referToItself(shape, draft, parent);
  }
  return draft;
}
