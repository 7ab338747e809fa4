import { beforeAll, describe, expect, it } from 'vitest';
import { bundledExtensionNames } from '../../../src/adapters/pglite/bundled-extensions.ts';
import { loadSchemaText } from '../../../src/adapters/pglite/load-schema-text.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { DataReport } from '../../../src/engine/shadow/rows/rows-report.ts';
import { tryWithRows } from '../../../src/engine/shadow/rows/try-with-rows.ts';
import { loadParser } from '../../../src/engine/sql/parser.ts';
import { clock, testShadows } from './shadows.ts';

const databases = testShadows();
beforeAll(loadParser);

async function trial(schema: string, up: string, down: string, rows = 12): Promise<DataReport> {
  const loaded = await loadSchemaText({ text: schema, path: 'schema.sql', databases });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const database = loaded.value.client;
  try {
    const catalog = await introspect(database, { clock });
    const { data: report, isGone } = await tryWithRows({
      database,
      catalog,
      facts: null,
      up,
      down,
      transaction: 'auto',
      settings: catalog.server,
      availableExtensions: bundledExtensionNames,
      target: null,
      rows,
    });
    if (report === null) throw new Error('not SQL');
    // Nothing of the trial stays where one transaction holds all of it.
    const after = await introspect(database, { clock });
    if (!isGone) expect(after.fingerprint).toBe(catalog.fingerprint);
    return report;
  } finally {
    await database.close();
  }
}

const SHOP = `
  create type mood as enum ('sad', 'ok', 'happy');
  create table users (id bigint generated always as identity primary key, email text, age smallint check (age between 18 and 120), mood mood not null default 'ok');
  create table orders (id bigserial primary key, user_id bigint not null references users (id), total numeric(10, 2) not null check (total > 0), placed timestamptz not null default now());
`;

describe('a trial with rows', () => {
  it('loses nothing where down brings everything back', async () => {
    const report = await trial(SHOP, 'alter table users add column note text', 'alter table users drop column note');
    expect(report).toMatchObject({ rowsSeeded: 24, lost: [], wouldFail: [], notSeeded: [], stoppedAt: null });
  });

  it.each([
    [
      'a block that commits',
      'do $$ begin alter table users add column b int; commit; update users set b = 1; end $$',
      'alter table users drop column b',
      [],
    ],
    [
      'a value of an enum that is used at once',
      "alter type mood add value 'great'; update users set mood = 'great', age = null",
      "update users set mood = 'ok' where mood = 'great'",
      ['mood', 'age'],
    ],
    [
      'a transaction that is rolled back',
      'begin; delete from orders; rollback; alter table orders drop column placed',
      'alter table orders add column placed timestamptz not null default now()',
      ['placed'],
    ],
  ])('goes through %s', async (_what, up, down, columns) => {
    const report = await trial(SHOP, up, down);
    expect(report.stoppedAt).toBeNull();
    expect(report.lost.map(({ column }) => column).sort()).toEqual([...columns].sort());
  });

  it('names the statement that lost the values of a column', async () => {
    const report = await trial(
      SHOP,
      'create table extra (id int);\nalter table users drop column mood',
      "alter table users add column mood mood not null default 'ok';\ndrop table extra",
    );
    expect(report.lost).toEqual([
      { table: 'public.users', column: 'mood', rows: expect.any(Number), statement: { direction: 'up', index: 1 } },
    ]);
  });

  it.each([
    [
      'nulls that are filled, where a type becomes too narrow for long texts as well',
      "update users set email = '' where email is null; alter table users alter email set not null, alter email type varchar(200)",
      'alter table users alter email drop not null, alter email type text',
      ['email'],
    ],
    [
      'nulls that become the first characters of a key, which no two rows share',
      'update notes set name = left(id::text, 6) where name is null',
      '',
      ['name'],
    ],
    [
      'no value in the spaces of a JSON text',
      'alter table notes alter body type jsonb',
      'alter table notes alter body type json',
      [],
    ],
  ])('sees %s', async (_, up, down, lost) => {
    const schema = `${SHOP} create table notes (id uuid primary key, name text unique, body json);`;
    const report = await trial(schema, up, down);
    expect(report.stoppedAt).toBeNull();
    expect(report.lost.map(({ column }) => column)).toEqual(lost);
    expect(report.wouldFail?.filter(({ condition }) => condition.endsWith('holds a null'))).toEqual([]);
  });

  it('blames the statement that moves rows to a table with a foreign key, which they have', async () => {
    const report = await trial(
      `${SHOP} create table inbox (id bigint primary key, user_id bigint not null, total numeric(10, 2), note text)`,
      `with moved as (delete from inbox where note is null returning *)
        insert into orders (user_id, total) select user_id, coalesce(nullif(total, 0), 1) from moved`,
      '',
    );
    expect(report.lost).toEqual([
      { table: 'public.inbox', column: null, rows: expect.any(Number), statement: { direction: 'up', index: 0 } },
    ]);
  });

  const failing = async (schema: string, up: string, down = '') => {
    const { wouldFail, stoppedAt } = await trial(schema, up, down);
    expect(stoppedAt).toBeNull();
    return wouldFail?.map(({ direction, statement, condition, sqlstate }) => [
      direction,
      statement,
      condition,
      sqlstate,
    ]);
  };

  it.each([
    ['set not null', 'alter table users alter column email set not null', 'public.users.email holds a null', '23502'],
    ['unique', 'alter table users add unique (email)', 'two rows of public.users hold the same (email)', '23505'],
    [
      'unique index',
      'create unique index concurrently i on users (age)',
      'two rows of public.users hold the same (age)',
      '23505',
    ],
    [
      'cast',
      'alter table users alter column email type int using email::int',
      'public.users.email holds a text that is not a number',
      '22P02',
    ],
    ['check', 'alter table users add check (age < 100)', "public.users.age is '100'", '23514'],
    ['not null without default', 'alter table users add column x int not null', 'public.users holds rows', '23502'],
  ])('finds rows on which it would fail: %s', async (_, up, condition, sqlstate) => {
    expect(await failing(SHOP, up)).toContainEqual(['up', 0, condition, sqlstate]);
  });
});
