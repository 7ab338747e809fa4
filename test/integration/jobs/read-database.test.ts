import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEmbeddedShadowDatabases } from '../../../src/adapters/pglite/embedded-shadow.ts';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { unpackCatalog } from '../../../src/main/history/packed-catalog.ts';
import type { JobInput } from '../../../src/main/jobs/job-table.ts';
import { type KeptReadings, readCatalog } from '../../../src/main/jobs/work/read-database.ts';
import { createSampleDoor } from '../../../src/main/jobs/work/sample-door.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';

const workerFile = new URL('../../../src/adapters/pglite/pglite-worker.ts', import.meta.url);
// No test here opens the sample database.
const sample = createSampleDoor({
  folder: 'none',
  shippedFolder: 'none',
  databases: createEmbeddedShadowDatabases({ workerFile }),
});

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer({ own: true });
  await server.execute('create table things (id integer primary key)');
});
afterAll(() => server.stop());

type Earlier = JobInput<'catalog.read'>['earlier'];

/** Reads in a thread that has read nothing before; `kept` is what the history has. */
async function read(reader: string, earlier: Earlier, kept: Catalog | null = null, onProgress = () => {}) {
  const readings: KeptReadings = new Map();
  return readCatalog({ sample, readings, reader })(
    {
      source: { kind: 'postgresql', settings: server.settings, password: null, statementTimeoutSeconds: 30 },
      earlier,
    },
    { signal: new AbortController().signal, report: onProgress, catalog: async () => kept },
  );
}

async function readWhole(reader: string, earlier: Earlier = null, kept: Catalog | null = null) {
  const outcome = await read(reader, earlier, kept);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  const { packed, state, catalog } = outcome.value;
  if (state === null) throw new Error('the reading has no state');
  return { catalog: unpackCatalog(packed), earlier: { fingerprint: catalog.fingerprint, state } };
}

test('what was read of an unchanged database serves again, but never what other code read', async () => {
  const { catalog, earlier } = await readWhole('this code');
  // What the history keeps is told apart from what is read now by a name that the database does not have.
  const kept = { ...catalog, tables: catalog.tables.map((table) => ({ ...table, name: 'kept' })) };
  const namesRead = async (reader: string) =>
    (await readWhole(reader, earlier, kept)).catalog.tables.map(({ name }) => name);
  expect(await namesRead('this code')).toEqual(['kept']);
  expect(await namesRead('other code')).toEqual(['things']);
});

test('a server that dies while it is read leaves an error and nothing to keep', async () => {
  let steps = 0;
  const outcome = await read('this code', null, null, () => {
    steps += 1;
    if (steps === 6) server.kill();
  });
  expect(outcome).toEqual({ ok: false, error: { code: 'connection.lost', reason: expect.any(String) } });
});
