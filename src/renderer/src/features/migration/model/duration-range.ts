import type { StatementReport } from '../../../../../engine/validate/report.ts';

type Estimate = StatementReport['estimate'];

/** One figure in the largest unit that it fills: nobody can know more. */
function roughly(seconds: number): string {
  if (seconds < 1) return '1 s';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** How long a statement will probably take, for people: `briefly`, `under 1 s`, `2 to 18 min`. */
export function durationRange({ duration, range }: Estimate): string {
  if (duration === 'none') return 'briefly';
  if (range === undefined) return `for ${duration}, estimated`;
  if (range.to < 1) return 'under 1 s, estimated';
  const [from, to] = [roughly(range.from), roughly(range.to)];
  if (range.from < 1) return `up to ${to}, estimated`;
  const [amount, unit] = from.split(' ');
  return `${to.endsWith(` ${unit}`) ? amount : from} to ${to}, estimated`;
}
