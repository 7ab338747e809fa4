import * as z from 'zod';
import type { CancelSignal } from '../ports/cancel.ts';
import type { SqlClient } from '../ports/sql-client.ts';
import { isStrongerLock, type LockMode, lockModes } from '../sql/lock-mode.ts';
import { qualifiedName } from '../sql/qualified-name.ts';
import relationsQuery from './relations.sql?raw';
import { exhausted } from './shadow-session.ts';

const rowsSchema = z.array(z.object({ row: z.string() }));
const snapshotSchema = z.object({
  relations: z.array(z.tuple([z.coerce.number(), z.string(), z.string(), z.string(), z.coerce.number(), z.number()])),
  locks: z.array(z.tuple([z.coerce.number(), z.string()])),
});

/** How PostgreSQL spells the modes in `pg_locks`, for example `AccessExclusiveLock`. */
export const spelledModes: ReadonlyMap<string, LockMode> = new Map(
  lockModes.map((mode) => {
    const words = mode.split(' ').map((word) => word.charAt(0) + word.slice(1).toLowerCase());
    return [`${words.join('')}Lock`, mode];
  }),
);

type Relation = { readonly name: string; readonly kind: string; readonly file: number; readonly scans: number };

/** The user's relations and the locks that this session holds, at one moment inside a transaction. */
export type RelationsSnapshot = {
  readonly relations: ReadonlyMap<number, Relation>;
  readonly locks: ReadonlyMap<number, ReadonlySet<LockMode>>;
};

/** What happened to relations between two moments; names are dotted, sorted. */
export type Observation = {
  readonly locks: readonly { readonly relation: string; readonly mode: LockMode }[];
  readonly rewrites: readonly string[];
  readonly scans: readonly string[];
};

/** Takes a snapshot; it locks nothing that it would report. */
export async function snapshotRelations(client: SqlClient, signal?: CancelSignal): Promise<RelationsSnapshot> {
  const [first] = rowsSchema.parse(await client.query(relationsQuery, [], signal));
  if (first === undefined) throw exhausted();
  const read = snapshotSchema.parse(JSON.parse(first.row));
  const relations = new Map<number, Relation>();
  for (const [oid, schema, name, kind, file, scans] of read.relations) {
    relations.set(oid, { name: qualifiedName({ schema, name }), kind, file, scans });
  }
  const locks = new Map<number, Set<LockMode>>();
  for (const [oid, spelled] of read.locks) {
    const mode = spelledModes.get(spelled);
    // What the statement dropped is no relation any more, but its lock is held to the end of the transaction.
    if (mode === undefined) continue;
    const held = locks.get(oid) ?? new Set();
    locks.set(oid, held.add(mode));
  }
  return { relations, locks };
}

/**
 * What a statement did, from the snapshots before and after it: for each relation that was there before, the strongest
 * lock it newly took, whether its rows were written to a new file, and whether they were read from end to end. A lock
 * that an earlier statement of the same transaction holds already cannot be seen again.
 */
export function observationBetween(before: RelationsSnapshot, after: RelationsSnapshot): Observation {
  const locks: { relation: string; mode: LockMode }[] = [];
  const rewrites: string[] = [];
  const scans: string[] = [];
  for (const [oid, was] of before.relations) {
    const heldBefore = before.locks.get(oid);
    let strongest: LockMode | null = null;
    for (const mode of after.locks.get(oid) ?? []) {
      if (heldBefore?.has(mode) === true) continue;
      if (strongest === null || isStrongerLock(mode, strongest)) strongest = mode;
    }
    if (strongest !== null) locks.push({ relation: was.name, mode: strongest });
    const is = after.relations.get(oid);
    if (is === undefined) continue;
    const rewritten = is.file !== was.file && was.kind !== 'S' && was.file !== 0 && is.file !== 0;
    if (rewritten) rewrites.push(was.name);
    if (is.scans > was.scans) scans.push(was.name);
  }
  return {
    locks: locks.sort((left, right) => (left.relation < right.relation ? -1 : 1)),
    rewrites: rewrites.sort(),
    scans: scans.sort(),
  };
}
