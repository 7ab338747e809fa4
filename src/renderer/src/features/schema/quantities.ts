import type { TableFacts } from '../../../../engine/catalog/facts.ts';
import { ageInWords, dayInWords, momentInWords, timeInWords } from '../../state/ages.ts';

const rounded = (value: number): string =>
  value >= 100 ? Math.round(value).toString() : value.toFixed(1).replace(/\.0$/, '');

/** A row count as a card shows it: `1,460`, `38 k`, `2.4 M`, `1.2 G`. */
export function compactCount(count: number): string {
  if (count < 10_000) return exactCount(count);
  if (count < 999_500) return `${rounded(count / 1e3)} k`;
  if (count < 999_500_000) return `${rounded(count / 1e6)} M`;
  return `${rounded(count / 1e9)} G`;
}

/** The rows of a table where there is little room: `38 k`, `?` when nobody has counted, nothing without facts. */
export function rowsText(fact: TableFacts | undefined): string {
  if (fact === undefined) return '';
  return fact.rowsBasis === 'size' ? '?' : compactCount(fact.rows);
}

/** A part of the whole: `0 %`, `< 1 %`, `92 %`; nothing when it is unknown. */
export function percentText(fraction: number | null): string {
  if (fraction === null) return '';
  const percent = Math.floor(fraction * 100);
  return fraction > 0 && percent === 0 ? '< 1 %' : `${percent} %`;
}

/** A count with thousands separated: `212,408,112`. */
export const exactCount = (count: number): string => wholeNumbers.format(Math.round(count));
const wholeNumbers = new Intl.NumberFormat('en-US');

/** A size, binary units as PostgreSQL counts them: `8 kB`, `1.1 GB`. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? Math.round(value) : rounded(value)} ${units[unit]}`;
}

/** How long something took: `0.4 ms`, `12 ms`, `1.4 s`, `3 min 08 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1) return milliseconds <= 0 ? '0 ms' : '< 1 ms';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${rounded(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
}

/** A moment as short as it can be said: `14:02` today, `Yesterday, 03:12`, `21 Nov, 03:12`. */
export const momentText = (iso: string, now: Date): string =>
  Number.isNaN(Date.parse(iso))
    ? iso
    : dayInWords(iso, now.getTime()) === 'Today'
      ? timeInWords(iso)
      : momentInWords(iso, now.getTime());

/** A moment with its day, for evidence that must carry its date: `22 Nov 13:50`. */
export const dateText = (iso: string): string =>
  Number.isNaN(Date.parse(iso))
    ? iso
    : `${new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${timeInWords(iso)}`;

/** How long ago: `just now`, `12 min ago`. */
export function ageText(iso: string, now: Date): string {
  const age = ageInWords(iso, now.getTime());
  return age === 'just now' ? age : `${age} ago`;
}

/** The first eight digits of a fingerprint in two groups: `9c41 e7b2`. */
export const shortFingerprint = (fingerprint: string): string =>
  `${fingerprint.slice(0, 4)} ${fingerprint.slice(4, 8)}`.trim();

/** `1 table`, `34 tables`; `many` where the plural is not formed with s. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${exactCount(count)} ${count === 1 ? one : many}`;
