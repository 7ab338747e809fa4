// Cold start to a usable window, and the memory of all processes, beside an empty Electron window in the same run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron } from 'playwright';
import { median, printTable } from './lib/report.ts';

const executablePath = process.env['LOCKSTEP_ELECTRON'];
if (executablePath === undefined) throw new Error('start with `npm run bench`, which sets LOCKSTEP_ELECTRON');
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 9);
const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

type Sample = { readonly milliseconds: number; readonly megabytes: number };

/** Starts an application in a new user-data folder and waits until its main heading can be seen. */
async function start(target: string): Promise<Sample> {
  const userData = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const began = performance.now();
  const app = await _electron.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...flags, `--user-data-dir=${userData}`, target],
    env: { ...process.env, LOCKSTEP_USER_DATA: userData, DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
  });
  try {
    const window = await app.firstWindow();
    await window.locator('h1').first().waitFor({ state: 'visible' });
    const milliseconds = performance.now() - began;
    const kilobytes = await app.evaluate(({ app: running }) =>
      running.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
    );
    return { milliseconds, megabytes: kilobytes / 1024 };
  } finally {
    await app.close();
    rmSync(userData, { recursive: true, force: true });
  }
}

const targets = { 'empty window': resolve('bench/empty-window/main.cjs'), Lockstep: resolve('.') };
const samples: Record<string, Sample[]> = { 'empty window': [], Lockstep: [] };
// One round of each is thrown away: it fills the file cache for both.
for (let round = 0; round <= rounds; round += 1) {
  for (const [name, target] of Object.entries(targets)) {
    const sample = await start(target);
    if (round > 0) samples[name]?.push(sample);
  }
}
const summary = Object.entries(samples).map(([name, of]) => ({
  name,
  start: median(of.map(({ milliseconds }) => milliseconds)),
  memory: median(of.map(({ megabytes }) => megabytes)),
}));
const baseline = summary[0];
printTable(
  `Cold start, median of ${rounds}`,
  ['', 'to a usable window', 'ratio', 'memory of all processes', 'ratio'],
  summary.map(({ name, start: milliseconds, memory }) => [
    name,
    `${Math.round(milliseconds)} ms`,
    (milliseconds / (baseline?.start ?? 1)).toFixed(2),
    `${Math.round(memory)} MB`,
    (memory / (baseline?.memory ?? 1)).toFixed(2),
  ]),
);
