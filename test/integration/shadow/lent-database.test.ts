import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lentMarker } from '../../../src/adapters/postgresql/shadow-marker.ts';
import { connectShadowServer, type ShadowServer } from '../../../src/adapters/postgresql/shadow-server.ts';
import { openWritingSession, type WritingSession } from '../../../src/adapters/postgresql/writing-session.ts';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { ShadowRunReport } from '../../../src/engine/shadow/report.ts';
import { shadowChain } from '../../../src/engine/shadow/shadow-chain.ts';
import { type ShadowRunOptions, shadowRun } from '../../../src/engine/shadow/shadow-run.ts';
import { loadParser } from '../../../src/engine/sql/parser.ts';
import type { LockstepError } from '../../../src/shared/errors.ts';
import type { Result } from '../../../src/shared/result.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { clock } from './shadows.ts';

function unwrap<T>(result: Result<T, LockstepError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** A name that has to be quoted everywhere. */
const LENT = 'lockstep_shadow of "Ci"';
const quoted = '"lockstep_shadow of ""Ci"""';

/** All that a shadow run could leave in the database or change of what all databases share. */
const STATE = `select pg_catalog.json_build_array(
    (select pg_catalog.json_agg(pg_catalog.json_build_array(n.nspname, n.nspowner::regrole, n.nspacl,
        pg_catalog.obj_description(n.oid, 'pg_namespace')) order by n.nspname)
      from pg_catalog.pg_namespace n where n.nspname !~ '^pg_(toast_)?temp_'),
    (select count(*) from pg_catalog.pg_class where oid >= 16384 and relpersistence <> 't'),
    (select count(*) from pg_catalog.pg_proc where oid >= 16384),
    (select count(*) from pg_catalog.pg_type where oid >= 16384),
    (select count(*) from pg_catalog.pg_default_acl), (select count(*) from pg_catalog.pg_largeobject_metadata),
    (select count(*) from pg_catalog.pg_publication), (select pg_catalog.json_agg(extname) from pg_catalog.pg_extension),
    (select pg_catalog.json_agg(pg_catalog.json_build_array(d.datname, d.datacl, d.datdba::regrole) order by d.datname)
      from pg_catalog.pg_database d),
    (select pg_catalog.json_agg(pg_catalog.json_build_array(r.*) order by r.rolname) from pg_catalog.pg_roles r where r.rolname !~ '^pg_'),
    (select pg_catalog.json_agg(s.*) from pg_catalog.pg_db_role_setting s)
  )::text as state`;

describe.each([15, 18] as const)('a lent database on PostgreSQL %i, for a role without CREATEDB', (version) => {
  let server: PostgresServer;
  /** The administrator in the lent database. */
  let inside: WritingSession;
  let empty: unknown;
  let source: Catalog;
  const open: ShadowServer[] = [];
  const state = async (): Promise<unknown> => (await inside.query(STATE))[0]?.['state'];

  beforeAll(async () => {
    await loadParser();
    server = await startPostgresServer({ version });
    await server.execute(
      'create role "Lent" login nosuperuser nocreatedb nocreaterole; create role "Existing" nologin',
    );
    await server.execute(`create database ${quoted} owner "Lent" template template0`);
    inside = unwrap(await openWritingSession({ ...server.settings, database: LENT }, null, []));
    await server.execute('create database source');
    await server.execute(
      `create extension citext;
      create schema "Odd ""S"""; create type mood as enum ('a', 'b');
      create table "Odd ""S"""."select" (id int generated always as identity primary key, "ß" citext unique);
      create table public."select" (id serial primary key, parent int references "Odd ""S"""."select", at date not null)
        partition by range (id);
      create table part partition of public."select" for values from (0) to (10);
      create function f(int default 1) returns int language sql as 'select $1';
      create view v as select count(*) from public."select";
      create materialized view m as select * from v;
      create aggregate total(*) (sfunc = int8inc, stype = int8, initcond = '0');
      create operator === (leftarg = int, rightarg = int, function = int4eq);
      create statistics st on id, at from public."select";
      create publication pub for table "Odd ""S"""."select";
      grant select on v to "Existing"`,
      'source',
    );
    const reader = unwrap(await openWritingSession({ ...server.settings, database: 'source' }, null, []));
    source = await introspect(reader, { clock });
    await reader.close();
    await server.execute('drop database source');
    empty = await state();
  });
  afterEach(async () => {
    for (const databases of open.splice(0)) expect(await databases.close()).toEqual([]);
    expect(await state()).toEqual(empty);
  });
  afterAll(async () => {
    await inside.close();
    await server.stop();
  });

  const settings = (database = LENT) => ({ ...server.settings, user: 'Lent', database });
  const connect = async (): Promise<ShadowServer> => {
    const databases = unwrap(await connectShadowServer(settings(), null));
    open.push(databases);
    return databases;
  };
  const run = async (options: Partial<ShadowRunOptions>): Promise<Result<ShadowRunReport, LockstepError>> =>
    shadowRun({
      catalog: null,
      up: '',
      down: '',
      databases: options.databases ?? (await connect()),
      clock,
      rows: 0,
      ...options,
    });
  const small = { up: 'create table t (id int)', down: 'drop table t' };

  it('proves a migration on a copy of schemas, and says in which form', async () => {
    const report = unwrap(
      await run({
        catalog: source,
        up: `alter table public."select" add note text;
          create index concurrently n on "Odd ""S"""."select" ("ß");
          alter default privileges revoke execute on functions from public;
          alter default privileges grant select on tables to "Existing";
          select pg_catalog.lo_create(0);
          create domain d as int check (value > 0)`,
        down: `alter default privileges revoke select on tables from "Existing";
          alter table public."select" drop note; drop index "Odd ""S""".n; drop domain d;
          alter default privileges grant execute on functions to public`,
        rows: 2,
      }),
    );
    expect(report).toMatchObject({
      shadow: { kind: 'server', form: 'schema-only' },
      restored: true,
      clone: { fidelity: 'exact', stubbed: ['owner postgres: what it owns belongs to "Lent"'] },
    });
  });

  it('proves a chain, and takes away what drops or changes the schema public', async () => {
    const links = await shadowChain({
      catalog: null,
      migrations: [
        { name: 'one', ...small },
        { name: 'two', up: 'create schema s; create table s.t (); drop schema public, s cascade', down: '' },
      ],
      databases: await connect(),
      clock,
      rows: 0,
    });
    expect(unwrap(links).map(({ result }) => [result.restored, result.shadow.form])).toEqual([
      [true, 'schema-only'],
      [false, 'schema-only'],
    ]);
  });

  it('says what it cannot do: roles, other databases, and extensions of a superuser', async () => {
    const databases = await connect();
    expect(databases.remarks.join()).toContain(LENT);
    expect(databases.availableExtensions).toContain('citext');
    expect(databases.availableExtensions).not.toContain('pg_stat_statements');
    const report = unwrap(
      await run({
        databases,
        up: `create extension pg_stat_statements; create role "Made"; create table t ();
          grant select on t to "Existing"; grant select on t to "Made"`,
        down: 'drop table t',
      }),
    );
    expect(report.clone.stubbed).toEqual([
      'extension pg_stat_statements',
      expect.stringMatching(/^role Made, which could not be made: permission denied/),
    ]);
    expect(report.steps.at(-1)?.error?.message).toBe('role "Made" does not exist');
    const two = await databases.open({ extensions: [] });
    await expect(databases.open({ extensions: [] })).rejects.toMatchObject({
      error: { code: 'shadow.unavailable', reason: expect.stringContaining('one shadow database at a time') },
    });
    await two.close();
    expect(unwrap(await run({ databases, up: 'create database x' })).steps.at(-1)?.error?.message).toMatch(
      /are not made on a shadow database/,
    );
  });

  it('is for one run at a time', async () => {
    await (await connect()).open({ extensions: [] });
    expect(await connectShadowServer(settings(), null)).toEqual({
      ok: false,
      error: {
        code: 'shadow.unavailable',
        reason: `another shadow run is working in ${LENT}, which holds one at a time`,
      },
    });
  });

  it('is emptied by the next run where one died in the middle', async () => {
    const died = await connect();
    const database = await died.open({ extensions: [] });
    await database.execute(
      'create table t (id int); create schema "Ä"; create table "Ä".t (); drop schema public cascade',
    );
    await database.execute('begin; lock table "Ä".t');
    // As when its process is killed.
    await inside.query(`select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity
      where datname = pg_catalog.current_database() and pid <> pg_catalog.pg_backend_pid()`);
    await expect(database.query('select 1')).rejects.toMatchObject({ error: { code: 'shadow.crashed' } });
    expect(await state()).not.toEqual(empty);
    const next = await connect();
    expect(next.swept).toEqual({ dropped: [LENT], left: [] });
    expect(await state()).toEqual(empty);
    expect(unwrap(await run({ databases: next, ...small }))).toMatchObject({ restored: true });
  });

  it('ends the sessions that a run left at work, and not those that wait beside it', async () => {
    const left = unwrap(await openWritingSession(settings(), null, []));
    await left.execute(
      `alter role "Lent" in database ${quoted} set application_name = '${lentMarker(await number())}'`,
    );
    await left.execute('create table t (id int); begin; lock table t');
    const next = await connect();
    expect(left.isOpen() && (await left.query('select 1').catch(() => null))).not.toEqual([{}]);
    expect(next.swept.dropped).toEqual([LENT]);
    await left.close();
  });

  const number = async (): Promise<number> =>
    Number((await inside.query(`select oid from pg_catalog.pg_database where datname = '${LENT}'`))[0]?.['oid']);

  it.each([
    ['a table in public', 'create table precious (id int)', 'drop table precious', 'table public.precious'],
    [
      'a partitioned table',
      'create table precious (id int) partition by list (id)',
      'drop table precious',
      'table public.precious',
    ],
    ['a schema', 'create schema precious', 'drop schema precious', 'schema precious'],
    [
      'a function',
      `create function f() returns int language sql as 'select 1'`,
      'drop function f',
      'function public.f()',
    ],
    ['an extension', 'create extension citext', 'drop extension citext', 'extension citext'],
    ['a large object', 'select lo_create(4711)', 'select lo_unlink(4711)', 'large object 4711'],
    ['a publication', 'create publication p', 'drop publication p', 'publication p'],
    [
      'an event trigger',
      `create function e() returns event_trigger language plpgsql as 'begin end';
        create event trigger t on ddl_command_end execute function e()`,
      'drop function e cascade',
      'event trigger t',
    ],
    [
      'default privileges',
      'alter default privileges revoke execute on functions from public',
      'alter default privileges grant execute on functions to public',
      'default acl',
    ],
  ])('is refused, and left alone, when it holds %s and no run marked it', async (_, make, drop, named) => {
    await inside.execute(make);
    const before = await state();
    const reason = expect.stringContaining(
      `it is not empty and does not have the marker of a shadow run: it holds ${named}`,
    );
    expect(await connectShadowServer(settings(), null)).toEqual({
      ok: false,
      error: { code: 'shadow.not_marked', database: LENT, reason },
    });
    expect(await state()).toEqual(before);
    await inside.execute(drop);
  });

  it('is refused when its marker is that of another database', async () => {
    await inside.execute('create table precious (id int)');
    await server.execute(`alter role "Lent" in database ${quoted} set application_name = '${lentMarker(1)}'`);
    const before = await state();
    expect(await connectShadowServer(settings(), null)).toMatchObject({
      ok: false,
      error: { code: 'shadow.not_marked', reason: expect.stringMatching(/^its marker is that of another database/) },
    });
    expect(await state()).toEqual(before);
    await server.execute(`alter role "Lent" in database ${quoted} reset application_name`);
    await inside.execute('drop table precious');
  });

  it('carries no marker to a copy that is made of it', async () => {
    const databases = await connect();
    await (await databases.open({ extensions: [] })).execute('create table t (id int)');
    await inside.query(`select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity
      where datname = pg_catalog.current_database() and pid <> pg_catalog.pg_backend_pid()`);
    await inside.close();
    const copy = 'lockstep_shadow_copy';
    await server.execute(`create database ${copy} owner "Lent" template ${quoted}`);
    inside = unwrap(await openWritingSession({ ...server.settings, database: LENT }, null, []));
    expect(await connectShadowServer(settings(copy), null)).toMatchObject({
      ok: false,
      error: { code: 'shadow.not_marked', database: copy, reason: expect.stringContaining('table public.t') },
    });
    await server.execute(`drop database ${copy}`);
    expect((await connect()).swept.dropped).toEqual([LENT]);
  });

  it('may belong to somebody else, where the role may create in it', async () => {
    const other = 'lockstep_shadow_of_others';
    await server.execute(`create database ${other}`);
    await server.execute(`grant create on database ${other} to "Lent"; grant create on schema public to "Lent"`, other);
    const theirs = unwrap(await openWritingSession({ ...server.settings, database: other }, null, []));
    const asItWas = (await theirs.query(STATE))[0];
    const databases = unwrap(await connectShadowServer(settings(other), null));
    const report = unwrap(
      await run({
        databases,
        up: `create table t (id int primary key); create materialized view m as table t;
          create table p (id int generated always as identity, at date) partition by range (at);
          create table p1 partition of p default; create function f(variadic int[]) returns int language sql as 'select 1';
          create aggregate total(*) (sfunc = int8inc, stype = int8, initcond = '0');
          create type mood as enum ('a'); create domain d as mood; create view v as select * from t;
          create operator === (leftarg = int, rightarg = int, function = int4eq);
          create collation odd (lc_collate = 'C', lc_ctype = 'C'); create text search configuration ts (parser = default);
          create extension citext; create schema s; alter default privileges in schema public grant select on tables to public`,
      }),
    );
    expect(report.steps.at(-1)?.error).toBeUndefined();
    expect(await databases.close()).toEqual([]);
    expect((await theirs.query(STATE))[0]).toEqual(asItWas);
    await theirs.close();
    await server.execute(`drop database ${other}`);
  });

  it('is not used under another name, nor without the right to create in it', async () => {
    await server.execute('create database "precious lockstep_shadow" owner "Lent"');
    await server.execute('create database lockstep_shadow_of_others');
    expect(await connectShadowServer(settings('precious lockstep_shadow'), null)).toMatchObject({
      ok: false,
      error: { code: 'shadow.no_right', grant: 'ALTER ROLE "Lent" CREATEDB;' },
    });
    expect(await connectShadowServer(settings('lockstep_shadow_of_others'), null)).toMatchObject({
      ok: false,
      error: { code: 'shadow.no_right', grant: 'GRANT CREATE ON DATABASE lockstep_shadow_of_others TO "Lent";' },
    });
    await server.execute('drop database "precious lockstep_shadow"');
    await server.execute('drop database lockstep_shadow_of_others');
  });
});
