import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fingerprintCatalog } from '../../../src/engine/catalog/fingerprint.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { ShadowDatabase } from '../../../src/engine/ports/shadow-databases.ts';
import { seedTables } from '../../../src/engine/shadow/rows/seed-tables.ts';
import { loadParser } from '../../../src/engine/sql/parser.ts';
import { qualifiedName } from '../../../src/engine/sql/qualified-name.ts';
import { quoteIdentifier } from '../../../src/engine/sql/quote-identifier.ts';
import { keyOf } from '../../../src/engine/sql/table-index.ts';
import { randomChoices } from '../../support/random-choices.ts';
import { randomDatabase, randomRoles } from '../../support/random-database.ts';
import { clock, testShadows } from './shadows.ts';

/** `LOCKSTEP_RANDOM_SEED` repeats a run, `LOCKSTEP_RANDOM_DATABASES` makes a longer one. */
const seed = process.env['LOCKSTEP_RANDOM_SEED'];
const parameters = {
  numRuns: Number(process.env['LOCKSTEP_RANDOM_DATABASES'] ?? 8),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
};

let database: ShadowDatabase;
beforeAll(async () => {
  await loadParser();
  database = await testShadows({ timeoutSeconds: 600 }).open({ extensions: [] });
  for (const role of randomRoles) await database.execute(`create role ${quoteIdentifier(role)}`);
});
afterAll(() => database.close());

const read = () => introspect(database, { clock, facts: false });

async function clear(): Promise<void> {
  for (const { name } of (await read()).schemas) {
    await database.execute(`drop schema ${quoteIdentifier(name)} cascade`);
  }
  await database.execute('create schema public');
}

/** How many tables there were in all, and how many of them got rows. */
const seeded = { tables: 0, filled: 0 };

it('fills every table of random databases, or says why not, and changes nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(randomChoices, async (choices) => {
      await clear();
      for (const statement of randomDatabase(choices).statements) await database.execute(statement);
      const catalog = await read();
      const tables = new Map(
        catalog.tables.filter(({ partitionOf }) => partitionOf === null).map((table) => [keyOf(table), table]),
      );
      await database.execute('begin');
      const { rows, notSeeded } = await seedTables({
        database,
        catalog,
        facts: null,
        tables,
        count: 5,
        styleOf: () => 'mixed',
      });
      for (const [key, table] of tables) {
        const [row] = await database.query(`select count(*)::int4 as n from ${qualifiedName(table)}`);
        const children = catalog.tables.filter(({ inherits }) => inherits.some((one) => keyOf(one) === key));
        const expected = [table, ...children].reduce((sum, one) => sum + (rows.get(keyOf(one)) ?? 0), 0);
        expect(row?.['n']).toBe(expected);
        seeded.tables += 1;
        if (rows.has(key)) seeded.filled += 1;
        else expect(notSeeded.filter(({ reason }) => reason !== '').length).toBeGreaterThan(0);
      }
      await database.execute('rollback');
      expect(fingerprintCatalog(await read())).toBe(fingerprintCatalog(catalog));
    }),
    parameters,
  );
  console.log(`${seeded.filled} of ${seeded.tables} random tables got rows`);
  // Random keys refer to tables in circles that no row can begin.
  expect(seeded.filled / seeded.tables).toBeGreaterThan(0.6);
});
