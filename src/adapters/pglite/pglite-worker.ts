/**
 * The thread that hosts one embedded PostgreSQL. The engine has no working statement timeout and cannot be interrupted
 * from within, so it lives where it can be killed: here. Loaded as source by Node in tests, so nothing that only a
 * bundler understands may be imported.
 */
import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { messages, PGlite, types } from '@electric-sql/pglite';
import type { SqlRefusal, SqlRow } from '../../engine/ports/sql-client.ts';
import { buildBaseImage } from './build-base-image.ts';
import { bundledExtensions } from './bundled-extensions.ts';
import { ImageFileSystem, imageOf } from './data-folder.ts';
import type { WorkerAnswers, WorkerEnvelope, WorkerReply, WorkerRequest } from './worker-protocol.ts';

let database: PGlite | null = null;

function opened(): PGlite {
  if (database === null) throw new Error('no database is open');
  return database;
}

/** The engine's file system takes what a `Buffer` cuts out for copies. */
const bytesOf = ({ buffer, byteOffset, byteLength }: Buffer): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

async function open(request: Extract<WorkerRequest, { readonly kind: 'open' }>): Promise<null> {
  // What came from another thread is shared with it.
  const image = typeof request.image === 'string' ? bytesOf(await readFile(request.image)) : request.image.slice();
  database = await PGlite.create({
    database: request.database,
    pgliteWasmModule: request.code,
    fs: new ImageFileSystem(image),
    // A checkpoint leaves only the log that is still needed: the rest would be in every image, and in memory twice.
    postgresqlconf: ['shared_buffers=4MB', 'min_wal_size=2MB', 'max_wal_size=8MB'],
    extensions: bundledExtensions(request.extensions),
    // As node-postgres delivers it, so that a catalog reads the same from both.
    parsers: { [types.INT8]: (value: string) => value },
  });
  // Loads PL/pgSQL now: after any failed library load it could not be loaded any more.
  await database.exec('do $$begin end$$');
  return null;
}

async function query(text: string, parameters: readonly unknown[]): Promise<readonly SqlRow[]> {
  return (await opened().query<SqlRow>(text, [...parameters])).rows;
}

async function observe(statement: string): Promise<readonly string[]> {
  const notices: string[] = [];
  await opened().exec(statement, {
    onNotice: ({ severity, message }) => notices.push(`${severity ?? 'NOTICE'}: ${message ?? ''}`),
  });
  return notices;
}

async function dump(): Promise<Uint8Array> {
  await opened().exec('checkpoint');
  return imageOf(opened());
}

async function close(): Promise<null> {
  await database?.close();
  database = null;
  return null;
}

async function answer(request: WorkerRequest): Promise<WorkerAnswers[keyof WorkerAnswers]> {
  switch (request.kind) {
    case 'open':
      return open(request);
    case 'build-image':
      return buildBaseImage(request.code);
    case 'query':
      return query(request.text, request.parameters);
    case 'execute':
      await opened().exec(request.script);
      return null;
    case 'observe':
      return observe(request.statement);
    case 'dump':
      return dump();
    case 'close':
      return close();
  }
}

function refusalOf(error: messages.DatabaseError): SqlRefusal {
  const position = Number(error.position);
  return {
    sqlstate: error.code ?? 'XX000',
    message: error.message,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(Number.isInteger(position) && position > 0 ? { position } : {}),
  };
}

async function replyTo({ id, request }: WorkerEnvelope): Promise<WorkerReply> {
  try {
    return { id, kind: 'value', value: await answer(request) };
  } catch (error) {
    if (error instanceof messages.DatabaseError) return { id, kind: 'refused', refusal: refusalOf(error) };
    // The first line only: engine failures carry thousands of characters of minified source.
    const reason = error instanceof Error ? error.message : String(error);
    return { id, kind: 'failed', reason: reason.split('\n', 1)[0]?.slice(0, 300) ?? '' };
  }
}

const port = parentPort;
if (port === null) throw new Error('pglite-worker is started as a worker thread');
let turn: Promise<void> = Promise.resolve();
port.on('message', (envelope: WorkerEnvelope) => {
  turn = turn.then(async () => {
    port.postMessage(await replyTo(envelope));
  });
});
