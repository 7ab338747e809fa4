import * as z from 'zod';
import type { CancelSignal } from '../../engine/ports/cancel.ts';
import type { ShadowDatabase, ShadowDatabases } from '../../engine/ports/shadow-databases.ts';
import { ShadowFailure } from '../../engine/ports/shadow-failure.ts';
import { SqlFailure } from '../../engine/ports/sql-client.ts';
import { quoteIdentifier } from '../../engine/sql/quote-identifier.ts';
import type { ConnectionSettings } from '../../shared/connection-profile.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Secret } from '../../shared/secret.ts';
import type { StartupSettings } from './open-client.ts';
import { createServerShadow } from './server-shadow.ts';
import { createShadow, dropShadow, makeStandInRole, requireShadow, type Swept, sweepShadows } from './shadow-keeper.ts';
import { openWritingSession, type WritingSession } from './writing-session.ts';

/** Shadow databases on a server that somebody named for that purpose. */
export interface ShadowServer extends ShadowDatabases {
  /** `server_version_num`. */
  readonly serverVersion: number;
  /** What earlier runs that died had left here. */
  readonly swept: Swept;
  /** Drops what is still open and ends the session on the server; returns what could not be dropped, in words. */
  close(): Promise<readonly string[]>;
}

const oldestVersion = 120000;

/** Extensions that reach out of the database: what the copy of a schema names must never be called by its migration. */
const REACHING_OUT = new Set(
  `adminpack aws_lambda aws_s3 azure_storage clickhouse_fdw db2_fdw dblink file_fdw http hdfs_fdw mongo_fdw mysql_fdw
   ogr_fdw oracle_fdw parquet_s3_fdw pg_background pg_cron pg_net pg_partman_bgw pgagent pglogical plproxy postgres_fdw
   redis_fdw sqlite_fdw tds_fdw wrappers`.split(/\s+/),
);

const aboutSchema = z.object({
  version: z.number(),
  user: z.string(),
  creates: z.boolean(),
  superuser: z.boolean(),
  recovering: z.boolean(),
  extensions: z.array(z.string()),
});

const aboutQuery = `select pg_catalog.current_setting('server_version_num')::pg_catalog.int4 as version,
    r.rolname::pg_catalog.text as "user", r.rolsuper or r.rolcreatedb as creates, r.rolsuper as superuser,
    pg_catalog.pg_is_in_recovery() as recovering,
    (select pg_catalog.to_json(pg_catalog.array_agg(a.name order by a.name)) from pg_catalog.pg_available_extensions a)
      as extensions
  from pg_catalog.pg_roles r where r.rolname = current_user`;

/** Whatever the server's administrators have set for the role or everybody, a shadow begins like a new server. */
const plainStart: StartupSettings = [
  ['default_transaction_read_only', 'off'],
  ['statement_timeout', '0'],
  ['lock_timeout', '0'],
  ['idle_in_transaction_session_timeout', '0'],
  ['search_path', '"$user",public'],
];

/**
 * Connects to a server for shadow databases, drops what runs that died had left there, and says why when the server cannot
 * be used: only a role that may create databases has any of its own to destroy. The caller closes it.
 */
export async function connectShadowServer(
  settings: ConnectionSettings,
  password: Secret | null,
  options: { readonly signal?: CancelSignal | undefined; readonly timeoutSeconds?: number } = {},
): Promise<Result<ShadowServer, LockstepError>> {
  const connected = await openWritingSession(settings, password, plainStart);
  if (!connected.ok) return connected;
  let keeper = connected.value;
  try {
    const [row] = await keeper.query(aboutQuery);
    const about = aboutSchema.parse({ ...row, extensions: JSON.parse(String(row?.['extensions'] ?? '[]')) });
    const refusal = refusalOf(about, settings);
    if (refusal !== null || options.signal?.aborted === true) {
      await keeper.close();
      return err(refusal ?? { code: 'cancelled' });
    }
    const startup = [...plainStart, ...(await extraStart(keeper, about))];
    const swept = await sweepShadows(keeper, about.version);
    return ok(shadowServer());

    function shadowServer(): ShadowServer {
      const open = new Set<ShadowDatabase>();
      const unfinished = new Set<Promise<unknown>>();
      const leftBehind: string[] = [];

      /** The session beside the shadows; a new one where a failure of the server took the old one. */
      const keeping = async (): Promise<WritingSession> => {
        if (!keeper.isOpen()) {
          const again = await openWritingSession(settings, password, plainStart);
          if (!again.ok) throw new ShadowFailure(again.error);
          keeper = again.value;
        }
        return keeper;
      };
      const openSession = async (database: string): Promise<WritingSession> => {
        const opened = await openWritingSession({ ...settings, database }, password, startup);
        if (!opened.ok) throw new ShadowFailure(opened.error);
        try {
          await requireShadow(opened.value, database);
          return opened.value;
        } catch (cause) {
          await opened.value.close();
          throw cause;
        }
      };
      const drop = async (database: string): Promise<void> => {
        try {
          await dropShadow(await keeping(), database, about.version);
        } catch (cause) {
          leftBehind.push(`${database}: ${cause instanceof Error ? reasonOf(cause) : String(cause)}`);
        }
      };
      const make = async ({
        signal,
        timeoutSeconds,
      }: Parameters<ShadowDatabases['open']>[0]): Promise<ShadowDatabase> => {
        const { name } = await createShadow(await keeping(), null).catch((cause: unknown) => {
          throw cause instanceof SqlFailure
            ? new ShadowFailure({ code: 'shadow.unavailable', reason: cause.message })
            : cause;
        });
        try {
          const session = await openSession(name);
          const database: ShadowDatabase = createServerShadow(
            session,
            {
              serverVersion: about.version,
              openSession: () => openSession(name),
              interrupt: async (processId) => {
                const ask = async () => (await keeping()).query('select pg_catalog.pg_cancel_backend($1)', [processId]);
                await ask().catch(() => undefined);
              },
              makeRole: async (role) => makeStandInRole(await keeping(), role),
              drop: async () => {
                open.delete(database);
                await drop(name);
              },
            },
            { signal, timeoutSeconds: timeoutSeconds ?? options.timeoutSeconds ?? 60 },
          );
          open.add(database);
          return database;
        } catch (cause) {
          await drop(name);
          throw cause;
        }
      };

      return {
        serverVersion: about.version,
        swept,
        availableExtensions: about.extensions.filter((name) => !REACHING_OUT.has(name)),
        kept: new Set(),
        keep: async () => undefined,
        open: (wanted) => {
          const made = make(wanted);
          // Whoever cancels does not wait for the server to finish making the database; closing does.
          const settled = made.catch(() => undefined).finally(() => unfinished.delete(settled));
          unfinished.add(settled);
          return unlessAborted(made, wanted.signal);
        },
        close: async () => {
          await Promise.all(unfinished);
          await Promise.all([...open].map((database) => database.close()));
          if (keeper.isOpen()) {
            await sweepShadows(keeper, about.version).catch(() => undefined);
            await keeper.close();
          }
          return leftBehind;
        },
      };
    }
  } catch (cause) {
    await keeper.close();
    if (cause instanceof ShadowFailure) return err(cause.error);
    if (cause instanceof SqlFailure) return err({ code: 'postgres.rejected', ...cause.refusal });
    throw cause;
  }
}

const reasonOf = (cause: Error): string =>
  cause instanceof ShadowFailure && 'reason' in cause.error ? cause.error.reason : cause.message;

function refusalOf(about: z.infer<typeof aboutSchema>, settings: ConnectionSettings): LockstepError | null {
  const { version, user } = about;
  if (version < oldestVersion) return { code: 'connection.version_unsupported', version };
  if (about.recovering)
    return { code: 'shadow.unavailable', reason: `${settings.host} is a standby and takes no writes` };
  if (about.creates) return null;
  return { code: 'shadow.no_right', user, host: settings.host, grant: `ALTER ROLE ${quoteIdentifier(user)} CREATEDB;` };
}

/** Settings that not every server and role may set, each tried first. */
async function extraStart(
  keeper: WritingSession,
  { version, superuser }: z.infer<typeof aboutSchema>,
): Promise<StartupSettings> {
  const wanted: StartupSettings = [
    // A server that notices a dead client ends what it does for it; else an endless loop would go on without us.
    ...(version >= 140_000 ? ([['client_connection_check_interval', '1000']] as const) : []),
    // What a shadow lacks is recognized by the server's words.
    ...(superuser ? ([['lc_messages', 'C']] as const) : []),
  ];
  const allowed: (readonly [string, string])[] = [];
  for (const [name, value] of wanted) {
    try {
      await keeper.query('select pg_catalog.set_config($1, $2, false)', [name, value]);
      allowed.push([name, value]);
    } catch (cause) {
      if (!(cause instanceof SqlFailure)) throw cause;
    }
  }
  return allowed;
}

async function unlessAborted(made: Promise<ShadowDatabase>, signal: CancelSignal | undefined): Promise<ShadowDatabase> {
  if (signal === undefined) return made;
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new ShadowFailure({ code: 'cancelled' }));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([made, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
