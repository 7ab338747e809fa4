import { performance } from 'node:perf_hooks';
import type { Clock } from '../engine/ports/clock.ts';

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  elapsed: () => performance.now(),
};
