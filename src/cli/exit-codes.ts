import type { LockstepError } from '../shared/errors.ts';

/** What the command line's exit code says. */
export const exitCodes = {
  clean: 0,
  /** Findings at or above the threshold, a shadow run that did not restore, catalogs that differ. */
  findings: 1,
  wrongUsage: 2,
  /** A server, a model or a disk failed. */
  worldFailed: 3,
  bug: 4,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const usageCodes: ReadonlySet<LockstepError['code']> = new Set([
  'input.invalid',
  'connection.uri_invalid',
  'catalog.snapshot_invalid',
  'catalog.schema_file_rejected',
  'plan.not_understood',
  'model.key_missing',
  'disk.exists',
  'disk.not_found',
]);

/** The exit code of a failure: what the caller can mend in the call is 2, a bug 4, everything else 3. */
export function exitCodeOf(error: LockstepError): ExitCode {
  if (error.code === 'bug') return exitCodes.bug;
  return usageCodes.has(error.code) ? exitCodes.wrongUsage : exitCodes.worldFailed;
}
