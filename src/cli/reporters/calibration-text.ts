import { bytesInWords, countInWords } from '../../engine/sql/quantity.ts';
import type { MeasuredThroughput } from '../../engine/throughput/measure-throughput.ts';
import { assumedRate, type Throughput, type Work, works } from '../../engine/throughput/throughput.ts';

const rowsOf = (cells: readonly string[]): string => {
  const [name = '', ...numbers] = cells;
  return `${name.padEnd(14)}${numbers.map((cell) => cell.padStart(22)).join('')}`;
};

function lineOf(work: Work, { rates }: MeasuredThroughput): string {
  const { bytes, rows } = rates[work];
  const usual = assumedRate(work);
  const assumed = `${bytesInWords(usual.bytes)}, ${countInWords(usual.rows)}`;
  return rowsOf([work, bytesInWords(bytes), countInWords(rows), assumed]);
}

/** A measurement for a person: the numbers beside those that are assumed without it, and what they do not say. */
export function calibrationText(
  calibration: MeasuredThroughput,
  { measured, read }: Throughput,
  { embedded, serverVersion }: { readonly embedded: boolean; readonly serverVersion: number },
): string {
  const { rounds, wide, narrow, seconds } = calibration;
  const version = `${Math.floor(serverVersion / 10_000)}.${serverVersion % 10_000}`;
  const tables = `${bytesInWords(wide.bytes)} of wide rows and ${countInWords(narrow.rows)} narrow ones`;
  return [
    `Measured on ${measured?.on} (PostgreSQL ${version}) on ${measured?.at}: ${tables},`,
    `the median of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, ${seconds} s`,
    '',
    rowsOf(['per second', 'bytes', 'narrow rows', 'assumed without it']),
    ...works.map((work) => lineOf(work, calibration)),
    ...(read === undefined
      ? [
          '',
          'The table lay in memory. What lies on a disk is read at the speed of that disk, so estimates go on assuming',
          `${bytesInWords(assumedRate('read').bytes)} per second for reading; a --size beyond the server's memory measures it.`,
        ]
      : []),
    ...(embedded
      ? ['', 'This is the embedded PostgreSQL on this machine, slower than a server: it says little about yours.']
      : []),
  ].join('\n');
}
