import type { ShadowRunReport } from '../engine/shadow/report.ts';
import type { Direction, Severity } from '../engine/validate/report.ts';

/** What a shadow run found wrong, at a place in one of the two files; lines and columns count from 1. */
export type ShadowVerdict = {
  readonly severity: Severity;
  readonly direction: Direction;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The objects that are not as they were. */
  readonly differences: readonly string[];
};

/**
 * What went wrong first: a statement that failed, or what the down did not restore. That only the second up fails, although
 * the down restores, and that the shadow database lacks what the migration needs, are warnings. Null when nothing did.
 */
export function shadowVerdict({ restored, unproved, steps, differences }: ShadowRunReport): ShadowVerdict | null {
  const failed = steps.find(({ error }) => error !== undefined);
  const isSecondUp = failed?.name === 'up-again';
  if (failed?.error !== undefined && (restored || !isSecondUp)) {
    const { sqlstate, message, line, column } = failed.error;
    const which = isSecondUp ? 'up after the down' : failed.name;
    return {
      severity: restored || unproved !== undefined ? 'warning' : 'error',
      direction: failed.name === 'down' ? 'down' : 'up',
      line,
      column,
      message: unproved ?? `The ${which} fails on the shadow database with ${sqlstate}: ${message}`,
      differences: [],
    };
  }
  if (restored) return null;
  return {
    severity: 'error',
    direction: 'down',
    line: 1,
    column: 1,
    message: 'The down does not restore the schema',
    differences: differences.map(({ object, change }) => `${object} ${change}`),
  };
}
