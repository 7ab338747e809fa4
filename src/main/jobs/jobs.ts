import type { Worker } from 'node:worker_threads';
import type { LockstepError } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import {
  type FromWorker,
  type JobInput,
  type JobName,
  type JobProgress,
  type JobResult,
  type Lane,
  laneOf,
  type ToWorker,
} from './job-table.ts';

/** Runs heavy work in threads of its own; main only passes messages. */
export interface Jobs {
  /**
   * Runs a job. Cancelling asks the job first and ends its thread when it does not answer; either way the result is
   * `cancelled`. A thread that breaks down is `shadow.crashed` for a shadow run and thrown as a bug for every other job.
   */
  run<J extends JobName>(
    job: J,
    input: JobInput<J>,
    options: { readonly signal: AbortSignal; readonly onProgress?: (progress: JobProgress<J>) => void },
  ): Promise<JobResult<J>>;
  /** Starts a lane's thread before it is needed. */
  warmUp(lane: Lane): void;
  /** Ends all threads. */
  close(): Promise<void>;
}

/** What a pool of jobs needs. */
export type JobsOptions = {
  readonly startWorker: () => Worker;
  /** A kept catalog as it was packed, or null. */
  readonly provideCatalog: (fingerprint: string) => Promise<Uint8Array | null>;
  /** How long a cancelled job may take to stop before its thread is ended. */
  readonly graceMilliseconds?: number;
};

type Pending = {
  readonly job: JobName;
  readonly input: unknown;
  readonly onProgress: ((progress: never) => void) | undefined;
  readonly resolve: (result: Result<never, LockstepError>) => void;
  readonly reject: (problem: unknown) => void;
};

type Thread = { readonly worker: Worker; readonly pending: Map<number, Pending> };

/** Makes the pool: one thread for each lane, started when it is first needed. */
export function createJobs({ startWorker, provideCatalog, graceMilliseconds = 1000 }: JobsOptions): Jobs {
  const threads = new Map<Lane, Thread>();
  let nextId = 0;
  let closed = false;

  const threadOf = (lane: Lane): Thread => {
    const running = threads.get(lane);
    if (running !== undefined) return running;
    const thread: Thread = { worker: startWorker(), pending: new Map() };
    threads.set(lane, thread);
    thread.worker.on('message', (message: FromWorker) => receive(thread, message));
    thread.worker.on('error', (problem) => breakDown(lane, thread, problem));
    thread.worker.on('exit', (code) => breakDown(lane, thread, new Error(`the thread ended with code ${code}`)));
    return thread;
  };

  const post = (thread: Thread, message: ToWorker): void => thread.worker.postMessage(message);

  const receive = (thread: Thread, message: FromWorker): void => {
    if (message.kind === 'catalog-wanted') {
      const { fingerprint } = message;
      provideCatalog(fingerprint).then(
        (packed) => post(thread, { kind: 'catalog', fingerprint, packed }),
        () => post(thread, { kind: 'catalog', fingerprint, packed: null }),
      );
      return;
    }
    const pending = thread.pending.get(message.id);
    if (pending === undefined) return;
    if (message.kind === 'progress') {
      pending.onProgress?.(message.progress as never);
      return;
    }
    thread.pending.delete(message.id);
    if (message.kind === 'done') pending.resolve(message.result as Result<never, LockstepError>);
    else pending.reject(bugFrom(pending.job, message.stack));
  };

  const breakDown = (lane: Lane, thread: Thread, problem: unknown): void => {
    if (threads.get(lane) === thread) threads.delete(lane);
    for (const { job, resolve, reject } of thread.pending.values()) {
      const reason = problem instanceof Error ? problem.message : String(problem);
      if (closed) resolve(err({ code: 'cancelled' }));
      else if (job === 'shadow.run') resolve(err({ code: 'shadow.crashed', reason }));
      else reject(bugFrom(job, problem instanceof Error ? (problem.stack ?? reason) : reason));
    }
    thread.pending.clear();
  };

  /** Ends the thread of a job that does not stop, and gives the other jobs of its lane a new one. */
  const endThread = (lane: Lane, id: number): void => {
    const thread = threads.get(lane);
    const stuck = thread?.pending.get(id);
    if (thread === undefined || stuck === undefined) return;
    threads.delete(lane);
    thread.pending.delete(id);
    const others = [...thread.pending];
    thread.pending.clear();
    void thread.worker.terminate();
    stuck.resolve(err({ code: 'cancelled' }));
    for (const [otherId, other] of others) start(lane, otherId, other);
  };

  const start = (lane: Lane, id: number, pending: Pending): void => {
    const thread = threadOf(lane);
    thread.pending.set(id, pending);
    post(thread, { kind: 'run', id, job: pending.job, input: pending.input });
  };

  return {
    run: (job, input, { signal, onProgress }) => {
      if (signal.aborted || closed) return Promise.resolve(err({ code: 'cancelled' } as const));
      const lane = laneOf[job];
      nextId += 1;
      const id = nextId;
      let grace: NodeJS.Timeout | undefined;
      const cancel = (): void => {
        const thread = threads.get(lane);
        if (thread?.pending.has(id) !== true) return;
        post(thread, { kind: 'cancel', id });
        grace = setTimeout(() => endThread(lane, id), graceMilliseconds);
      };
      signal.addEventListener('abort', cancel, { once: true });
      return new Promise<JobResult<typeof job>>((resolve, reject) => {
        start(lane, id, { job, input, onProgress: onProgress as Pending['onProgress'], resolve, reject });
      }).finally(() => {
        clearTimeout(grace);
        signal.removeEventListener('abort', cancel);
      });
    },
    warmUp: (lane) => {
      if (!closed) threadOf(lane);
    },
    close: async () => {
      closed = true;
      const running = [...threads.values()];
      await Promise.all(running.map(({ worker }) => worker.terminate()));
    },
  };
}

function bugFrom(job: JobName, stack: string): Error {
  const bug = new Error(`job ${job} broke`);
  bug.stack = `${bug.message}\n${stack}`;
  return bug;
}
