// One fresh process of the benchmark `shadow`: does what its first argument says and prints what it took as JSON.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import { generatedSchema } from './generated-schema.ts';
import { importRaw } from './import-raw.ts';

importRaw();
const { createEmbeddedShadowDatabases } = await import('../../src/adapters/pglite/embedded-shadow.ts');
const { introspect } = await import('../../src/engine/introspect/introspect.ts');
const { shadowChain } = await import('../../src/engine/shadow/shadow-chain.ts');
const { shadowRun } = await import('../../src/engine/shadow/shadow-run.ts');
const clock = { now: () => new Date().toISOString(), elapsed: () => performance.now() };
const databases = createEmbeddedShadowDatabases({
  workerFile: new URL('./measured-worker.ts', import.meta.url),
  cacheFolder: resolve(import.meta.dirname, '../../.cache/lockstep'),
  keptStates: 1,
  timeoutSeconds: 600,
});
const [what, size, snapshot] = process.argv.slice(2);
const tables = Number(size);

/** Milliseconds on the clock and of all threads' processor time, and the most memory that the engine's worker had. */
export type Sample = { readonly ms: number; readonly cpu: number; readonly megabytes: number };

let peak = 0;
const channel = new BroadcastChannel('memory of the worker');
channel.onmessage = ({ data }: { readonly data: unknown }) => {
  peak = Math.max(peak, Number(data));
};
channel.unref();

async function measured(work: () => Promise<unknown>): Promise<Sample> {
  const [at, before] = [performance.now(), process.cpuUsage()];
  peak = 0;
  await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - at, cpu: (user + system) / 1000, megabytes: peak / 1e6 };
}

async function loadAlone(): Promise<void> {
  const database = await databases.open({ extensions: [] });
  try {
    await database.execute(generatedSchema(tables));
    if (snapshot === undefined || existsSync(snapshot)) return;
    writeFileSync(snapshot, JSON.stringify(await introspect(database, { clock })));
  } finally {
    await database.close();
  }
}

/** A small change to a table in the middle, which others refer to. */
const change = {
  up: `alter table s0.table_100 add column note text not null default '';
create index table_100_note on s0.table_100 (note);`,
  down: 'alter table s0.table_100 drop column note;',
};

async function runTwice(): Promise<readonly Sample[]> {
  const catalog = JSON.parse(readFileSync(snapshot ?? '', 'utf8'));
  const run = () =>
    measured(async () => {
      const report = await shadowRun({ catalog, ...change, databases, clock });
      if (!report.ok || !report.value.restored) throw new Error(JSON.stringify(report));
    });
  return [await run(), await run(), await run()];
}

/** Migrations as a project gathers them: every fourth makes a table, the others change one that is there. */
const migrations = Array.from({ length: tables }, (_, number) => {
  const table = `table_${number - (number % 4)}`;
  const kinds = [
    [
      `create table ${table} (id bigint generated always as identity primary key, name text not null);`,
      `drop table ${table};`,
    ],
    [`alter table ${table} add column price numeric(12, 2) default 0;`, `alter table ${table} drop column price;`],
    [`create index ${table}_name on ${table} (name);`, `drop index ${table}_name;`],
    [`alter table ${table} add column parent bigint references ${table};`, `alter table ${table} drop column parent;`],
  ];
  const [up, down] = kinds[number % 4] ?? [];
  return { name: `m${number}`, up: up ?? '', down: down ?? '' };
});

async function replay(): Promise<void> {
  const chain = await shadowChain({ catalog: null, migrations, databases, clock });
  if (!chain.ok || chain.value.some(({ result }) => !result.restored)) throw new Error('a migration was not restored');
}

const samples =
  what === 'load' ? [await measured(loadAlone)] : what === 'chain' ? [await measured(replay)] : await runTwice();
console.log(JSON.stringify(samples));
