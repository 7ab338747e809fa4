import * as z from 'zod';
import inventory from '../../engine/introspect/postgresql/objects/inventory.sql?raw';
import type { DatabaseLike } from '../../engine/ports/shadow-databases.ts';
import { ShadowFailure } from '../../engine/ports/shadow-failure.ts';
import { quoteIdentifier } from '../../engine/sql/quote-identifier.ts';
import { quoteLiteral } from '../../engine/sql/quote-literal.ts';
import { emptyDatabase } from './empty-database.ts';
import contents from './lent-contents.sql?raw';
import { isLentName, keeperClass, lentLock, lentMarker, lockClass } from './shadow-marker.ts';
import type { WritingSession } from './writing-session.ts';

const contentSchema = z.object({ class: z.string(), oid: z.string(), type: z.string(), identity: z.string() });

/** Something that people made in a database, as `pg_identify_object` names it. */
export type Content = Readonly<z.infer<typeof contentSchema>>;

const contentsQuery = contents.replace('/* inventory */', inventory);

/** Everything in the database of the session that does not come with every new one. */
export async function contentsOf(session: WritingSession): Promise<readonly Content[]> {
  return z.array(contentSchema).parse(await session.query(contentsQuery, [null]));
}

const placeSchema = z.object({
  name: z.string(),
  oid: z.number(),
  /** The `application_name` that the role begins with in this database, whoever set it. */
  setting: z.string().nullable(),
  encoding: z.string(),
  collate: z.string(),
  ctype: z.string(),
});

const placeQuery = `select d.datname::pg_catalog.text as name, d.oid,
    (select pg_catalog.substr(one, 18) from pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) one
      where s.setdatabase = d.oid and pg_catalog.starts_with(one, 'application_name=')
        and s.setrole = (select r.oid from pg_catalog.pg_roles r where r.rolname = current_user)) as setting,
    pg_catalog.pg_encoding_to_char(d.encoding)::pg_catalog.text as encoding,
    d.datcollate::pg_catalog.text as collate, d.datctype::pg_catalog.text as ctype
  from pg_catalog.pg_database d where d.datname = pg_catalog.current_database()`;

async function placeOf(session: WritingSession): Promise<z.infer<typeof placeSchema>> {
  const [row] = await session.query(placeQuery);
  return placeSchema.parse(row);
}

const notMarked = (database: string, reason: string): ShadowFailure =>
  new ShadowFailure({ code: 'shadow.not_marked', database, reason });

/** How many things are named where a database holds what it should not. */
const NAMED = 3;

/** What a database holds, in words. */
function listed(held: readonly Content[]): string {
  const named = held.slice(0, NAMED).map(({ type, identity }) => `${type} ${identity}`);
  const more = held.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}

/**
 * True when the database is marked, and what it holds is of a run. Throws `ShadowFailure` (`shadow.not_marked`) where its
 * name is not one of a lent database, or its marker is that of another.
 */
async function isMarked(session: WritingSession): Promise<boolean> {
  const { name, oid, setting } = await placeOf(session);
  if (!isLentName(name)) throw notMarked(name, 'its name does not begin with lockstep_shadow');
  if (setting === null) return false;
  if (setting !== lentMarker(oid)) {
    throw notMarked(name, `its marker is that of another database: application_name begins as "${setting}" in it`);
  }
  return true;
}

/** Throws `ShadowFailure` unless the session is in the lent database of that name, and a run has marked it. */
export async function requireLent(session: WritingSession, name: string): Promise<void> {
  const place = await placeOf(session);
  if (place.name !== name) throw notMarked(place.name, `the session should be in ${name}`);
  if (!(await isMarked(session))) throw notMarked(name, 'it does not have the marker of a shadow run');
}

/** Throws `ShadowFailure` where the database holds anything. */
async function requireEmpty(session: WritingSession, name: string): Promise<void> {
  const held = await contentsOf(session);
  if (held.length === 0) return;
  const reason = `it is not empty and does not have the marker of a shadow run: it holds ${listed(held)}`;
  throw notMarked(name, reason);
}

/**
 * Takes the lent database that the session is in for one run, until the session ends, and takes away what a run that died
 * had left there. True when there was something. Throws `ShadowFailure` when another run has it, when it holds something
 * and no run marked it, or when it cannot be emptied.
 */
export async function takeLent(session: WritingSession, serverVersion: number): Promise<boolean> {
  const { name } = await placeOf(session);
  await lock(session, name);
  if (!(await isMarked(session))) {
    await requireEmpty(session, name);
    return false;
  }
  await returnLent(session, serverVersion);
  return true;
}

/** Holds the lock of the database's one run; throws `ShadowFailure` when another has it. */
async function lock(session: WritingSession, name: string): Promise<void> {
  await session.query('select pg_catalog.pg_advisory_lock_shared($1, $2)', [keeperClass, lentLock]);
  const [row] = await session.query('select pg_catalog.pg_try_advisory_lock($1, $2) as taken', [lockClass, lentLock]);
  if (row?.['taken'] === true) return;
  const reason = `another shadow run is working in ${name}, which holds one at a time`;
  throw new ShadowFailure({ code: 'shadow.unavailable', reason });
}

/**
 * Marks the lent database, which must be empty, for what a run is to make in it. What it was asked to be like and is not is
 * in `lacks`. Throws `ShadowFailure`, and `SqlFailure`.
 */
export async function markLent(
  session: WritingSession,
  like: DatabaseLike | null,
): Promise<{ readonly name: string; readonly lacks: readonly string[] }> {
  const { name, oid, encoding, collate, ctype } = await placeOf(session);
  if (await isMarked(session)) {
    throw new ShadowFailure({ code: 'shadow.unavailable', reason: `${name} holds one shadow database at a time` });
  }
  await requireEmpty(session, name);
  await session.execute(`${settingOf(name)} set application_name = ${quoteLiteral(lentMarker(oid))}`);
  const isAlike = like === null || (like.encoding === encoding && like.collate === collate && like.ctype === ctype);
  return { name, lacks: isAlike ? [] : [`locale ${like.collate} (${like.encoding})`] };
}

const settingOf = (name: string): string => `alter role current_user in database ${quoteIdentifier(name)}`;

/**
 * Ends the sessions in the lent database, takes away everything that a run made there, and with it the marker. Throws
 * `ShadowFailure` where it is not marked or something stays: the marker stays too then, and the next run tries again.
 */
export async function returnLent(session: WritingSession, serverVersion: number): Promise<void> {
  const { name } = await placeOf(session);
  if (!(await isMarked(session))) return;
  await lock(session, name);
  await endOthers(session);
  const reasons = await emptyDatabase(session, serverVersion, () => contentsOf(session));
  const held = await contentsOf(session);
  if (held.length > 0) {
    const [first = 'nothing says why'] = reasons;
    const reason = `${name} could not be emptied, it still holds ${listed(held)}: ${first}`;
    throw new ShadowFailure({ code: 'shadow.unavailable', reason });
  }
  await session.execute(`${settingOf(name)} reset application_name`);
}

/** How often, at a fiftieth of a second each, is looked whether sessions have ended. */
const LOOKS = 250;

const othersQuery = `from pg_catalog.pg_stat_activity a
  where a.datname = pg_catalog.current_database() and a.usename = current_user and a.pid <> pg_catalog.pg_backend_pid()
    and not exists (
      select from pg_catalog.pg_locks l where l.pid = a.pid and l.locktype = 'advisory' and l.classid = ${keeperClass}
    )`;

/** Ends the role's sessions in the database, those of runs that wait beside it aside: what they hold cannot be dropped. */
async function endOthers(session: WritingSession): Promise<void> {
  await session.query(`select pg_catalog.pg_terminate_backend(a.pid) ${othersQuery}`);
  for (let looks = 0; looks < LOOKS; looks += 1) {
    if ((await session.query(`select a.pid ${othersQuery}`)).length === 0) return;
    await session.query('select pg_catalog.pg_sleep(0.02)');
  }
}
