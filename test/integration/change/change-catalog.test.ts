import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { changeCatalog } from '../../../src/engine/catalog/change/change-catalog.ts';
import { scriptText } from '../../../src/engine/catalog/change/change-script.ts';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import { testClock } from '../../support/test-clock.ts';
import { changeCases } from './change-cases.ts';

let database: EmbeddedClient;
beforeAll(async () => {
  database = await openEmbeddedClient();
});
afterAll(() => database.close());

const read = (): Promise<Catalog> => introspect(database, { clock: testClock, facts: false, schemas: ['shop'] });

async function make(script: string): Promise<Catalog> {
  await database.execute(`drop schema if exists shop cascade; create schema shop; set search_path = shop; ${script}`);
  return read();
}

async function change(from: Catalog, to: Catalog, form: 'transaction' | 'online'): Promise<void> {
  const script = changeCatalog(from, to, { form });
  if (form === 'transaction') await database.execute(`begin; ${scriptText(script)} commit;`);
  else for (const { sql } of script.statements) await database.execute(sql);
}

const differences = (one: Catalog, other: Catalog) => compareCatalogs(one, other, { ignore: ['column-order'] });

describe('the statements that turn one catalog into another', () => {
  it.each(changeCases)('change $name, and back', async ({ one, other }) => {
    const after = await make(other);
    const before = await make(one);
    expect(differences(before, after)).not.toEqual([]);
    await change(before, after, 'transaction').catch(async (cause: unknown) => {
      await database.execute('rollback');
      throw new Error(`${String(cause)}\n${scriptText(changeCatalog(before, after))}`);
    });
    const there = await read();
    expect(differences(after, there), scriptText(changeCatalog(before, after))).toEqual([]);
    await change(there, before, 'transaction').catch(async (cause: unknown) => {
      await database.execute('rollback');
      throw new Error(`${String(cause)}\n${scriptText(changeCatalog(there, before))}`);
    });
    expect(differences(before, await read()), scriptText(changeCatalog(there, before))).toEqual([]);
  });
});
