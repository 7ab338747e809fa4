import type { SequenceFacts } from '../../../../catalog/facts.ts';
import type { SequenceFactsRow } from './fact-queries.ts';

/** The largest value of each integer type; a column of another type holds whatever the sequence gives. */
const largest: Readonly<Record<string, bigint>> = {
  smallint: 2n ** 15n - 1n,
  integer: 2n ** 31n - 1n,
  bigint: 2n ** 63n - 1n,
};

/** How far a sequence has come on its way to the end of its own range or of its column's, whichever comes first. */
export function sequenceFacts(row: SequenceFactsRow): SequenceFacts {
  const limit = largest[row.column?.type ?? ''];
  const start = BigInt(row.start);
  const ascending = BigInt(row.increment) > 0n;
  const own = BigInt(ascending ? row.maximum : row.minimum);
  const ofColumn = limit === undefined ? own : ascending ? limit : -limit - 1n;
  const columnIsFirst = ascending ? ofColumn < own : ofColumn > own;
  const end = columnIsFirst ? ofColumn : own;
  return {
    schema: row.schema,
    name: row.name,
    lastValue: row.lastValue,
    end: String(end),
    usedFraction: usedFraction(row, start, end),
    cycles: row.cycle && !columnIsFirst,
    column: row.column,
  };
}

function usedFraction(row: SequenceFactsRow, start: bigint, end: bigint): number | null {
  if (!row.readable || row.locked) return null;
  if (row.lastValue === null) return 0;
  const whole = end - start;
  if (whole === 0n) return 1;
  const gone = Number(((BigInt(row.lastValue) - start) * 1_000_000n) / whole) / 1_000_000;
  return Math.min(1, Math.max(0, gone));
}
