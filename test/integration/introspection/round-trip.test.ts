import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPostgresql } from '../../../src/adapters/postgresql/connect.ts';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import { fingerprintCatalog } from '../../../src/engine/catalog/fingerprint.ts';
import { renderCatalog } from '../../../src/engine/catalog/render.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { ConnectionSettings } from '../../../src/shared/connection-profile.ts';
import { openEmbeddedClient } from '../../support/embedded-client.ts';
import { embeddedExtensions } from '../../support/embedded-extensions.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { testClock } from '../../support/test-clock.ts';

const folder = resolve(import.meta.dirname, '../../databases');
const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));

describe('a database that is read, rendered and loaded again', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgresServer();
  });
  afterAll(() => server.stop());

  const readFrom = async (settings: ConnectionSettings): Promise<Catalog> => {
    const session = await connectPostgresql(settings, server.password);
    if (!session.ok) throw new Error(JSON.stringify(session.error));
    try {
      return await introspect(session.value, { clock: testClock });
    } finally {
      await session.value.close();
    }
  };

  it('has databases to go through', () => expect(files.length).toBeGreaterThan(9));

  describe.each(files)('%s', (file) => {
    let original: Catalog;
    beforeAll(async () => {
      original = await readFrom(await server.createDatabase(readFileSync(join(folder, file), 'utf8')));
    });

    it('is the same on another database of the server', async () => {
      const script = renderCatalog(original).map(({ sql }) => `${sql};`);
      const copy = await readFrom(await server.createDatabase(script.join('\n')));
      expect(compareCatalogs(original, copy)).toEqual([]);
      expect(copy.fingerprint).toBe(original.fingerprint);
    });

    it('is the same in the embedded database', async () => {
      const embedded = await openEmbeddedClient(embeddedExtensions);
      try {
        for (const { sql } of renderCatalog(original)) await embedded.query(sql);
        const copy = await introspect(embedded, { clock: testClock });
        expect(compareCatalogs(original, copy)).toEqual([]);
        expect(fingerprintCatalog(copy)).toBe(fingerprintCatalog(original));
      } finally {
        await embedded.close();
      }
    });

    it('is fully modelled', () => expect(original.notModelled).toEqual([]));
  });
});
