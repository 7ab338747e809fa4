import { randomBytes } from 'node:crypto';

/** What the name of every shadow database on a server begins with; 32 hexadecimal digits follow. */
const prefix = 'lockstep_shadow_';
const named = /^lockstep_shadow_[0-9a-f]{32}$/;

/** A name that no database has. */
export const newShadowName = (): string => `${prefix}${randomBytes(16).toString('hex')}`;

/** True for a name that `newShadowName` could have made. */
export const isShadowName = (name: string): boolean => named.test(name);

/** True for the name of a database that somebody may lend: not one that `newShadowName` makes, so that none is dropped. */
export const isLentName = (name: string): boolean => name.startsWith('lockstep_shadow') && !isShadowName(name);

/**
 * The comment that marks a database as Lockstep's to destroy. It is kept outside of the database, where no statement in it
 * reaches by accident, and names the one database that it holds for: neither a dump nor a template carries it over.
 */
export const shadowMarker = (name: string, oid: number): string =>
  `Lockstep shadow database ${name}, number ${oid}: a throw-away copy of a schema. Lockstep drops it; keep nothing in it.`;

/**
 * What marks a lent database while it holds what a shadow run made: the `application_name` that its role begins with in
 * it. Only the owner of a database may comment on it; this any role may set for itself. It is kept outside of the database
 * as well, and holds for one number only.
 */
export const lentMarker = (oid: number): string => `Lockstep shadow run in database number ${oid}`;

/** The comment that marks a role as made by Lockstep, to stand in for one that the copied database names. */
export const roleMarker =
  'Lockstep stand-in role, named by a schema that was copied. Lockstep drops it; grant it nothing.';

/** The first key of the advisory locks that living runs hold: "lock" in ASCII. */
export const lockClass = 0x6c6f636b;

/** The second key of the lock of a shadow database, as a signed number of 32 bits. */
export const lockKeyOf = (name: string): number =>
  Number.parseInt(name.slice(prefix.length, prefix.length + 8), 16) | 0;

/** The second key of the lock of the run that has a lent database. */
export const lentLock = 1;

/** The first key of the lock that sessions beside the shadows share, so that they are known from those in them: "keep". */
export const keeperClass = 0x6b656570;
