import { Socket } from 'node:net';
import pg from 'pg';
import type { CancelSignal } from '../../engine/ports/cancel.ts';
import type { ConnectionSettings } from '../../shared/connection-profile.ts';
import type { Secret } from '../../shared/secret.ts';
import { PasswordMissing } from './connection-error.ts';
import type { TlsAttempt } from './tls-attempts.ts';
import { typeParsers } from './type-parsers.ts';

/** Settings that a session begins with, by name. */
export type StartupSettings = readonly (readonly [string, string])[];

/** A connected client of the driver. */
export type OpenClient = {
  readonly client: pg.Client;
  /** Why the connection is gone, or null while it lives. */
  lost(): string | null;
  /** Ends politely, within a second. */
  close(): Promise<void>;
  /** Ends at once. */
  destroy(): void;
};

/** Connects once; rejects with what the driver or the server says. */
export async function openClient({
  settings,
  password,
  tls,
  startup,
  connectTimeoutSeconds,
  pipeline,
  signal,
}: {
  readonly settings: ConnectionSettings;
  readonly password: Secret | null;
  readonly tls: TlsAttempt;
  readonly startup: StartupSettings;
  readonly connectTimeoutSeconds: number;
  /** True to send statements before the answers to earlier ones. */
  readonly pipeline?: boolean;
  readonly signal?: CancelSignal | undefined;
}): Promise<OpenClient> {
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
    options: startup.map(([name, value]) => `-c ${name}=${value}`).join(' '),
    connectionTimeoutMillis: connectTimeoutSeconds * 1000,
    keepAlive: true,
    pipeline: pipeline === true,
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
    client,
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

/** The number of the server's process that serves a client, for cancelling; null where the driver does not know it. */
export const processIdOf = (client: pg.Client): number | null =>
  'processID' in client && typeof client.processID === 'number' ? client.processID : null;
