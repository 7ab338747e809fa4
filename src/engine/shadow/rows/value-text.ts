import type { KnownType } from './known-type.ts';
import { bothLimits, compareConstants, type Limits } from './limits.ts';
import { matchingText } from './matching-text.ts';
import { satisfy } from './satisfy.ts';
import { spread } from './spread.ts';

/** What a value is made for. */
export type Wish = {
  /** Values of other numbers differ where the type and the limits have room for it. */
  readonly number: number;
  readonly limits: Limits;
  /** A word to begin texts with: the column's name. Null makes texts that are numbers. */
  readonly word: string | null;
};

const integerRange: Readonly<Record<string, readonly [number, number]>> = {
  int2: [-32_768, 32_767],
  int4: [-2_147_483_648, 2_147_483_647],
  int8: [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  oid: [0, 4_294_967_295],
  xid: [0, 4_294_967_295],
  cid: [0, 4_294_967_295],
  xid8: [0, Number.MAX_SAFE_INTEGER],
};
const dayTypes: ReadonlySet<string> = new Set(['date', 'timestamp', 'timestamptz']);
const textTypes: ReadonlySet<string> = new Set(['text', 'varchar', 'bpchar', 'citext', 'name', 'char']);

const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2021, 0, 4);

const pad = (value: number, width: number): string => String(Math.abs(value)).padStart(width, '0');

/** A number inside the limits, `step` apart from its neighbours where there is room. */
function numberWithin({ number, limits }: Wish, first: number, step: number, range: readonly [number, number]): number {
  const { lower, upper } = limits;
  const from = Math.max(
    lower === undefined
      ? Math.max(range[0], Math.min(first, Number(upper?.text ?? first)))
      : Number(lower.text) + (lower.open ? step : 0),
    range[0],
  );
  const to = Math.min(upper === undefined ? range[1] : Number(upper.text) - (upper.open ? step : 0), range[1]);
  const start = lower === undefined && upper !== undefined && from >= to ? Math.max(to - 1000 * step, range[0]) : from;
  const room = Math.max(Math.floor((to - start) / step) + 1, 1);
  return start + (number % room) * step;
}

function integerText(name: string, wish: Wish): string {
  const range = integerRange[name] ?? [0, 32_767];
  const { modulus } = wish.limits;
  if (modulus === undefined) return String(Math.round(numberWithin(wish, 1, 1, range)));
  const value = numberWithin(wish, modulus.of, modulus.of, range);
  return String(Math.floor(value / modulus.of) * modulus.of + modulus.rest);
}

function decimalText(modifiers: readonly number[], wish: Wish): string {
  const [precision, scale = 0] = modifiers;
  if (precision === undefined) {
    const value = numberWithin(wish, 1, 1, [-1e12, 1e12]);
    const { lower, upper } = wish.limits;
    // A fraction shows a rounding; it may not lead beyond a bound.
    const isInside = (upper === undefined || value + 0.62503 < Number(upper.text)) && lower?.text !== '';
    return isInside ? `${value}.62503` : String(value);
  }
  const largest = 10 ** Math.max(precision - scale, 0) - 10 ** -scale;
  const step = scale > 0 ? 10 ** -Math.min(scale, 6) : 1;
  const { lower, upper } = wish.limits;
  if (lower === undefined && upper === undefined) {
    const whole = Math.floor(Math.min(wish.number + 1, Math.max(largest, 0)));
    const fraction = '372519'.repeat(10).slice(0, Math.max(scale, 0));
    return scale > 0
      ? `${precision - scale <= 0 ? 0 : whole}.${precision - scale < 0 ? `${'0'.repeat(scale - precision)}${fraction.slice(0, precision)}` : fraction}`
      : String(whole);
  }
  return numberWithin(wish, step, step, [-largest, largest]).toFixed(Math.max(scale, 0));
}

function fitLength(text: string, limits: Limits, width: number | undefined): string {
  const most = Math.min(limits.maxLength ?? Number.POSITIVE_INFINITY, width ?? Number.POSITIVE_INFINITY);
  const least = limits.minLength ?? 0;
  const filled = text.length < least ? text + 'x'.repeat(least - text.length) : text;
  // The end tells the values apart, so the beginning goes.
  return filled.length > most ? filled.slice(filled.length - most) : filled;
}

function plainText(wish: Wish, width: number | undefined): string {
  const { number, limits, word } = wish;
  if (word === null) return fitLength(String(number + 1), {}, width);
  const serial = `${word} ${number}`;
  // Every fourth text fills its column, so that a narrower type shows.
  const isLong = number % 4 === 3;
  const most = Math.min(limits.maxLength ?? 300, width ?? 300, 300);
  const text = isLong ? `${'Lorem ipsum '.repeat(30)}${serial}`.slice(-most) : serial;
  return fitLength(text, limits, width);
}

/** Texts of shapes that patterns often ask for, where a pattern cannot be read. */
const shapes: readonly ((number: number) => string)[] = [
  (n) => `user${n}@example.com`,
  (n) => `https://example.com/${n}`,
  (n) => `word${n}`,
  (n) => `WORD${n}`,
  (n) => String(1000 + n),
  (n) => `+1555${pad(n, 7)}`,
  (n) => `/path/${n}`,
];

function textOf(modifiers: readonly number[], name: string, wish: Wish): string | null {
  const width = name === 'char' ? 1 : name === 'bpchar' ? (modifiers[0] ?? 1) : name === 'name' ? 63 : modifiers[0];
  const { limits, number } = wish;
  const [pattern] = limits.patterns ?? [];
  const matching =
    pattern === undefined ? null : (matchingText(pattern, number) ?? shapes[number % shapes.length]?.(number) ?? null);
  const text =
    matching ?? (width !== undefined && width <= 4 ? number.toString(36).slice(-width) : plainText(wish, width));
  const sized = matching === null ? fitLength(text, limits, width) : text;
  return limits.letters === 'lower' ? sized.toLowerCase() : limits.letters === 'upper' ? sized.toUpperCase() : sized;
}

const boundTime = (text: string | undefined): number | null => {
  const match = text === undefined ? null : /^(\d{4,5})-(\d\d)-(\d\d)/.exec(text);
  return match === null ? null : Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
};

function dayText(name: string, wish: Wish): string {
  const { lower, upper } = wish.limits;
  const from = boundTime(lower?.text);
  const to = boundTime(upper?.text);
  const first = from !== null ? from + (lower?.open === true ? DAY : 0) : to !== null ? to - 400 * DAY : FIRST_DAY;
  const room = to === null ? 3_000 : Math.max(Math.floor((to - first) / DAY) + (upper?.open === true ? 0 : 1), 1);
  const time = new Date(first + (wish.number % room) * DAY);
  const day = `${time.getUTCFullYear()}-${pad(time.getUTCMonth() + 1, 2)}-${pad(time.getUTCDate(), 2)}`;
  if (name === 'date') return day;
  // Midnight fits a bound of the same day; elsewhere a time of day shows what a date would cut off.
  const clock =
    from !== null || to !== null
      ? '00:00:00'
      : `${pad(wish.number % 24, 2)}:${pad((wish.number * 7) % 60, 2)}:05.123456`;
  return `${day} ${clock}${name === 'timestamptz' ? '+00' : ''}`;
}

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0').slice(-width);

/** Values of built-in types and of well-known extensions that no limit was ever read for. */
const others: Readonly<Record<string, (number: number, modifiers: readonly number[]) => string>> = {
  bool: (n) => String(n % 2 === 0),
  // As different at the front as random ones are, because people cut them.
  uuid: (n) => `${hex(spread(n), 8)}-5eed-4000-8000-${hex(n, 12)}`,
  json: (n) => `{"number": ${n}, "list": [1, null]}`,
  jsonb: (n) => `{"number": ${n}, "list": [1, null]}`,
  jsonpath: (n) => `$."a${n}"`,
  bytea: (n) => `\\x5eed${hex(n, 8)}`,
  float4: (n) => `${n + 1}.25`,
  float8: (n) => `${n + 1}.1234567890123`,
  money: (n) => `${n + 1}.37`,
  time: (n) => `${pad(n % 24, 2)}:${pad(Math.floor(n / 24) % 60, 2)}:05.123456`,
  timetz: (n) => `${pad(n % 24, 2)}:${pad(Math.floor(n / 24) % 60, 2)}:05.123456+00`,
  interval: (n) => `${n + 1} days 03:04:05.678`,
  inet: (n) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`,
  cidr: (n) => `10.${(n >> 8) & 255}.${n & 255}.0/24`,
  macaddr: (n) => `08:00:2b:${hex((n >> 16) & 255, 2)}:${hex((n >> 8) & 255, 2)}:${hex(n & 255, 2)}`,
  macaddr8: (n) => `08:00:2b:00:00:${hex((n >> 16) & 255, 2)}:${hex((n >> 8) & 255, 2)}:${hex(n & 255, 2)}`,
  point: (n) => `(${n},1.5)`,
  line: (n) => `{1,-1,${n}}`,
  lseg: (n) => `[(0,0),(${n + 1},1)]`,
  box: (n) => `(${n * 10 + 5},5),(${n * 10},0)`,
  path: (n) => `[(0,0),(${n + 1},1)]`,
  polygon: (n) => `((0,0),(${n + 1},0),(0,1))`,
  circle: (n) => `<(${n * 10},0),1>`,
  bit: (n, [width = 1]) => n.toString(2).padStart(width, '0').slice(-width),
  varbit: (n, [width = 64]) => n.toString(2).slice(-width),
  tsvector: (n) => `'word':1 'w${n}':2`,
  tsquery: (n) => `'word' & 'w${n}'`,
  xml: (n) => `<row number="${n}"/>`,
  pg_lsn: (n) => `0/${(n + 1).toString(16).toUpperCase()}`,
  tid: (n) => `(${n},1)`,
  regclass: () => 'pg_catalog.pg_class',
  regtype: () => 'integer',
  regproc: () => 'pg_catalog.now',
  regprocedure: () => 'pg_catalog.now()',
  regrole: () => 'pg_read_all_data',
  regnamespace: () => 'pg_catalog',
  regconfig: () => 'pg_catalog.simple',
  regdictionary: () => 'pg_catalog.simple',
  hstore: (n) => `number=>${n}, gone=>NULL`,
  ltree: (n) => `top.n${n}`,
  lquery: (n) => `top.n${n}`,
  ltxtquery: (n) => `top & n${n}`,
  cube: (n) => `(${n},1)`,
  seg: (n) => `${n} .. ${n + 1}`,
  vector: (n, [size = 3]) => `[${Array.from({ length: size }, (_, i) => (i === 0 ? n : 1)).join(',')}]`,
  halfvec: (n, [size = 3]) => `[${Array.from({ length: size }, (_, i) => (i === 0 ? n : 1)).join(',')}]`,
  geometry: (n) => `POINT(${n % 180} 1)`,
  geography: (n) => `POINT(${n % 180} 1)`,
};

/** True for a type whose texts are not known here. */
export const isUnknownType = (type: KnownType): boolean =>
  type.kind === 'scalar' &&
  type.form === undefined &&
  others[type.name] === undefined &&
  integerRange[type.name] === undefined &&
  !textTypes.has(type.name) &&
  !dayTypes.has(type.name) &&
  type.name !== 'numeric';

/** Texts that one type or another reads; the server says which, where a type is not known here. */
export const guesses: readonly ((number: number) => string)[] = [
  (n) => String(n + 1),
  (n) => `a${n}`,
  (n) => `(${n},1)`,
  (n) => `{${n}}`,
  (n) => `[${n},${n + 1})`,
  (n) => others['uuid']?.(n, []) ?? '',
  () => '2021-01-04',
];

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

function scalarText({ name, modifiers, form }: Extract<KnownType, { kind: 'scalar' }>, wish: Wish): string {
  if (integerRange[name] !== undefined) return integerText(name, wish);
  if (name === 'numeric') return decimalText(modifiers, wish);
  if (textTypes.has(name)) return textOf(modifiers, name, wish) ?? '';
  if (dayTypes.has(name)) return dayText(name, wish);
  const { lower, upper } = wish.limits;
  if ((name === 'float4' || name === 'float8') && (lower ?? upper) !== undefined) {
    return String(numberWithin(wish, 0, 0.25, [-1e30, 1e30]));
  }
  if (name === 'interval' && lower !== undefined && !lower.text.startsWith('00')) return lower.text;
  const make = others[name];
  return make?.(wish.number, modifiers) ?? guesses[form ?? wish.number % guesses.length]?.(wish.number) ?? '';
}

function listText(type: Extract<KnownType, { kind: 'array' }>, wish: Wish): string | null {
  const { minElements = 1, maxElements = Number.POSITIVE_INFINITY } = wish.limits;
  // A type may have a delimiter of its own, as box has; one element needs none.
  const isPlain = type.element.kind !== 'scalar' || (type.element.form === undefined && type.element.name !== 'box');
  const count = Math.max(Math.min(isPlain ? 2 : 1, maxElements), minElements);
  const elements = Array.from({ length: count }, (_, index) =>
    valueText(type.element, { ...wish, number: wish.number + index, limits: {} }),
  );
  return elements.includes(null) ? null : `{${elements.map((element) => quoted(element ?? '')).join(',')}}`;
}

function rangeText(type: Extract<KnownType, { kind: 'range' }>, wish: Wish): string | null {
  // Neighbours do not overlap, as an exclusion constraint may ask.
  const bound = (offset: number) => valueText(type.subtype, { ...wish, limits: {}, number: wish.number * 10 + offset });
  const [from, to] = [bound(0), bound(5)];
  if (from === null || to === null) return null;
  const [low, high] = compareConstants(from, to) <= 0 ? [from, to] : [to, from];
  const range = `[${quoted(low)},${quoted(high)})`;
  return type.multirange ? `{${range}}` : range;
}

/** What a domain's checks ask of its value. */
const domainLimits = ({ checks }: Extract<KnownType, { kind: 'domain' }>, choice: number): Limits =>
  checks.reduce<Limits>((limits, condition) => bothLimits(limits, satisfy(condition, true, choice).get('') ?? {}), {});

/**
 * The text of a value of a type, as its input function reads it: the same for the same wish, and within the limits as
 * far as they are about this type. Null when the type has no value.
 */
export function valueText(type: KnownType, wish: Wish): string | null {
  const { number, limits } = wish;
  const allowed = limits.oneOf?.filter((value) => !(limits.noneOf ?? []).includes(value));
  if (allowed !== undefined && allowed.length > 0) return allowed[number % allowed.length] ?? null;
  switch (type.kind) {
    case 'scalar': {
      const text = scalarText(type, wish);
      if (limits.noneOf?.includes(text) !== true) return text;
      return scalarText(type, { ...wish, number: number + 1 + limits.noneOf.length });
    }
    case 'enum': {
      const labels = type.labels.filter((label) => limits.noneOf?.includes(label) !== true);
      return labels[number % Math.max(labels.length, 1)] ?? null;
    }
    case 'domain':
      return valueText(type.base, { ...wish, limits: bothLimits(limits, domainLimits(type, number)) });
    case 'array':
      return listText(type, wish);
    case 'range':
      return rangeText(type, wish);
    case 'composite': {
      const parts = type.attributes.map(({ name, type: inner }) =>
        valueText(inner, { number, limits: {}, word: name }),
      );
      return `(${parts.map((part) => (part === null ? '' : quoted(part))).join(',')})`;
    }
  }
}
