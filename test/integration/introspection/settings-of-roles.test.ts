import { afterAll, beforeAll, expect, it } from 'vitest';
import { quoteIdentifier } from '../../../src/engine/sql/quote-identifier.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { readDatabase } from '../../support/round-trip.ts';
import { testDatabases } from '../../support/test-databases.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer({ own: true });
});
afterAll(() => server.stop());

const role = `Odd, "r\\ole'`;
const settings = {
  search_path: 'legacy, public, pg_catalog',
  standard_conforming_strings: 'off',
  quote_all_identifiers: 'on',
  datestyle: "'German, DMY'",
  intervalstyle: 'sql_standard',
  extra_float_digits: '-10',
  bytea_output: 'escape',
  timezone: "'Asia/Kathmandu'",
  xmloption: 'document',
  client_encoding: 'latin1',
  default_transaction_isolation: 'serializable',
  row_security: 'off',
} satisfies Readonly<Record<string, string>>;

it('gives the same catalog whatever the role that reads has set for itself', async () => {
  const name = quoteIdentifier(role);
  await server.execute(`create role ${name} superuser login`);
  for (const [setting, value] of Object.entries(settings)) {
    await server.execute(`alter role ${name} set ${setting} = ${value}`);
  }
  for (const file of ['columns.sql', 'old-production.sql', 'views.sql']) {
    const script = testDatabases.find((database) => database.name === file)?.script;
    const database = await server.createDatabase(script);
    const { server: _, ...seen } = await readDatabase({ ...database, user: role });
    const { server: __, ...expected } = await readDatabase(database);
    expect(seen, file).toEqual(expected);
  }
});
