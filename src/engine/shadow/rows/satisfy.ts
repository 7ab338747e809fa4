import type { A_Expr, Node } from '@pgsql/types';
import { as, strings } from '../../sql/nodes.ts';
import { bothLimits, type Limits } from './limits.ts';
import { likeAsPattern } from './matching-text.ts';

/** Limits by column; a domain's own value stands under the empty name. */
export type LimitsByColumn = ReadonlyMap<string, Limits>;

/** How an operand reaches its column: the value itself, or what a function makes of it. */
type Operand = {
  readonly column: string;
  readonly through: 'value' | 'length' | 'lower' | 'upper' | 'elements' | 'trimmed';
};

const functions: Readonly<Record<string, Operand['through']>> = {
  length: 'length',
  char_length: 'length',
  character_length: 'length',
  octet_length: 'length',
  lower: 'lower',
  upper: 'upper',
  cardinality: 'elements',
  array_length: 'elements',
  btrim: 'trimmed',
  ltrim: 'trimmed',
  rtrim: 'trimmed',
  trim: 'trimmed',
};

function uncast(node: Node | undefined): Node | undefined {
  let inner = node;
  for (;;) {
    const next = as(inner, 'TypeCast')?.arg ?? as(inner, 'CollateClause')?.arg;
    if (next === undefined) return inner;
    inner = next;
  }
}

function operandOf(node: Node | undefined): Operand | null {
  const inner = uncast(node);
  const fields = as(inner, 'ColumnRef')?.fields;
  // In a domain's check VALUE is parsed as a column of that name.
  if (fields !== undefined) {
    const column = strings(fields).at(-1) ?? '';
    return { column: column === 'value' ? '' : column, through: 'value' };
  }
  const call = as(inner, 'FuncCall');
  const name = strings(call?.funcname).at(-1) ?? '';
  const first = call?.args?.[0] ?? as(inner, 'CoalesceExpr')?.args?.[0];
  if (first === undefined) return null;
  const below = operandOf(first);
  if (below === null || call === undefined) return below;
  const through = functions[name];
  if (through === undefined) return null;
  return { column: below.column, through: below.through === 'value' || through === 'length' ? through : below.through };
}

/** A constant's text without casts, a sign included; null for anything else. */
export function constantText(node: Node | undefined): string | null {
  const inner = uncast(node);
  const constant = as(inner, 'A_Const');
  if (constant === undefined) {
    const negated = as(inner, 'A_Expr');
    if (negated === undefined || negated.lexpr !== undefined || strings(negated.name).at(-1) !== '-') return null;
    const text = constantText(negated.rexpr);
    return text === null ? null : `-${text}`;
  }
  if (constant.ival !== undefined) return String(constant.ival.ival ?? 0);
  if (constant.fval !== undefined) return constant.fval.fval ?? '';
  if (constant.sval !== undefined) return constant.sval.sval ?? '';
  if (constant.boolval !== undefined) return constant.boolval.boolval === true ? 'true' : 'false';
  return null;
}

/** The constants of a list, an `ARRAY[…]` or a `'{…}'` literal. */
function constantsOf(node: Node | undefined): readonly string[] | null {
  const inner = uncast(node);
  const items = as(inner, 'List')?.items ?? as(inner, 'A_ArrayExpr')?.elements;
  if (items !== undefined) {
    const texts = items.map(constantText).filter((text) => text !== null);
    return texts.length === items.length ? texts : null;
  }
  const text = constantText(inner);
  const body = text === null ? null : /^\{(.*)\}$/s.exec(text)?.[1];
  return body === undefined || body === null ? null : body.split(',').map((one) => one.replace(/^"(.*)"$/s, '$1'));
}

const flipped: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=', '=': '=', '<>': '<>' };
const negated: Readonly<Record<string, string>> = {
  '<': '>=',
  '>': '<=',
  '<=': '>',
  '>=': '<',
  '=': '<>',
  '<>': '=',
  '!=': '=',
  '~': '!~',
  '~*': '!~',
  '!~': '~',
  '!~*': '~',
  '~~': '!~~',
  '!~~': '~~',
  '~~*': '!~~',
  '!~~*': '~~',
};

function lengthLimits(operator: string, text: string, kind: 'length' | 'elements'): Limits | null {
  const size = Number(text);
  if (!Number.isFinite(size)) return null;
  const least = operator === '=' || operator === '>=' ? size : operator === '>' ? Math.floor(size) + 1 : undefined;
  const most = operator === '=' || operator === '<=' ? size : operator === '<' ? Math.ceil(size) - 1 : undefined;
  const min = operator === '<>' && size === 0 ? 1 : least;
  return {
    ...(min === undefined ? {} : kind === 'length' ? { minLength: min } : { minElements: min }),
    ...(most === undefined ? {} : kind === 'length' ? { maxLength: most } : { maxElements: most }),
  };
}

function comparisonLimits({ through }: Operand, operator: string, text: string): Limits | null {
  if (through === 'length' || through === 'elements') return lengthLimits(operator, text, through);
  switch (operator) {
    case '=':
      return { oneOf: [text] };
    case '<>':
    case '!=':
      return through === 'trimmed' && text === '' ? { minLength: 1 } : { noneOf: [text] };
    case '<':
    case '<=':
      return { upper: { text, open: operator === '<' } };
    case '>':
    case '>=':
      return { lower: { text, open: operator === '>' } };
    case '~':
    case '~*':
      return { patterns: [text] };
    case '~~':
    case '~~*':
      return { patterns: [likeAsPattern(text)] };
    default:
      return null;
  }
}

type Found = Map<string, Limits>;

function add(found: Found, column: string, limits: Limits): void {
  found.set(column, bothLimits(found.get(column) ?? {}, limits));
}

function betweenColumns(found: Found, left: Operand, operator: string, right: Operand): void {
  if (left.column === right.column) {
    const letters = [left.through, right.through].find((one) => one === 'lower' || one === 'upper');
    if (letters !== undefined && operator === '=') add(found, left.column, { letters });
    return;
  }
  const is =
    operator === '=' ? 'equal' : operator.startsWith('<') ? 'less' : operator.startsWith('>') ? 'greater' : null;
  if (is === null || operator === '<>') return;
  // The one that is compared later in the row gives way.
  add(found, left.column, { relativeTo: { column: right.column, is } });
}

function satisfyComparison(found: Found, expression: A_Expr, wanted: boolean, choice: number): void {
  const written = strings(expression.name).at(-1) ?? '';
  const isList =
    expression.kind === 'AEXPR_OP_ANY' || expression.kind === 'AEXPR_OP_ALL' || expression.kind === 'AEXPR_IN';
  const left = operandOf(expression.lexpr);
  if (isList) {
    const values = constantsOf(expression.rexpr);
    if (left === null || values === null) return;
    if (written === '~~' || written === '~') {
      const chosen = values[choice % Math.max(values.length, 1)] ?? '';
      if (wanted) add(found, left.column, { patterns: [written === '~~' ? likeAsPattern(chosen) : chosen] });
    } else if (left.through === 'value' || left.through === 'lower' || left.through === 'upper') {
      // IN is written = ANY, and NOT IN <> ALL.
      add(found, left.column, (written === '=') === wanted ? { oneOf: values } : { noneOf: values });
    }
    return;
  }
  if (expression.kind === 'AEXPR_BETWEEN' || expression.kind === 'AEXPR_NOT_BETWEEN') {
    const [from, to] = (as(expression.rexpr, 'List')?.items ?? []).map(constantText);
    if (left === null || from == null || to == null) return;
    const inside = (expression.kind === 'AEXPR_BETWEEN') === wanted;
    add(
      found,
      left.column,
      inside
        ? { lower: { text: from, open: false }, upper: { text: to, open: false } }
        : { lower: { text: to, open: true } },
    );
    return;
  }
  const operator = wanted ? written : (negated[written] ?? '');
  const right = operandOf(expression.rexpr);
  const constant = constantText(expression.rexpr);
  if (left !== null && constant !== null) {
    const limits = comparisonLimits(left, operator, constant);
    if (limits !== null) add(found, left.column, limits);
  } else if (left !== null && right !== null) {
    betweenColumns(found, left, operator, right);
  } else if (right !== null) {
    const first = constantText(expression.lexpr);
    const turned = flipped[operator];
    const limits = first === null || turned === undefined ? null : comparisonLimits(right, turned, first);
    if (limits !== null) add(found, right.column, limits);
  } else if (!divided(found, expression, operator) && !contains(found, expression, operator))
    countNulls(found, expression, operator, choice);
}

/** `position('@' in mail) > 1`: false when the comparison is not of this kind. */
function contains(found: Found, expression: A_Expr, operator: string): boolean {
  const call = as(uncast(expression.lexpr), 'FuncCall');
  const name = strings(call?.funcname).at(-1);
  const operand = name === 'position' || name === 'strpos' ? operandOf(call?.args?.[0]) : null;
  const part = constantText(call?.args?.[1]);
  const place = Number(constantText(expression.rexpr) ?? 'NaN');
  if (operand === null || part === null || !operator.startsWith('>') || !(place < 30)) return false;
  const escaped = part.replaceAll(/[^\w\s]/g, '\\$&');
  add(found, operand.column, {
    patterns: [`^[a-z]{${Math.max(place, 1)},${Math.max(place, 1) + 8}}${escaped}[a-z]{3,8}$`],
  });
  return true;
}

/** `a % 2 = 0`: false when the comparison is not of this kind. */
function divided(found: Found, expression: A_Expr, operator: string): boolean {
  const division = as(uncast(expression.lexpr), 'A_Expr');
  const operand = strings(division?.name).at(-1) === '%' ? operandOf(division?.lexpr) : null;
  const [of, rest] = [Number(constantText(division?.rexpr) ?? 'NaN'), Number(constantText(expression.rexpr) ?? 'NaN')];
  if (operand === null || !Number.isInteger(of) || !Number.isInteger(rest) || of === 0) return false;
  if (operator === '=') add(found, operand.column, { modulus: { of, rest } });
  else if (operator === '<>') add(found, operand.column, { modulus: { of, rest: (rest + 1) % of } });
  return true;
}

/** `num_nonnulls(a, b, c) = 1`: which of the columns hold a value. */
function countNulls(found: Found, expression: A_Expr, operator: string, choice: number): void {
  const call = as(uncast(expression.lexpr), 'FuncCall');
  const name = strings(call?.funcname).at(-1);
  const wanted = Number(constantText(expression.rexpr) ?? 'NaN');
  if (call === undefined || (name !== 'num_nonnulls' && name !== 'num_nulls') || Number.isNaN(wanted)) return;
  const columns = (call.args ?? []).flatMap((argument) => operandOf(argument)?.column ?? []);
  const count = operator === '>' ? wanted + 1 : operator === '<' ? wanted - 1 : wanted;
  const filled = name === 'num_nonnulls' ? count : columns.length - count;
  for (const [index, column] of columns.entries()) {
    add(found, column, { isNull: (index + columns.length - (choice % columns.length)) % columns.length >= filled });
  }
}

function walk(found: Found, node: Node | undefined, wanted: boolean, choice: number): void {
  const inner = uncast(node);
  const operation = as(inner, 'BoolExpr');
  if (operation !== undefined) {
    const parts = operation.args ?? [];
    if (operation.boolop === 'NOT_EXPR') walk(found, parts[0], !wanted, choice);
    else if ((operation.boolop === 'AND_EXPR') === wanted) {
      for (const part of parts) walk(found, part, wanted, Math.floor(choice / 2));
    } else walk(found, parts[choice % parts.length], wanted, Math.floor(choice / Math.max(parts.length, 1)));
    return;
  }
  const test = as(inner, 'NullTest');
  if (test !== undefined) {
    const operand = operandOf(test.arg);
    if (operand !== null) add(found, operand.column, { isNull: (test.nulltesttype === 'IS_NULL') === wanted });
    return;
  }
  const truth = as(inner, 'BooleanTest');
  if (truth !== undefined) {
    const operand = operandOf(truth.arg);
    const isTrue = truth.booltesttype === 'IS_TRUE' || truth.booltesttype === 'IS_NOT_FALSE';
    if (operand !== null) add(found, operand.column, { oneOf: [String(isTrue === wanted)] });
    return;
  }
  const expression = as(inner, 'A_Expr');
  if (expression !== undefined) satisfyComparison(found, expression, wanted, choice);
  else if (as(inner, 'ColumnRef') !== undefined) {
    const operand = operandOf(inner);
    if (operand !== null) add(found, operand.column, { oneOf: [String(wanted)] });
  }
}

/**
 * What columns have to be so that a condition comes out as wanted, as far as its form is a common one; `choice` decides
 * between the branches of an OR. What cannot be read gives no limits: whether a row is right is for the server to say.
 */
export function satisfy(condition: Node, wanted: boolean, choice: number): LimitsByColumn {
  const found: Found = new Map();
  walk(found, condition, wanted, choice);
  return found;
}
