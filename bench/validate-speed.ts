// Validation of many migrations in the parse tier, one process for all, beside squawk on the same files in the same run,
// each on one core: what counts is the time of the processor, which other work on the machine does not change.
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

/** PostgreSQL's parser and the trees that it makes, in a process of its own: what no check can do without. */
const parserAlone = `
  import { readFileSync } from 'node:fs';
  import { loadModule, parseSync } from ${JSON.stringify(import.meta.resolve('libpg-query'))};
  await loadModule();
  for (const path of process.argv.slice(1)) try { parseSync(readFileSync(path, 'utf8')); } catch {}
`;

/** As the command line has it: to make the parser faster while it runs takes longer than it saves. */
const compiledOnce = ['--no-wasm-dynamic-tiering', '--no-wasm-tier-up'];

/** Milliseconds of processor time, user and system, that a command takes on one core. */
function processorTime(command: string, arguments_: readonly string[], cwd: string): number {
  const pinned = process.platform === 'linux' ? ['taskset', '--cpu-list', '0'] : [];
  const script = '"$@" >/dev/null 2>&1; times';
  const { stdout, error } = spawnSync('sh', ['-c', script, 'sh', ...pinned, command, ...arguments_], {
    cwd,
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  // The second line is about the children of the shell: `0m1.230s 0m0.450s`.
  const [user, system] = [...(stdout.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => (Number(minutes) * 60 + Number(seconds)) * 1000,
  );
  if (user === undefined || system === undefined) throw new Error(`no times in ${stdout}`);
  return user + system;
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
  const lockstep = [resolve('bin/lockstep.mjs'), 'validate', ...files, '--tier', 'parse', '--fail-on', 'never'];
  const contestants: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    'squawk 2.66': [binary, files],
    'Lockstep, as text': [process.execPath, lockstep],
    'Lockstep, as JSON': [process.execPath, [...lockstep, '--format', 'json']],
    'parser alone': [process.execPath, [...compiledOnce, '--input-type=module', '--eval', parserAlone, ...files]],
  };
  const samples: Record<string, number[]> = {};
  // The first round is thrown away: it fills the file cache for both.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, [command, arguments_]] of Object.entries(contestants)) {
      const spent = processorTime(command, arguments_, folder);
      if (round > 0) samples[name] = [...(samples[name] ?? []), spent];
    }
  }
  const baseline = median(samples['squawk 2.66'] ?? []);
  printTable(
    `${texts.length} migrations, ${Math.round(texts.join('').length / 1024)} kB, processor time on one core, median of ${rounds} whole processes`,
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
