import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import type { ConnectionSettings } from '../../../src/shared/connection-profile.ts';
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

it('has databases to go through', () => expect(testDatabases.length).toBeGreaterThan(9));

describe.each(postgresVersions)('a database of PostgreSQL %i that is read, rendered and loaded again', (version) => {
  let server: PostgresServer;
  let embedded: EmbeddedClient;
  beforeAll(async () => {
    [server, embedded] = await Promise.all([startPostgresServer({ version }), openEmbeddedClient(embeddedExtensions)]);
  });
  afterAll(() => Promise.all([server.stop(), embedded.close()]));

  describe.each(testDatabases.filter(({ since }) => version >= since))('$name', ({ script }) => {
    let original: ConnectionSettings;
    let catalog: Catalog;
    beforeAll(async () => {
      original = await server.createDatabase(script);
      catalog = await readDatabase(original);
    });

    it('is the same on another database of the server, for us and for pg_dump', async () => {
      const copy = await server.createDatabase(renderedScript(catalog));
      expect(agreementOf(catalog, await readDatabase(copy))).toEqual(agreement);
      expect(dumpEntries(await dumpDatabase(copy))).toEqual(dumpEntries(await dumpDatabase(original)));
    });

    it('is the same in the embedded database', async () => {
      const copy = await passThroughEmbedded(embedded, catalog);
      expect(agreementOf(catalog, copy, onAnotherVersion)).toEqual(agreement);
    });

    it('is fully modelled', () => expect(catalog.notModelled).toEqual([]));
  });
});
