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

it('holds collations equal however a version of the server writes their locale', async () => {
  const read = async (version: 12 | 14 | 15 | 16 | 18) => {
    const server = await startPostgresServer({ version });
    try {
      return await readDatabase(
        await server.createDatabase(`drop schema public; create schema s; set search_path = s; ${script}`),
      );
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
