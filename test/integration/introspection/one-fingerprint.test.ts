import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { startPostgresServer } from '../../support/postgres-server.ts';
import { postgresVersions } from '../../support/postgres-version.ts';
import { agreement, agreementOf, onAnotherVersion, readDatabase } from '../../support/round-trip.ts';

const folder = resolve(import.meta.dirname, '../../databases');

/** Databases that every version can hold, each by itself. */
const files = readdirSync(folder).filter((name) => name.endsWith('.sql') && !/since-/.test(name));

/** Before 15 everyone may create in `public`, and another role owns it: a real difference, taken away here. */
const samePublic = `
alter schema public owner to postgres;
revoke all on schema public from public;
`;

/** What older versions have no words for: a database with them is left out there. */
const loads = (version: number, script: string): boolean =>
  version >= 14 || !/\bbegin atomic\b|\bmultirange/i.test(script);

/** The databases as a version reads them that was given the same SQL as all others. */
async function readAll(version: (typeof postgresVersions)[number]): Promise<ReadonlyMap<string, Catalog>> {
  const server = await startPostgresServer({ version });
  try {
    const catalogs = new Map<string, Catalog>();
    for (const file of files) {
      const script = readFileSync(join(folder, file), 'utf8');
      if (!loads(version, script)) continue;
      const database = await server.createDatabase(samePublic + script);
      catalogs.set(file, await readDatabase(database));
    }
    return catalogs;
  } finally {
    await server.stop();
  }
}

describe('a database has one fingerprint', () => {
  const newest = readAll(18);
  it.each(postgresVersions.filter((version) => version !== 18))(
    'on PostgreSQL %i and 18',
    { timeout: 300_000 },
    async (version) => {
      const [old, now] = [await readAll(version), await newest];
      expect(old.size).toBeGreaterThan(9);
      for (const [file, catalog] of old) {
        const other = now.get(file);
        if (other === undefined) throw new Error(`${file} was read on one version only`);
        expect(agreementOf(catalog, other, onAnotherVersion), file).toEqual(agreement);
      }
    },
  );
});
