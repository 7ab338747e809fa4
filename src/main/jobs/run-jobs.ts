import type { MessagePort } from 'node:worker_threads';
import type { Catalog } from '../../engine/catalog/catalog.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import { unpackCatalog } from '../history/packed-catalog.ts';
import type { FromWorker, JobInput, JobName, JobProgress, JobResult, ToWorker } from './job-table.ts';

/** What a job gets beside its input. */
export type JobContext<J extends JobName> = {
  readonly signal: AbortSignal;
  readonly report: (progress: JobProgress<J>) => void;
  /** The catalog with this fingerprint; the newest few stay in memory. Null when the history does not have it. */
  readonly catalog: (fingerprint: string) => Promise<Catalog | null>;
};

/** One function for each job; a missing one does not compile. */
export type Work = {
  readonly [J in JobName]: (input: JobInput<J>, context: JobContext<J>) => Promise<JobResult<J>>;
};

/** Catalogs that stay parsed: one for each database that a person switches between. */
const keptCatalogs = 4;

/** Serves jobs over a port until the thread ends. */
export function runJobs(port: MessagePort, work: Work): void {
  const running = new Map<number, AbortController>();
  const catalogs = new Map<string, Promise<Catalog | null>>();
  const wanted = new Map<string, (catalog: Catalog | null) => void>();
  const send = (message: FromWorker): void => port.postMessage(message);

  const catalog = (fingerprint: string): Promise<Catalog | null> => {
    const known =
      catalogs.get(fingerprint) ??
      new Promise<Catalog | null>((resolve) => {
        wanted.set(fingerprint, resolve);
        send({ kind: 'catalog-wanted', fingerprint });
      });
    // Set anew each time, so that the first key is always the one used longest ago.
    catalogs.delete(fingerprint);
    catalogs.set(fingerprint, known);
    const oldest = catalogs.keys().next();
    if (catalogs.size > keptCatalogs && oldest.done === false) catalogs.delete(oldest.value);
    return known;
  };

  const run = async (id: number, job: JobName, input: unknown): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    const { signal } = controller;
    // A turn of the event loop, so that a job which was cancelled while it waited is never begun.
    await new Promise((resolve) => setImmediate(resolve));
    const context: JobContext<JobName> = {
      signal,
      report: (progress) => send({ kind: 'progress', id, progress }),
      catalog,
    };
    try {
      const perform = work[job] as (
        input: unknown,
        context: JobContext<JobName>,
      ) => Promise<Result<unknown, LockstepError>>;
      const result = signal.aborted ? cancelled : await perform(input, context);
      send({ kind: 'done', id, result });
    } catch (problem) {
      if (signal.aborted) send({ kind: 'done', id, result: cancelled });
      else
        send({
          kind: 'bug',
          id,
          stack: problem instanceof Error ? (problem.stack ?? problem.message) : String(problem),
        });
    } finally {
      running.delete(id);
    }
  };

  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'run':
        void run(message.id, message.job, message.input);
        return;
      case 'cancel':
        running.get(message.id)?.abort();
        return;
      case 'catalog': {
        const { fingerprint, packed } = message;
        // A catalog that is not there now may be read later.
        if (packed === null) catalogs.delete(fingerprint);
        wanted.get(fingerprint)?.(packed === null ? null : unpackCatalog(packed));
        wanted.delete(fingerprint);
      }
    }
  });
}

const cancelled = err({ code: 'cancelled' } as const);
