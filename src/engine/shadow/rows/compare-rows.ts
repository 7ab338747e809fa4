/** Rows as texts under columns that have labels of any kind: names, or numbers as text. */
export type LabelledRows = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
};

/** What became of rows: how many are gone, how many are new, and in how many each column's value is gone or another. */
export type RowChanges = {
  readonly lost: number;
  readonly added: number;
  readonly columns: ReadonlyMap<string, number>;
};

type Row = readonly (string | null)[];

/** Pairs of rows beyond this are not weighed one against the other. */
const PAIRS = 250_000;

function matchBy(
  before: Row[],
  after: Row[],
  keyBefore: (row: Row) => string,
  keyAfter: (row: Row) => string,
): [Row, Row][] {
  const open = new Map<string, Row[]>();
  for (const row of after) {
    const key = keyAfter(row);
    const known = open.get(key);
    if (known === undefined) open.set(key, [row]);
    else known.push(row);
  }
  const pairs: [Row, Row][] = [];
  for (const row of [...before]) {
    const match = open.get(keyBefore(row))?.shift();
    if (match === undefined) continue;
    pairs.push([row, match]);
  }
  const matched = new Set(pairs.flat());
  before.splice(0, before.length, ...before.filter((row) => !matched.has(row)));
  after.splice(0, after.length, ...after.filter((row) => !matched.has(row)));
  return pairs;
}

/** Pairs what is left by the number of equal values, the best first; a pair agrees in at least half of them. */
function matchByLikeness(
  before: Row[],
  after: Row[],
  equalValues: (a: Row, b: Row) => number,
  width: number,
): [Row, Row][] {
  if (before.length * after.length > PAIRS) return [];
  const scored: { readonly a: Row; readonly b: Row; readonly score: number }[] = [];
  for (const a of before) {
    for (const b of after) {
      const score = equalValues(a, b);
      if (score > 0 && score * 2 >= width) scored.push({ a, b, score });
    }
  }
  scored.sort((left, right) => right.score - left.score);
  const used = new Set<Row>();
  const pairs: [Row, Row][] = [];
  for (const { a, b } of scored) {
    if (used.has(a) || used.has(b)) continue;
    used.add(a).add(b);
    pairs.push([a, b]);
  }
  before.splice(0, before.length, ...before.filter((row) => !used.has(row)));
  after.splice(0, after.length, ...after.filter((row) => !used.has(row)));
  return pairs;
}

/**
 * Compares rows in whatever order they come. The same row is found by its key where both sides have it, else by being
 * equal, else by being most alike. A value that was null and whose column is gone is not lost.
 */
export function compareRows(before: LabelledRows, after: LabelledRows, key: readonly string[]): RowChanges {
  const shared = before.columns.filter((column) => after.columns.includes(column));
  const at = (columns: readonly string[], of: LabelledRows) => columns.map((column) => of.columns.indexOf(column));
  const [sharedBefore, sharedAfter] = [at(shared, before), at(shared, after)];
  const textBy = (places: readonly number[]) => (row: Row) => JSON.stringify(places.map((place) => row[place] ?? null));
  const left = [...before.rows];
  const right = [...after.rows];
  const pairs: [Row, Row][] = [];
  if (key.length > 0 && key.every((column) => shared.includes(column))) {
    pairs.push(...matchBy(left, right, textBy(at(key, before)), textBy(at(key, after))));
  }
  if (shared.length > 0) pairs.push(...matchBy(left, right, textBy(sharedBefore), textBy(sharedAfter)));
  const equalValues = (a: Row, b: Row): number =>
    shared.reduce((sum, _, index) => {
      const value = a[sharedBefore[index] ?? -1] ?? null;
      return value !== null && value === (b[sharedAfter[index] ?? -1] ?? null) ? sum + 1 : sum;
    }, 0);
  pairs.push(...matchByLikeness(left, right, equalValues, shared.length));

  const columns = new Map<string, number>();
  const count = (column: string): void => {
    columns.set(column, (columns.get(column) ?? 0) + 1);
  };
  const gone = before.columns.filter((column) => !shared.includes(column));
  const goneAt = at(gone, before);
  for (const [a, b] of pairs) {
    for (const [index, column] of shared.entries()) {
      if ((a[sharedBefore[index] ?? -1] ?? null) !== (b[sharedAfter[index] ?? -1] ?? null)) count(column);
    }
    for (const [index, column] of gone.entries()) if ((a[goneAt[index] ?? -1] ?? null) !== null) count(column);
  }
  return { lost: left.length, added: right.length, columns };
}
