import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import { mispredictionText } from '../../../../../engine/shadow/misprediction-text.ts';
import type { ShadowRunReport } from '../../../../../engine/shadow/report.ts';
import { isStrongerLock, type LockMode } from '../../../../../engine/sql/lock-mode.ts';
import type { Direction, StatementReport } from '../../../../../engine/validate/report.ts';
import { bytesText, compactCount, dateText } from '../../schema/quantities.ts';
import { statementObject, statementTitle } from './statement-title.ts';
import { transactionGroups } from './transaction-groups.ts';

type ShadowStatement = ShadowRunReport['statements'][number];

/** Where a row stands in its transaction bracket; `alone` is a transaction of one statement. */
export type BracketPart = 'first' | 'middle' | 'last' | 'alone' | 'outside';

/** One row of the timeline: a statement in run order with everything that is known about it. */
export type TimelineRow = {
  readonly direction: Direction;
  readonly index: number;
  readonly bracket: BracketPart;
  readonly title: string;
  readonly object: string;
  /** For example `2.4 M, 1.1 GB`; null when nobody has counted. */
  readonly size: string | null;
  /** When that was counted. */
  readonly sizeDate: string | null;
  readonly predicted: LockMode | null;
  /** Strongest lock seen on the shadow database; undefined where nothing was seen: no run, a failure, or the manual's word. */
  readonly observed: LockMode | null | undefined;
  /** Whether the locks were as predicted; null where nothing was seen. */
  readonly agrees: boolean | null;
  /** Where prediction and observation disagree, in words. */
  readonly mispredicted: readonly string[];
  /** True when the modes come from the manual, because one session cannot observe them. */
  readonly documented: boolean;
  readonly rewrites: boolean;
  readonly scans: number;
  readonly shadowMs: number | null;
  readonly error: string | null;
  readonly statement: StatementReport;
};

/** The strongest mode, or null when nothing is locked. */
export function strongestLock(locks: readonly { readonly mode: LockMode }[]): LockMode | null {
  let strongest: LockMode | null = null;
  for (const { mode } of locks) if (strongest === null || isStrongerLock(mode, strongest)) strongest = mode;
  return strongest;
}

/** Where each statement of one direction stands in its bracket. */
export function bracketParts(statements: readonly StatementReport[]): readonly BracketPart[] {
  return transactionGroups(statements).flatMap(({ kind, first, last }) =>
    Array.from({ length: last - first + 1 }, (_, offset): BracketPart => {
      if (kind === 'outside') return 'outside';
      if (first === last) return 'alone';
      return offset === 0 ? 'first' : first + offset === last ? 'last' : 'middle';
    }),
  );
}

function sizeOf(statement: StatementReport, catalog: Catalog | null): { size: string | null; sizeDate: string | null } {
  const [object] = statement.objects;
  const fact =
    object && catalog?.facts?.tables.find((table) => table.schema === object.schema && table.name === object.name);
  if (!fact || !catalog?.facts) return { size: null, sizeDate: null };
  return {
    size: `${compactCount(fact.rows)}, ${bytesText(fact.bytes)}`,
    sizeDate: dateText(catalog.facts.capturedAt),
  };
}

/** The rows of one direction in run order. */
export function timelineRows(
  direction: Direction,
  statements: readonly StatementReport[],
  shadow: ShadowRunReport | null,
  catalog: Catalog | null,
): readonly TimelineRow[] {
  const own = statements.filter((statement) => statement.direction === direction);
  const brackets = bracketParts(own);
  const seen = new Map<number, ShadowStatement>();
  // Up runs twice in a shadow run; the first time is the one that counts.
  for (const statement of shadow?.statements ?? [])
    if (statement.direction === direction && !seen.has(statement.index)) seen.set(statement.index, statement);
  return own.map((statement, position) => {
    const run = seen.get(statement.index);
    const predicted = strongestLock(statement.effects.locks);
    // A statement that failed has shown nothing about its locks, and what the manual says nobody has seen.
    const observed = run && run.error === null && !run.documented ? strongestLock(run.locks) : undefined;
    const gaps = run?.mispredicted;
    // A lock that the transaction holds already cannot be seen again; only the run itself knows.
    const agrees = gaps ? gaps.every(({ effect }) => effect !== 'lock') : predicted === observed;
    return {
      direction,
      index: statement.index,
      bracket: brackets[position] ?? 'alone',
      title: statementTitle(statement),
      object: statementObject(statement),
      ...sizeOf(statement, catalog),
      predicted,
      observed,
      agrees: observed === undefined ? null : agrees,
      mispredicted: (gaps ?? []).map(mispredictionText),
      documented: run !== undefined && run.error === null && run.documented,
      rewrites: statement.effects.rewrites.length > 0 || (run?.rewrites.length ?? 0) > 0,
      scans: Math.max(statement.effects.scans.length, run?.scans.length ?? 0),
      shadowMs: run?.ms ?? null,
      error: run?.error?.message ?? null,
      statement,
    };
  });
}
