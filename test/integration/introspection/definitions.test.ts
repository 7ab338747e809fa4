import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogDefinitions, serverDefinitions } from '../../support/definitions.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { postgresVersions } from '../../support/postgres-version.ts';
import { readDatabase } from '../../support/round-trip.ts';
import { testDatabases } from '../../support/test-databases.ts';

describe.each(postgresVersions)('what PostgreSQL %i says of indexes, constraints, defaults and bounds', (version) => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgresServer({ version });
  });
  afterAll(() => server.stop());

  it.each(testDatabases.filter(({ since }) => version >= since))(
    'is what a catalog says: $name',
    async ({ script }) => {
      const settings = await server.createDatabase(script);
      const said = await serverDefinitions(settings, '');
      const written = catalogDefinitions(await readDatabase(settings));
      const listed = Object.keys(written);
      expect(written).toEqual(Object.fromEntries(listed.map((place) => [place, said[place]])));
    },
  );
});

it('covers definitions that we write and such that only the server can', async () => {
  const server = await startPostgresServer({ version: 18 });
  try {
    const shapes = testDatabases.find(({ name }) => name === 'index-shapes.sql');
    const said = Object.values(await serverDefinitions(await server.createDatabase(shapes?.script), ''));
    expect(said.filter((text) => text.startsWith('CREATE')).length).toBeGreaterThan(30);
    expect(said.filter((text) => text.startsWith('FOREIGN KEY')).length).toBeGreaterThan(4);
    expect(said.some((text) => text.includes('CASE'))).toBe(true);
  } finally {
    await server.stop();
  }
});
