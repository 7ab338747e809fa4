import type { Facts } from '../catalog/facts.ts';
import type { StatementReport } from '../validate/report.ts';
import type { StatementEffects } from './effects.ts';
import { qualifiedName } from './qualified-name.ts';

export type Estimate = StatementReport['estimate'];

/** What one second of work gets done on an ordinary server with its data on a solid-state disk. */
export type Throughput = { readonly rows: number; readonly bytes: number };

type Work = 'read' | 'rewrite' | 'index build' | 'change rows';

const megabyte = 1024 ** 2;

// Deliberately on the slow side: a table is rewritten with its indexes and its write-ahead log, and beside other work.
const throughputs: Readonly<Record<Work, Throughput>> = {
  read: { rows: 2_000_000, bytes: 200 * megabyte },
  rewrite: { rows: 150_000, bytes: 40 * megabyte },
  'index build': { rows: 500_000, bytes: 100 * megabyte },
  'change rows': { rows: 50_000, bytes: 20 * megabyte },
};

const verbs: Readonly<Record<Work, string>> = {
  read: 'read',
  rewrite: 'rewritten',
  'index build': 'read and sorted into an index',
  'change rows': 'changed',
};

const unknownRows = 10_000_000;
const bytesPerRow = 100;

/** What an estimate rests on. */
export type EstimateContext = {
  readonly facts: Facts | null;
  /** Dotted names of the tables that the migration made itself. */
  readonly created: ReadonlySet<string>;
};

type Size = { readonly rows: number; readonly bytes: number; readonly words: string };

const count = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');

function bytesInWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${value >= 10 || power === 0 ? Math.round(value) : value.toFixed(1).replace(/\.0$/, '')} ${units[power] ?? ''}`;
}

function sizeOf(relation: string, context: EstimateContext): Size {
  if (context.created.has(relation)) return { rows: 0, bytes: 0, words: 'created in this migration' };
  const fact = context.facts?.tables.find((table) => qualifiedName(table) === relation);
  if (context.facts === null || fact === undefined) {
    const bytes = unknownRows * bytesPerRow;
    return { rows: unknownRows, bytes, words: `no facts: ${count(unknownRows)} rows and a busy table are assumed` };
  }
  const day = context.facts.capturedAt.slice(0, 10);
  return {
    rows: fact.rows,
    bytes: fact.bytes,
    words: `${count(fact.rows)} rows, ${bytesInWords(fact.bytes)}, facts of ${day}`,
  };
}

const seconds = (size: Size, work: Work): number =>
  Math.max(size.rows / throughputs[work].rows, size.bytes / throughputs[work].bytes);

/** A class of duration, because seconds would promise more than anybody can know. */
export function durationClass(duration: number): Estimate['duration'] {
  if (duration < 1) return '<1s';
  if (duration < 60) return 'seconds';
  return duration < 3600 ? 'minutes' : 'hours';
}

type Task = { readonly relation: string; readonly work: Work };

function tasksOf(effects: StatementEffects, changesRows: boolean): readonly Task[] {
  const builds = new Set(effects.indexBuilds);
  return [
    ...effects.rewrites.map((relation): Task => ({ relation, work: 'rewrite' })),
    ...effects.scans.map((relation): Task => {
      if (changesRows) return { relation, work: 'change rows' };
      return { relation, work: builds.has(relation) ? 'index build' : 'read' };
    }),
  ];
}

/**
 * About how long a statement holds its locks, with the figures that this rests on. `changesRows` marks `UPDATE` and
 * `DELETE`, whose scan writes every row that it meets.
 */
export function estimateDuration(effects: StatementEffects, changesRows: boolean, context: EstimateContext): Estimate {
  const tasks = tasksOf(effects, changesRows);
  if (tasks.length === 0) {
    const [why] = effects.unsure;
    if (effects.locks.length === 0 && why !== undefined) return { duration: 'minutes', basis: `not known: ${why}` };
    return { duration: 'none', basis: 'no row is read or written for it' };
  }
  const measured = tasks.map((task) => ({ ...task, size: sizeOf(task.relation, context) }));
  const total = measured.reduce((sum, { size, work }) => sum + seconds(size, work), 0);
  const slowest = measured.reduce((a, b) => (seconds(b.size, b.work) > seconds(a.size, a.work) ? b : a));
  const rate = throughputs[slowest.work];
  const others = measured.length > 1 ? ` and ${measured.length - 1} more` : '';
  const empty = measured.every(({ size }) => size.rows === 0 && size.bytes === 0);
  const speed = `${verbs[slowest.work]} at ${count(rate.rows)} rows or ${bytesInWords(rate.bytes)} per second`;
  return {
    duration: empty ? 'none' : durationClass(total),
    basis: `${slowest.relation}${others}: ${slowest.size.words}${empty ? '' : `, ${speed}`}`,
  };
}
