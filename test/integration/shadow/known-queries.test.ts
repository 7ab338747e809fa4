import { describe, expect, it } from 'vitest';
import { loadSchemaText } from '../../../src/adapters/pglite/load-schema-text.ts';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { QueryText } from '../../../src/engine/shadow/queries/known-queries.ts';
import type { QueriesReport } from '../../../src/engine/shadow/queries/queries-report.ts';
import { shadowRun } from '../../../src/engine/shadow/shadow-run.ts';
import { clock, testShadows } from './shadows.ts';

const databases = testShadows();

async function check(schema: string, up: string, more: { facts?: Catalog['facts']; queries?: QueryText[] } = {}) {
  const loaded = await loadSchemaText({ text: schema, path: 'schema.sql', databases });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const catalog = await introspect(loaded.value.client, { clock });
  await loaded.value.client.close();
  const result = await shadowRun({
    catalog: { ...catalog, facts: more.facts ?? null },
    up,
    down: '',
    databases,
    clock,
    rows: 0,
    queries: more.queries,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const report: QueriesReport | null = result.value.queries;
  if (report === null) throw new Error('nothing was checked');
  expect(result.value.data).toBeNull();
  return report;
}

const SCHEMA = `
  create table users (id bigint primary key, "E-Mail" text, age int);
  create index users_age on users (age);
  create view adults as select id, "E-Mail", age from users where age >= 18;
  create function oldest() returns int language sql as 'select max(age) from users';
  create function rename_user(who bigint, age int) returns void language plpgsql as $$
    declare found_id bigint; one users%rowtype;
    begin
      select u.id into found_id from users u where u.id = who;
      update users set "E-Mail" = 'x' where id = found_id and users.age = rename_user.age;
      perform count(*) from users u where u.age < one.age;
    end $$;
  create function trigger_body() returns trigger language plpgsql as $$
    begin insert into users (id, "E-Mail") values (new.id, old."E-Mail"); return new; end $$;
`;

describe('known queries', () => {
  it('all work where nothing that they use changes', async () => {
    const report = await check(SCHEMA, 'alter table users add column note text');
    expect(report).toMatchObject({ broken: [], changed: [], lostIndexes: [], notCheckable: [] });
    expect(report.checked).toBe(6);
  });

  it('are not those of routines that up drops or writes anew', async () => {
    const report = await check(
      SCHEMA,
      `alter table users rename column "E-Mail" to email;
       drop function rename_user;
       create or replace function trigger_body() returns trigger language plpgsql as $$
         begin insert into users (id, email) values (new.id, old.email); return new; end $$;`,
    );
    expect(report.broken).toEqual([]);
    expect(report.checked).toBe(2);
  });

  it('break with what they use: views, SQL and PL/pgSQL bodies', async () => {
    const report = await check(SCHEMA, 'alter table users rename column "E-Mail" to email');
    expect(report.broken.map(({ source, name }) => [source, name])).toEqual([
      ['function', 'public.rename_user(who bigint, age integer)'],
      ['function', 'public.trigger_body()'],
    ]);
    const dropped = await check(SCHEMA, 'alter table users drop column age cascade');
    expect(dropped.broken.map(({ name }) => name)).toEqual([
      'oldest()',
      'public.adults',
      'public.rename_user(who bigint, age integer)',
      'public.rename_user(who bigint, age integer)',
    ]);
  });

  it('are read from files, with the place of the error', async () => {
    const text =
      'select id from users;\n\n  select age, nosuch from users;\nselect u.age as a from users u where u.id = $1';
    const report = await check(SCHEMA, 'alter table users rename column age to years', {
      queries: [{ path: 'app.sql', line: 1, text }],
    });
    expect(report.notCheckable).toEqual([
      expect.objectContaining({ name: 'app.sql:3', reason: 'column "nosuch" does not exist' }),
    ]);
    expect(report.broken.filter(({ source }) => source === 'file')).toEqual([
      {
        source: 'file',
        name: 'app.sql:4',
        query: 'select u.age as a from users u where u.id = $1',
        error: 'column u.age does not exist',
        sqlstate: '42703',
        position: 8,
      },
    ]);
  });

  it('show other result columns and types, and the index that is gone', async () => {
    const facts = {
      capturedAt: '2026-01-01T00:00:00Z',
      tables: [],
      indexes: [],
      statements: [
        { text: 'select * from users where age = $1', calls: 5, meanMilliseconds: 1 },
        { text: 'select id as a, id as a from users', calls: 5, meanMilliseconds: 1 },
      ],
    };
    const up = `drop view adults; alter table users alter column age type bigint; drop index users_age;
      create view adults as select id, "E-Mail", age from users`;
    const report = await check(SCHEMA, up, { facts });
    expect(report.broken).toEqual([]);
    expect(report.changed?.map(({ source, query }) => [source, query])).toEqual([
      ['view', 'select id, "E-Mail", age from public.adults'],
      ['pg_stat_statements', 'select * from users where age = $1'],
    ]);
    expect(report.lostIndexes?.map(({ query, indexes }) => [query, indexes])).toContainEqual([
      'select * from users where age = $1',
      ['users_age'],
    ]);
  });
});
