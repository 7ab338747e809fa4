// How long main keeps the window waiting while a shadow run works in its thread: the event loop of a process that does what
// main does (the history in SQLite, the built job worker, the report recorded) beside that of the same process at rest.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Catalog } from '../src/engine/catalog/catalog.ts';
import { keepCatalog } from '../src/main/history/catalog-store.ts';
import { packCatalog } from '../src/main/history/packed-catalog.ts';
import { sampleConnectionId } from '../src/shared/ids.ts';
import { openMainJobs } from './lib/main-jobs.ts';
import { printTable } from './lib/report.ts';

const tables = Number(process.env['BENCH_TABLES'] ?? 1000);
const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
const snapshot = join(folder, 'catalog.json');

type Delays = ReturnType<typeof monitorEventLoopDelay>;

/** Milliseconds that the loop was late while something went on: the median, the 99th of a hundred, and the most. */
async function delaysDuring(work: () => Promise<unknown>): Promise<Delays> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await work();
  delays.disable();
  return delays;
}

const rowOf = (name: string, delays: Delays): readonly string[] => [
  name,
  ...[delays.percentile(50), delays.percentile(99), delays.max].map((delay) => `${(delay / 1e6).toFixed(1)} ms`),
];

const { history, jobs } = openMainJobs(folder);
try {
  // Another process writes the catalog, as a reading of a database does in its thread.
  execFileSync(process.execPath, [
    resolve(import.meta.dirname, 'lib/shadow-process.ts'),
    'load',
    String(tables),
    snapshot,
  ]);
  const catalog: Catalog = JSON.parse(readFileSync(snapshot, 'utf8'));
  const packed = packCatalog(catalog);
  const kept = await history.write((handle) => keepCatalog(handle, sampleConnectionId, catalog, packed));
  if (!kept.ok) throw new Error(JSON.stringify(kept.error));
  const run = async (): Promise<void> => {
    const result = await jobs.run(
      'shadow.run',
      {
        up: "alter table s0.table_100 add column note text not null default '';",
        down: 'alter table s0.table_100 drop column note;',
        fingerprint: catalog.fingerprint,
        server: null,
      },
      { signal: new AbortController().signal, onProgress: () => undefined },
    );
    if (!result.ok || !result.value.restored) throw new Error(JSON.stringify(result));
  };
  const rest = await delaysDuring(() => new Promise((done) => setTimeout(done, 5000)));
  const cold = await delaysDuring(run);
  const warm = await delaysDuring(run);
  printTable(
    `How late main's event loop is, ${tables} tables`,
    ['', 'median', '99th of a hundred', 'most'],
    [rowOf('at rest', rest), rowOf('during a cold shadow run', cold), rowOf('during a warm one', warm)],
  );
} finally {
  await jobs.close();
  await history.close();
  rmSync(folder, { recursive: true, force: true });
}
