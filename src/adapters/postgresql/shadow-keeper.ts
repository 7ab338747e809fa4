import * as z from 'zod';
import type { DatabaseLike } from '../../engine/ports/shadow-databases.ts';
import { ShadowFailure } from '../../engine/ports/shadow-failure.ts';
import { SqlFailure } from '../../engine/ports/sql-client.ts';
import { quoteIdentifier } from '../../engine/sql/quote-identifier.ts';
import { quoteLiteral } from '../../engine/sql/quote-literal.ts';
import { isShadowName, lockClass, lockKeyOf, newShadowName, roleMarker, shadowMarker } from './shadow-marker.ts';
import type { WritingSession } from './writing-session.ts';

const databaseSchema = z.object({
  name: z.string(),
  oid: z.number(),
  comment: z.string().nullable(),
  /** True when the role may drop it. */
  owned: z.boolean(),
  /** True while a session is connected to it. */
  used: z.boolean(),
});

const databasesQuery = `select d.datname::pg_catalog.text as name, d.oid,
    pg_catalog.shobj_description(d.oid, 'pg_database') as comment,
    pg_catalog.pg_has_role(d.datdba, 'USAGE') as owned,
    exists (select from pg_catalog.pg_stat_activity a where a.datid = d.oid) as used
  from pg_catalog.pg_database d
  where d.datname = coalesce($1, d.datname) and pg_catalog.starts_with(d.datname::pg_catalog.text, 'lockstep_shadow_')
  order by 1`;

const lockSchema = z.object({ key: z.number(), own: z.boolean() });

/** Locks of living runs, whichever database their sessions are in. */
const locksQuery = `select l.objid as key, l.pid = pg_catalog.pg_backend_pid() as own
  from pg_catalog.pg_locks l
  where l.locktype = 'advisory' and l.classid = ${lockClass} and l.objsubid = 2 and l.granted`;

const standInRolesQuery = `select r.rolname::pg_catalog.text as name from pg_catalog.pg_roles r
  where not r.rolcanlogin and pg_catalog.shobj_description(r.oid, 'pg_authid') = $1 order by 1`;

/** How often, at a twentieth of a second each, a server before 13 is asked to drop a database whose sessions are ending. */
const ATTEMPTS = 60;

const notMarked = (database: string, reason: string): ShadowFailure =>
  new ShadowFailure({ code: 'shadow.not_marked', database, reason });

/**
 * Throws `ShadowFailure` (`shadow.not_marked`) unless the database has a name that Lockstep gives and the marker that holds
 * for it alone. False when there is no such database.
 */
async function isMarked(session: WritingSession, name: string): Promise<boolean> {
  if (!isShadowName(name)) throw notMarked(name, 'its name is not one that Lockstep gives');
  const [found] = z.array(databaseSchema).parse(await session.query(databasesQuery, [name]));
  if (found === undefined) return false;
  if (found.comment === null) throw notMarked(name, 'it does not have the marker that Lockstep gives its databases');
  if (found.comment !== shadowMarker(name, found.oid)) {
    throw notMarked(name, 'its marker is not the one that Lockstep gave to this very database');
  }
  return true;
}

/** Throws `ShadowFailure` unless the session is in the named database, and Lockstep made it to be destroyed. */
export async function requireShadow(session: WritingSession, name: string): Promise<void> {
  const [row] = await session.query('select pg_catalog.current_database() as name');
  if (row?.['name'] !== name) throw notMarked(String(row?.['name']), `the session should be in ${name}`);
  if (!(await isMarked(session, name))) throw notMarked(name, 'it is not there');
}

/**
 * Makes an empty database, marks it, and holds a lock that tells other runs that this one lives. Where the server does not
 * know the locale that is asked for, the database has another; `lacks` says so. Throws `SqlFailure`.
 */
export async function createShadow(
  session: WritingSession,
  like: DatabaseLike | null,
): Promise<{ readonly name: string; readonly lacks: readonly string[] }> {
  const name = newShadowName();
  await session.query('select pg_catalog.pg_advisory_lock($1, $2)', [lockClass, lockKeyOf(name)]);
  // Not every locale goes with UTF8; C goes with everything.
  const tries = [...(like === null ? [] : [like]), null, { encoding: 'UTF8', collate: 'C', ctype: 'C' }];
  for (const [index, one] of tries.entries()) {
    try {
      await session.execute(`create database ${quoteIdentifier(name)} template template0 ${optionsOf(one)}`);
      const [row] = await session.query('select oid from pg_catalog.pg_database where datname = $1', [name]);
      const marker = shadowMarker(name, Number(row?.['oid']));
      await session.execute(`comment on database ${quoteIdentifier(name)} is ${quoteLiteral(marker)}`);
      const isAsAsked = like === null || index === 0;
      return { name, lacks: isAsAsked ? [] : [`locale ${like.collate} (${like.encoding})`] };
    } catch (cause) {
      if (index + 1 === tries.length || !isAboutLocale(cause)) throw cause;
    }
  }
  throw new Error('a database without an attempt');
}

const optionsOf = (like: DatabaseLike | null): string =>
  like === null
    ? `encoding 'UTF8'`
    : `encoding ${quoteLiteral(like.encoding)} lc_collate ${quoteLiteral(like.collate)} lc_ctype ${quoteLiteral(like.ctype)}`;

/** Unknown to the server's operating system, or of another encoding. */
const isAboutLocale = (cause: unknown): boolean =>
  cause instanceof SqlFailure && ['22023', '42809'].includes(cause.refusal.sqlstate);

/** Drops a shadow database with the sessions in it; throws `ShadowFailure` when it is not marked, and `SqlFailure`. */
export async function dropShadow(session: WritingSession, name: string, serverVersion: number): Promise<void> {
  if (await isMarked(session, name)) {
    // A slot that a migration made in it would hold the database, and the server's log with it.
    await session.query(
      `select pg_catalog.pg_drop_replication_slot(s.slot_name) from pg_catalog.pg_replication_slots s
       where s.database = $1 and not s.active`,
      [name],
    );
    if (serverVersion >= 130_000) {
      await session.execute(`drop database if exists ${quoteIdentifier(name)} with (force)`);
    } else {
      await dropAfterSessions(session, name);
    }
  }
  await session.query('select pg_catalog.pg_advisory_unlock($1, $2)', [lockClass, lockKeyOf(name)]);
}

async function dropAfterSessions(session: WritingSession, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await session.query(
      `select pg_catalog.pg_terminate_backend(a.pid) from pg_catalog.pg_stat_activity a
       where a.datname = $1 and a.pid <> pg_catalog.pg_backend_pid()`,
      [name],
    );
    try {
      await session.execute(`drop database if exists ${quoteIdentifier(name)}`);
      return;
    } catch (cause) {
      const isInUse = cause instanceof SqlFailure && cause.refusal.sqlstate === '55006';
      if (!isInUse || attempt === ATTEMPTS) throw cause;
      await session.query('select pg_catalog.pg_sleep(0.05)');
    }
  }
}

/** What earlier runs left behind: dropped now, or left alone with the reason. */
export type Swept = {
  readonly dropped: readonly string[];
  readonly left: readonly { readonly name: string; readonly reason: string }[];
};

/**
 * Drops the databases of runs that died, and only marked ones whose run holds no lock and has no session any more; where no
 * other run lives, also the roles that stood in. Never throws for what it cannot drop.
 */
export async function sweepShadows(session: WritingSession, serverVersion: number): Promise<Swept> {
  const dropped: string[] = [];
  const left: { name: string; reason: string }[] = [];
  const locks = z.array(lockSchema).parse(await session.query(locksQuery));
  for (const database of z.array(databaseSchema).parse(await session.query(databasesQuery, [null]))) {
    const { name, owned, used } = database;
    if (!isShadowName(name) || used || locks.some(({ key }) => (key | 0) === lockKeyOf(name))) continue;
    if (!owned) {
      left.push({ name, reason: 'it belongs to another role' });
      continue;
    }
    try {
      await dropShadow(session, name, serverVersion);
      dropped.push(name);
    } catch (cause) {
      left.push({ name, reason: reasonOf(cause) });
    }
  }
  if (locks.every(({ own }) => own)) {
    for (const row of await session.query(standInRolesQuery, [roleMarker])) {
      const role = String(row['name']);
      try {
        await session.execute(`drop role if exists ${quoteIdentifier(role)}`);
      } catch (cause) {
        left.push({ name: role, reason: reasonOf(cause) });
      }
    }
  }
  return { dropped, left };
}

function reasonOf(cause: unknown): string {
  if (cause instanceof SqlFailure) return cause.message;
  if (cause instanceof ShadowFailure && cause.error.code === 'shadow.not_marked') return cause.error.reason;
  throw cause;
}

/** Makes a marked role without a login and without any right; throws `SqlFailure`. */
export async function makeStandInRole(session: WritingSession, name: string): Promise<void> {
  const role = quoteIdentifier(name);
  await session.execute(`create role ${role} nologin; comment on role ${role} is ${quoteLiteral(roleMarker)}`);
}
