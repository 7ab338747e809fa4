import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectShadowServer, type ShadowServer } from '../../../src/adapters/postgresql/shadow-server.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { ShadowDatabase } from '../../../src/engine/ports/shadow-databases.ts';
import { rehearse } from '../../../src/engine/shadow/rehearse.ts';
import { seedTables } from '../../../src/engine/shadow/rows/seed-tables.ts';
import { loadParser } from '../../../src/engine/sql/parser.ts';
import { keyOf } from '../../../src/engine/sql/table-index.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { testDatabases } from '../../support/test-databases.ts';
import { clock } from './shadows.ts';

describe('rows on a real server', () => {
  let server: PostgresServer;
  let databases: ShadowServer;
  beforeAll(async () => {
    await loadParser();
    server = await startPostgresServer();
    const connected = await connectShadowServer(server.settings, server.password);
    if (!connected.ok) throw new Error(JSON.stringify(connected.error));
    databases = connected.value;
  });
  afterAll(async () => {
    expect(await databases.close()).toEqual([]);
    await server.stop();
  });

  const databaseOf = async (script: string): Promise<ShadowDatabase> => {
    const database = await databases.open({ extensions: [] });
    await database.execute(script);
    return database;
  };

  it.each(testDatabases.map(({ name, script }) => [name, script] as const))(
    'fill the tables of %s',
    async (_, script) => {
      const database = await databaseOf(script);
      const catalog = await introspect(database, { clock });
      const tables = new Map(
        catalog.tables.filter(({ partitionOf }) => partitionOf === null).map((table) => [keyOf(table), table]),
      );
      await database.execute('begin');
      const options = { database, catalog, facts: null, tables, count: 12, styleOf: () => 'mixed' as const };
      const { notSeeded, rows } = await seedTables(options);
      expect(
        notSeeded.filter(({ reason }) => !/no partition|another server|violates partition constraint/.test(reason)),
      ).toEqual([]);
      expect(rows.size).toBeGreaterThan(tables.size / 2);
    },
  );

  it('show what is lost and what breaks, and leave nothing behind', async () => {
    const database = await databaseOf(`
      create table "Odd ""T""" (id int primary key, "select" text not null, price numeric(10, 3));
      create view cheap as select id, price from "Odd ""T""" where price < 10`);
    const baseline = await introspect(database, { clock });
    const rehearsed = await rehearse({
      database,
      baseline,
      facts: null,
      up: 'alter table "Odd ""T""" drop column price cascade; alter table "Odd ""T""" add unique ("select")',
      down: 'alter table "Odd ""T""" add column price numeric(10, 3)',
      transaction: 'auto',
      settings: baseline.server,
      availableExtensions: [],
      target: null,
      rows: 10,
    });
    const table = 'public."Odd ""T"""';
    expect(rehearsed.data?.lost).toEqual([
      { table, column: 'price', rows: expect.any(Number), statement: { direction: 'up', index: 0 } },
    ]);
    expect(rehearsed.data?.wouldFail).toMatchObject([
      { statement: 1, condition: `two rows of ${table} hold the same ("select")`, sqlstate: '23505' },
    ]);
    expect(rehearsed.queries?.broken).toMatchObject([{ source: 'view', name: 'public.cheap', sqlstate: '42P01' }]);
    const [left] = await database.query('select count(*)::int4 as rows from "Odd ""T"""');
    expect(left?.['rows']).toBe(0);
    expect((await introspect(database, { clock })).fingerprint).toBe(baseline.fingerprint);
  });
});
