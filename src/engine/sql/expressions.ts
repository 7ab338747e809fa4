import type { Node } from '@pgsql/types';
import type { Routine } from '../catalog/catalog.ts';
import { builtinVolatility, type Volatility } from './builtin-volatility.ts';
import { byText } from './by-text.ts';
import type { CatalogLookup } from './catalog-lookup.ts';
import { all, as, findNodes, type NodeName, nameOfParts, strings } from './nodes.ts';
import { parseScript } from './parser.ts';
import { keyOf } from './table-index.ts';
import { tokensOf } from './tokens.ts';

/** Where the functions of an expression are looked up. */
export type ExpressionContext = { readonly lookup: CatalogLookup; readonly searchPath: readonly string[] };

const weakness: Readonly<Record<Volatility, number>> = { immutable: 0, stable: 1, volatile: 2 };
const weaker = (a: Volatility, b: Volatility): Volatility => (weakness[a] >= weakness[b] ? a : b);

/** The one expression that a plain `SELECT expression` function stands for; null when it is anything else. */
function inlinedBody(routine: Routine): Node | null {
  if (routine.language !== 'sql' || routine.securityDefiner || routine.kind !== 'function') return null;
  const definition = parseScript(routine.definition);
  const create = definition.ok ? as(definition.value.statements[0]?.node, 'CreateFunctionStmt') : undefined;
  const options = all(create?.options, 'DefElem');
  // A function with its own settings is never inlined.
  if (create === undefined || options.some((option) => option.defname === 'set')) return null;
  const returned = as(create.sql_body, 'ReturnStmt')?.returnval;
  if (returned !== undefined) return returned;
  const source = options.find((option) => option.defname === 'as')?.arg;
  const text = strings(as(source, 'List')?.items)[0];
  const body = text === undefined ? null : parseScript(text);
  if (body === null || !body.ok || body.value.statements.length !== 1) return null;
  const select = as(body.value.statements[0]?.node, 'SelectStmt');
  if (select === undefined || select.fromClause !== undefined || select.whereClause !== undefined) return null;
  const targets = all(select.targetList, 'ResTarget');
  return targets.length === 1 ? (targets[0]?.val ?? null) : null;
}

function routineVolatility(routine: Routine, context: ExpressionContext, seen: ReadonlySet<string>): Volatility {
  const declared = routine.volatility;
  if (declared === 'immutable' || seen.has(keyOf(routine))) return declared;
  const body = inlinedBody(routine);
  // The planner replaces the call by its body before it asks how volatile the expression is, unless the body is more so.
  const inlined = body === null ? null : volatilityIn(body, context, new Set([...seen, keyOf(routine)]));
  return inlined === null || weakness[inlined] > weakness[declared] ? declared : inlined;
}

function functionVolatility(
  parts: readonly string[],
  context: ExpressionContext,
  seen: ReadonlySet<string>,
): Volatility | null {
  const { schema, name } = nameOfParts(parts);
  if (schema === null || schema === 'pg_catalog') {
    // `pg_catalog` is searched before the search path.
    const builtin = builtinVolatility(name);
    if (builtin !== undefined) return builtin;
  }
  for (const candidate of schema === null ? context.searchPath : [schema]) {
    const routines = context.lookup.routines({ schema: candidate, name });
    if (routines.length === 0) continue;
    return routines.map((routine) => routineVolatility(routine, context, seen)).reduce(weaker);
  }
  return builtinVolatility(name) ?? null;
}

function volatilityIn(expression: Node, context: ExpressionContext, seen: ReadonlySet<string>): Volatility | null {
  let result: Volatility = findNodes(expression, 'SQLValueFunction').length > 0 ? 'stable' : 'immutable';
  let unknown = false;
  for (const call of findNodes(expression, 'FuncCall')) {
    const volatility = functionVolatility(strings(call.funcname), context, seen);
    if (volatility === null) unknown = true;
    else result = weaker(result, volatility);
  }
  return unknown && result !== 'volatile' ? null : result;
}

/**
 * How volatile an expression is, by the functions in it: built-in ones by name, others by the catalog. Null when a
 * function is not known; PostgreSQL takes user-defined functions for volatile unless they say otherwise.
 */
export const expressionVolatility = (expression: Node, context: ExpressionContext): Volatility | null =>
  volatilityIn(expression, context, new Set());

/** True when an expression is NULL, with or without a cast. */
export function isNullConstant(expression: Node | undefined): boolean {
  let node = expression;
  for (let cast = as(node, 'TypeCast'); cast !== undefined; cast = as(node, 'TypeCast')) node = cast.arg;
  return as(node, 'A_Const')?.isnull === true;
}

/** True when an expression is a constant, with or without a sign and casts. */
export const isConstant = (expression: Node): boolean =>
  as(expression, 'A_Const') !== undefined ||
  (['FuncCall', 'ColumnRef', 'SubLink', 'SQLValueFunction', 'ParamRef'] as const).every(
    (kind) => findNodes(expression, kind).length === 0,
  );

/** Parses an expression as the catalog holds it (`pg_get_expr`); null when it is not one. */
export const parseExpression: (text: string) => Node | null = byText(5_000, (text) => {
  const script = parseScript(`select (${text})`);
  if (!script.ok || script.value.statements.length !== 1) return null;
  const select = as(script.value.statements[0]?.node, 'SelectStmt');
  return all(select?.targetList, 'ResTarget')[0]?.val ?? null;
});

/** The condition of a check constraint as `pg_get_constraintdef` writes it; null when it is not a check. */
export const parseCheck: (definition: string) => Node | null = byText(2_000, (definition) => {
  const script = parseScript(`alter table t add ${definition}`);
  const alter = script.ok ? as(script.value.statements[0]?.node, 'AlterTableStmt') : undefined;
  const command = all(alter?.cmds, 'AlterTableCmd')[0];
  const constraint = as(command?.def, 'Constraint');
  return constraint?.contype === 'CONSTR_CHECK' ? (constraint.raw_expr ?? null) : null;
});

/** True when an expression that is not false proves that a column is not null: `c IS NOT NULL`, alone or under AND. */
export function provesNotNull(expression: Node, column: string): boolean {
  const test = as(expression, 'NullTest');
  if (test !== undefined) {
    const fields = strings(as(test.arg, 'ColumnRef')?.fields);
    return test.nulltesttype === 'IS_NOT_NULL' && fields.at(-1) === column;
  }
  const operation = as(expression, 'BoolExpr');
  if (operation?.boolop === 'AND_EXPR') return (operation.args ?? []).some((part) => provesNotNull(part, column));
  if (operation?.boolop === 'OR_EXPR') return (operation.args ?? []).every((part) => provesNotNull(part, column));
  return false;
}

/** True when a rendered expression mentions a column; a string of the same spelling does not count. */
export function mentionsColumn(expression: string, column: string): boolean {
  return tokensOf(expression).some((token) => {
    const text = expression.slice(token.start, token.end);
    if (token.kind === 'word') return text.toLowerCase() === column;
    return token.kind === 'quoted identifier' && text.slice(1, -1).replaceAll('""', '"') === column;
  });
}

const namesOfResults: Readonly<Partial<Record<NodeName, string>>> = {
  CoalesceExpr: 'coalesce',
  CaseExpr: 'case',
  A_ArrayExpr: 'array',
  RowExpr: 'row',
  GroupingFunc: 'grouping',
};

/** The name that PostgreSQL gives a result column without an alias. */
export function nameOfExpression(expression: Node | undefined): string {
  const cast = as(expression, 'TypeCast');
  if (cast !== undefined) {
    const inner = nameOfExpression(cast.arg);
    return inner === '?column?' ? (strings(cast.typeName?.names).at(-1) ?? inner) : inner;
  }
  const call = as(expression, 'FuncCall');
  if (call !== undefined) return strings(call.funcname).at(-1) ?? '?column?';
  // A column or a function behind ELSE gives its name, the type of a cast does not.
  const other = as(expression, 'CaseExpr')?.defresult;
  if (other !== undefined && nameOfExpression(as(other, 'TypeCast')?.arg ?? other) !== '?column?')
    return nameOfExpression(other);
  const named = Object.entries(namesOfResults).find(([kind]) => as(expression, kind as NodeName) !== undefined);
  if (named !== undefined) return named[1];
  const query = as(expression, 'SubLink');
  if (query?.subLinkType === 'EXISTS_SUBLINK') return 'exists';
  if (query?.subLinkType === 'ARRAY_SUBLINK') return 'array';
  if (query?.subLinkType === 'EXPR_SUBLINK') {
    const first = all(as(query.subselect, 'SelectStmt')?.targetList, 'ResTarget')[0];
    return first?.name ?? nameOfExpression(first?.val);
  }
  const greater = as(expression, 'MinMaxExpr');
  if (greater !== undefined) return greater.op === 'IS_LEAST' ? 'least' : 'greatest';
  if (as(expression, 'A_Expr')?.kind === 'AEXPR_NULLIF') return 'nullif';
  const value = as(expression, 'SQLValueFunction')?.op;
  if (value !== undefined) return value.replace('SVFOP_', '').replace(/_N$/, '').toLowerCase();
  const collated = as(expression, 'CollateClause')?.arg;
  if (collated !== undefined) return nameOfExpression(collated);
  const part = as(expression, 'A_Indirection');
  if (part !== undefined) return strings(part.indirection).at(-1) ?? nameOfExpression(part.arg);
  return strings(as(expression, 'ColumnRef')?.fields).at(-1) ?? '?column?';
}
