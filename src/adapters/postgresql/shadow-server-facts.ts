import * as z from 'zod';
import { SqlFailure } from '../../engine/ports/sql-client.ts';
import { quoteIdentifier } from '../../engine/sql/quote-identifier.ts';
import type { ConnectionSettings } from '../../shared/connection-profile.ts';
import type { LockstepError } from '../../shared/errors.ts';
import type { StartupSettings } from './open-client.ts';
import { isLentName } from './shadow-marker.ts';
import type { WritingSession } from './writing-session.ts';

const factsSchema = z.object({
  version: z.number(),
  user: z.string(),
  database: z.string(),
  /** What the role may make schemas and extensions in: the database of the session. */
  mayCreateInIt: z.boolean(),
  createsDatabases: z.boolean(),
  isSuperuser: z.boolean(),
  isStandby: z.boolean(),
  extensions: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
});

/** What a server for shadow databases is, and what the role may do there: `extensions` are those that it may create. */
export type ShadowServerFacts = z.infer<typeof factsSchema>;

const factsQuery = `select pg_catalog.current_setting('server_version_num')::pg_catalog.int4 as version,
    r.rolname::pg_catalog.text as "user", r.rolsuper or r.rolcreatedb as "createsDatabases", r.rolsuper as "isSuperuser",
    pg_catalog.pg_is_in_recovery() as "isStandby",
    pg_catalog.current_database()::pg_catalog.text as database,
    pg_catalog.has_database_privilege(pg_catalog.current_database()::pg_catalog.text, 'CREATE') as "mayCreateInIt",
    -- Before 13 no extension was trusted, and the view did not say.
    (select coalesce(pg_catalog.json_agg(a.name order by a.name), '[]')
      from pg_catalog.pg_available_extensions a
      join pg_catalog.pg_available_extension_versions v on v.name = a.name and v.version = a.default_version
      where r.rolsuper or not v.superuser or coalesce((pg_catalog.to_jsonb(v) ->> 'trusted')::pg_catalog.bool, false)
    )::pg_catalog.text as extensions
  from pg_catalog.pg_roles r where r.rolname = current_user`;

const oldestVersion = 120_000;

/** Asks the server. Throws `SqlFailure`, and `ShadowFailure` when the session is gone. */
export async function readShadowServerFacts(session: WritingSession): Promise<ShadowServerFacts> {
  const [row] = await session.query(factsQuery);
  return factsSchema.parse(row);
}

/** Why no shadow database can be made there, neither beside the session's database nor in it, or null. */
export function refusalOfShadowServer(
  { version, user, createsDatabases, isStandby, database, mayCreateInIt }: ShadowServerFacts,
  { host }: ConnectionSettings,
): LockstepError | null {
  if (version < oldestVersion) return { code: 'connection.version_unsupported', version };
  if (isStandby) return { code: 'shadow.unavailable', reason: `${host} is a standby, where nothing can be made` };
  if (createsDatabases || (isLentName(database) && mayCreateInIt)) return null;
  if (isLentName(database)) {
    const grant = `GRANT CREATE ON DATABASE ${quoteIdentifier(database)} TO ${quoteIdentifier(user)};`;
    return { code: 'shadow.no_right', user, host, grant };
  }
  return { code: 'shadow.no_right', user, host, grant: `ALTER ROLE ${quoteIdentifier(user)} CREATEDB;` };
}

/** Whatever administrators have set for the role or everybody, a shadow begins like a session on a new server. */
const plainStart: StartupSettings = [
  ['default_transaction_read_only', 'off'],
  ['statement_timeout', '0'],
  ['lock_timeout', '0'],
  ['idle_in_transaction_session_timeout', '0'],
  ['search_path', '"$user",public'],
];

/** What the session beside the shadows begins with: a marker must survive all that its database survives. */
export const keeperStart: StartupSettings = [...plainStart, ['synchronous_commit', 'on']];

/** What sessions in shadow databases begin with: also settings that not every server and role may set, each tried first. */
export async function shadowStart(session: WritingSession, facts: ShadowServerFacts): Promise<StartupSettings> {
  const wanted: (readonly [string, string])[] = [];
  // A server that looks for its client ends what it does for a dead one; else an endless loop would go on without us.
  if (facts.version >= 140_000) wanted.push(['client_connection_check_interval', '1000']);
  // What a shadow lacks is recognized by the server's words.
  if (facts.isSuperuser) wanted.push(['lc_messages', 'C']);
  // Nothing in there has to survive anything.
  const allowed: (readonly [string, string])[] = [...plainStart, ['synchronous_commit', 'off']];
  for (const [name, value] of wanted) {
    try {
      await session.query('select pg_catalog.set_config($1, $2, false)', [name, value]);
      allowed.push([name, value]);
    } catch (cause) {
      if (!(cause instanceof SqlFailure)) throw cause;
    }
  }
  return allowed;
}
