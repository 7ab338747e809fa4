import type { CancelSignal } from '../../engine/ports/cancel.ts';
import type { SqlRow } from '../../engine/ports/sql-client.ts';
import type { ConnectionSettings } from '../../shared/connection-profile.ts';
import type { Secret } from '../../shared/secret.ts';
import { openClient, processIdOf, type StartupSettings } from './open-client.ts';
import { refusalOf } from './sql-refusal.ts';
import type { TlsAttempt } from './tls-attempts.ts';

/** Limits of a session, in seconds. */
export type SessionLimits = {
  readonly connectTimeoutSeconds: number;
  readonly statementTimeoutSeconds: number;
  readonly lockTimeoutSeconds: number;
};

/** One connection, as the driver gives it: nothing is guarded here but what the server guards. */
export type Driver = {
  /** The server's process, for cancelling. */
  readonly processId: number | null;
  /** One statement over the extended protocol. */
  run(text: string, parameters?: readonly unknown[]): Promise<readonly SqlRow[]>;
  /** Why the connection is gone, or null while it lives. */
  lost(): string | null;
  /** Ends politely, within a second. */
  close(): Promise<void>;
  /** Ends at once. */
  destroy(): void;
};

type DriverOptions = {
  readonly settings: ConnectionSettings;
  readonly password: Secret | null;
  readonly tls: TlsAttempt;
  readonly limits: SessionLimits;
  readonly signal?: CancelSignal | undefined;
};

/** Connects once; rejects with what the driver or the server says. */
export async function openDriver(options: DriverOptions): Promise<Driver> {
  try {
    return await connectOnce(options, true);
  } catch (cause) {
    // Connection poolers refuse startup options that they do not know (protocol violation); they are set afterwards then.
    const refusal = refusalOf(cause);
    if (refusal === null || refusal.sqlstate !== '08P01' || !/startup parameter/.test(refusal.message)) throw cause;
    const driver = await connectOnce(options, false);
    try {
      for (const [name, value] of sessionSettings(options.limits)) {
        await driver.run('select pg_catalog.set_config($1, $2, false)', [name, value]);
      }
      return driver;
    } catch (later) {
      driver.destroy();
      throw later;
    }
  }
}

const sessionSettings = (limits: SessionLimits): StartupSettings => [
  ['statement_timeout', String(limits.statementTimeoutSeconds * 1000)],
  ['lock_timeout', String(limits.lockTimeoutSeconds * 1000)],
  // A session that was forgotten inside a transaction would hold back VACUUM on the server.
  ['idle_in_transaction_session_timeout', '60000'],
  ['default_transaction_read_only', 'on'],
  // As the parser reads strings that judges each statement; a role or a database may have it off.
  ['standard_conforming_strings', 'on'],
];

async function connectOnce(options: DriverOptions, startupOptions: boolean): Promise<Driver> {
  const { settings, password, tls, limits, signal } = options;
  const { client, lost, close, destroy } = await openClient({
    settings,
    password,
    tls,
    startup: startupOptions ? sessionSettings(limits) : [],
    connectTimeoutSeconds: limits.connectTimeoutSeconds,
    pipeline: true,
    signal,
  });
  return {
    processId: processIdOf(client),
    run: async (text, parameters = []) => {
      const query = { text, values: [...parameters], queryMode: 'extended' };
      return (await client.query<Record<string, unknown>>(query)).rows;
    },
    lost,
    close,
    destroy,
  };
}
