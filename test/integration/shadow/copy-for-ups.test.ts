import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { copyForUps } from '../../../src/engine/shadow/copy-for-ups.ts';
import { firstRefusal } from '../../../src/engine/shadow/first-refusal.ts';
import { loadParser } from '../../../src/engine/sql/parser.ts';
import { openEmbeddedClient } from '../../support/embedded-client.ts';
import { clock, testShadows } from './shadows.ts';

const numbers = Array.from({ length: 310 }, (_, number) => number);
const schema = `
  create schema "Shop";
  create table "Shop"."Orders" (id bigint primary key, state text);
  create view "Shop".open_orders as select id, state from "Shop"."Orders" where state = 'open';
  create function elsewhere() returns int language sql as 'select 1';
  ${numbers.map((number) => `create table filler_${number} (id int primary key);`).join('\n')}`;

const databases = testShadows();
let large: Catalog;
let small: Catalog;

beforeAll(async () => {
  await loadParser();
  const client = await openEmbeddedClient();
  await client.execute(schema);
  large = await introspect(client, { clock });
  await client.close();
  small = { ...large, tables: large.tables.filter(({ name }) => !name.startsWith('filler_')), dependencies: [] };
});

/** What becomes of an up on the copy that is made for it; null where none is. */
async function tried(catalog: Catalog, up: string) {
  const copy = await copyForUps({ catalog, ups: [up], databases, clock });
  if (copy === null) return null;
  try {
    return await firstRefusal({ copy, catalog, up, transaction: 'file', serverVersion: 180_000, clock });
  } finally {
    await copy.database.close();
  }
}

describe('a copy of a catalog for ups', () => {
  it('is made of what they touch in a large database, with what uses that', async () => {
    const up = 'alter table "Shop"."Orders" add column placed_at timestamptz;';
    const copy = await copyForUps({ catalog: large, ups: [up], databases, clock });
    try {
      const read = copy === null ? null : await introspect(copy.database, { clock, facts: false });
      expect(copy?.isPart).toBe(true);
      expect(read?.tables.map(({ name }) => name)).toEqual(['Orders']);
      expect(read?.views.map(({ name }) => name)).toEqual(['open_orders']);
    } finally {
      await copy?.database.close();
    }
  });

  it('refuses what the database would', async () => {
    const refused = { kind: 'refused', statement: { index: 0, sqlstate: '42P16' } };
    const up = 'create or replace view "Shop".open_orders as select id from "Shop"."Orders";';
    expect(await tried(large, up)).toMatchObject(refused);
    expect(await tried(small, up)).toMatchObject(refused);
  });

  it('says nothing of names that may be in what was left out', async () => {
    const up = 'alter table "Shop"."Orders" add column n int default nowhere();';
    expect(await tried(large, up)).toEqual({ kind: 'unknown' });
    expect(await tried(small, up)).toMatchObject({ kind: 'refused', statement: { sqlstate: '42883' } });
  });

  it('is not made of a large database for code that may touch anything', async () => {
    expect(await tried(large, 'do $$ begin perform elsewhere(); end $$;')).toBeNull();
    expect(await tried(small, 'do $$ begin perform elsewhere(); end $$;')).toEqual({ kind: 'taken' });
  });

  it('is not made where it would not be like the database', async () => {
    const [extension] = large.extensions;
    if (extension === undefined) throw new Error('no extension at all');
    const foreign = { ...small, extensions: [...small.extensions, { ...extension, name: 'postgis' }] };
    expect(await tried(foreign, 'alter table "Shop"."Orders" add column n int;')).toBeNull();
  });

  it('is given up when it is cancelled', async () => {
    const cancelled = AbortSignal.abort();
    const copying = copyForUps({ catalog: small, ups: ['select 1'], databases, clock, signal: cancelled });
    await expect(copying).rejects.toMatchObject({ error: { code: 'cancelled' } });
  });
});
