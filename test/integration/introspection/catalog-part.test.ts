import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, catalogSchema } from '../../../src/engine/catalog/catalog.ts';
import { partOfCatalog } from '../../../src/engine/catalog/catalog-part.ts';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import type { GraphObject } from '../../../src/engine/catalog/dependency-graph.ts';
import { onlySchemas } from '../../../src/engine/catalog/only-schemas.ts';
import { renderCatalog } from '../../../src/engine/catalog/render.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import { embeddedExtensions } from '../../support/embedded-extensions.ts';
import { testClock } from '../../support/test-clock.ts';

const snapshot = resolve(import.meta.dirname, '../../snapshots/format-1.json');
const everything = catalogSchema.parse(JSON.parse(readFileSync(snapshot, 'utf8'))) as Catalog;

let database: EmbeddedClient;
beforeAll(async () => {
  database = await openEmbeddedClient(embeddedExtensions);
});
afterAll(() => database.close());

/** Loads a part of a catalog into an empty database, one statement after the other, reads it and takes all back. */
async function loadPart(options: { readonly only?: readonly GraphObject[] }): Promise<Catalog> {
  await database.query('begin');
  try {
    for (const { sql } of renderCatalog(everything, options)) await database.query(sql);
    return await introspect(database, { clock: testClock, facts: false, insideTransaction: true });
  } finally {
    await database.query('rollback');
    await database.query('reset all');
  }
}

/** Every object that a part can be asked for: relations, types and routines. */
const objects: readonly GraphObject[] = [
  ...everything.tables.map(({ schema, name }) => ({ kind: 'table', schema, name })),
  ...everything.views.map(({ schema, name, materialized }) => ({
    kind: materialized ? 'materialized view' : 'view',
    schema,
    name,
  })),
  ...everything.types.map(({ schema, name }) => ({ kind: 'type', schema, name })),
  ...everything.routines.map((each) => ({
    kind: 'routine',
    schema: each.schema,
    name: `${each.name}(${each.arguments})`,
  })),
];

describe('a part of a catalog', () => {
  it('has what a table needs and what belongs to it, and nothing else', async () => {
    const orders = everything.tables.find((table) => table.constraints.some(({ references }) => references !== null));
    if (orders === undefined) throw new Error('the snapshot has a foreign key');
    const part = await loadPart({ only: [{ kind: 'table', schema: orders.schema, name: orders.name }] });
    const differences = compareCatalogs(everything, part);
    // What is there is as it was: only what is not needed is missing.
    expect(differences.filter(({ change }) => change !== 'removed')).toEqual([]);
    const own = part.tables.find(({ schema, name }) => schema === orders.schema && name === orders.name);
    expect(own?.constraints).toEqual(orders.constraints);
    expect(own?.indexes).toEqual(orders.indexes);
    expect(part.tables.length).toBeLessThan(everything.tables.length / 2);
  });

  it('loads, whatever it is asked for', async () => {
    expect(objects.length).toBeGreaterThan(60);
    // Three at a time, from far apart, so that one does not bring what another needs.
    const groups = Math.ceil(objects.length / 3);
    for (let first = 0; first < groups; first += 1) {
      const only = objects.filter((_, index) => index % groups === first);
      const part = await loadPart({ only });
      const wrong = compareCatalogs(everything, part).filter(({ change }) => change !== 'removed');
      expect(wrong, only.map(({ kind, schema, name }) => `${kind} ${schema}.${name}`).join(', ')).toEqual([]);
    }
  });
});

describe('a publication in a part', () => {
  it('publishes the tables and schemas of the part', async () => {
    await database.query('begin');
    try {
      await database.execute(`create schema "In ""it"; create schema out_of_it;
        create table "In ""it"."a.b" (id integer primary key, "Kept" boolean); create table out_of_it.t (id integer);
        create publication "p.q" for table "In ""it"."a.b" (id, "Kept") where ("Kept"), out_of_it.t;
        create publication of_schemas for tables in schema "In ""it", out_of_it`);
      const all = await introspect(database, { clock: testClock, facts: false, insideTransaction: true });
      const part = partOfCatalog(all, [
        { kind: 'table', schema: 'In "it', name: 'a.b' },
        { kind: 'publication', schema: '', name: 'p.q' },
        { kind: 'publication', schema: '', name: 'of_schemas' },
      ]);
      expect(part.tables.map(({ name }) => name)).toEqual(['a.b']);
      expect(part.otherObjects?.flatMap(({ further }) => further)).toEqual([
        'ALTER PUBLICATION of_schemas ADD TABLES IN SCHEMA "In ""it"',
        'ALTER PUBLICATION "p.q" ADD TABLE ONLY "In ""it"."a.b" (id, "Kept") WHERE ("Kept")',
      ]);
    } finally {
      await database.query('rollback');
    }
  });
});

describe('a catalog of some schemas', () => {
  it.each([[['public']], [['public', 'tools']], [everything.schemas.map(({ name }) => name)]])(
    'of %j is the one that reading only these gives',
    async (schemas) => {
      await database.query('begin');
      try {
        for (const { sql } of renderCatalog(everything)) await database.query(sql);
        const options = { clock: testClock, facts: false, insideTransaction: true };
        const all = await introspect(database, options);
        const read = await introspect(database, { ...options, schemas });
        const { notModelled, ...part } = onlySchemas(all, schemas);
        // What is not modelled is known in words only: those of the whole database stay.
        expect({ ...part, notModelled: read.notModelled }).toEqual(read);
        expect(notModelled).toEqual(expect.arrayContaining([...read.notModelled]));
      } finally {
        await database.query('rollback');
        await database.query('reset all');
      }
    },
  );
});
