import { Socket } from 'node:net';
import pg from 'pg';
import type { CancelSignal } from '../../engine/ports/cancel.ts';
import type { SqlRow } from '../../engine/ports/sql-client.ts';
import type { ConnectionSettings } from '../../shared/connection-profile.ts';
import type { Secret } from '../../shared/secret.ts';
import { PasswordMissing } from './connection-error.ts';
import { refusalOf } from './sql-refusal.ts';
import type { TlsAttempt } from './tls-attempts.ts';
import { typeParsers } from './type-parsers.ts';

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

const sessionSettings = (limits: SessionLimits): readonly (readonly [string, string])[] => [
  ['statement_timeout', String(limits.statementTimeoutSeconds * 1000)],
  ['lock_timeout', String(limits.lockTimeoutSeconds * 1000)],
  // A session that was forgotten inside a transaction would hold back VACUUM on the server.
  ['idle_in_transaction_session_timeout', '60000'],
  ['default_transaction_read_only', 'on'],
];

async function connectOnce(
  { settings, password, tls, limits, signal }: DriverOptions,
  startupOptions: boolean,
): Promise<Driver> {
  const socket = new Socket();
  const client = new pg.Client({
    host: settings.host,
    port: settings.port,
    database: settings.database,
    user: settings.user,
    // A function, because the driver otherwise looks for a password in the environment and in files by itself.
    password: () => {
      if (password === null) throw new PasswordMissing();
      return password.reveal();
    },
    ssl: tls ?? false,
    application_name: 'lockstep',
    client_encoding: 'UTF8',
    options: startupOptions
      ? sessionSettings(limits)
          .map(([name, value]) => `-c ${name}=${value}`)
          .join(' ')
      : '',
    connectionTimeoutMillis: limits.connectTimeoutSeconds * 1000,
    keepAlive: true,
    types: typeParsers,
    stream: () => socket,
  });
  let gone: string | null = null;
  client.on('error', (cause) => {
    gone ??= cause.message;
  });
  client.on('end', () => {
    gone ??= 'the connection was closed';
  });

  signal?.throwIfAborted();
  const abandon = () => socket.destroy(new Error('cancelled'));
  signal?.addEventListener('abort', abandon, { once: true });
  try {
    await client.connect();
  } catch (cause) {
    socket.destroy();
    throw cause;
  } finally {
    signal?.removeEventListener('abort', abandon);
  }

  return {
    processId: 'processID' in client && typeof client.processID === 'number' ? client.processID : null,
    run: async (text, parameters = []) => {
      const query = { text, values: [...parameters], queryMode: 'extended' };
      return (await client.query<Record<string, unknown>>(query)).rows;
    },
    lost: () => gone,
    close: async () => {
      const late = setTimeout(() => socket.destroy(), 1000);
      await client.end().catch(() => undefined);
      clearTimeout(late);
      socket.destroy();
    },
    destroy: () => {
      gone ??= 'the connection was closed';
      socket.destroy();
    },
  };
}
