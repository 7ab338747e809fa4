// Validation of many migrations in the parse tier, one process for all, beside squawk on the same files in the same run.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCases } from './accuracy/read-cases.ts';
import { median, printTable } from './lib/report.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const squawk = 'squawk-cli@2.66.0';
const data = process.env['LOCKSTEP_ACCEPTANCE_DATA'] ?? fileURLToPath(new URL('../../shared/data', import.meta.url));

/** The migrations of other projects where the folder with them is at hand, else the labelled ones. */
function migrations(): readonly string[] {
  const pairs = join(data, 'pairs');
  if (!existsSync(pairs)) return readCases('cases').map(({ migration }) => migration);
  return readdirSync(pairs)
    .flatMap((project) => readdirSync(join(pairs, project)).map((name) => join(pairs, project, name, 'up.sql')))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'));
}

const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
try {
  const texts = migrations();
  const files = texts.map((text, index) => {
    const path = join(folder, 'migrations', `${String(index).padStart(6, '0')}_bench.sql`);
    mkdirSync(join(folder, 'migrations'), { recursive: true });
    writeFileSync(path, text);
    return path;
  });
  // Not a dependency of the project: it is fetched for this run alone.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', squawk], { cwd: folder });
  const binary = join(folder, 'node_modules', '.bin', 'squawk');
  const lockstep = [resolve('bin/lockstep.mjs'), 'validate', ...files, '--tier', 'parse', '--format', 'json'];
  const contestants: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    'squawk 2.66': [binary, files],
    Lockstep: [process.execPath, [...lockstep, '--fail-on', 'never']],
  };
  const samples: Record<string, number[]> = {};
  // The first round is thrown away: it fills the file cache for both.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, [command, arguments_]] of Object.entries(contestants)) {
      const began = performance.now();
      const { error } = spawnSync(command, arguments_, { cwd: folder, maxBuffer: 1024 ** 3 });
      if (error !== undefined) throw error;
      if (round > 0) samples[name] = [...(samples[name] ?? []), performance.now() - began];
    }
  }
  const baseline = median(samples['squawk 2.66'] ?? []);
  printTable(
    `${texts.length} migrations, ${Math.round(texts.join('').length / 1024)} kB, median of ${rounds} whole processes`,
    ['', 'time', 'ratio'],
    Object.entries(samples).map(([name, of]) => [
      name,
      `${Math.round(median(of))} ms`,
      (median(of) / baseline).toFixed(2),
    ]),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
