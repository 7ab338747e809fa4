// A shadow run of a small change beside starting the embedded engine and loading the schema's DDL alone, each in a fresh
// process: cold without an image of the schema, warm with the one that the first run kept. Then a chain of migrations.
// The machine may be shared: processor time of all threads stands beside the clock's.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { generatedSize } from './lib/generated-schema.ts';
import { median, printTable } from './lib/report.ts';
import type { Sample } from './lib/shadow-process.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const sizes = (process.env['BENCH_TABLES'] ?? '200,1000').split(',').map(Number);
const links = Number(process.env['BENCH_CHAIN'] ?? 200);
const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));

function inProcess(what: 'load' | 'run' | 'chain', size: number): readonly Sample[] {
  const program = resolve(import.meta.dirname, 'lib/shadow-process.ts');
  const output = execFileSync(process.execPath, [program, what, String(size), join(folder, `${size}.json`)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.toString());
}

const header = ['', 'clock', 'processor', 'ratio of processor time', 'memory of the worker'];
const rowOf = (name: string, samples: readonly Sample[], baseline: readonly Sample[]): readonly string[] => {
  const cpu = median(samples.map((sample) => sample.cpu));
  return [
    name,
    `${Math.round(median(samples.map(({ ms }) => ms)))} ms`,
    `${Math.round(cpu)} ms`,
    (cpu / median(baseline.map((sample) => sample.cpu))).toFixed(2),
    `${Math.round(median(samples.map(({ megabytes }) => megabytes)))} MB`,
  ];
};

try {
  for (const size of sizes) {
    const [load, cold, warm]: [Sample[], Sample[], Sample[]] = [[], [], []];
    // The first writes the snapshot, and fills the file cache for all.
    inProcess('load', size);
    for (let round = 0; round < rounds; round += 1) {
      load.push(...inProcess('load', size));
      const [first, ...more] = inProcess('run', size);
      if (first !== undefined) cold.push(first);
      warm.push(...more);
    }
    printTable(`A shadow run on ${generatedSize(size)}, median of ${rounds}`, header, [
      rowOf('engine and DDL alone', load, load),
      rowOf('cold', cold, load),
      rowOf('warm', warm, load),
    ]);
  }
  if (links > 0) {
    const chain = inProcess('chain', links);
    printTable(`A chain of ${links} migrations, once`, header, [rowOf('from empty', chain, chain)]);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
