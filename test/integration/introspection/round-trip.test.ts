import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import { embeddedExtensions } from '../../support/embedded-extensions.ts';
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
    let original: Catalog;
    beforeAll(async () => {
      original = await readDatabase(await server.createDatabase(script));
    });

    it('is the same on another database of the server', async () => {
      const copy = await readDatabase(await server.createDatabase(renderedScript(original)));
      expect(agreementOf(original, copy)).toEqual(agreement);
    });

    it('is the same in the embedded database', async () => {
      const copy = await passThroughEmbedded(embedded, original);
      expect(agreementOf(original, copy, onAnotherVersion)).toEqual(agreement);
    });

    it('is fully modelled', () => expect(original.notModelled).toEqual([]));
  });
});
