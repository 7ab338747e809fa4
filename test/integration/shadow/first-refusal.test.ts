import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSchemaText } from '../../../src/adapters/pglite/load-schema-text.ts';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { ShadowDatabase } from '../../../src/engine/ports/shadow-databases.ts';
import { firstRefusal, type UpOnCopy } from '../../../src/engine/shadow/first-refusal.ts';
import { loadParser } from '../../../src/engine/sql/parser.ts';
import type { TransactionMode } from '../../../src/engine/sql/transactions.ts';
import { clock, testShadows } from './shadows.ts';

const schema = `
  create type mood as enum ('ok', 'sad');
  create table authors (id bigint primary key, name text not null, mood mood);
  create table "Books" (id bigint primary key, author bigint references authors, isbn text);
  create view named as select name from authors;`;

const databases = testShadows();
let database: ShadowDatabase;
let catalog: Catalog;

beforeAll(async () => {
  await loadParser();
  const loaded = await loadSchemaText({ text: schema, path: 'schema.sql', databases });
  if (!loaded.ok) throw new Error(loaded.error.code);
  database = loaded.value.client;
  catalog = await introspect(database, { clock, facts: false });
});
afterAll(() => database.close());

/** One copy serves all: in a transaction of the runner nothing of an up that fails stays. */
const tried = (
  up: string,
  transaction: TransactionMode = 'file',
  serverVersion = 180_000,
  on = database,
): Promise<UpOnCopy> =>
  firstRefusal({
    copy: { database: on, availableExtensions: databases.availableExtensions, isPart: false },
    catalog,
    up,
    transaction,
    serverVersion,
    clock,
    timeoutSeconds: on === database ? 15 : 3,
  });

describe('an up on a copy of the schema', () => {
  it.each([
    ['a function that is not there', 'select 1; update authors set name = uper(name) where id = 1;', 1, '42883'],
    ['an operator between types that have none', 'delete from authors where mood = 1;', 0, '42883'],
    ['a view that cannot lose a column', 'create or replace view named as select id from authors;', 0, '42P16'],
    ['a value that the type cannot hold', "insert into authors values (1, 'x', 'glad');", 0, '22P02'],
    ['the same key twice', "insert into authors values (1, 'a'), (1, 'b');", 0, '23505'],
    [
      'a label used in the transaction that adds it',
      "alter type mood add value 'so'; insert into authors values (1, 'x', 'so');",
      1,
      '55P04',
    ],
    ['a block of code with a wrong name', 'do $$ begin execute \'alter table "Book" add x int\'; end $$;', 0, '42P01'],
  ])('is refused for %s', async (_name, up, index, sqlstate) => {
    expect(await tried(up)).toMatchObject({ kind: 'refused', statement: { index, sqlstate } });
  });

  it('is refused at the very word', async () => {
    const up = 'select 1;\n-- naïve ☂\nupdate "Books"\n  set "ISBN" = upper(isbn);';
    expect(await tried(up)).toMatchObject({ kind: 'refused', statement: { line: 4, column: 7 } });
  });

  it.each([
    ['a parent row that only the database has', 'insert into "Books" values (1, 77, \'x\');'],
    ['code that asks for rows', "do $$ begin if not exists (select from authors) then raise 'empty'; end if; end $$;"],
    ['a division by what is counted', 'select 1 / count(*) from authors;'],
    ['a setting that an older version has', 'set force_parallel_mode = off;'],
    ['a tablespace of the server', 'create table x (id int) tablespace fast;'],
    ['rows that come through psql', 'copy authors from stdin;'],
    ['an extension that the copy lacks', 'create extension postgis; create table x (at geometry);'],
    ['text that is no SQL', 'alter tabel authors;'],
  ])('says nothing for %s', async (_name, up) => {
    expect(await tried(up)).toEqual({ kind: 'unknown' });
  });

  it('says nothing for words that only a newer server than the target knows', async () => {
    expect(await tried('create table x (id int, twice int generated always as (id * 2));', 'file', 150_000)).toEqual({
      kind: 'unknown',
    });
  });

  it('leaves what it committed for the next, and says nothing for code that does not end', async () => {
    const lent = await loadSchemaText({ text: schema, path: 'schema.sql', databases });
    if (!lent.ok) throw new Error(lent.error.code);
    const next = (up: string) => tried(up, 'auto', 180_000, lent.value.client);
    try {
      expect(await next('create index concurrently by_name on authors (name); create role helper;')).toEqual({
        kind: 'taken',
      });
      expect(await next('drop index by_name; grant select on authors to helper, somebody;')).toEqual({ kind: 'taken' });
      expect(await next('drop index by_name;')).toMatchObject({ kind: 'refused', statement: { sqlstate: '42704' } });
      expect(await next('do $$ begin loop end loop; end $$;')).toEqual({ kind: 'unknown' });
    } finally {
      await lent.value.client.close();
    }
  });
});
