import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogDefinitions, serverDefinitions } from '../support/definitions.ts';
import { type PostgresServer, startPostgresServer } from '../support/postgres-server.ts';
import { readDatabase } from '../support/round-trip.ts';
import { thirdPartySchemas } from './third-party-schemas.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server.stop());

it('has schemas of other projects to go through, or says that there are none', () => {
  if (thirdPartySchemas.length === 0) console.warn('no schemas of other projects: nothing was tried');
});

it.each(thirdPartySchemas)('writes every definition of $name as the server does', async ({ statements }) => {
  const settings = await server.createDatabase();
  await server.execute(statements.join(';\n'), settings.database).catch(async () => {
    // What needs an extension that this server lacks is left out.
    for (const statement of statements) await server.execute(statement, settings.database).catch(() => undefined);
  });
  const said = await serverDefinitions(settings, '');
  const written = catalogDefinitions(await readDatabase(settings));
  const listed = Object.keys(written);
  expect(listed.length).toBeGreaterThan(10);
  expect(written).toEqual(Object.fromEntries(listed.map((place) => [place, said[place]])));
});
