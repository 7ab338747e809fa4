import { Worker } from 'node:worker_threads';
import type { CancelSignal } from '../../engine/ports/cancel.ts';
import type { ShadowDatabase } from '../../engine/ports/shadow-databases.ts';
import { ShadowFailure } from '../../engine/ports/shadow-failure.ts';
import { SqlFailure } from '../../engine/ports/sql-client.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { engineModule } from './engine-module.ts';
import type { WorkerAnswers, WorkerEnvelope, WorkerReply, WorkerRequest } from './worker-protocol.ts';

/** How a client is started. */
export type PgliteClientOptions = {
  /** The bundled worker, or its source where Node can run TypeScript. */
  readonly workerFile: string | URL;
  /** Cancelling kills the engine; its database is gone. */
  readonly signal?: CancelSignal;
  /** Seconds that the database may live until `limit` says otherwise. Default 60. */
  readonly timeoutSeconds?: number;
};

/** One embedded engine in its own thread, seen from outside it. Failures of the engine are `ShadowFailure`. */
export interface PgliteClient extends ShadowDatabase {
  readonly kind: 'embedded';
  /** Opens a database of an image, or of the image file at a path; comes before everything else. */
  open(image: string | Uint8Array, extensions: readonly string[], database: string): Promise<void>;
  /** Makes the image of an empty cluster. */
  buildImage(): Promise<Uint8Array>;
  /** The data folder as an uncompressed tar, to be opened again later. */
  dump(): Promise<Uint8Array>;
}

type Waiting = { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void };

const CLOSE_MILLISECONDS = 2_000;

/** Starts the thread; nothing is open yet. The caller always calls `close`. */
export function startPgliteClient(options: PgliteClientOptions): PgliteClient {
  const { signal } = options;
  // Output is drained: a crashing engine prints its whole minified source.
  const worker = new Worker(options.workerFile, { stdout: true, stderr: true });
  worker.stdout.resume();
  worker.stderr.resume();

  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let serverVersion = 0;
  let failure: LockstepError | null = null;
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  let ending: Promise<void> | null = null;

  const endThread = async (): Promise<void> => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    ended = true;
    await worker.terminate();
  };
  const fail = (error: LockstepError): void => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(new ShadowFailure(failure));
    waiting.clear();
    ending ??= endThread();
  };
  function onAbort(): void {
    fail({ code: 'cancelled' });
  }
  const limit = (seconds = options.timeoutSeconds ?? 60): void => {
    clearTimeout(timer);
    if (ended) return;
    timer = setTimeout(() => fail({ code: 'shadow.timeout', seconds }), seconds * 1000);
  };

  worker.on('message', (reply: WorkerReply) => {
    const call = waiting.get(reply.id);
    if (call === undefined) return;
    waiting.delete(reply.id);
    if (reply.kind === 'value') {
      call.resolve(reply.value as never);
    } else if (reply.kind === 'refused') {
      // An internal error may have left the engine's memory damaged: nothing it says afterwards can be trusted.
      if (reply.refusal.sqlstate === 'XX000') failure ??= { code: 'shadow.crashed', reason: reply.refusal.message };
      call.reject(new SqlFailure(reply.refusal));
    } else {
      call.reject(new ShadowFailure({ code: 'shadow.crashed', reason: reply.reason }));
      fail({ code: 'shadow.crashed', reason: reply.reason });
    }
  });
  worker.on('error', (error) => fail({ code: 'shadow.crashed', reason: error.message.slice(0, 300) }));
  worker.on('exit', () => {
    if (!ended) fail({ code: 'shadow.crashed', reason: 'the embedded engine stopped by itself' });
  });

  limit();
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });

  function send<K extends WorkerRequest['kind']>(
    request: Extract<WorkerRequest, { readonly kind: K }>,
    callSignal?: CancelSignal,
  ): Promise<WorkerAnswers[K]> {
    if (callSignal?.aborted === true) return Promise.reject(new ShadowFailure({ code: 'cancelled' }));
    if (failure !== null) return Promise.reject(new ShadowFailure(failure));
    if (ended) return Promise.reject(new ShadowFailure({ code: 'shadow.unavailable', reason: 'it has been closed' }));
    lastId += 1;
    const envelope: WorkerEnvelope = { id: lastId, request };
    const answered = new Promise<WorkerAnswers[K]>((resolve, reject) => {
      waiting.set(envelope.id, { resolve, reject });
    });
    worker.postMessage(envelope);
    if (callSignal === undefined || callSignal === signal) return answered;
    callSignal.addEventListener('abort', onAbort, { once: true });
    return answered.finally(() => callSignal.removeEventListener('abort', onAbort));
  }

  return {
    kind: 'embedded',
    get serverVersion() {
      return serverVersion;
    },
    limit,
    async open(image, extensions, database) {
      await send<'open'>({ kind: 'open', image, extensions, database, code: await engineModule() });
      const rows = await send<'query'>({
        kind: 'query',
        text: "select current_setting('server_version_num')::int4 as version",
        parameters: [],
      });
      serverVersion = Number(rows[0]?.['version']);
    },
    async buildImage() {
      return send<'build-image'>({ kind: 'build-image', code: await engineModule() });
    },
    dump: () => send<'dump'>({ kind: 'dump' }),
    query: (text, parameters = [], callSignal) => send<'query'>({ kind: 'query', text, parameters }, callSignal),
    async execute(script, callSignal) {
      await send<'execute'>({ kind: 'execute', script }, callSignal);
    },
    observe: (statement, callSignal) => send<'observe'>({ kind: 'observe', statement }, callSignal),
    async close() {
      if (ending === null) {
        // Lets the engine end in order; a busy one cannot hear it and is killed.
        const inOrder = send<'close'>({ kind: 'close' }).catch(() => null);
        ended = true;
        let patience: NodeJS.Timeout | undefined;
        const given = new Promise<null>((resolve) => {
          patience = setTimeout(() => resolve(null), waiting.size > 1 ? 0 : CLOSE_MILLISECONDS);
        });
        ending = Promise.race([inOrder, given]).then(() => {
          clearTimeout(patience);
          return endThread();
        });
      }
      await ending;
      for (const { reject } of waiting.values()) {
        reject(new ShadowFailure({ code: 'shadow.unavailable', reason: 'it has been closed' }));
      }
      waiting.clear();
    },
  };
}
