import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { resolveDatabaseUrl } from '../../src/adapters/postgresql/resolve-database-url.ts';
import type { ConnectionSettings } from '../../src/shared/connection-profile.ts';
import type { Secret } from '../../src/shared/secret.ts';
import { postgresBinaries, serverUser } from './postgres-binaries.ts';
import type { PostgresVersion } from './postgres-version.ts';
import { serverRoom } from './server-room.ts';

const run = promisify(execFile);

/** A real PostgreSQL for tests. */
export type PostgresServer = {
  /** How its superuser reaches its first database. */
  readonly settings: ConnectionSettings;
  readonly password: Secret | null;
  /** Runs a script as the superuser, in a database of this server. */
  readonly execute: (script: string, database?: string) => Promise<void>;
  /** Makes an empty database with a name of its own and runs the script in it. */
  readonly createDatabase: (script?: string) => Promise<ConnectionSettings>;
  /** Kills the server without letting it finish anything. Only for a server of one's own. */
  readonly kill: () => void;
  /** Ends the server, or drops what was made on the server that the environment names. */
  readonly stop: () => Promise<void>;
};

export type PostgresServerOptions = {
  /** True for a test that changes or kills the server: it then never gets the one that the environment names. */
  readonly own?: boolean;
  /** Lines for `pg_hba.conf`, before those that trust everyone. */
  readonly hba?: readonly string[];
  /** Server settings, as for `-c name=value`. */
  readonly configuration?: Readonly<Record<string, string>>;
  /** Files to put into the data folder, readable for the server only. */
  readonly files?: Readonly<Record<string, string>>;
  /** A server of this major version, never the one that the environment names; 18 or that one when absent. */
  readonly version?: PostgresVersion;
};

/**
 * Starts a throw-away server that ends with this process, however that ends. With `LOCKSTEP_TEST_SERVER` (a URI of a
 * superuser) that server is used instead, unless the test needs its own.
 */
export async function startPostgresServer(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const named = process.env['LOCKSTEP_TEST_SERVER'];
  const lent = options.own !== true && options.version === undefined;
  if (named !== undefined && named !== '' && lent) return namedServer(named);

  const user = serverUser();
  const binaries = postgresBinaries(user, options.version ?? 18);
  const folder = mkdtempSync(join(serverRoom(), 'lockstep-server-'));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const environment = { PATH: process.env['PATH'] ?? '', HOME: folder, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  await run(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...user, cwd: folder, env: environment },
  );
  const own = (name: string, text: string) => {
    const path = join(data, name);
    writeFileSync(path, text, { mode: 0o600 });
    if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid);
  };
  own('pg_hba.conf', [...(options.hba ?? []), 'local all all trust', 'host all all all trust', ''].join('\n'));
  for (const [name, text] of Object.entries(options.files ?? {})) own(name, text);

  const port = await freePort();
  const configuration: Readonly<Record<string, string>> = {
    listen_addresses: 'localhost',
    port: String(port),
    unix_socket_directories: folder,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '32MB',
    ...options.configuration,
  };
  const flags = Object.entries(configuration).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // The shell waits for the end of its input, which comes when this process ends, even by SIGKILL.
  const keeper = spawn(
    'sh',
    [
      '-c',
      'program=$1 folder=$2; shift 2; "$program" "$@" <&- & pid=$!; echo $pid; cat >/dev/null; kill -INT $pid 2>/dev/null; wait $pid; rm -rf "$folder"',
      'keeper',
      join(binaries, 'postgres'),
      folder,
      '-D',
      data,
      ...flags,
    ],
    { ...user, cwd: folder, env: environment, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = new Promise<void>((done) => keeper.once('exit', () => done()));
  let log = '';
  let pid = 0;
  keeper.stdout.on('data', (chunk) => {
    pid = Number(String(chunk).trim().split('\n')[0]);
  });
  const stop = async () => {
    keeper.stdin.end();
    await ended;
  };
  try {
    await new Promise<void>((ready, failed) => {
      const late = setTimeout(() => failed(new Error(`the server does not answer: ${log}`)), 30_000);
      keeper.stderr.on('data', (chunk) => {
        log += String(chunk);
        if (!log.includes('ready to accept connections') && !log.includes('FATAL')) return;
        clearTimeout(late);
        if (log.includes('FATAL')) failed(new Error(`the server does not start: ${log}`));
        else ready();
      });
    });
  } catch (cause) {
    await stop();
    throw cause;
  }
  const settings: ConnectionSettings = {
    host: 'localhost',
    port,
    database: 'postgres',
    user: 'postgres',
    tls: 'disable',
    rootCertificate: null,
  };
  const client = superuser(settings, null);
  return { settings, password: null, ...client, kill: () => killAll(pid), stop };
}

/** Ends a server as a crash of the machine does: all of its processes at once, so that none can finish what it does. */
function killAll(pid: number): void {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  for (const one of [pid, ...children.map(Number)]) process.kill(one, 'SIGKILL');
}

async function namedServer(uri: string): Promise<PostgresServer> {
  const resolved = await resolveDatabaseUrl(uri, process.env);
  if (!resolved.ok) throw new Error(`LOCKSTEP_TEST_SERVER: ${JSON.stringify(resolved.error)}`);
  const { settings, password } = resolved.value;
  const client = superuser(settings, password);
  return {
    settings,
    password,
    ...client,
    kill: () => {
      throw new Error('a server that a test was only lent is not killed');
    },
    stop: async () => {
      for (const database of client.made) await client.execute(`drop database if exists "${database}" with (force)`);
    },
  };
}

function superuser(settings: ConnectionSettings, password: Secret | null) {
  const made: string[] = [];
  const execute = async (script: string, database = settings.database): Promise<void> => {
    const client = new pg.Client({
      host: settings.host,
      port: settings.port,
      user: settings.user,
      database,
      password: () => password?.reveal() ?? '',
      ssl: false,
    });
    // A server that a test kills takes this connection with it.
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(script);
    } finally {
      await client.end();
    }
  };
  const createDatabase = async (script = ''): Promise<ConnectionSettings> => {
    const database = `lockstep_test_${randomUUID().replaceAll('-', '')}`;
    await execute(`create database "${database}" template template0 encoding 'UTF8'`);
    made.push(database);
    if (script !== '') await execute(script, database);
    return { ...settings, database };
  };
  return { made, execute, createDatabase };
}

const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? found(address.port) : failed(new Error())));
    });
  });
