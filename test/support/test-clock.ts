import type { Clock } from '../../src/engine/ports/clock.ts';

/** A clock that always says the same. */
export const testClock: Clock = { now: () => '2026-01-02T03:04:05.000Z', elapsed: () => 0 };
