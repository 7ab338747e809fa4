import type { ObjectName, Table } from '../catalog/catalog.ts';
import type { Facts } from '../catalog/facts.ts';
import { keyOf } from '../sql/table-index.ts';
import type { Severity } from './report.ts';

/**
 * How much stands in a table when a statement reaches it. `new`: this migration made it, so nobody else uses it yet.
 * `unknown` counts as large and busy, and `words` say so.
 */
export type Standing = {
  readonly size: 'new' | 'empty' | 'small' | 'medium' | 'large' | 'unknown';
  readonly rows: number | null;
  readonly bytes: number | null;
  readonly words: string;
};

const smallRows = 10_000;
const smallBytes = 16 * 1024 ** 2;
const largeRows = 1_000_000;
const largeBytes = 1024 ** 3;
/** An empty table with a few indexes still has pages of its own. */
const emptyBytes = 128 * 1024;

/** A count with thousands separators, the same on every machine. */
const countInWords = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');

/** A size in the unit that keeps it short, for example `48 GB`. */
const bytesInWords = (bytes: number): string => {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} ${units[unit] ?? ''}`;
};

const sizeOf = (rows: number, bytes: number): Standing['size'] => {
  if (rows === 0 && bytes <= emptyBytes) return 'empty';
  if (rows >= largeRows || bytes >= largeBytes) return 'large';
  return rows <= smallRows && bytes <= smallBytes ? 'small' : 'medium';
};

const unknown: Standing = {
  size: 'unknown',
  rows: null,
  bytes: null,
  words: 'size unknown: taken as large and busy',
};

/** What is said of a table that the migration itself made. */
export const newStanding: Standing = { size: 'new', rows: 0, bytes: 0, words: 'created in this migration' };

/** Reads a table's standing from facts; a partitioned table is as large as all its partitions. */
export const standingOf = (table: ObjectName, facts: Facts | null, partitions: readonly Table[]): Standing => {
  const wanted = new Set([table, ...partitions].map(keyOf));
  const known = (facts?.tables ?? []).filter((fact) => wanted.has(keyOf(fact)));
  if (facts === null || known.length === 0) return unknown;
  const rows = known.reduce((sum, fact) => sum + fact.rows, 0);
  const bytes = known.reduce((sum, fact) => sum + fact.bytes, 0);
  const words = `${countInWords(rows)} rows, ${bytesInWords(bytes)}, facts of ${facts.capturedAt.slice(0, 10)}`;
  return { size: sizeOf(rows, bytes), rows, bytes, words };
};

/**
 * The severity that work in proportion to a table's size deserves: `full` for a large table or one of unknown size, a
 * warning at most for a middling one, information for a small or empty one; null (silence) for a new one.
 */
export const severityFor = (standing: Standing, full: Severity): Severity | null => {
  switch (standing.size) {
    case 'new':
      return null;
    case 'empty':
    case 'small':
      return 'info';
    case 'medium':
      return full === 'error' ? 'warning' : full;
    case 'large':
    case 'unknown':
      return full;
  }
};
