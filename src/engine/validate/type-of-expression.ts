import type { Node } from '@pgsql/types';
import { clockTypes } from '../sql/clock-types.ts';
import { as, strings } from '../sql/nodes.ts';
import { parseType, type TypeRef, typeRef } from '../sql/type-name.ts';

/** What an expression's type is worked out from: the columns that it may name. */
export type ColumnTypes = {
  /** A column's type as `format_type` writes it; null when there is no such column. */
  readonly typeOf: (column: string) => string | null;
  readonly isEnum: (type: TypeRef) => boolean;
};

// What the server's own functions return whatever they are given, as far as expressions in schemas go.
const results: Readonly<Record<string, string>> = {
  age: 'interval',
  btrim: 'text',
  char_length: 'int4',
  character_length: 'int4',
  clock_timestamp: 'timestamptz',
  concat: 'text',
  currval: 'int8',
  gen_random_uuid: 'uuid',
  jsonb_extract_path_text: 'text',
  lastval: 'int8',
  left: 'text',
  length: 'int4',
  lower: 'text',
  md5: 'text',
  nextval: 'int8',
  now: 'timestamptz',
  octet_length: 'int4',
  phraseto_tsquery: 'tsquery',
  plainto_tsquery: 'tsquery',
  regexp_replace: 'text',
  replace: 'text',
  right: 'text',
  row_number: 'int8',
  split_part: 'text',
  statement_timestamp: 'timestamptz',
  strpos: 'int4',
  string_to_array: 'text[]',
  to_char: 'text',
  to_tsquery: 'tsquery',
  to_tsvector: 'tsvector',
  transaction_timestamp: 'timestamptz',
  upper: 'text',
  uuidv4: 'uuid',
  uuidv7: 'uuid',
  websearch_to_tsquery: 'tsquery',
};

const wordOf = (type: TypeRef, columns: ColumnTypes): string | null => {
  const name = columns.isEnum(type) ? 'enum' : type.schema === null ? type.name : null;
  return name === null ? null : `${name}${type.array ? '[]' : ''}`;
};

/** AT TIME ZONE turns a moment into what clocks show there, and back. */
const atTimeZone = (type: string | null): string | null => {
  if (type === 'timestamptz') return 'timestamp';
  return type === 'timestamp' || type === 'date' ? 'timestamptz' : null;
};

const texts: ReadonlySet<string | null> = new Set(['text', 'varchar', 'bpchar', 'name']);
const numbers = ['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'];

/** What two numbers make: the wider of both. */
const widerNumber = (left: string | null, right: string | null): string | null => {
  const [a, b] = [numbers.indexOf(left ?? ''), numbers.indexOf(right ?? '')];
  return a < 0 || b < 0 ? null : (numbers[Math.max(a, b)] ?? null);
};

const ofOperator = (operator: string, left: string | null, right: string | null): string | null => {
  switch (operator) {
    case '->>':
    case '#>>':
      return 'text';
    case '||':
      return texts.has(left) || texts.has(right) ? 'text' : left;
    case '->':
    case '#>':
      return left;
    case '+':
    case '-':
      return right === 'interval' && (left === 'timestamptz' || left === 'timestamp') ? left : widerNumber(left, right);
    case '*':
      return widerNumber(left, right);
    default:
      return null;
  }
};

/**
 * The server's name of an expression's type (`text`, `timestamptz`, `int4[]`, and `enum` for any of those), null when it is
 * a bare constant or cannot be told.
 */
export function typeOfExpression(node: Node | undefined, columns: ColumnTypes): string | null {
  const column = as(node, 'ColumnRef');
  if (column !== undefined) {
    const type = columns.typeOf(strings(column.fields).at(-1) ?? '');
    const parsed = type === null ? null : parseType(type);
    return parsed === null ? null : wordOf(parsed, columns);
  }
  const cast = as(node, 'TypeCast');
  if (cast !== undefined) return wordOf(typeRef(cast.typeName), columns);
  const clock = as(node, 'SQLValueFunction');
  if (clock !== undefined) return clockTypes[clock.op ?? ''] ?? null;
  const first = as(node, 'CoalesceExpr')?.args?.[0];
  if (first !== undefined) return typeOfExpression(first, columns);
  const operation = as(node, 'A_Expr');
  if (operation?.kind === 'AEXPR_OP')
    return ofOperator(
      strings(operation.name).at(-1) ?? '',
      typeOfExpression(operation.lexpr, columns),
      typeOfExpression(operation.rexpr, columns),
    );
  const call = as(node, 'FuncCall');
  const name = strings(call?.funcname).at(-1) ?? '';
  if (name === 'timezone') return atTimeZone(typeOfExpression(call?.args?.[1], columns));
  if (name === 'date_trunc') {
    const type = typeOfExpression(call?.args?.[1], columns);
    return type === 'date' ? 'timestamptz' : type;
  }
  return results[name] ?? null;
}
