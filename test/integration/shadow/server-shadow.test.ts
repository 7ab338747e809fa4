import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dropShadow, requireShadow } from '../../../src/adapters/postgresql/shadow-keeper.ts';
import { newShadowName, shadowMarker } from '../../../src/adapters/postgresql/shadow-marker.ts';
import { connectShadowServer, type ShadowServer } from '../../../src/adapters/postgresql/shadow-server.ts';
import { openWritingSession, type WritingSession } from '../../../src/adapters/postgresql/writing-session.ts';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { ShadowDatabase } from '../../../src/engine/ports/shadow-databases.ts';
import type { ShadowRunReport } from '../../../src/engine/shadow/report.ts';
import { runScript } from '../../../src/engine/shadow/run-script.ts';
import { type ShadowRunOptions, shadowRun } from '../../../src/engine/shadow/shadow-run.ts';
import { loadParser } from '../../../src/engine/sql/parser.ts';
import type { LockstepError } from '../../../src/shared/errors.ts';
import type { Result } from '../../../src/shared/result.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import type { PostgresVersion } from '../../support/postgres-version.ts';
import { clock } from './shadows.ts';

function unwrap<T>(result: Result<T, LockstepError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const nameOf = async (database: ShadowDatabase): Promise<string> =>
  String((await database.query('select current_database() as name'))[0]?.['name']);

/** What all databases of the server share, and what a run must leave as it was. */
const SHARED = `select pg_catalog.json_build_array(
    (select pg_catalog.json_agg(pg_catalog.json_build_array(d.datname, d.datacl, d.datdba::regrole) order by d.datname)
      from pg_catalog.pg_database d),
    (select pg_catalog.json_agg(pg_catalog.json_build_array(r.*) order by r.rolname) from pg_catalog.pg_roles r),
    (select pg_catalog.json_agg(pg_catalog.json_build_array(m.roleid::regrole, m.member::regrole))
      from pg_catalog.pg_auth_members m),
    (select pg_catalog.json_agg(pg_catalog.json_build_array(s.*)) from pg_catalog.pg_db_role_setting s),
    (select pg_catalog.json_agg(t.spcname) from pg_catalog.pg_tablespace t),
    (select pg_catalog.json_agg(d.* order by d.objoid) from pg_catalog.pg_shdescription d)
  )::text as state`;

/** A server with some roles, shadows on it, and the proof after each test that nothing of them stays. */
function shadowsOn(version: PostgresVersion) {
  let server: PostgresServer;
  let own: WritingSession;
  let shared: unknown;
  const open: ShadowServer[] = [];
  const sharedState = async (): Promise<unknown> => (await own.query(SHARED))[0]?.['state'];

  beforeAll(async () => {
    await loadParser();
    server = await startPostgresServer({ version, configuration: { wal_level: 'logical' } });
    await server.execute(`
      create role "Existing" nologin;
      create role keeper login createdb;
      create role nobody_special login`);
    own = unwrap(await openWritingSession(server.settings, null, []));
    shared = await sharedState();
  });
  afterEach(async () => {
    for (const databases of open.splice(0)) expect(await databases.close()).toEqual([]);
    expect(await sharedState()).toEqual(shared);
  });
  afterAll(async () => {
    await own.close();
    await server.stop();
  });

  const sessionIn = async (database: string): Promise<WritingSession> =>
    unwrap(await openWritingSession({ ...server.settings, database }, null, []));
  const connect = async (user = 'postgres'): Promise<ShadowServer> => {
    const databases = unwrap(await connectShadowServer({ ...server.settings, user }, null));
    open.push(databases);
    return databases;
  };
  return {
    settings: () => server.settings,
    execute: (script: string, database?: string) => server.execute(script, database),
    /** Asks in the server's first database. */
    query: (text: string) => own.query(text),
    own: () => own,
    sessionIn,
    connect,
    run: async (options: Partial<ShadowRunOptions>): Promise<Result<ShadowRunReport, LockstepError>> =>
      shadowRun({ catalog: null, up: '', down: '', databases: await connect(), clock, rows: 0, ...options }),
    /** Waits until a shadow is at the statement that speaks of `pg_sleep`. */
    untilSleeping: async (): Promise<void> => {
      const busy = `select from pg_catalog.pg_stat_activity
        where state = 'active' and query ~ 'pg_sleep' and datname ~ '^lockstep_shadow_'`;
      for (let looks = 0; looks < 200; looks += 1) {
        if ((await own.query(busy)).length > 0) return;
        await own.query('select pg_catalog.pg_sleep(0.02)');
      }
      throw new Error('the statement was never seen');
    },
  };
}

/** What differs from one version of the server to the next. */
function worksOn(version: PostgresVersion, shadows: ReturnType<typeof shadowsOn>): void {
  it('proves a migration, and sees what concurrent forms lock from other sessions', async () => {
    const report = unwrap(
      await shadows.run({
        up: `create table "Odd ""T""" (id int primary key, "select" text);
          create table p (id int) partition by list (id);
          create table p1 partition of p for values in (1);
          create index concurrently odd on "Odd ""T""" ("select");
          reindex index concurrently odd;
          vacuum full "Odd ""T""";
          ${version >= 14 ? 'alter table p detach partition p1 concurrently' : ''}`,
        down: 'drop index concurrently odd; drop table "Odd ""T""", p; drop table if exists p1',
      }),
    );
    expect(report).toMatchObject({ restored: true, clone: { fidelity: 'exact', stubbed: [] } });
    expect(report.steps.map(({ equalTo }) => equalTo)).toEqual([null, null, 'baseline', 'up']);
    expect(report.statements.flatMap(({ mispredicted }) => mispredicted ?? [])).toEqual([]);
    const odd = 'public."Odd ""T"""';
    const seen = report.statements.filter(({ messages: _, locks }) => locks.length > 0);
    expect(seen.map(({ locks, rewrites, documented }) => [documented, rewrites, locks])).toMatchObject([
      [false, [], [{ relation: 'public.p' }]],
      [false, [], [{ relation: odd, mode: 'SHARE UPDATE EXCLUSIVE' }]],
      [false, [], [{ relation: odd, mode: 'SHARE UPDATE EXCLUSIVE' }]],
      [false, [odd], [{ relation: odd, mode: 'ACCESS EXCLUSIVE' }]],
      ...(version >= 14
        ? [
            [
              false,
              [],
              [
                { relation: 'public.p', mode: 'SHARE UPDATE EXCLUSIVE' },
                { relation: 'public.p1', mode: 'ACCESS EXCLUSIVE' },
              ],
            ],
          ]
        : []),
      [false, [], [{ relation: odd, mode: 'SHARE UPDATE EXCLUSIVE' }]],
      [false, [], expect.arrayContaining([{ relation: odd, mode: 'ACCESS EXCLUSIVE' }])],
      ...(version >= 14 ? [[false, [], [{ relation: 'public.p1', mode: 'ACCESS EXCLUSIVE' }]]] : []),
    ]);
  });

  it('drops what a run that died left there, and nothing of a run that lives', async () => {
    const died = await shadows.connect();
    const orphan = await died.open({ extensions: [] });
    const name = await nameOf(orphan);
    await orphan.makeRole?.('Left "behind"');
    // As when its process is killed: all that it had on the server is its sessions.
    await shadows.query(`select pg_catalog.pg_terminate_backend(a.pid) from pg_catalog.pg_stat_activity a
      where a.application_name = 'lockstep' and a.pid <> pg_catalog.pg_backend_pid()`);
    await expect(orphan.query('select 1')).rejects.toMatchObject({ error: { code: 'shadow.crashed' } });
    const lives = await shadows.connect();
    expect(lives.swept).toEqual({ dropped: [name], left: [] });
    expect(await shadows.query(`select from pg_catalog.pg_roles where rolname = 'Left "behind"'`)).toEqual([]);
    const alive = await lives.open({ extensions: [] });
    await alive.execute('create table t (id int)');
    expect((await shadows.connect()).swept).toEqual({ dropped: [], left: [] });
    expect(await alive.query('select count(*)::int4 as rows from t')).toEqual([{ rows: 0 }]);
  });

  it('ends a statement on the server when the run is cancelled or takes too long', async () => {
    const cancel = new AbortController();
    const loop = `do $$ /* pg_sleep */ begin loop perform 1; end loop; end $$`;
    const cancelled = shadows.run({ up: loop, signal: cancel.signal });
    await shadows.untilSleeping();
    cancel.abort();
    expect(await cancelled).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(await shadows.run({ up: loop, timeoutSeconds: 1 })).toEqual({
      ok: false,
      error: { code: 'shadow.timeout', seconds: 1 },
    });
    expect(
      await shadows.query(`select pid from pg_catalog.pg_stat_activity where datname ~ '^lockstep_shadow_'`),
    ).toEqual([]);
    const own_limit = await shadows.run({ up: `set statement_timeout = '100ms'; select pg_catalog.pg_sleep(60)` });
    expect(unwrap(own_limit).steps.at(-1)).toMatchObject({ name: 'up', error: { sqlstate: '57014' } });
  });
}

describe.each([12, 18] as const)('a shadow on a server with PostgreSQL %i', (version) =>
  worksOn(version, shadowsOn(version)),
);

describe('a shadow on a server with PostgreSQL 15', () => {
  const shadows = shadowsOn(15);
  worksOn(15, shadows);

  it('survives a migration that drops every schema, and is gone afterwards', async () => {
    const report = unwrap(
      await shadows.run({ up: 'create schema a; create table a.t (); drop schema public, a cascade', down: '' }),
    );
    expect(report).toMatchObject({ restored: false, differences: [{ object: 'public', change: 'removed' }] });
  });

  it.each([
    [
      'recurses without an end',
      `create function f(n int) returns int language plpgsql as 'begin return f(n + 1); end'; select f(1)`,
      '54001',
    ],
    ['asks for a text that is too long', `create table t as select repeat(repeat('x', 60000), 60000) as a`, '54000'],
    ['asks for an array that is too large', 'select array_fill(0, array[300000000])', '54000'],
    [
      'turns triggers and keys off, and drops what it is in',
      `set session_replication_role = replica; drop schema public cascade`,
      undefined,
    ],
    [
      'commits in a procedure',
      `create procedure p() language plpgsql as 'begin create table t (); commit; end'; call p(); select 1 / 0`,
      '22012',
    ],
    ['ends its own session', `do $$ begin perform pg_terminate_backend(pg_backend_pid()); end $$`, '0A000'],
  ])('says where a migration stops that %s, and the next run works', async (_, up, sqlstate) => {
    const report = unwrap(await shadows.run({ up, down: '', rows: 12 }));
    expect(report.steps.find(({ error }) => error !== undefined)?.error?.sqlstate).toBe(sqlstate);
    const next = unwrap(await shadows.run({ up: 'create table t (id int)', down: 'drop table t' }));
    expect(next.restored).toBe(true);
  });

  it.each([
    ['has no marker', (): string => '', 'it does not have the marker'],
    ['has the marker of another', (): string => shadowMarker(newShadowName(), 4711), 'its marker is not the one'],
    ['has its own with another number', (name: string): string => shadowMarker(name, 1), 'its marker is not the one'],
  ])('refuses a database with a right name that %s', async (_, marker, reason) => {
    const database = newShadowName();
    await shadows.execute(`create database ${database}; `);
    if (marker(database) !== '') await shadows.execute(`comment on database ${database} is '${marker(database)}'`);
    await shadows.execute('create table precious (id int); insert into precious values (1)', database);
    const refused = { error: { code: 'shadow.not_marked', database, reason: expect.stringContaining(reason) } };
    await expect(dropShadow(shadows.own(), database, 150_000)).rejects.toMatchObject(refused);
    const inside = await shadows.sessionIn(database);
    await expect(requireShadow(inside, database)).rejects.toMatchObject(refused);
    await inside.close();
    // Nor is it an orphan that the next run drops.
    expect((await shadows.connect()).swept).toEqual({
      dropped: [],
      left: [{ name: database, reason: expect.any(String) }],
    });
    const after = await shadows.sessionIn(database);
    expect(await after.query('select id from precious')).toEqual([{ id: 1 }]);
    await after.close();
    await shadows.execute(`drop database ${database}`);
  });

  it('refuses a database whose name is not one that it gives, marked or not', async () => {
    const [row] = await shadows.query(`select oid from pg_catalog.pg_database where datname = 'postgres'`);
    await shadows.execute(`comment on database postgres is '${shadowMarker('postgres', Number(row?.['oid']))}'`);
    const refused = { error: { code: 'shadow.not_marked', reason: 'its name is not one that Lockstep gives' } };
    await expect(requireShadow(shadows.own(), 'postgres')).rejects.toMatchObject(refused);
    await expect(dropShadow(shadows.own(), 'postgres', 150_000)).rejects.toMatchObject(refused);
    await shadows.execute(`comment on database postgres is 'default administrative connection database'`);
  });

  it.each([
    ['its session is ended', 'select pg_catalog.pg_terminate_backend(a.pid)'],
    ['its statement is cancelled', 'select pg_catalog.pg_cancel_backend(a.pid)'],
  ])('says so when %s by somebody else', async (what, end) => {
    const running = shadows.run({ up: 'create table t (); select pg_catalog.pg_sleep(60)', down: 'drop table t' });
    await shadows.untilSleeping();
    await shadows.query(
      `${end} from pg_catalog.pg_stat_activity a where a.query ~ '^ ?select pg_catalog.pg_sleep' and a.state = 'active'`,
    );
    const result = await running;
    if (what === 'its session is ended') {
      expect(result).toMatchObject({
        ok: false,
        error: { code: 'shadow.crashed', reason: expect.stringMatching(/terminating/) },
      });
    } else {
      expect(unwrap(result).steps.at(-1)).toMatchObject({
        name: 'up',
        error: { sqlstate: '57014', line: 1, column: 20 },
      });
    }
    expect(unwrap(await shadows.run({ up: 'create table t ()', down: 'drop table t' }))).toMatchObject({
      restored: true,
    });
  });

  it('leaves roles, databases and tablespaces of the server as they are', async () => {
    const report = unwrap(
      await shadows.run({
        up: `create role "Made ""here""" login password 'x' superuser;
          alter role "Existing" superuser;
          grant "Existing" to "Made ""here""";
          create table t (id int);
          grant select on t to "Made ""here""", "Existing", unheard_of;
          comment on role "Existing" is 'changed';
          grant connect on database postgres to "Existing";
          reassign owned by "Existing" to "Made ""here""";
          do $$ begin if not exists (select from pg_catalog.pg_roles where rolname = 'made_in_a_block') then
            create role made_in_a_block; end if; grant all on t to made_in_a_block; end $$`,
        down: 'drop table t; drop role "Made ""here"""',
      }),
    );
    expect(report).toMatchObject({ restored: true });
    expect(report.clone.stubbed).toEqual(['role Made "here"', 'role made_in_a_block', 'role unheard_of']);
    const left = report.statements.filter(({ messages }) =>
      messages.some((text) => text.startsWith('LOCKSTEP: left out')),
    );
    expect(left.map(({ direction, index }) => `${direction} ${index}`)).toEqual([
      'up 0',
      'up 1',
      'up 2',
      'up 5',
      'up 6',
      'up 7',
      'down 1',
    ]);
  });

  it('refuses what would change the server, whatever hides it', async () => {
    const database = await (await shadows.connect()).open({ extensions: [] });
    const catalog = await introspect(database, { clock });
    const rules = { database, catalog, direction: 'up', transaction: 'auto', settings: null, observe: false } as const;
    const cases: readonly (readonly [string, RegExp])[] = [
      [`do $$ begin execute 'create' || ' role sneaky'; end $$`, /changes roles of the whole server/],
      [
        `do $$ begin execute 'alter role "Existing" set work_mem = 64'; end $$`,
        /changes .*settings of roles or databases/,
      ],
      [
        `do $$ begin execute 'grant connect on database postgres to "Existing"'; end $$`,
        /changes databases of the whole/,
      ],
      [
        `do $$ begin begin execute 'comment on role "Existing" is $c$x$c$'; exception when division_by_zero then null; end; end $$`,
        /comments on roles/,
      ],
      [`do $$ begin commit; execute 'create role sneaky'; end $$`, /must not change roles/],
      ['create database sneaky', /databases and tablespaces are not made/],
      [`create tablespace sneaky location '/tmp'`, /databases and tablespaces are not made/],
      ['alter system set work_mem = 64', /about the whole server/],
      ['select pg_catalog.pg_reload_conf()', /reaches out of the shadow database/],
      ['do $$ begin perform pg_catalog.pg_terminate_backend (1); end $$', /reaches out of the shadow database/],
      [`do $$ begin execute 'copy (select 1) to program ''true'''; end $$`, /starts a program/],
      [`prepare transaction 'x'`, /would outlive the shadow run/],
    ];
    for (const [text, message] of cases) {
      const { error } = await runScript({ ...rules, text, availableExtensions: [], target: null, clock });
      expect(error?.message, text).toMatch(message);
    }
  });

  it('is like the target in encoding and locale, or says what it could not be', async () => {
    const databases = await shadows.connect();
    const latin = { encoding: 'LATIN1', collate: 'C', ctype: 'C' };
    const like = await databases.open({ extensions: [], like: latin });
    const query = `select pg_catalog.pg_encoding_to_char(encoding) as encoding, datcollate as collate, datctype as ctype
      from pg_catalog.pg_database where datname = pg_catalog.current_database()`;
    expect(await like.query(query)).toEqual([latin]);
    expect(like.lacks).toEqual([]);
    const unlike = await databases.open({ extensions: [], like: { ...latin, encoding: 'UTF8', collate: 'xx_XX' } });
    expect(unlike.lacks).toEqual(['locale xx_XX (UTF8)']);
    expect(await unlike.query(query)).toMatchObject([{ encoding: 'UTF8' }]);
  });

  it('copies no subscription, and drops a database with a replication slot', async () => {
    await shadows.execute('create database source');
    const source = await shadows.sessionIn('source');
    await source.execute(`set client_min_messages = error; create table t (id int primary key);
      create subscription s connection 'host=nowhere' publication p with (connect = false)`);
    const catalog = await introspect(source, { clock });
    await source.execute('alter subscription s set (slot_name = none); drop subscription s');
    await source.close();
    await shadows.execute('drop database source');
    const report = unwrap(
      await shadows.run({
        catalog,
        up: `create function hold() returns void language plpgsql
          as $$ begin perform pg_catalog.pg_create_logical_replication_slot('held', 'pgoutput'); end $$;
          select hold()`,
      }),
    );
    expect(report.clone.stubbed).toEqual(['subscription s']);
    expect(await shadows.query('select from pg_catalog.pg_replication_slots')).toEqual([]);
  });

  it('works for a role that may do nothing but create databases', async () => {
    const report = unwrap(
      await shadows.run({
        databases: await shadows.connect('keeper'),
        up: 'create table t (id int primary key); grant select on t to unheard_of, "Existing"',
        down: 'drop table t',
      }),
    );
    expect(report.clone.stubbed).toEqual([expect.stringMatching(/^role unheard_of, which could not be made: /)]);
    expect(report.steps.at(-1)).toMatchObject({ name: 'up', error: { message: 'role "unheard_of" does not exist' } });
    await shadows.execute('create database source');
    await shadows.execute('create table t (id int); grant select on t to public, "Existing"', 'source');
    const source = await shadows.sessionIn('source');
    const catalog = await introspect(source, { clock });
    await source.close();
    await shadows.execute('drop database source');
    const up = 'alter table t add a int';
    // Types of an extension that the role may not create become domains: it may make no others.
    const [vector] = catalog.tables;
    const lacking = {
      ...catalog,
      extensions: [...catalog.extensions, { name: 'nowhere', schema: 'public', version: '1' }],
      tables: [{ ...vector, columns: vector?.columns.map((column) => ({ ...column, type: 'public.vector' })) }],
    };
    const without = await shadows.run({
      catalog: lacking as Catalog,
      databases: await shadows.connect('keeper'),
      up,
      down: 'alter table t drop a',
    });
    expect(unwrap(without)).toMatchObject({ restored: true, clone: { fidelity: 'partial' } });
    const again = await shadows.run({
      catalog,
      databases: await shadows.connect('keeper'),
      up,
      down: 'alter table t drop a',
    });
    expect(unwrap(again)).toMatchObject({
      restored: true,
      clone: { fidelity: 'exact', stubbed: ['owner postgres: what it owns belongs to keeper'] },
    });
  });

  it('tells what a role without that right needs', async () => {
    const refused = await connectShadowServer({ ...shadows.settings(), user: 'nobody_special' }, null);
    expect(refused).toEqual({
      ok: false,
      error: {
        code: 'shadow.no_right',
        user: 'nobody_special',
        host: 'localhost',
        grant: 'ALTER ROLE nobody_special CREATEDB;',
      },
    });
  });
});

describe('a server that breaks down', () => {
  it('is an error while it is down, and has its orphan dropped by the next run', async () => {
    const server = await startPostgresServer({ version: 15, own: true });
    try {
      const first = unwrap(await connectShadowServer(server.settings, null));
      const database = await first.open({ extensions: [] });
      const [row] = await database.query('select pg_catalog.pg_backend_pid() as pid');
      const name = await nameOf(database);
      const busy = database.execute('select pg_catalog.pg_sleep(60)');
      // The server restarts itself when one of its processes is killed.
      process.kill(Number(row?.['pid']), 'SIGKILL');
      await expect(busy).rejects.toMatchObject({ error: { code: 'shadow.crashed' } });
      await database.close();
      const left = await first.close();
      expect(left.every((one) => one.startsWith(name))).toBe(true);
      let next = await connectShadowServer(server.settings, null);
      while (!next.ok && ['connection.lost', 'connection.refused'].includes(next.error.code)) {
        next = await connectShadowServer(server.settings, null);
      }
      const again = unwrap(next);
      expect([...left, ...again.swept.dropped].some((one) => one.startsWith(name))).toBe(true);
      const run = await shadowRun({
        catalog: null,
        up: 'create table t ()',
        down: 'drop table t',
        databases: again,
        clock,
        rows: 0,
      });
      expect(unwrap(run).restored).toBe(true);
      expect(await again.close()).toEqual([]);
      const own = unwrap(await openWritingSession(server.settings, null, []));
      expect(await own.query(`select from pg_catalog.pg_database where datname ~ '^lockstep_'`)).toEqual([]);
      await own.close();
    } finally {
      await server.stop();
    }
  });
});
