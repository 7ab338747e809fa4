import type { Node } from '@pgsql/types';
import { builtinVolatility } from '../sql/builtin-volatility.ts';
import { expressionVolatility } from '../sql/expressions.ts';
import { findNodes, nameOfParts, strings } from '../sql/nodes.ts';
import { typeRef } from '../sql/type-name.ts';
import type { CatalogView } from './catalog-view.ts';
import { type ColumnTypes, typeOfExpression } from './type-of-expression.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

// The server's own functions of which no variant is immutable (pg_proc of PostgreSQL 18).
const neverImmutable = words(`
  array_to_json array_to_string clock_timestamp concat concat_ws current_database current_schema current_schemas
  current_setting format gen_random_uuid json_build_array json_build_object jsonb_build_array jsonb_build_object
  make_timestamptz nextval now pg_backend_pid random row_to_json statement_timestamp timeofday to_char to_date to_json
  to_jsonb to_number transaction_timestamp txid_current unaccent uuid_generate_v4 uuidv4 uuidv7 version`);

const withZone = words('timestamptz timetz');
const texts = words('text varchar bpchar name');
const moments = words('date timestamp timestamptz time timetz interval');

/** Casts that look at TimeZone, DateStyle or another setting, or at rows of a catalog. */
function isMutableCast(from: string, to: string): boolean {
  if (from === 'timestamptz') return to !== from && (moments.has(to) || texts.has(to));
  if (from === 'timestamp' || from === 'date') return to === 'timestamptz' || texts.has(to);
  if (texts.has(from)) return moments.has(to);
  return (from === 'enum' || from === 'money' || from.endsWith('[]')) && texts.has(to);
}

/** Functions whose variants differ: true when the one for these arguments is not immutable, null when in doubt. */
function isMutableVariant(name: string, types: readonly (string | null)[]): boolean | null {
  switch (name) {
    case 'date_trunc':
      if (types.length === 3) return true;
      return types[1] == null ? null : types[1] === 'timestamptz' || types[1] === 'date';
    case 'extract':
    case 'date_part':
      return types[1] == null ? null : withZone.has(types[1]);
    case 'date':
      return types[0] == null ? null : isMutableCast(types[0], 'date');
    case 'to_timestamp':
      return types.length === 2;
    case 'to_tsvector':
    case 'to_tsquery':
    case 'plainto_tsquery':
    case 'phraseto_tsquery':
    case 'websearch_to_tsquery':
    case 'timezone':
    case 'age':
      return types.length === 1 ? true : null;
    default:
      return null;
  }
}

/** Operators that add an interval in a time zone, or compare with one. */
function isMutableOperator(operator: string, left: string | null, right: string | null): boolean {
  if (operator === '+' || operator === '-')
    return (left === 'timestamptz' && right === 'interval') || (left === 'interval' && right === 'timestamptz');
  const pair = [left, right];
  return (
    /^(?:[<>]=?|=|<>)$/.test(operator) &&
    pair.includes('timestamptz') &&
    pair.some((one) => one === 'date' || one === 'timestamp')
  );
}

/**
 * The first part of an expression that the server does not take for immutable, so that it can stand in no index and no
 * generated column; null when nothing is known to be wrong with it.
 */
export function mutablePart(database: CatalogView, expression: Node | undefined, columns: ColumnTypes): string | null {
  const typeOf = (node: Node | undefined) => typeOfExpression(node, columns);
  if (findNodes(expression, 'SQLValueFunction').length > 0) return 'the time or the user';
  for (const cast of findNodes(expression, 'TypeCast')) {
    const { name, array } = typeRef(cast.typeName);
    const from = typeOf(cast.arg);
    if (from !== null && !array && isMutableCast(from, name)) return `the cast from ${from} to ${name}`;
  }
  for (const { kind, name, lexpr, rexpr } of findNodes(expression, 'A_Expr')) {
    const operator = strings(name).at(-1) ?? '';
    const [left, right] = [typeOf(lexpr), typeOf(rexpr)];
    if (kind === 'AEXPR_OP' && isMutableOperator(operator, left, right)) return `${left} ${operator} ${right}`;
  }
  for (const call of findNodes(expression, 'FuncCall')) {
    const { name } = nameOfParts(strings(call.funcname));
    if (database.routines(nameOfParts(strings(call.funcname))).length === 0 || builtinVolatility(name) !== undefined) {
      const mutable = neverImmutable.has(name) || isMutableVariant(name, (call.args ?? []).map(typeOf)) === true;
      if (mutable) return name;
      continue;
    }
    // A function of the schema; its arguments are looked at for themselves.
    const context = { lookup: database.lookup, searchPath: database.searchPath };
    const volatility = expressionVolatility({ FuncCall: { ...call, args: [] } }, context);
    if (volatility === 'stable' || volatility === 'volatile') return name;
  }
  return null;
}

/** The types of a table's columns by name, as `typeOfExpression` wants them. */
export const columnTypesOf = (
  database: CatalogView,
  columns: readonly { readonly name: string; readonly type: string }[],
): ColumnTypes => ({
  typeOf: (name) => columns.find((column) => column.name === name)?.type ?? null,
  isEnum: (type) => database.type(type)?.kind === 'enum',
});
