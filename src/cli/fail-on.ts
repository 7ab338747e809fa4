import type { Severity } from '../engine/validate/report.ts';

/** From which severity on a finding makes the command fail. */
export type FailOn = 'error' | 'warning' | 'never';

/** True when a finding of this severity makes the command fail. */
export const reaches = (severity: Severity, failOn: FailOn): boolean =>
  failOn !== 'never' && (severity === 'error' || (severity === 'warning' && failOn === 'warning'));
