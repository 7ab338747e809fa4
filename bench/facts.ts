// Reading all facts beside the size of every table as `pg_total_relation_size` gives it, which opens each of its files.
import { connectPostgresql } from '../src/adapters/postgresql/connect.ts';
import type { SqlClient } from '../src/engine/ports/sql-client.ts';
import { startPostgresServer } from '../test/support/postgres-server.ts';
import { importRaw } from './lib/import-raw.ts';
import { median, printTable } from './lib/report.ts';

importRaw();
const { createCatalogReader } = await import('../src/engine/introspect/postgresql/catalog-reader.ts');
const { factSteps, readFacts } = await import('../src/engine/introspect/postgresql/objects/facts/read-facts.ts');
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7);
const size = Number(process.env['BENCH_TABLES'] ?? 10_000);
const perTransaction = 500;

const makeTables = (first: number): string => `do $$ begin
  for i in ${first}..${Math.min(first + perTransaction, size) - 1} loop
    execute format('create table t%1$s (id bigint primary key, a integer, b text); create index on t%1$s (a)', i);
    execute format('insert into t%s values (1, 1, repeat(''x'', 100))', i);
  end loop;
end $$`;

const everySize = `select pg_catalog.sum(pg_catalog.pg_total_relation_size(c.oid)) as bytes
  from pg_catalog.pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::pg_catalog.regnamespace`;

async function readAll(client: SqlClient, serverVersion: number): Promise<void> {
  const scope = { serverVersion, schemas: null, relations: null };
  await client.query('begin read only');
  await readFacts(createCatalogReader(client, { scope, total: factSteps }), new Date().toISOString());
  await client.query('rollback');
}

const server = await startPostgresServer({ own: true, configuration: { autovacuum: 'off', shared_buffers: '128MB' } });
try {
  const settings = await server.createDatabase();
  for (let first = 0; first < size; first += perTransaction) await server.execute(makeTables(first), settings.database);
  for (const state of ['nobody has counted', 'after ANALYZE']) {
    if (state === 'after ANALYZE') await server.execute('analyze', settings.database);
    const samples = { facts: [] as number[], sizes: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      for (const way of ['facts', 'sizes'] as const) {
        // A new session each time: what the server keeps of ten thousand relations belongs to the session.
        const session = await connectPostgresql(settings, null);
        if (!session.ok) throw new Error(session.error.code);
        const began = performance.now();
        if (way === 'facts') await readAll(session.value, session.value.identity.version);
        else await session.value.query(everySize);
        samples[way].push(performance.now() - began);
        await session.value.close();
      }
    }
    const [facts, sizes] = [median(samples.facts), median(samples.sizes)];
    printTable(
      `${size} tables, ${state}, median of ${rounds}`,
      ['', 'time', 'of the sizes alone'],
      [
        ['pg_total_relation_size of each', `${Math.round(sizes)} ms`, '1.00'],
        ['all facts', `${Math.round(facts)} ms`, (facts / sizes).toFixed(2)],
      ],
    );
  }
} finally {
  await server.stop();
}
