import * as z from 'zod';
import type { CancelSignal } from '../ports/cancel.ts';
import type { SecondSession, ShadowDatabase } from '../ports/shadow-databases.ts';
import { SqlFailure } from '../ports/sql-client.ts';
import { isStrongerLock, type LockMode } from '../sql/lock-mode.ts';
import { type Observation, type RelationsSnapshot, snapshotRelations, spelledModes } from './observe-relations.ts';

const locksSchema = z.array(z.object({ relation: z.number().nullable(), mode: z.string(), granted: z.boolean() }));

/** The pause keeps two sessions from asking without end; a statement that waits is seen within it. */
const locksQuery = `select l.relation, l.mode, l.granted
  from pg_catalog.pg_locks l, (select pg_catalog.pg_sleep(0.001)) pause
  where l.pid = $1 and l.locktype in ('relation', 'virtualxid', 'transactionid')
    and (l.locktype <> 'virtualxid' or not l.granted)`;

/** How many looks, a millisecond and more apart, a statement gets to reach the next gate before it is opened. */
const PATIENCE = 300;

/** What `LOCK TABLE` takes. */
const LOCKABLE: ReadonlySet<string> = new Set(['r', 'p']);

/**
 * Runs a statement that no transaction may hold and tells what it did, watched from two other sessions. It would be over
 * in a moment on a copy with few rows, so it is held up where it must wait for others: these hold locks that conflict with
 * what such statements ask for, weaker ones from gate to gate, and look at what the waiting statement has and wants. The
 * scans are those that are expected. Throws `SqlFailure` when the statement is refused.
 */
export async function observeFromOutside(options: {
  readonly database: ShadowDatabase;
  readonly statement: string;
  /** What the manual says of the statement: where to hold it up. */
  readonly expected: Observation;
  readonly signal?: CancelSignal | undefined;
}): Promise<{
  readonly messages: readonly string[];
  readonly seen: Observation;
  /** The relations that were there before. */
  readonly before: RelationsSnapshot;
}> {
  const { database, expected, signal } = options;
  const before = await snapshotRelations(database, signal);
  const [own] = await database.query('select pg_catalog.pg_backend_pid() as pid', [], signal);
  const gated = lockable(before, expected);
  const sessions: SecondSession[] = [];
  const open = async (): Promise<SecondSession | null> => {
    const session = (await database.openSecond?.()) ?? null;
    if (session !== null) sessions.push(session);
    return session;
  };
  const seen = new Map<number, Set<LockMode>>();

  try {
    const [first, last] = [await open(), await open()];
    if (first === null || last === null) throw new Error('a statement is watched where there is a second session');
    const look = async (session: SecondSession): Promise<{ readonly waits: boolean }> => {
      const locks = locksSchema.parse(await session.query(locksQuery, [own?.['pid']]));
      for (const { relation, mode: spelled } of locks) {
        const mode = spelledModes.get(spelled);
        if (relation === null || mode === undefined) continue;
        seen.set(relation, (seen.get(relation) ?? new Set()).add(mode));
      }
      return { waits: locks.some(({ granted }) => !granted) };
    };
    const lock = async (session: SecondSession, mode: string): Promise<void> => {
      if (gated !== '') await session.query(`lock table ${gated} in ${mode} mode`);
    };

    // Held by the first: what waits for writers meets ROW EXCLUSIVE, and at first everything but reads and writes waits.
    await first.query('begin');
    await lock(first, 'row exclusive');
    await first.query('savepoint gate');
    await lock(first, 'share update exclusive');

    let ended = false;
    const running = database.observe(options.statement, signal).finally(() => {
      ended = true;
    });
    // Its failure is told at the end.
    running.catch(() => undefined);
    const untilItWaits = async (session: SecondSession): Promise<void> => {
      for (let looks = 0; looks < PATIENCE && !ended; looks += 1) if ((await look(session)).waits) return;
    };
    await untilItWaits(first);
    await first.query('rollback to savepoint gate');
    // It may still be seen waiting for the gate that was just opened.
    await look(first);
    await untilItWaits(first);
    // What takes a partition or table away waits once more, for readers.
    await last.query('begin');
    if (!ended) await lockUnlessHeld(last, lock);
    await first.query('rollback');
    await look(first);
    await untilItWaits(first);
    await last.query('rollback');
    while (!ended) await look(first);
    const messages = await running;
    const after = await snapshotRelations(database, signal);
    return { messages, seen: { ...observed(before, after, seen), scans: expected.scans }, before };
  } finally {
    await Promise.all(sessions.map((session) => session.close()));
  }
}

/** The tables that the statement is expected to lock, as `LOCK TABLE` names them. */
function lockable({ relations }: RelationsSnapshot, { locks }: Observation): string {
  const names = new Set(locks.map(({ relation }) => relation));
  return [...relations.values()]
    .filter(({ name, kind }) => names.has(name) && LOCKABLE.has(kind))
    .map(({ name }) => `only ${name}`)
    .sort()
    .join(', ');
}

/** A reader's lock, unless the statement has or wants one that conflicts with it: it would wait for us and we for it. */
async function lockUnlessHeld(
  session: SecondSession,
  lock: (session: SecondSession, mode: string) => Promise<void>,
): Promise<void> {
  await session.query(`set local lock_timeout = '50ms'`);
  try {
    await lock(session, 'access share');
  } catch (cause) {
    if (!(cause instanceof SqlFailure)) throw cause;
  }
}

function observed(
  before: RelationsSnapshot,
  after: RelationsSnapshot,
  seen: ReadonlyMap<number, ReadonlySet<LockMode>>,
): Omit<Observation, 'scans'> {
  const locks: { relation: string; mode: LockMode }[] = [];
  const rewrites: string[] = [];
  for (const [oid, { name, kind, file }] of before.relations) {
    const [mode, ...others] = seen.get(oid) ?? [];
    if (mode !== undefined) {
      const strongest = others.reduce((one, other) => (isStrongerLock(other, one) ? other : one), mode);
      locks.push({ relation: name, mode: strongest });
    }
    const is = after.relations.get(oid);
    if (is !== undefined && kind !== 'S' && file !== 0 && is.file !== 0 && is.file !== file) rewrites.push(name);
  }
  return { locks: locks.sort((left, right) => (left.relation < right.relation ? -1 : 1)), rewrites: rewrites.sort() };
}
