import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import type { ConnectionSettings } from '../../../src/shared/connection-profile.ts';
import { catalogDefinitions, serverDefinitions } from '../../support/definitions.ts';
import { dumpEntries } from '../../support/dump-entries.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import { embeddedExtensions } from '../../support/embedded-extensions.ts';
import { dumpDatabase } from '../../support/pg-dump.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { postgresVersions } from '../../support/postgres-version.ts';
import {
  agreement,
  agreementOf,
  onAnotherVersion,
  passThroughEmbedded,
  readDatabase,
  renderedScript,
} from '../../support/round-trip.ts';
import { testDatabases } from '../../support/test-databases.ts';

let embedded: EmbeddedClient;
beforeAll(async () => {
  embedded = await openEmbeddedClient(embeddedExtensions);
});
afterAll(() => embedded.close());

it('has databases to go through', () => expect(testDatabases.length).toBeGreaterThan(9));

describe.each(postgresVersions)('a database of PostgreSQL %i that is read, rendered and loaded again', (version) => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgresServer({ version });
  });
  afterAll(() => server.stop());

  describe.each(testDatabases.filter(({ since }) => version >= since))('$name', ({ script }) => {
    let database: ConnectionSettings;
    let copyOfDatabase: ConnectionSettings;
    let original: Catalog;
    beforeAll(async () => {
      database = await server.createDatabase(script);
      original = await readDatabase(database);
      copyOfDatabase = await server.createDatabase(renderedScript(original));
    });

    it('is the same on another database of the server', async () =>
      expect(agreementOf(original, await readDatabase(copyOfDatabase))).toEqual(agreement));

    it('is the same for pg_dump', async () =>
      expect(dumpEntries(await dumpDatabase(copyOfDatabase))).toEqual(dumpEntries(await dumpDatabase(database))));

    it('is the same in the embedded database', async () => {
      const copy = await passThroughEmbedded(embedded, original);
      expect(agreementOf(original, copy, onAnotherVersion)).toEqual(agreement);
    });

    it('has the indexes, constraints, defaults and bounds that the server says', async () => {
      const said = await serverDefinitions(database, '');
      const written = catalogDefinitions(original);
      expect(written).toEqual(Object.fromEntries(Object.keys(written).map((place) => [place, said[place]])));
    });

    it('is fully modelled', () => expect(original.notModelled).toEqual([]));
  });
});
