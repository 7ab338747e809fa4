import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../catalog/catalog.ts';
import { emptyCatalog } from '../sql/empty-catalog.ts';
import { loadParser } from '../sql/parser.ts';
import { chooseShadow, type ShadowWish, versionRemark } from './choose-shadow.ts';

const embedded = { version: 180_000, extensions: ['plpgsql', 'citext'] };
const on = (version: number, more: Partial<Catalog> = {}): Catalog => ({
  ...emptyCatalog,
  ...more,
  server: { ...emptyCatalog.server, version },
});
const choose = (
  catalog: Catalog | null,
  {
    wish = 'automatic',
    hasServer = true,
    text = 'create table t ()',
  }: { wish?: ShadowWish; hasServer?: boolean; text?: string } = {},
) => chooseShadow({ wish, hasServer, catalog, texts: [text], embedded });

describe('the choice of a shadow', () => {
  beforeAll(loadParser);

  it('is the embedded engine where it lacks nothing', () => {
    const why = ['The embedded PostgreSQL has all that schema and migration need'];
    expect(choose(on(180_004))).toEqual({ kind: 'embedded', why });
    expect(
      choose(null, { text: 'create extension citext; create function f() returns int language sql as $$ select 1 $$' }),
    ).toEqual({ kind: 'embedded', why });
  });

  it.each([
    [on(150_018), 'create table t ()', 'The target is PostgreSQL 15, the embedded one 18'],
    [
      null,
      'create extension postgis; create extension citext',
      'The embedded PostgreSQL does not have the extension postgis',
    ],
    [
      on(180_004, { extensions: [{ name: 'vector', version: '0.8', schema: 'public' }] }),
      '',
      'The embedded PostgreSQL does not have the extension vector',
    ],
    [
      null,
      `create function f() returns int language plpython3u as 'return 1'`,
      'The embedded PostgreSQL does not have the language plpython3u',
    ],
    [
      null,
      'create index concurrently i on t (a)',
      'Only on a server can the locks of concurrent forms be seen, from a second session',
    ],
  ])('is a server that was named where the embedded engine lacks something', (catalog, text, reason) => {
    expect(choose(catalog, { text })).toEqual({ kind: 'server', why: [reason] });
    expect(choose(catalog, { text, hasServer: false })).toEqual({
      kind: 'embedded',
      why: ['No server is named for shadow runs', reason],
    });
  });

  it('is what was asked for, with what the embedded engine lacks', () => {
    expect(choose(on(180_004), { wish: 'server' })).toMatchObject({ kind: 'server' });
    expect(choose(on(150_018), { wish: 'embedded' })).toEqual({
      kind: 'embedded',
      why: ['The embedded PostgreSQL was asked for', 'The target is PostgreSQL 15, the embedded one 18'],
    });
  });

  it('remarks on a server of another major version than the target', () => {
    expect(versionRemark(150_018, 150_002)).toEqual([]);
    expect(versionRemark(180_004, undefined)).toEqual([]);
    expect(versionRemark(180_004, 150_002)).toEqual(['The shadow server is PostgreSQL 18, the target 15']);
  });
});
