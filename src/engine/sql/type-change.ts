import type { CatalogLookup } from './catalog-lookup.ts';
import { fullIntervalRange, parseType, type TypeRef } from './type-name.ts';

/** What PostgreSQL does with the rows when a column's type changes. */
export type TypeChange = {
  /** `none`: the stored bytes serve both types. `unknown`: a type is not known here, so a rewrite is to be feared. */
  readonly rewrite: 'none' | 'table' | 'unknown';
  /** True when a plain index on the column has to be built again even without a rewrite. */
  readonly rebuildsIndexes: boolean;
  /** True when the operators behind a foreign key change, or the values may, so that it is validated again. */
  readonly revalidatesForeignKeys: boolean;
};

/** What the change of a type depends on besides the types. */
export type TypeChangeContext = {
  readonly lookup: CatalogLookup;
  readonly searchPath: readonly string[];
  readonly serverVersion: number;
  /** The session's TimeZone setting; null when it is not known. */
  readonly timeZone: string | null;
};

type Resolved = {
  readonly type: TypeRef;
  /** True when values must be checked against a domain's constraints. */
  readonly constrained: boolean;
  readonly known: boolean;
};

/** Types that every server has, and the two of extensions that are met everywhere, by the names the parser gives them. */
export const builtinTypes: ReadonlySet<string> = new Set(
  `bit bool box bpchar bytea char cidr circle date float4 float8 inet int2 int4 int8 interval json jsonb jsonpath line
  lseg macaddr macaddr8 money name numeric oid path pg_lsn point polygon regclass regconfig regnamespace regproc
  regprocedure regrole regtype text time timestamp timestamptz timetz tsquery tsvector uuid varbit varchar xml xid xid8
  int4range int8range numrange daterange tsrange tstzrange int4multirange int8multirange nummultirange datemultirange
  tsmultirange tstzmultirange citext hstore`
    .trim()
    .split(/\s+/),
);

/** Follows a domain down to its base type, collecting whether anything on the way has constraints. */
function resolveType(type: TypeRef, context: TypeChangeContext): Resolved {
  if (type.array) {
    const element = resolveType({ ...type, array: false }, context);
    return { type, constrained: element.constrained, known: element.known };
  }
  let current = type;
  let constrained = false;
  for (let depth = 0; depth < 16; depth++) {
    const { schema, name } = current;
    if (schema === null && builtinTypes.has(name)) return { type: current, constrained, known: true };
    const found = (schema === null ? context.searchPath : [schema])
      .map((candidate) => context.lookup.type({ schema: candidate, name }))
      .find((candidate) => candidate !== undefined);
    if (found === undefined) return { type: current, constrained, known: builtinTypes.has(name) };
    if (found.kind !== 'domain') {
      return { type: { ...current, schema: found.schema, name: found.name }, constrained, known: true };
    }
    constrained ||= found.notNull || found.constraints.length > 0;
    const base = parseType(found.baseType);
    if (base === null) return { type: current, constrained, known: false };
    current = base;
  }
  return { type: current, constrained, known: false };
}

const oidTypes: ReadonlySet<string> = new Set([
  'int4',
  'oid',
  'regclass',
  'regconfig',
  'regnamespace',
  'regproc',
  'regprocedure',
  'regrole',
  'regtype',
]);

// Pairs whose stored bytes are the same: `castmethod = 'b'` in pg_cast, beside text and varchar, which are one.
const sameBytes: ReadonlySet<string> = new Set([
  'text>bpchar',
  'varchar>bpchar',
  'cidr>inet',
  'bit>varbit',
  'varbit>bit',
  'xml>text',
  'xml>varchar',
  'xml>bpchar',
  'citext>text',
  'citext>varchar',
  'citext>bpchar',
  'text>citext',
  'varchar>citext',
]);

const isText = (name: string): boolean => name === 'text' || name === 'varchar';
const temporalMaximum = 6;

function isBinaryCoercible(from: string, to: string): boolean {
  if (from === to || (isText(from) && isText(to))) return true;
  if (oidTypes.has(from) && oidTypes.has(to) && (from === 'oid' || to === 'oid' || from === 'int4' || to === 'int4')) {
    return true;
  }
  return sameBytes.has(`${from}>${to}`);
}

const isUtc = (zone: string | null): boolean =>
  zone !== null && /^(UTC|GMT|Etc\/(UTC|GMT|UCT|Zulu)|UCT|Zulu)$/i.test(zone);

/** True when the new length or precision can hold every value of the old one without touching it. */
function modifierIsNoOp(from: TypeRef, to: TypeRef): boolean {
  // A cast to another type forgets the old length, so that any new one is applied to each value.
  const old = from.name === to.name ? from.modifiers : [];
  const wanted = to.modifiers;
  if (wanted.length === 0) return true;
  if (wanted.length === old.length && wanted.every((modifier, index) => modifier === old[index])) return true;
  // PostgreSQL looks into a value's length only when it is not one of many.
  if (to.array) return false;
  const [newFirst = 0, newSecond = 0] = wanted;
  switch (to.name) {
    case 'varchar':
    case 'varbit': {
      // varchar and text share their bytes but a text has no length to compare.
      const length = old[0];
      return length !== undefined && newFirst >= length;
    }
    case 'numeric':
      return old.length > 0 && newSecond === (old[1] ?? 0) && newFirst >= (old[0] ?? 0);
    case 'time':
    case 'timetz':
    case 'timestamp':
    case 'timestamptz':
      return newFirst >= temporalMaximum || (old[0] !== undefined && newFirst >= old[0]);
    case 'interval': {
      const oldMask = old[0] ?? fullIntervalRange;
      const precisionFits =
        wanted[1] === undefined || wanted[1] >= temporalMaximum || (old[1] !== undefined && wanted[1] >= old[1]);
      // The lowest field decides what is cut off: a range down to seconds keeps everything.
      const keepsSeconds = newFirst === fullIntervalRange || (newFirst & (1 << 12)) !== 0;
      return precisionFits && (keepsSeconds || newFirst === oldMask);
    }
    default:
      return false;
  }
}

/** The family of operators that an index on a column of the type uses by default. */
const operatorFamily = (type: TypeRef): string =>
  `${isText(type.name) ? 'text' : type.name === 'cidr' ? 'inet' : type.name}${type.array ? '[]' : ''}`;

function needsRewrite(from: Resolved, to: Resolved, context: TypeChangeContext): TypeChange['rewrite'] {
  const a = from.type;
  const b = to.type;
  const same = a.name === b.name && a.array === b.array && (a.schema ?? b.schema) === (b.schema ?? a.schema);
  if (same && modifierIsNoOp(a, b)) return to.constrained && !from.constrained ? 'table' : 'none';
  if (to.constrained) return 'table';
  if (a.array || b.array) return 'table';
  const zoned = `${a.name}>${b.name}`;
  if (zoned === 'timestamp>timestamptz' || zoned === 'timestamptz>timestamp') {
    return context.serverVersion >= 120_000 && isUtc(context.timeZone) && modifierIsNoOp(a, b) ? 'none' : 'table';
  }
  if (isBinaryCoercible(a.name, b.name)) return modifierIsNoOp(a, b) ? 'none' : 'table';
  return from.known && to.known ? 'table' : 'unknown';
}

/**
 * What `ALTER COLUMN … TYPE` does when its USING, if any, is only the cast itself. `from` null means that the old type
 * is not known. https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
 */
export function typeChange(from: TypeRef | null, to: TypeRef, context: TypeChangeContext): TypeChange {
  if (from === null) return { rewrite: 'unknown', rebuildsIndexes: true, revalidatesForeignKeys: true };
  const resolved = resolveType(from, context);
  // The server does not look behind a domain for a length: whatever its base type says, each value gets the new one.
  const isSame = from.name === to.name && (from.schema ?? to.schema) === (to.schema ?? from.schema);
  const hidesLength = resolved.type !== from && !isSame;
  const old = hidesLength ? { ...resolved, type: { ...resolved.type, modifiers: [] } } : resolved;
  const wanted = resolveType(to, context);
  const rewrite = needsRewrite(old, wanted, context);
  const family = operatorFamily(old.type) !== operatorFamily(wanted.type);
  return {
    rewrite,
    rebuildsIndexes: rewrite !== 'none' || family,
    revalidatesForeignKeys: rewrite !== 'none' || family,
  };
}
