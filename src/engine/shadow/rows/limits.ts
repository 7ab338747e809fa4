/** What a value has to be so that the conditions on its column hold, as far as they could be read. */
export type Limits = {
  readonly isNull?: boolean;
  /** The only values that may be taken, as text. */
  readonly oneOf?: readonly string[];
  readonly noneOf?: readonly string[];
  /** Bounds as text, in the type's own notation; `open` leaves the bound itself out. */
  readonly lower?: { readonly text: string; readonly open: boolean };
  readonly upper?: { readonly text: string; readonly open: boolean };
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Regular expressions that a text matches. */
  readonly patterns?: readonly string[];
  /** The case that a text must be in. */
  readonly letters?: 'lower' | 'upper';
  /** Elements that an array has at least and at most. */
  readonly minElements?: number;
  readonly maxElements?: number;
  /** What a whole number leaves when it is divided. */
  readonly modulus?: { readonly of: number; readonly rest: number };
  /** Another column of the row, and where this value stands to it. */
  readonly relativeTo?: { readonly column: string; readonly is: 'less' | 'equal' | 'greater' };
};

/** Orders two constants of one type: by number where both are numbers, else as text (which orders ISO dates too). */
export function compareConstants(left: string, right: string): number {
  const [a, b] = [Number(left), Number(right)];
  if (left.trim() !== '' && right.trim() !== '' && !Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  return left < right ? -1 : left > right ? 1 : 0;
}

type Bound = NonNullable<Limits['lower']>;

function tighter(a: Bound | undefined, b: Bound | undefined, sign: 1 | -1): Bound | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const order = compareConstants(a.text, b.text) * sign;
  if (order === 0) return a.open ? a : b;
  return order > 0 ? a : b;
}

const most = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
const least = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

function defined<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** What has to hold when both have to. Limits that exclude each other stay so: the server then refuses the row. */
export function bothLimits(a: Limits, b: Limits): Limits {
  const other = b.oneOf;
  return defined<Limits>({
    isNull: a.isNull ?? b.isNull,
    oneOf: a.oneOf === undefined || other === undefined ? (a.oneOf ?? other) : a.oneOf.filter((v) => other.includes(v)),
    noneOf: a.noneOf === undefined ? b.noneOf : [...a.noneOf, ...(b.noneOf ?? [])],
    lower: tighter(a.lower, b.lower, 1),
    upper: tighter(a.upper, b.upper, -1),
    minLength: most(a.minLength, b.minLength),
    maxLength: least(a.maxLength, b.maxLength),
    patterns: a.patterns === undefined ? b.patterns : [...a.patterns, ...(b.patterns ?? [])],
    letters: a.letters ?? b.letters,
    minElements: most(a.minElements, b.minElements),
    maxElements: least(a.maxElements, b.maxElements),
    modulus: a.modulus ?? b.modulus,
    relativeTo: a.relativeTo ?? b.relativeTo,
  });
}
