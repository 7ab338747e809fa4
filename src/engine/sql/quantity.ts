import * as z from 'zod';

const units: readonly string[] = ['bytes', 'kB', 'MB', 'GB', 'TB'];
const writtenSize = /^(?<amount>[0-9]+(?:\.[0-9]+)?) ?(?<unit>kB|MB|GB|TB)$/;

/** Bytes, written as a number or as PostgreSQL's settings write them: `16 MB`, `1.5GB`. */
export const bytesSchema = z.union([z.number().int().min(0), z.string()]).transform((written, context): number => {
  if (typeof written === 'number') return written;
  const { amount, unit } = writtenSize.exec(written)?.groups ?? {};
  if (unit === undefined) {
    context.addIssue({ code: 'custom', message: 'write a size such as 16 MB or 1 GB' });
    return z.NEVER;
  }
  return Math.round(Number(amount) * 1024 ** units.indexOf(unit));
});

/** A count with thousands separators, the same on every machine. */
export const countInWords = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');

/** A size in the unit that keeps it short, for example `48 GB`. */
export function bytesInWords(bytes: number): string {
  let power = 0;
  while (bytes >= 1024 ** (power + 1) && power < units.length - 1) power += 1;
  const value = bytes / 1024 ** power;
  return `${value >= 10 || power === 0 ? Math.round(value) : value.toFixed(1).replace(/\.0$/, '')} ${units[power] ?? ''}`;
}
