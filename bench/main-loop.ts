// How long main keeps the window waiting while a large database is read, kept and handed to the page: the event loop of a
// process that does what main does (the history in SQLite, the built job worker) beside that of the same process at rest;
// and how long after a cancel the server still works. BENCH_TABLES=1000,10000
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { serialize } from 'node:v8';
import pg from 'pg';
import { keepCatalog, keepCatalogState, newestCatalogKey, packedCatalog } from '../src/main/history/catalog-store.ts';
import type { JobInput, JobResult } from '../src/main/jobs/job-table.ts';
import type { ConnectionSettings } from '../src/shared/connection-profile.ts';
import { sampleConnectionId } from '../src/shared/ids.ts';
import { startPostgresServer } from '../test/support/postgres-server.ts';
import { generatedSchema, generatedSize } from './lib/generated-schema.ts';
import { openMainJobs } from './lib/main-jobs.ts';
import { median, printTable } from './lib/report.ts';

const sizes = (process.env['BENCH_TABLES'] ?? '1000,10000').split(',').map(Number);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));

const { history, jobs } = openMainJobs(folder);

type Step = { readonly name: string; readonly run: () => Promise<unknown> };

/** One line: how late the loop was at most, what main itself worked, and how long it took. */
async function measured({ name, run }: Step): Promise<readonly string[]> {
  const late: number[] = [];
  const worked: number[] = [];
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    const before = process.threadCpuUsage();
    const began = performance.now();
    await run();
    took.push(performance.now() - began);
    // A turn of the loop, so that a block at the very end is seen.
    await pause(5);
    delays.disable();
    const { user, system } = process.threadCpuUsage(before);
    late.push(delays.max / 1e6);
    worked.push((user + system) / 1e3);
  }
  const milliseconds = (values: readonly number[]) => `${median(values).toFixed(1)} ms`;
  return [name, milliseconds(late), `${Math.max(...late).toFixed(1)} ms`, milliseconds(worked), milliseconds(took)];
}

async function reading(
  source: JobInput<'catalog.read'>['source'],
  signal: AbortSignal = new AbortController().signal,
): Promise<JobResult<'catalog.read'>> {
  return jobs.run('catalog.read', { source, earlier: null }, { signal });
}

function keep(result: JobResult<'catalog.read'>) {
  if (!result.ok) throw new Error(result.error.code);
  const { catalog, packed, state } = result.value;
  const { fingerprint } = catalog;
  return history.write((handle) => {
    keepCatalog(handle, sampleConnectionId, catalog, packed);
    keepCatalogState(handle, sampleConnectionId, state === null ? null : { fingerprint, lockstep: '0', state });
  });
}

/** What the page's question for the kept catalog costs: from the history, and as a message to another process. */
const hand = () =>
  history.read((handle) => {
    const key = newestCatalogKey(handle, sampleConnectionId);
    return key === null ? null : serialize({ kind: 'catalog', packed: packedCatalog(handle, key.fingerprint) });
  });

/** Milliseconds from a cancel, at a share of a reading's time, until the server has nothing to do, and until main knows. */
async function cancelled(settings: ConnectionSettings, whole: number, share: number): Promise<readonly number[]> {
  const { host, port, user, database } = settings;
  const watcher = new pg.Client({ host, port, user, database });
  await watcher.connect();
  try {
    const stop = new AbortController();
    const job = reading({ kind: 'postgresql', settings, password: null, statementTimeoutSeconds: 60 }, stop.signal);
    await pause(whole * share);
    const began = performance.now();
    stop.abort();
    const known = job.then(() => performance.now() - began);
    const busy = `select 1 from pg_stat_activity
      where application_name = 'lockstep' and datname = current_database() and state = 'active'`;
    while ((await watcher.query(busy)).rowCount !== 0) await pause(2);
    const idle = performance.now() - began;
    return [idle, await known];
  } finally {
    await watcher.end();
  }
}

const server = await startPostgresServer();
try {
  for (const size of sizes) {
    const settings = await server.createDatabase();
    const statements = generatedSchema(size).split(/;\n(?=create|alter|comment|grant)/);
    for (let at = 0; at < statements.length; at += 500) {
      await server.execute(statements.slice(at, at + 500).join(';\n'), settings.database);
    }
    const source = { kind: 'postgresql', settings, password: null, statementTimeoutSeconds: 60 } as const;
    // Not measured: the thread starts and its code is compiled.
    const first = await reading(source);
    const began = performance.now();
    const result = await reading(source);
    const whole = performance.now() - began;
    await keep(first);
    const steps: readonly Step[] = [
      { name: 'at rest', run: () => pause(500) },
      { name: 'the database is read', run: () => reading(source) },
      { name: 'its catalog is kept', run: () => keep(result) },
      { name: 'the catalog is handed to the page', run: hand },
    ];
    const lines: (readonly string[])[] = [];
    for (const step of steps) lines.push(await measured(step));
    const kilobytes = result.ok ? Math.round(result.value.packed.length / 1000) : 0;
    printTable(
      `${generatedSize(size)}; packed ${kilobytes} kB`,
      ['while', 'late, median', 'late, most', 'main worked', 'took'],
      lines,
    );
    const cancels: (readonly string[])[] = [];
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const [idle = 0, known = 0] = await cancelled(settings, whole, share);
      cancels.push([`${share * 100} %`, `${Math.round(idle)} ms`, `${Math.round(known)} ms`]);
    }
    printTable('Cancelled after', ['of a reading', 'server has nothing to do', 'main knows'], cancels);
  }
} finally {
  await jobs.close();
  await history.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
