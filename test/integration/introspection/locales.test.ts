import { expect, it } from 'vitest';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import { startPostgresServer } from '../../support/postgres-server.ts';
import { readDatabase } from '../../support/round-trip.ts';

const locales = [
  'de-u-co-phonebk',
  'de@collation=phonebook',
  'en_US',
  'zh_Hant_TW',
  'und-u-ks-level2-kn-true',
  '@colStrength=secondary;colNumeric=yes',
  'fr-CA-u-kb-true-kc-false',
  'sv-u-ka-shifted-kf-upper',
  'es__TRADITIONAL',
  'root',
];
const script = locales
  .map((locale, number) => `create collation c${number} (provider = icu, locale = '${locale}', deterministic = false);`)
  .join('\n');

it('holds collations equal however a version writes their locale, and tells of a locale of the database', async () => {
  const read = async (version: 12 | 14 | 15 | 16 | 18) => {
    const server = await startPostgresServer({ version });
    try {
      const database = await server.createDatabase(
        `drop schema public; create schema s; set search_path = s; ${script}`,
      );
      if (version >= 15) {
        await server.execute("create database german template template0 locale_provider icu icu_locale 'de-DE'");
        const { notModelled } = await readDatabase({ ...database, database: 'german' });
        expect(notModelled).toEqual(['1 locale provider of the database (icu de-DE)']);
      }
      return await readDatabase(database);
    } finally {
      await server.stop();
    }
  };
  const now = await read(18);
  expect(now.otherObjects?.length).toBe(locales.length);
  for (const version of [12, 14, 15, 16] as const) {
    const before = await read(version);
    expect(compareCatalogs(before, now)).toEqual([]);
    expect(before.fingerprint).toBe(now.fingerprint);
  }
});
