import type { Facts } from '../catalog/facts.ts';
import { type Rate, rateOf, type Throughput, type Work } from '../throughput/throughput.ts';
import type { StatementReport } from '../validate/report.ts';
import type { StatementEffects } from './effects.ts';
import { factsOfTable } from './facts-of-table.ts';
import { bytesInWords, countInWords } from './quantity.ts';

export type Estimate = StatementReport['estimate'];

const verbs: Readonly<Record<Work, string>> = {
  read: 'read',
  rewrite: 'rewritten',
  'index-build': 'read and sorted into an index',
  'change-rows': 'changed',
};

const unknownRows = 10_000_000;
const bytesPerRow = 100;

/** What an estimate rests on. */
export type EstimateContext = {
  readonly facts: Facts | null;
  /** True for the dotted name of a table that the migration made itself. */
  readonly isCreated: (relation: string) => boolean;
  readonly throughput: Throughput;
};

type Size = { readonly rows: number; readonly bytes: number; readonly words: string };

function sizeOf(relation: string, context: EstimateContext): Size {
  if (context.isCreated(relation)) return { rows: 0, bytes: 0, words: 'created in this migration' };
  const fact = context.facts === null ? undefined : factsOfTable(context.facts, relation);
  if (context.facts === null || fact === undefined) {
    const bytes = unknownRows * bytesPerRow;
    return {
      rows: unknownRows,
      bytes,
      words: `no facts: ${countInWords(unknownRows)} rows and a busy table are assumed`,
    };
  }
  const day = context.facts.capturedAt.slice(0, 10);
  return {
    rows: fact.rows,
    bytes: fact.bytes,
    words: `${countInWords(fact.rows)} rows, ${bytesInWords(fact.bytes)}, facts of ${day}`,
  };
}

const seconds = (size: Size, rate: Rate): number => Math.max(size.rows / rate.rows, size.bytes / rate.bytes);

/** Real servers do between a third and three times the work of the rate that is assumed; more is not promised. */
const uncertainty = 3;

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
      if (changesRows) return { relation, work: 'change-rows' };
      return { relation, work: builds.has(relation) ? 'index-build' : 'read' };
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
  const measured = tasks.map((task) => {
    const size = sizeOf(task.relation, context);
    const rate = rateOf(task.work, context.throughput);
    return { ...task, size, rate, seconds: seconds(size, rate) };
  });
  const total = measured.reduce((sum, task) => sum + task.seconds, 0);
  const slowest = measured.reduce((a, b) => (b.seconds > a.seconds ? b : a));
  const others = measured.length > 1 ? ` and ${measured.length - 1} more` : '';
  const basis = `${slowest.relation}${others}: ${slowest.size.words}`;
  if (measured.every(({ size }) => size.rows === 0 && size.bytes === 0)) return { duration: 'none', basis };
  const { rows, bytes, source } = slowest.rate;
  return {
    duration: durationClass(total),
    range: { from: total / uncertainty, to: total * uncertainty },
    basis: `${basis}, ${verbs[slowest.work]} at ${countInWords(rows)} rows or ${bytesInWords(bytes)} per second (${source})`,
  };
}
