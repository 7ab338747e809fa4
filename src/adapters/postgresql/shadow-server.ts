import type { CancelSignal } from '../../engine/ports/cancel.ts';
import type { ShadowDatabase, ShadowDatabases } from '../../engine/ports/shadow-databases.ts';
import { ShadowFailure } from '../../engine/ports/shadow-failure.ts';
import { SqlFailure } from '../../engine/ports/sql-client.ts';
import type { ConnectionSettings } from '../../shared/connection-profile.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Secret } from '../../shared/secret.ts';
import { guardShared } from './guard-shared.ts';
import type { StartupSettings } from './open-client.ts';
import { createServerShadow } from './server-shadow.ts';
import { type Housing, housingOf } from './shadow-housing.ts';
import { makeStandInRole, type Swept } from './shadow-keeper.ts';
import {
  keeperStart,
  readShadowServerFacts,
  refusalOfShadowServer,
  type ShadowServerFacts,
  shadowStart,
} from './shadow-server-facts.ts';
import { openWritingSession, type WritingSession } from './writing-session.ts';

/** Shadow databases on a server that somebody named for that purpose. */
export interface ShadowServer extends ShadowDatabases {
  /** `server_version_num`. */
  readonly serverVersion: number;
  /** What runs that died had left there. */
  readonly swept: Swept;
  /** What there is to say of how it houses shadow databases, in sentences. */
  readonly remarks: readonly string[];
  /** Drops what is still open and ends the session on the server; returns what could not be dropped, in words. */
  close(): Promise<readonly string[]>;
}

/** Extensions that reach out of the database: nothing that a copied schema names must be called by its migration. */
const REACHING_OUT: ReadonlySet<string> = new Set(
  `adminpack aws_lambda aws_s3 azure_storage clickhouse_fdw db2_fdw dblink file_fdw hdfs_fdw http mongo_fdw mysql_fdw
   ogr_fdw oracle_fdw parquet_s3_fdw pg_background pg_cron pg_net pg_partman_bgw pgagent pglogical plproxy postgres_fdw
   redis_fdw sqlite_fdw tds_fdw wrappers`.split(/\s+/),
);

/** Seconds that one database may live unless somebody says otherwise. */
const USUAL_SECONDS = 60;

/**
 * Connects to a server for shadow databases and drops what runs that died had left there, or says why the server cannot
 * be used. The caller closes it.
 */
export async function connectShadowServer(
  settings: ConnectionSettings,
  password: Secret | null,
  options: { readonly signal?: CancelSignal | undefined; readonly timeoutSeconds?: number } = {},
): Promise<Result<ShadowServer, LockstepError>> {
  const connected = await openWritingSession(settings, password, keeperStart);
  if (!connected.ok) return connected;
  const keeper = connected.value;
  try {
    const facts = await readShadowServerFacts(keeper);
    const refusal = options.signal?.aborted === true ? CANCELLED : refusalOfShadowServer(facts, settings);
    if (refusal !== null) {
      await keeper.close();
      return err(refusal);
    }
    const startup = await shadowStart(keeper, facts);
    const housing = housingOf(facts);
    const swept = await housing.sweep(keeper);
    const timeoutSeconds = options.timeoutSeconds ?? USUAL_SECONDS;
    return ok(createShadowServer({ settings, password, keeper, facts, housing, startup, swept, timeoutSeconds }));
  } catch (cause) {
    await keeper.close();
    return err(failureOf(cause));
  }
}

const CANCELLED: LockstepError = { code: 'cancelled' };

/** What the server refused, or why it no longer answers, as data. */
function failureOf(cause: unknown): LockstepError {
  if (cause instanceof ShadowFailure) return cause.error;
  if (cause instanceof SqlFailure) return { code: 'postgres.rejected', ...cause.refusal };
  throw cause;
}

type Parts = {
  readonly settings: ConnectionSettings;
  readonly password: Secret | null;
  /** The session that makes, checks and drops databases. */
  readonly keeper: WritingSession;
  readonly facts: ShadowServerFacts;
  readonly housing: Housing;
  /** What sessions in shadow databases begin with. */
  readonly startup: StartupSettings;
  readonly swept: Swept;
  readonly timeoutSeconds: number;
};

function createShadowServer(parts: Parts): ShadowServer {
  const { settings, password, facts, housing, startup } = parts;
  let keeper = parts.keeper;
  const open = new Set<ShadowDatabase>();
  const unfinished = new Set<Promise<unknown>>();
  const leftBehind: string[] = [];

  const sessionIn = async (database: string, start: StartupSettings): Promise<WritingSession> => {
    const opened = await openWritingSession({ ...settings, database }, password, start);
    if (!opened.ok) throw new ShadowFailure(opened.error);
    return opened.value;
  };
  /** Works with the keeper, and once more with a new one where a failure of the server took the old one. */
  const keeping = async <T>(work: (session: WritingSession) => Promise<T>): Promise<T> => {
    try {
      if (keeper.isOpen()) return await work(keeper);
    } catch (cause) {
      if (keeper.isOpen()) throw cause;
    }
    keeper = await sessionIn(settings.database, keeperStart);
    return work(keeper);
  };
  const checkedSessionIn = async (database: string): Promise<WritingSession> => {
    const session = await sessionIn(database, startup);
    try {
      await housing.require(session, database);
      return session;
    } catch (cause) {
      await session.close();
      throw cause;
    }
  };
  const drop = async (database: string): Promise<void> => {
    try {
      await keeping((session) => housing.drop(session, database));
    } catch (cause) {
      const error = failureOf(cause);
      leftBehind.push(
        `${database} (${'reason' in error ? error.reason : 'message' in error ? error.message : error.code})`,
      );
    }
  };
  const interrupt = async (processId: number): Promise<void> => {
    try {
      await keeping((session) => session.query('select pg_catalog.pg_cancel_backend($1)', [processId]));
    } catch (cause) {
      // Dropping the database ends its sessions too.
      failureOf(cause);
    }
  };

  const guardSharedOf = async <T>(processId: number, work: () => Promise<T>): Promise<T> => {
    const beside = await sessionIn(settings.database, keeperStart);
    try {
      const { version: serverVersion, isSuperuser } = facts;
      return await guardShared(beside, { processId, serverVersion, isSuperuser }, work);
    } finally {
      await beside.close();
    }
  };

  const make = async ({ like, signal, timeoutSeconds }: Parameters<ShadowDatabases['open']>[0]) => {
    const { name, lacks } = await keeping((session) => housing.make(session, like ?? null));
    try {
      const session = await checkedSessionIn(name);
      const database: ShadowDatabase = createServerShadow(
        session,
        {
          serverVersion: facts.version,
          lacks,
          form: housing.form,
          openSession: () => checkedSessionIn(name),
          interrupt,
          makeRole: (role) => keeping((session) => makeStandInRole(session, role)),
          guardShared: guardSharedOf,
          drop: async () => {
            open.delete(database);
            await drop(name);
          },
        },
        { signal, timeoutSeconds: timeoutSeconds ?? parts.timeoutSeconds },
      );
      open.add(database);
      return database;
    } catch (cause) {
      await drop(name);
      throw cause;
    }
  };

  return {
    serverVersion: facts.version,
    swept: parts.swept,
    remarks: housing.remarks,
    availableExtensions: facts.extensions.filter((name) => !REACHING_OUT.has(name)),
    kept: new Set(),
    recall: async () => null,
    keep: async () => undefined,
    open: (wanted) => {
      const made = make(wanted).catch((cause: unknown) => {
        throw cause instanceof SqlFailure
          ? new ShadowFailure({ code: 'shadow.unavailable', reason: cause.message })
          : cause;
      });
      // Whoever cancels does not wait until the server has made the database; closing does.
      const settled = made.then(
        () => undefined,
        () => undefined,
      );
      unfinished.add(settled);
      void settled.then(() => unfinished.delete(settled));
      return unlessAborted(made, wanted.signal);
    },
    close: async () => {
      await Promise.all(unfinished);
      await Promise.all([...open].map((database) => database.close()));
      try {
        await keeping((session) => housing.sweep(session));
      } catch (cause) {
        // What is left is found by the next run.
        failureOf(cause);
      }
      await keeper.close();
      return leftBehind;
    },
  };
}

async function unlessAborted<T>(work: Promise<T>, signal: CancelSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new ShadowFailure(CANCELLED));
  });
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
