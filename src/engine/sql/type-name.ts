import type { ColumnDef, TypeName } from '@pgsql/types';
import { byText } from './by-text.ts';
import { all, as, strings } from './nodes.ts';
import { parseScript } from './parser.ts';
import { quoteIdentifier } from './quote-identifier.ts';

/** A type as it is written: `name` is the server's own name (`int4`, `varchar`), `schema` null when none was written. */
export type TypeRef = {
  readonly schema: string | null;
  readonly name: string;
  /** For `numeric(10,2)` 10 and 2; for an interval its field mask and precision; empty when none is given. */
  readonly modifiers: readonly number[];
  readonly array: boolean;
};

/** The fields of `INTERVAL DAY TO SECOND` and so on, as the parser's mask writes "all fields". */
export const fullIntervalRange = 32767;

function constantOf(node: Parameters<typeof as>[0]): number | null {
  const constant = as(node, 'A_Const');
  if (constant?.ival === undefined) return null;
  return constant.ival.ival ?? 0;
}

/** Reads a type out of the parse tree. `pg_catalog` is dropped: a built-in type has no schema here. */
export function typeRef(type: TypeName | undefined): TypeRef {
  const parts = strings(type?.names);
  const schema = parts.length > 1 ? (parts.at(-2) ?? null) : null;
  const modifiers = (type?.typmods ?? []).map(constantOf).filter((modifier) => modifier !== null);
  return {
    schema: schema === 'pg_catalog' ? null : schema,
    name: parts.at(-1) ?? '',
    modifiers,
    array: (type?.arrayBounds ?? []).length > 0,
  };
}

/** Reads a type out of what `format_type` says, for example `character varying(20)[]`; null when it is not a type. */
export const parseType: (text: string) => TypeRef | null = byText(5_000, (text) => {
  const script = parseScript(`select null::${text}`);
  const select = script.ok ? as(script.value.statements[0]?.node, 'SelectStmt') : undefined;
  if (!script.ok || script.value.statements.length !== 1) return null;
  const cast = as(all(select?.targetList, 'ResTarget')[0]?.val, 'TypeCast');
  return cast === undefined ? null : typeRef(cast.typeName);
});

const longNames: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  varchar: 'character varying',
  bpchar: 'character',
  varbit: 'bit varying',
  // Names that would be quoted as identifiers and are keywords as types.
  bit: 'bit',
  json: 'json',
  numeric: 'numeric',
};

const withZone: Readonly<Record<string, readonly [string, string]>> = {
  timestamptz: ['timestamp', ' with time zone'],
  timestamp: ['timestamp', ' without time zone'],
  timetz: ['time', ' with time zone'],
  time: ['time', ' without time zone'],
};

const intervalFields: ReadonlyMap<number, string> = new Map([
  [1 << 2, ' year'],
  [1 << 1, ' month'],
  [1 << 3, ' day'],
  [1 << 10, ' hour'],
  [1 << 11, ' minute'],
  [1 << 12, ' second'],
  [(1 << 2) | (1 << 1), ' year to month'],
  [(1 << 3) | (1 << 10), ' day to hour'],
  [(1 << 3) | (1 << 10) | (1 << 11), ' day to minute'],
  [(1 << 3) | (1 << 10) | (1 << 11) | (1 << 12), ' day to second'],
  [(1 << 10) | (1 << 11), ' hour to minute'],
  [(1 << 10) | (1 << 11) | (1 << 12), ' hour to second'],
  [(1 << 11) | (1 << 12), ' minute to second'],
]);

function formatScalar(type: TypeRef): string {
  const { modifiers } = type;
  // A partition names columns without saying their types again.
  if (type.name === '') return '';
  const list = modifiers.length > 0 ? `(${modifiers.join(',')})` : '';
  if (type.schema !== null) return `${quoteIdentifier(type.schema)}.${quoteIdentifier(type.name)}${list}`;
  const zoned = withZone[type.name];
  if (zoned !== undefined) return `${zoned[0]}${list}${zoned[1]}`;
  if (type.name === 'interval') {
    const [mask, precision] = modifiers;
    const fields = mask === undefined ? '' : (intervalFields.get(mask) ?? '');
    return `interval${fields}${precision === undefined ? '' : `(${precision})`}`;
  }
  if (type.name === 'bpchar' && modifiers.length === 0) return 'bpchar';
  const known = longNames[type.name];
  return `${known ?? quoteIdentifier(type.name)}${list}`;
}

/** The type as `format_type` would say it, when the type's schema needs no mention. */
export const formatType = (type: TypeRef): string => `${formatScalar(type)}${type.array ? '[]' : ''}`;

const serials: ReadonlySet<string> = new Set(['serial', 'bigserial', 'smallserial', 'serial2', 'serial4', 'serial8']);

/** True for the notations that stand for an integer column with a sequence of its own. */
export const isSerial = (column: ColumnDef): boolean => {
  const type = typeRef(column.typeName);
  return type.schema === null && serials.has(type.name);
};
