import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { changeCatalog } from '../../../src/engine/catalog/change/change-catalog.ts';
import { scriptText } from '../../../src/engine/catalog/change/change-script.ts';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import type { ConnectionSettings } from '../../../src/shared/connection-profile.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { readDatabase } from '../../support/round-trip.ts';

const folder = resolve(import.meta.dirname, '../../databases');
/** Base types and bodies that need each other in a circle, and default privileges that were there before what they touch. */
const beyond = ['base-types.sql', 'circles.sql', 'rare-objects.sql'];
const files = readdirSync(folder).filter((name) => name.endsWith('.sql') && !beyond.includes(name));

describe('a database on a server', () => {
  let server: PostgresServer;
  let database: ConnectionSettings;
  let current: Catalog;
  beforeAll(async () => {
    server = await startPostgresServer();
    database = await server.createDatabase('');
    current = await readDatabase(database);
  });
  afterAll(() => server.stop());

  it.each([...files, 'nothing'])('becomes %s, whatever it was before', async (file) => {
    const wanted = await server.createDatabase(file === 'nothing' ? '' : readFileSync(join(folder, file), 'utf8'));
    const target = await readDatabase(wanted);
    const text = scriptText(changeCatalog(current, target));
    try {
      await server.execute(`BEGIN;\n${text}COMMIT;`, database.database);
      expect(compareCatalogs(target, await readDatabase(database), { ignore: ['column-order'] }), text).toEqual([]);
    } catch (cause) {
      // The next one starts from what this one should have become.
      database = wanted;
      current = target;
      throw new Error(`${String(cause)}\n${text}`);
    }
    current = await readDatabase(database);
  });
});
