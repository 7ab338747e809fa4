// Reading a catalog beside `pg_dump --schema-only` and beside one hand-written query that returns the same as JSON.
// BENCH_TABLES=10000 measures one generated schema of that size, with the peak of memory.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { nativeSha256 } from '../src/adapters/native-sha256.ts';
import { connectPostgresql } from '../src/adapters/postgresql/connect.ts';
import type { ConnectionSettings } from '../src/shared/connection-profile.ts';
import { thirdPartySchemas } from '../test/acceptance/third-party-schemas.ts';
import { startPostgresServer } from '../test/support/postgres-server.ts';
import { generatedSchema, generatedSize } from './lib/generated-schema.ts';
import { importRaw } from './lib/import-raw.ts';
import { median, printTable } from './lib/report.ts';
import { startSlowLink } from './lib/slow-link.ts';

importRaw();
const { introspect, introspectAgain } = await import('../src/engine/introspect/introspect.ts');
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7);
const size = Number(process.env['BENCH_TABLES'] ?? 1000);
const floorQuery = readFileSync(resolve(import.meta.dirname, 'lib/one-query-catalog.sql'), 'utf8');
const clock = { now: () => new Date().toISOString(), elapsed: () => performance.now() };

/** The client that belongs to the server where Debian installed it, else the one that is found first. */
const debian = '/usr/lib/postgresql/15/bin';
const pgDump = existsSync(join(debian, 'pg_dump')) ? join(debian, 'pg_dump') : 'pg_dump';
const server = await startPostgresServer({ version: 15, configuration: { shared_buffers: '128MB' } });

type Session = Parameters<typeof introspect>[0];
type Way = {
  readonly name: string;
  /** What comes before and is not measured. */
  readonly prepare?: (settings: ConnectionSettings) => Promise<void>;
  readonly run: (settings: ConnectionSettings) => Promise<void>;
};

async function withSession(settings: ConnectionSettings, use: (session: Session) => Promise<unknown>): Promise<void> {
  const session = await connectPostgresql(settings, null);
  if (!session.ok) throw new Error(session.error.code);
  try {
    await use(session.value);
  } finally {
    await session.value.close();
  }
}

/** The last reading of a database, as the application keeps it in memory. */
let reading: Awaited<ReturnType<typeof introspectAgain>> | null = null;
const readAgain = (settings: ConnectionSettings, facts: boolean) =>
  withSession(settings, async (session) => {
    reading = await introspectAgain(session, reading, { clock, sha256: nativeSha256, facts });
  });

const ways: readonly Way[] = [
  {
    name: 'pg_dump --schema-only',
    run: async ({ host, port, user, database }) => {
      const target = ['-h', host, '-p', String(port), '-U', user, '-d', database];
      execFileSync(pgDump, ['--schema-only', ...target], { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'inherit'] });
    },
  },
  {
    name: 'one hand-written query',
    run: async ({ host, port, user, database }) => {
      const client = new pg.Client({ host, port, user, database });
      await client.connect();
      try {
        await client.query("set search_path = ''");
        const { rows } = await client.query<{ readonly catalog: string }>(floorQuery.replace(/^--.*\n/, ''));
        JSON.parse(rows[0]?.catalog ?? '');
      } finally {
        await client.end();
      }
    },
  },
  {
    name: 'introspect, new session',
    run: (settings) =>
      withSession(settings, (session) => introspect(session, { clock, sha256: nativeSha256, facts: false })),
  },
  {
    name: 'introspect, new session, with facts',
    run: (settings) => withSession(settings, (session) => introspect(session, { clock, sha256: nativeSha256 })),
  },
  {
    name: 'again, nothing has changed',
    prepare: (settings) => readAgain(settings, false),
    run: (settings) => readAgain(settings, false),
  },
  {
    name: 'again, one table has changed',
    prepare: async (settings) => {
      await readAgain(settings, false);
      await server.execute(changeOneTable, settings.database);
    },
    run: (settings) => readAgain(settings, false),
  },
];

/** Gives the first table with a primary key another comment and another column. */
const changeOneTable = `do $$
declare
  picked regclass := (select k.conrelid from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'p' and c.relkind = 'r' and not c.relispartition and c.oid >= 16384 order by k.oid limit 1);
begin
  execute format('alter table %s add column bench_%s integer', picked, floor(extract(epoch from clock_timestamp()) * 1000));
  execute format('comment on table %s is %L', picked, clock_timestamp()::text);
end $$`;

async function measure(label: string, settings: ConnectionSettings, { times = rounds } = {}): Promise<void> {
  reading = null;
  const samples = new Map<string, number[]>(ways.map(({ name }) => [name, []]));
  // One round is thrown away: it fills the caches of the server and lets our code be compiled.
  for (let round = 0; round <= times; round += 1) {
    for (const { name, prepare, run } of ways) {
      await prepare?.(settings);
      const began = performance.now();
      await run(settings);
      if (round > 0) samples.get(name)?.push(performance.now() - began);
    }
  }
  const medianOf = (name: string) => median(samples.get(name) ?? []);
  const dump = medianOf('pg_dump --schema-only');
  const floor = medianOf('one hand-written query');
  printTable(
    `${label}, median of ${times}`,
    ['', 'time', 'of pg_dump', 'of the query'],
    ways.map(({ name }) => {
      const own = medianOf(name);
      return [name, `${Math.round(own)} ms`, (own / dump).toFixed(2), (own / floor).toFixed(2)];
    }),
  );
}

/** The same over a link on which every answer takes its time, as it does for whoever is not on the server. */
async function measureOverLinks(label: string, settings: ConnectionSettings): Promise<void> {
  for (const delay of [1, 5]) {
    const { port, close } = await startSlowLink({ host: settings.host, port: settings.port, delay });
    try {
      const far = { ...settings, host: '127.0.0.1', port };
      await measure(`${label}, over a link of ${await roundTrip(far)} ms there and back`, far, {
        // pg_dump takes most of a minute here.
        times: Math.min(rounds, 3),
      });
    } finally {
      await close();
    }
  }
}

/** Milliseconds that the smallest question takes. */
async function roundTrip({ host, port, user, database }: ConnectionSettings): Promise<string> {
  const client = new pg.Client({ host, port, user, database });
  await client.connect();
  const times: number[] = [];
  for (let time = 0; time < 20; time += 1) {
    const began = performance.now();
    await client.query('select');
    times.push(performance.now() - began);
  }
  await client.end();
  return median(times).toFixed(1);
}

/** Time and memory of this process for one reading of a schema that is larger than any at hand. */
async function measureOnce(label: string, settings: ConnectionSettings): Promise<void> {
  const began = performance.now();
  await withSession(settings, (session) => introspect(session, { clock, sha256: nativeSha256 }));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  printTable(
    label,
    ['', 'time', 'peak memory of the process'],
    [['introspect, with facts', `${seconds} s`, `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`]],
  );
}

try {
  const generated = await server.createDatabase();
  // In parts, because one simple query of the whole text would be one transaction with a lock for every object.
  const statements = generatedSchema(size).split(/;\n(?=create|alter|comment|grant)/);
  for (let at = 0; at < statements.length; at += 500) {
    await server.execute(statements.slice(at, at + 500).join(';\n'), generated.database);
  }
  if (size > 2000) await measureOnce(generatedSize(size), generated);
  else {
    await measure(`Generated: ${generatedSize(size)}`, generated);
    await measureOverLinks(`Generated: ${generatedSize(size)}`, generated);
    for (const { name, statements: own } of thirdPartySchemas.filter(({ statements: all }) => all.length > 500)) {
      const database = await server.createDatabase();
      for (const statement of own) await server.execute(statement, database.database).catch(() => undefined);
      await measure(name, database);
    }
  }
} finally {
  await server.stop();
}
