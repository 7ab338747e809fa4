import { describe, expect, it } from 'vitest';
import { type LoadedSchema, loadSchemaText } from '../../../src/adapters/pglite/load-schema-text.ts';
import type { SqlRow } from '../../../src/engine/ports/sql-client.ts';
import { testShadows } from './shadows.ts';

const databases = testShadows();

async function load(text: string): Promise<LoadedSchema> {
  const loaded = await loadSchemaText({ text, path: 'schema.sql', databases });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
}

async function loadAndAsk(text: string, query: string): Promise<{ rows: readonly SqlRow[]; loaded: LoadedSchema }> {
  const loaded = await load(text);
  try {
    return { rows: await loaded.client.query(query), loaded };
  } finally {
    await loaded.client.close();
  }
}

describe('loading a schema file', () => {
  it('takes what pg_dump writes', async () => {
    const { rows, loaded } = await loadAndAsk(
      `--
-- PostgreSQL database dump
--
\\restrict aBcD
SET statement_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);
SET row_security = off;
CREATE SCHEMA public;
ALTER SCHEMA public OWNER TO pg_database_owner;
CREATE SCHEMA shop;
ALTER SCHEMA shop OWNER TO "shop owner";
SET default_tablespace = fast;
SET default_table_access_method = heap;
CREATE FUNCTION shop.f() RETURNS trigger LANGUAGE plpgsql AS $_$ begin return new; -- ; end
end; $_$;
CREATE TABLE shop.items (id bigint NOT NULL, name text DEFAULT ';'::text);
ALTER TABLE shop.items OWNER TO "shop owner";
ALTER TABLE shop.items ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME shop.items_id_seq START WITH 1);
COPY shop.items (id, name) FROM stdin;
1\tfirst; row
2\t\\N
\\.
SELECT pg_catalog.setval('shop.items_id_seq', 2, true);
ALTER TABLE ONLY shop.items ADD CONSTRAINT items_pkey PRIMARY KEY (id);
GRANT SELECT ON TABLE shop.items TO reporting;
\\unrestrict aBcD
`,
      `select c.relowner::regrole::text as owner, (select count(*)::int4 from shop.items) as rows,
         current_setting('search_path') as path from pg_class c where relname = 'items'`,
    );
    expect(rows).toEqual([{ owner: '"shop owner"', rows: 0, path: 'public' }]);
    expect(loaded.stubbed).toEqual(['role reporting', 'role shop owner']);
    expect(loaded.leftOut).toEqual(['rows (COPY)']);
  });

  it('makes stand-ins for extensions, their types, languages and servers that are not there', async () => {
    const { rows, loaded } = await loadAndAsk(
      `create extension if not exists vector;
       create extension postgis schema public;
       comment on extension postgis is 'maps';
       create extension plpython3u;
       create extension acme;
       create extension postgres_fdw;
       create server far foreign data wrapper postgres_fdw options (host 'example.com');
       create foreign table away (id int) server far;
       create function py() returns int language plpython3u as 'return 1';
       create table places (id int, embedding vector(3), at geometry(Point, 4326), area public.geography,
         price acme_money(2), weight public.acme_weight);
       create index places_price on places using acme_index (price);
       create index places_embedding on places using hnsw (embedding vector_l2_ops);
       create table fast (id int) tablespace ssd;`,
      `select attname::text as name, format_type(atttypid, atttypmod) as type from pg_attribute
       where attrelid = 'places'::regclass and attnum > 0 order by attnum`,
    );
    expect(rows).toEqual([
      { name: 'id', type: 'integer' },
      { name: 'embedding', type: 'vector(3)' },
      { name: 'at', type: 'geometry(Point,4326)' },
      { name: 'area', type: 'geography' },
      { name: 'price', type: 'acme_money(2)' },
      { name: 'weight', type: 'acme_weight' },
    ]);
    expect(loaded.stubbed).toEqual([
      'access method acme_index',
      'extension acme',
      'extension plpython3u',
      'extension postgis',
      'extension postgres_fdw',
      'tablespace ssd',
      'type acme_money',
      'type public.acme_weight',
    ]);
  });

  it('rejects a statement that is at fault itself, with its line', async () => {
    const result = await loadSchemaText({
      text: "create table a (id int);\n\ncreate table b (\n  id int,\n  'ů🐎' text\n);",
      path: 'folder/schema.sql',
      databases,
    });
    expect(result).toEqual({
      ok: false,
      error: {
        code: 'catalog.schema_file_rejected',
        path: 'folder/schema.sql',
        sqlstate: '42601',
        message: 'syntax error at or near "\'ů🐎\'"',
        line: 5,
      },
    });
  });

  it('does not make up a type without a missing extension that could have brought it', async () => {
    const result = await loadSchemaText({ text: 'create table a (id nosuchtype)', path: 'a.sql', databases });
    expect(result).toMatchObject({ ok: false, error: { sqlstate: '42704', line: 1 } });
  });

  it('says that it does not follow includes', async () => {
    const result = await loadSchemaText({ text: 'select 1;\n\\i other.sql\n', path: 'a.sql', databases });
    expect(result).toMatchObject({
      ok: false,
      error: { line: 2, message: 'the psql command \\i cannot be followed here' },
    });
  });

  it('loads a script with its own transaction and a concurrent index', async () => {
    const { rows } = await loadAndAsk(
      'begin;\ncreate table t (a int);\ncommit;\ncreate index concurrently t_a on t (a);\nvacuum t;',
      "select to_regclass('t_a')::text as name",
    );
    expect(rows).toEqual([{ name: 't_a' }]);
  });
});
