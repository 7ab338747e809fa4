import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Catalog, Table } from '../../../src/engine/catalog/catalog.ts';
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
  // Smaller choices make other databases, each of which takes a second.
  endOnFailure: true,
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

/** What a random database may have outside of every schema. */
const outside = `do $$ declare one record; begin
  for one in select fdwname as name from pg_foreign_data_wrapper loop
    execute format('drop foreign data wrapper %I cascade', one.name);
  end loop;
  for one in select pubname as name from pg_publication loop execute format('drop publication %I', one.name); end loop;
end $$`;

async function clear(): Promise<void> {
  await database.execute(outside);
  for (const { name } of (await read()).schemas) {
    await database.execute(`drop schema ${quoteIdentifier(name)} cascade`);
  }
  await database.execute('create schema public');
}

/** A table and everything that inherits from it, each once; what is asked of the table is asked of all. */
function withHeirs(catalog: Catalog, table: Table): readonly Table[] {
  const found = new Set([table]);
  for (const one of found)
    for (const heir of catalog.tables) if (heir.inherits.some((of) => keyOf(of) === keyOf(one))) found.add(heir);
  return [...found];
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
        catalog.tables
          .filter(({ kind, partitionOf }) => partitionOf === null && kind !== 'foreign table')
          .map((table) => [keyOf(table), table]),
      );
      await database.execute('begin');
      try {
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
          const expected = withHeirs(catalog, table).reduce((sum, one) => sum + (rows.get(keyOf(one)) ?? 0), 0);
          expect(row?.['n']).toBe(expected);
          seeded.tables += 1;
          if (rows.has(key)) seeded.filled += 1;
          else expect(notSeeded.filter(({ reason }) => reason !== '').length).toBeGreaterThan(0);
        }
      } finally {
        await database.execute('rollback');
      }
      expect(fingerprintCatalog(await read())).toBe(fingerprintCatalog(catalog));
    }),
    parameters,
  );
  console.log(`${seeded.filled} of ${seeded.tables} random tables got rows`);
  // Random keys refer to tables in circles that no row can begin.
  expect(seeded.filled / seeded.tables).toBeGreaterThan(0.6);
});
