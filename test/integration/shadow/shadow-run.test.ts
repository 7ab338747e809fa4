import { beforeAll, describe, expect, it } from 'vitest';
import { loadSchemaText } from '../../../src/adapters/pglite/load-schema-text.ts';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { ShadowRunReport } from '../../../src/engine/shadow/report.ts';
import { type ShadowRunOptions, shadowRun } from '../../../src/engine/shadow/shadow-run.ts';
import { clock, testShadows } from './shadows.ts';

const databases = testShadows();

async function catalogOf(schema: string): Promise<Catalog> {
  const loaded = await loadSchemaText({ text: schema, path: 'schema.sql', databases });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  try {
    return await introspect(loaded.value.client, { clock });
  } finally {
    await loaded.value.client.close();
  }
}

async function run(
  options: Pick<ShadowRunOptions, 'up' | 'down'> & Partial<ShadowRunOptions>,
): Promise<ShadowRunReport> {
  const result = await shadowRun({ catalog, databases, clock, ...options });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  expect(result.value.statements.flatMap(({ mispredicted = [] }) => mispredicted)).toEqual([]);
  return result.value;
}

const SCHEMA = `
  create schema "Odd Schema";
  create table users (id bigint generated always as identity primary key, email text not null, age smallint);
  create table "Odd Schema"."Users" (id int primary key, "select" text default 'žluť');
  create table orders (id bigint primary key, user_id bigint not null references users (id), total numeric(10, 2));
  create index orders_user_idx on orders (user_id);
  create view adults as select id, email from users where age >= 18;
`;
let catalog: Catalog;
beforeAll(async () => {
  catalog = await catalogOf(SCHEMA);
});

describe('a shadow run', () => {
  it('proves a migration that restores', async () => {
    const report = await run({
      up: 'alter table users add column email_verified boolean not null default false;\ncreate index users_email_idx on users (email);',
      down: 'drop index users_email_idx;\nalter table users drop column email_verified;',
    });
    expect(report.clone).toMatchObject({ fidelity: 'exact', differences: [], stubbed: [] });
    expect(report.steps.map(({ name, equalTo }) => [name, equalTo])).toEqual([
      ['baseline', null],
      ['up', null],
      ['down', 'baseline'],
      ['up-again', 'up'],
    ]);
    expect(report).toMatchObject({ restored: true, columnOrder: 'same', differences: [] });
    expect(report.statements.map(({ direction, locks }) => [direction, locks])).toEqual([
      ['up', [{ relation: 'public.users', mode: 'ACCESS EXCLUSIVE' }]],
      ['up', [{ relation: 'public.users', mode: 'SHARE' }]],
      ['down', [{ relation: 'public.users', mode: 'ACCESS EXCLUSIVE' }]],
      ['down', [{ relation: 'public.users', mode: 'ACCESS EXCLUSIVE' }]],
    ]);
  });

  it('says what a down does not bring back', async () => {
    const report = await run({
      up: 'alter table orders drop column total',
      down: 'alter table orders add column total numeric(8, 2) default 0',
    });
    expect(report.restored).toBe(false);
    expect(
      report.differences.map(({ object, attribute, before, after }) => [object, attribute, before, after]),
    ).toEqual([
      ['public.orders.total', 'default', null, '0'],
      ['public.orders.total', 'type', 'numeric(10,2)', 'numeric(8,2)'],
    ]);
  });

  it('counts a changed order of columns as restored, and says so', async () => {
    const report = await run({
      up: 'alter table users drop column email cascade',
      down: `alter table users add column email text not null;
             create view adults as select id, email from users where age >= 18`,
    });
    expect(report).toMatchObject({ restored: true, columnOrder: 'changed' });
  });

  it('observes rewrites, scans and locks on other tables, by names that need quoting too', async () => {
    const report = await run({
      up: `alter table "Odd Schema"."Users" alter column id type bigint;
           alter table users alter column age set not null;
           alter table orders add constraint orders_total_positive check (total > 0) not valid;
           alter table orders validate constraint orders_total_positive;
           alter table "Odd Schema"."Users" add column owner bigint references users (id);`,
      down: `alter table "Odd Schema"."Users" drop column owner;
             alter table orders drop constraint orders_total_positive;
             alter table users alter column age drop not null;
             alter table "Odd Schema"."Users" alter column id type int;`,
    });
    expect(report.restored).toBe(true);
    const up = report.statements.filter((statement) => statement.direction === 'up');
    expect(up[0]?.rewrites).toEqual(['"Odd Schema"."Users"']);
    expect(up[1]).toMatchObject({ rewrites: [], scans: ['public.users'] });
    expect(up[2]).toMatchObject({ rewrites: [], scans: [] });
    expect(up[3]).toMatchObject({
      locks: [{ relation: 'public.orders', mode: 'SHARE UPDATE EXCLUSIVE' }],
      scans: ['public.orders'],
    });
    expect(up[4]?.locks).toEqual([
      { relation: '"Odd Schema"."Users"', mode: 'ACCESS EXCLUSIVE' },
      { relation: 'public.users', mode: 'SHARE ROW EXCLUSIVE' },
    ]);
  });

  it('reports an error at its line and column in the file, after characters of every width', async () => {
    const report = await run({
      up: "comment on table users is 'žluť 🐎';\nselect 1;\n  alter table users\n    add column x /* 🐎🐎 */ nosuchtype;",
      down: '',
    });
    expect(report.steps.map((step) => step.name)).toEqual(['baseline', 'up']);
    expect(report.restored).toBe(false);
    expect(report.statements.at(-1)?.error).toEqual({
      sqlstate: '42704',
      message: 'type "nosuchtype" does not exist',
      line: 4,
      column: 29,
    });
    expect(report.steps[1]?.error?.line).toBe(4);
  });

  it('reports a text that is not SQL', async () => {
    const report = await run({ up: 'alter table users\n  ad column x int', down: '' });
    expect(report.statements).toMatchObject([{ direction: 'up', error: { sqlstate: '42601', line: 2, column: 3 } }]);
  });

  it('stops at a failing down and keeps what up did', async () => {
    const report = await run({ up: 'alter table users add column a int', down: 'alter table users drop column b' });
    expect(report.steps.map((step) => step.name)).toEqual(['baseline', 'up', 'down']);
    expect(report.restored).toBe(false);
    expect(report.statements[1]?.error?.sqlstate).toBe('42703');
    expect(report.differences).toMatchObject([{ object: 'public.users.a', change: 'added' }]);
  });

  it('takes an empty down for one that restores nothing', async () => {
    const report = await run({ up: 'create table extra (id int)', down: '-- nothing' });
    expect(report).toMatchObject({ restored: false, differences: [{ object: 'public.extra', change: 'added' }] });
  });

  it('runs concurrent forms alone and takes their locks from the manual', async () => {
    const report = await run({
      up: 'create index concurrently users_age_idx on users (age)',
      down: 'drop index concurrently users_age_idx',
    });
    expect(report.restored).toBe(true);
    expect(report.statements).toMatchObject([
      { documented: true, locks: [{ relation: 'public.users', mode: 'SHARE UPDATE EXCLUSIVE' }] },
      { documented: true },
    ]);
  });

  it('refuses a concurrent form in the file’s own transaction, as a server does', async () => {
    const report = await run({ up: 'begin;\ncreate index concurrently i on users (age);\ncommit;', down: '' });
    expect(report.statements.at(-1)).toMatchObject({ index: 1, error: { sqlstate: '25001', line: 2, column: 1 } });
    expect(report.differences).toEqual([]);
  });

  it('honours COMMIT inside the file: what came before it stays when a later statement fails', async () => {
    const report = await run({
      up: 'begin; alter table users add column a int; commit; alter table users add column id int',
      down: '',
    });
    expect(report.statements.at(-1)?.error?.sqlstate).toBe('42701');
    expect(report.differences).toMatchObject([{ object: 'public.users.a', change: 'added' }]);
  });

  it('rolls the whole file back where the runner wraps it in a transaction', async () => {
    const report = await run({
      up: 'alter table users add column a int; alter table users add column id int',
      down: '',
      transaction: 'file',
    });
    expect(report.statements.at(-1)?.error?.sqlstate).toBe('42701');
    expect(report.differences).toEqual([]);
  });

  it('finds a constraint that fails at commit', async () => {
    const report = await run({
      up: `create table a (id int primary key); create table b (a int references a deferrable initially deferred);
           insert into b values (1)`,
      down: 'drop table b, a',
      transaction: 'file',
    });
    expect(report.statements.at(-1)?.error?.sqlstate).toBe('23503');
  });

  it('survives DROP SCHEMA … CASCADE, SET session_replication_role and a forgotten BEGIN', async () => {
    const report = await run({
      up: 'set session_replication_role = replica; drop schema public cascade; create schema public; begin; select 1',
      down: '',
    });
    expect(report.restored).toBe(false);
    expect(report.differences.map((difference) => difference.object)).toEqual(
      expect.arrayContaining(['public.users', 'public.orders', 'public.adults']),
    );
  });

  it('tells the locks on what a statement drops', async () => {
    const report = await run({ up: 'drop table orders; drop schema public cascade', down: '' });
    expect(report.statements[0]?.locks).toContainEqual({ relation: 'public.orders', mode: 'ACCESS EXCLUSIVE' });
    expect(report.statements[1]?.locks).toEqual(
      expect.arrayContaining([
        { relation: 'public.adults', mode: 'ACCESS EXCLUSIVE' },
        { relation: 'public.users', mode: 'ACCESS EXCLUSIVE' },
      ]),
    );
  });

  it('refuses a COPY that would wait for rows', async () => {
    const report = await run({ up: 'copy users from stdin', down: '' });
    expect(report.statements[0]?.error?.message).toMatch(/stdin waits for rows/);
  });

  it('refuses a clause that the database is too old for, though the shadow would take it', async () => {
    const older = { ...catalog, server: { ...catalog.server, version: 150_004 } };
    const migration = { up: 'alter table users add constraint given not null email', down: '' };
    expect((await run({ ...migration, catalog: older })).statements[0]?.error?.message).toBe(
      'the database is PostgreSQL 15, and NOT NULL as a constraint of the table came with 18',
    );
    const known = { up: 'create unique index on users (email) nulls not distinct', down: '' };
    expect((await run({ ...known, catalog: older })).statements[0]?.error).toBeNull();
  });

  it('makes stand-ins for roles, languages and extensions, and says so', async () => {
    const report = await run({
      up: `create extension postgis;
           create policy p on users to "The Team" using (true);
           create function f() returns int language plpython3u as 'return 1'`,
      down: 'drop function f(); drop policy p on users; drop extension postgis',
    });
    expect(report.clone.stubbed).toEqual(['extension postgis', 'language plpython3u', 'role The Team']);
    expect(report.restored).toBe(true);
  });

  it.each([
    ["copy users from program 'cat /etc/passwd'"],
    ["copy users to '/tmp/users'"],
    ["create subscription s connection 'host=example.com' publication p"],
    ["load 'auto_explain'"],
  ])('does not run %s', async (up) => {
    const report = await run({ up, down: '' });
    expect(report.statements).toMatchObject([{ error: { sqlstate: '0A000', line: 1, column: 1 } }]);
  });

  it('ends an endless loop at the time limit, and the next run works', async () => {
    const endless = { catalog, databases, clock, down: '', timeoutSeconds: 2 };
    expect(await shadowRun({ ...endless, up: 'do $$ begin loop null; end loop; end $$' })).toEqual({
      ok: false,
      error: { code: 'shadow.timeout', seconds: 2 },
    });
    expect(await shadowRun({ ...endless, up: 'select pg_sleep(100)' })).toMatchObject({ ok: false });
    expect((await run({ up: 'select 1', down: '' })).restored).toBe(true);
  });

  it('ends within 200 ms of being cancelled, whatever it is busy with', async () => {
    for (const delay of [20, 400, 900]) {
      const cancel = new AbortController();
      const up = 'do $$ begin loop null; end loop; end $$';
      const running = shadowRun({ catalog, databases, clock, up, down: '', signal: cancel.signal });
      await new Promise((resolve) => setTimeout(resolve, delay));
      const started = performance.now();
      cancel.abort();
      expect(await running).toEqual({ ok: false, error: { code: 'cancelled' } });
      expect(performance.now() - started).toBeLessThan(200);
    }
  });

  it('reports an engine that ran out of stack, and the next run works', async () => {
    const result = await shadowRun({
      catalog,
      databases,
      clock,
      up: `create function deep(n int) returns int language plpgsql as 'begin return deep(n + 1); end';
           select deep(1)`,
      down: 'drop function deep(int)',
    });
    if (result.ok) expect(result.value.statements.at(-1)?.error).not.toBeNull();
    else expect(result.error.code).toBe('shadow.crashed');
    expect((await run({ up: 'select 1', down: '' })).restored).toBe(true);
  });

  it('tells what it is busy with', async () => {
    const seen: string[] = [];
    await run({
      up: 'create table t (a int); create index i on t (a)',
      down: 'drop table t',
      onProgress: ({ step, statement }) => seen.push(`${step} ${statement === null ? '' : statement.index}`.trim()),
    });
    expect(seen).toEqual([
      'start',
      'clone',
      'rows',
      'up',
      'up 0',
      'up 1',
      'down',
      'down 0',
      'up-again',
      'up-again 0',
      'up-again 1',
    ]);
  });

  it('starts again from the clone that it kept, which no earlier run has touched', async () => {
    const keeping = testShadows({ keptStates: 1 });
    const up = 'create role somebody; create table extra (id int); alter table users drop column age cascade';
    const first = await run({ databases: keeping, up, down: '' });
    expect(keeping.kept.size).toBe(1);
    const second = await run({ databases: keeping, up, down: '' });
    expect(second.statements.map((statement) => statement.error)).toEqual([null, null, null]);
    expect(second.steps.map((step) => step.fingerprint)).toEqual(first.steps.map((step) => step.fingerprint));

    const other = { ...catalog, views: [] };
    const third = await run({ catalog: other, databases: keeping, up: 'select 1', down: 'select 1' });
    expect(third).toMatchObject({ restored: true, clone: { fidelity: 'exact' } });
    expect(third.steps[0]?.fingerprint).not.toBe(first.steps[0]?.fingerprint);
    expect(keeping.kept.size).toBe(1);
  });

  it('starts from an empty database without a catalog', async () => {
    const report = await run({ catalog: null, up: 'create table t (a int)', down: 'drop table t' });
    expect(report).toMatchObject({ restored: true, clone: { fidelity: 'exact' } });
  });
});
