import { Worker } from 'node:worker_threads';
import { deflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createJobs, type Jobs } from './jobs.ts';

/** A real thread that serves jobs with the real protocol; its work is the given code. */
function startThread(work: string): Worker {
  const runJobs = new URL('./run-jobs.ts', import.meta.url).href;
  const code = `
    import { parentPort } from 'node:worker_threads';
    import { runJobs } from '${runJobs}';
    const ok = (value) => ({ ok: true, value });
    const wait = (ms, signal) => new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => { clearTimeout(timer); reject(new Error('stopped')); });
    });
    runJobs(parentPort, { ${work} });`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), { execArgv: ['--no-warnings'] });
}

const open: Jobs[] = [];
const catalogs = new Map([['f1', deflateRawSync('{"formatVersion":1,"fingerprint":"f1"}')]]);

function setUp(work: string) {
  const started: Worker[] = [];
  const asked: string[] = [];
  const jobs = createJobs({
    startWorker: () => {
      const worker = startThread(work);
      started.push(worker);
      return worker;
    },
    provideCatalog: async (fingerprint) => {
      asked.push(fingerprint);
      return catalogs.get(fingerprint) ?? null;
    },
    graceMilliseconds: 50,
  });
  open.push(jobs);
  return { jobs, started, asked };
}

afterEach(() => Promise.all(open.splice(0).map((jobs) => jobs.close())));

const quiet = () => new AbortController().signal;
const plan = { request: 'x', fingerprint: 'f1' };
const cancelled = { ok: false, error: { code: 'cancelled' } };

describe('a job', () => {
  test('runs in another thread and answers there', async () => {
    const { jobs } = setUp(`'draft.plan': async ({ request }) => ok({ request })`);
    expect(await jobs.run('draft.plan', plan, { signal: quiet() })).toEqual({ ok: true, value: { request: 'x' } });
  });

  test('reports progress on the way', async () => {
    const { jobs } = setUp(`'catalog.read': async (input, { report }) => {
      report({ phase: 'tables', done: 1, total: 2 });
      report({ phase: 'indexes', done: 2, total: 2 });
      return ok(null);
    }`);
    const phases: string[] = [];
    await jobs.run(
      'catalog.read',
      { source: { kind: 'sample' }, earlier: null },
      { signal: quiet(), onProgress: ({ phase }) => phases.push(phase) },
    );
    expect(phases).toEqual(['tables', 'indexes']);
  });

  test('gets a catalog by its fingerprint, asked for once', async () => {
    const { jobs, asked } = setUp(
      `'draft.plan': async ({ fingerprint }, { catalog }) => ok((await catalog(fingerprint)).fingerprint)`,
    );
    for (const _round of [1, 2]) {
      expect(await jobs.run('draft.plan', plan, { signal: quiet() })).toEqual({ ok: true, value: 'f1' });
    }
    expect(asked).toEqual(['f1']);
  });

  test('gets null for a catalog that is not kept, and asks again the next time', async () => {
    const { jobs, asked } = setUp(
      `'draft.plan': async ({ fingerprint }, { catalog }) => ok(await catalog(fingerprint))`,
    );
    const input = { ...plan, fingerprint: 'unknown' };
    expect(await jobs.run('draft.plan', input, { signal: quiet() })).toEqual({ ok: true, value: null });
    await jobs.run('draft.plan', input, { signal: quiet() });
    expect(asked).toEqual(['unknown', 'unknown']);
  });

  test('that breaks is thrown with its own stack', async () => {
    const { jobs } = setUp(`'draft.plan': async () => { throw new TypeError('x is not there'); }`);
    const outcome = jobs.run('draft.plan', plan, { signal: quiet() });
    await expect(outcome).rejects.toThrow('job draft.plan broke');
    await outcome.catch((problem: Error) => expect(problem.stack).toContain('TypeError: x is not there'));
  });
});

describe('cancelling', () => {
  test('stops a job that listens, and its thread lives on', async () => {
    const { jobs, started } = setUp(`'draft.plan': async (input, { signal }) => { await wait(60000, signal); }`);
    const controller = new AbortController();
    const outcome = jobs.run('draft.plan', plan, { signal: controller.signal });
    controller.abort();
    expect(await outcome).toEqual(cancelled);
    expect(started).toHaveLength(1);
  });

  test('ends the thread of a job that does not listen, and the lane goes on in a new one', async () => {
    const { jobs, started } = setUp(`'catalog.read': async ({ earlier }, { report }) => {
      if (earlier !== null) return ok('next');
      report({ phase: 'tables', done: 0, total: 1 });
      for (;;) {}
    }`);
    const controller = new AbortController();
    const source = { kind: 'sample' } as const;
    // Once it has begun: a job that waits for its thread would end without the thread.
    const onProgress = () => controller.abort();
    const first = { source, earlier: null };
    const looping = jobs.run('catalog.read', first, { signal: controller.signal, onProgress });
    const waiting = jobs.run(
      'catalog.read',
      { source, earlier: { fingerprint: 'f1', state: '' } },
      { signal: quiet() },
    );
    expect(await looping).toEqual(cancelled);
    expect(await waiting).toEqual({ ok: true, value: 'next' });
    expect(started).toHaveLength(2);
  });

  test('before the start runs nothing', async () => {
    const { jobs, started } = setUp('');
    expect(await jobs.run('draft.plan', plan, { signal: AbortSignal.abort() })).toEqual(cancelled);
    expect(started).toHaveLength(0);
  });
});

describe('a thread that breaks down', () => {
  test('is a failed proof for a shadow run, and the next one gets a new thread', async () => {
    const { jobs } = setUp(`'shadow.run': async ({ up }) => {
      if (up === 'crash') process.exit(3);
      return ok(up);
    }`);
    const run = (up: string) =>
      jobs.run('shadow.run', { up, down: '', fingerprint: 'f1', server: null }, { signal: quiet() });
    expect(await run('crash')).toMatchObject({ ok: false, error: { code: 'shadow.crashed' } });
    expect(await run('fine')).toEqual({ ok: true, value: 'fine' });
  });

  test('is a bug for every other job', async () => {
    const { jobs } = setUp(
      `'draft.plan': async () => { setTimeout(() => { throw new Error('outside'); }); await new Promise(() => {}); }`,
    );
    await expect(jobs.run('draft.plan', plan, { signal: quiet() })).rejects.toThrow('job draft.plan broke');
  });
});

test('a long job does not delay one of another lane', async () => {
  const { jobs } = setUp(`
    'shadow.run': async () => { const end = Date.now() + 1500; while (Date.now() < end); return ok(null); },
    'draft.plan': async () => ok(null)`);
  let shadowEnded = false;
  const shadow = jobs
    .run('shadow.run', { up: '', down: '', fingerprint: 'f1', server: null }, { signal: quiet() })
    .then(() => {
      shadowEnded = true;
    });
  await jobs.run('draft.plan', plan, { signal: quiet() });
  expect(shadowEnded).toBe(false);
  await shadow;
});

test('closing ends what is running as cancelled', async () => {
  const { jobs } = setUp(`'draft.plan': async () => { for (;;) {} }`);
  const outcome = jobs.run('draft.plan', plan, { signal: quiet() });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await jobs.close();
  expect(await outcome).toEqual(cancelled);
});
