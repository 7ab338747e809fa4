import * as z from 'zod';
import type { DeepReadonly } from '../../shared/deep-readonly.ts';
import type { ObjectName, Table } from '../catalog/catalog.ts';
import type { Facts } from '../catalog/facts.ts';
import { factsOfTable } from '../sql/facts-of-table.ts';
import { bytesInWords, bytesSchema, countInWords } from '../sql/quantity.ts';
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

const sizeSchema = z.strictObject({ rows: z.number().int().min(0), bytes: bytesSchema });

/** Where a table stops being small and where it starts to be large; a table between the two is a middling one. */
export const thresholdsSchema = z
  .strictObject({
    /** Up to both of these a table is small. */
    small: sizeSchema.default({ rows: 10_000, bytes: 16 * 1024 ** 2 }),
    /** From one of these on it is large. */
    large: sizeSchema.default({ rows: 1_000_000, bytes: 1024 ** 3 }),
  })
  .refine(({ small, large }) => small.rows < large.rows && small.bytes < large.bytes, {
    message: 'a large table must be larger than a small one',
  });
export type Thresholds = DeepReadonly<z.infer<typeof thresholdsSchema>>;

/** An empty table with a few indexes still has pages of its own. */
const emptyBytes = 128 * 1024;

const sizeOf = (rows: number, bytes: number, { small, large }: Thresholds): Standing['size'] => {
  if (rows === 0 && bytes <= emptyBytes) return 'empty';
  if (rows >= large.rows || bytes >= large.bytes) return 'large';
  return rows <= small.rows && bytes <= small.bytes ? 'small' : 'medium';
};

const unknown: Standing = {
  size: 'unknown',
  rows: null,
  bytes: null,
  words: 'size unknown: taken as large and busy',
};

/** What is said of a table that the migration itself made. */
export const newStanding: Standing = { size: 'new', rows: 0, bytes: 0, words: 'created in this migration' };

/** What is said of a partitioned table that has no partition yet. */
export const emptyStanding: Standing = { size: 'empty', rows: 0, bytes: 0, words: 'no partition yet' };

/** What is said of a table that can hold only so many rows, whatever it holds now. */
export const boundedStanding = (limit: number): Standing => ({
  size: 'small',
  rows: limit,
  bytes: null,
  words: `its keys allow ${limit === 1 ? 'one row' : `${limit} rows`} at most`,
});

/**
 * Reads a table's standing from facts; a partitioned table is as large as those of its partitions that hold rows, which
 * the server counts once more for the whole.
 */
export const standingOf = (
  table: ObjectName,
  facts: Facts | null,
  partitions: readonly Table[],
  thresholds: Thresholds,
): Standing => {
  if (facts === null) return unknown;
  const countedOf = (tables: readonly ObjectName[]) => tables.flatMap((one) => factsOfTable(facts, one) ?? []);
  const isPartitioned = partitions.some(({ partitionOf }) => partitionOf !== null);
  const below = countedOf(partitions.filter(({ kind }) => kind !== 'partitioned table'));
  const known = isPartitioned && below.length > 0 ? below : [...countedOf([table]), ...below];
  if (known.length === 0) return unknown;
  const rows = known.reduce((sum, fact) => sum + fact.rows, 0);
  const bytes = known.reduce((sum, fact) => sum + fact.bytes, 0);
  const words = `${countInWords(rows)} rows, ${bytesInWords(bytes)}, facts of ${facts.capturedAt.slice(0, 10)}`;
  return { size: sizeOf(rows, bytes, thresholds), rows, bytes, words };
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
