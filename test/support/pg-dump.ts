import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ConnectionSettings } from '../../src/shared/connection-profile.ts';
import { blockingSocket } from './blocking-socket.ts';

/** What `pg_dump`, built for WebAssembly, asks of the database that it was built to run beside. */
export type DumpedDatabase = {
  readonly query: (text: string) => Promise<{ readonly rows: readonly unknown[] }>;
  readonly exec: (text: string) => Promise<unknown>;
  /** Sends bytes of the wire protocol, and hands over the answer before it returns. */
  readonly execProtocolRawStream: (
    bytes: Uint8Array,
    options: { readonly onRawData: (bytes: Uint8Array) => void },
  ) => unknown;
};

type Tools = {
  readonly pgDump: (options: { readonly pg: DumpedDatabase; readonly args: readonly string[] }) => Promise<File>;
};

async function loadTools(): Promise<Tools> {
  const file = join(
    resolve(import.meta.dirname, '../servers/node_modules/@electric-sql/pglite-tools'),
    'dist/pg_dump.js',
  );
  if (!existsSync(file)) throw new Error('pg_dump for tests is not installed: run npm ci --prefix test/servers');
  return await import(pathToFileURL(file).href);
}

const options = ['--schema-only', '--no-password'];

/** What `pg_dump --schema-only` (version 18) says about an embedded database. */
export async function dumpEmbedded(database: DumpedDatabase): Promise<string> {
  const { pgDump } = await loadTools();
  return (await pgDump({ pg: database, args: options })).text();
}

/** The same about a database of a server of any version that `pg_dump` reads. No client has to be installed. */
export async function dumpDatabase(settings: ConnectionSettings): Promise<string> {
  const { pgDump } = await loadTools();
  const socket = blockingSocket(settings.host, settings.port);
  const requests = new RequestReader();
  const pg: DumpedDatabase = {
    // The tool restores the session of an embedded database. Here the session ends with the dump.
    query: async () => ({ rows: [{ search_path: '' }] }),
    exec: async () => undefined,
    execProtocolRawStream: (bytes, { onRawData }) => {
      socket.write(bytes);
      if (!requests.expectsAnswer(bytes)) return;
      for (const answer = new AnswerReader(); !answer.ready; ) {
        const received = socket.read();
        answer.take(received);
        onRawData(received);
      }
    },
  };
  try {
    return await (await pgDump({ pg, args: [...options, '--dbname', settings.database] })).text();
  } finally {
    await socket.close();
  }
}

/** Collects bytes and cuts the messages of the wire protocol out of them. */
class Messages {
  #rest = Buffer.alloc(0);

  /** Types of the messages that are complete now. The first one of a client has none. */
  take(bytes: Uint8Array, untyped: boolean): readonly string[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const types: string[] = [];
    for (let bare = untyped; ; bare = false) {
      const start = bare ? 0 : 1;
      if (this.#rest.length < start + 4) return types;
      const end = start + this.#rest.readInt32BE(start);
      if (this.#rest.length < end) return types;
      types.push(bare ? 'startup' : String.fromCharCode(this.#rest[0] ?? 0));
      this.#rest = this.#rest.subarray(end);
    }
  }
}

/** Follows what a client sends, to know when it waits. */
class RequestReader {
  readonly #messages = new Messages();
  #started = false;

  expectsAnswer(bytes: Uint8Array): boolean {
    const types = this.#messages.take(bytes, !this.#started);
    if (types.includes('startup')) this.#started = true;
    // The start of a session, a simple query, and the end of an extended one.
    return types.some((type) => type === 'startup' || type === 'Q' || type === 'S');
  }
}

/** Follows what a server sends, up to the message that it is ready for the next query. */
class AnswerReader {
  readonly #messages = new Messages();
  ready = false;

  take(bytes: Uint8Array): void {
    if (this.#messages.take(bytes, false).includes('Z')) this.ready = true;
  }
}
