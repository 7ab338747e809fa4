import * as z from 'zod';

/** PostgreSQL's table-level lock modes, weakest first. https://www.postgresql.org/docs/current/explicit-locking.html */
export const lockModes = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const;
export const lockModeSchema = z.enum(lockModes);
export type LockMode = (typeof lockModes)[number];

const abbreviations: Readonly<Record<LockMode, string>> = {
  'ACCESS SHARE': 'AS',
  'ROW SHARE': 'RS',
  'ROW EXCLUSIVE': 'RX',
  'SHARE UPDATE EXCLUSIVE': 'SUE',
  SHARE: 'S',
  'SHARE ROW EXCLUSIVE': 'SRX',
  EXCLUSIVE: 'X',
  'ACCESS EXCLUSIVE': 'AX',
};

/** The short form shown in a lock pill, for example `AX`. */
export const abbreviateLockMode = (mode: LockMode): string => abbreviations[mode];

const blocked: Readonly<Record<LockMode, string>> = {
  'ACCESS SHARE': 'only ACCESS EXCLUSIVE',
  'ROW SHARE': 'only stronger locks',
  'ROW EXCLUSIVE': 'only stronger locks',
  'SHARE UPDATE EXCLUSIVE': 'other DDL and VACUUM',
  SHARE: 'writes',
  'SHARE ROW EXCLUSIVE': 'writes',
  EXCLUSIVE: 'writes',
  'ACCESS EXCLUSIVE': 'reads and writes',
};

/** What waits while the lock is held, in words. */
export const whatLockBlocks = (mode: LockMode): string => blocked[mode];

/** True when `a` is a stronger mode than `b`. */
export const isStrongerLock = (a: LockMode, b: LockMode): boolean => lockModes.indexOf(a) > lockModes.indexOf(b);
