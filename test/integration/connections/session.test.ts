import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConnectOptions, connectPostgresql } from '../../../src/adapters/postgresql/connect.ts';
import type { PgSession } from '../../../src/adapters/postgresql/pg-session.ts';
import { sessionErrorOf } from '../../../src/adapters/postgresql/session-error.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { ConnectionSettings } from '../../../src/shared/connection-profile.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { testClock } from '../../support/test-clock.ts';

const open = async (settings: ConnectionSettings, options?: ConnectOptions): Promise<PgSession> => {
  const session = await connectPostgresql(settings, null, options);
  if (!session.ok) throw new Error(JSON.stringify(session.error));
  return session.value;
};

/** The failure of something that must fail. */
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error('it did not fail');
    },
    (cause: unknown) => cause,
  );

describe('a session on a server', () => {
  let server: PostgresServer;
  let settings: ConnectionSettings;
  beforeAll(async () => {
    server = await startPostgresServer({ own: true });
    settings = await server.createDatabase(`
      create table things (id integer primary key, name text);
      insert into things values (1, 'one');
      create role limited login;
      create schema closed; create table closed.hidden (id integer primary key, secret text);
    `);
  });
  afterAll(() => server.stop());

  it('gives numbers and booleans as such and everything else as the server writes it', async () => {
    const session = await open(settings);
    const [row] = await session.query(
      `select 1::int as small, 9007199254740993::bigint as big, true as yes, 1.10::numeric as exact, null as none,
        '{"a": 1.10}'::jsonb as json, timestamptz '2020-01-02 03:04:05.678901+00' at time zone 'UTC' as moment, $1::text as given`,
      ['it\'s "odd"'],
    );
    await session.close();
    expect(row).toEqual({
      small: 1,
      big: '9007199254740993',
      yes: true,
      exact: '1.10',
      none: null,
      json: '{"a": 1.10}',
      moment: '2020-01-02 03:04:05.678901',
      given: 'it\'s "odd"',
    });
  });

  it('says where the server found an error', async () => {
    const session = await open(settings);
    expect(await failureOf(session.query('select nme from things'))).toMatchObject({
      refusal: { sqlstate: '42703', position: 8, hint: expect.stringContaining('name') },
    });
    await session.close();
  });

  it('keeps the order of queries that are asked for at once', async () => {
    const session = await open(settings);
    const rows = await Promise.all([1, 2, 3].map((n) => session.query('select $1::int as n', [n])));
    expect(rows.map(([row]) => row?.['n'])).toEqual([1, 2, 3]);
    await session.close();
  });

  it('ends a statement that takes too long', async () => {
    const session = await open(settings, { statementTimeoutSeconds: 1 });
    const cause = await failureOf(session.query('select pg_sleep(20)'));
    expect(sessionErrorOf(cause, session.statementTimeoutSeconds)).toEqual({ code: 'postgres.timeout', seconds: 1 });
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
    await session.close();
  });

  it('does not wait for a lock for ever', async () => {
    const session = await open(settings, { lockTimeoutSeconds: 1 });
    const holding = server.execute(
      'begin; lock table things in access exclusive mode; select pg_sleep(3); commit',
      settings.database,
    );
    await new Promise((later) => setTimeout(later, 300));
    expect(await failureOf(session.query('select * from things'))).toMatchObject({ refusal: { sqlstate: '55P03' } });
    await session.close();
    await holding;
  });

  it('cancels on the server and stays usable', async () => {
    const session = await open(settings);
    const cancelling = new AbortController();
    const started = performance.now();
    const work = failureOf(session.query('select pg_sleep(30)', [], cancelling.signal));
    setTimeout(() => cancelling.abort(), 200);
    const cause = await work;
    expect(sessionErrorOf(cause, 60)).toEqual({ code: 'cancelled' });
    expect(performance.now() - started).toBeLessThan(5000);
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
    const [row] = await session.query(
      `select count(*)::int as sleeping from pg_stat_activity where state = 'active' and query like 'select pg_sleep(30)%'`,
    );
    expect(row).toEqual({ sleeping: 0 });
    await session.close();
  });

  it('leaves the session as it was after reading the catalog', async () => {
    const session = await open(settings);
    const state = `select current_setting('search_path') as path, current_setting('DateStyle') as dates, current_setting('TimeZone') as zone`;
    const before = await session.query(state);
    await introspect(session, { clock: testClock });
    expect(await session.query(state)).toEqual(before);
    await session.close();
  });

  it('reads the catalog with a role that may see no rows', async () => {
    const session = await open({ ...settings, user: 'limited' });
    const catalog = await introspect(session, { clock: testClock });
    await session.close();
    expect(catalog.tables.map(({ schema, name }) => `${schema}.${name}`)).toEqual(['closed.hidden', 'public.things']);
  });

  it('says that permission was denied in the words of the server', async () => {
    const session = await open({ ...settings, user: 'limited' });
    const cause = await failureOf(session.query('select * from closed.hidden'));
    expect(sessionErrorOf(cause, 60)).toMatchObject({ code: 'postgres.rejected', sqlstate: '42501' });
    await session.close();
  });

  it('stops reading the catalog when it is cancelled', async () => {
    const session = await open(settings);
    const cancelling = new AbortController();
    const cause = await failureOf(
      introspect(session, {
        clock: testClock,
        signal: cancelling.signal,
        onProgress: ({ reads }) => {
          if (reads === 'indexes') cancelling.abort();
        },
      }),
    );
    expect(sessionErrorOf(cause, 60)).toEqual({ code: 'cancelled' });
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
    await session.close();
  });

  it('tells a session that was ended by the server', async () => {
    const session = await open(settings);
    await session.query('select 1');
    await server.execute(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lockstep' and datname = '${settings.database}'`,
    );
    const cause = await failureOf(session.query('select 1'));
    expect(sessionErrorOf(cause, 60)).toMatchObject({ code: 'connection.lost' });
    await session.close();
  });
});

describe('a server that dies', () => {
  it('while its catalog is read gives an error and no catalog', async () => {
    const server = await startPostgresServer({ own: true });
    let killed = false;
    try {
      const session = await open(server.settings);
      const cause = await failureOf(
        introspect(session, {
          clock: testClock,
          onProgress: () => {
            if (!killed) server.kill();
            killed = true;
          },
        }),
      );
      expect(sessionErrorOf(cause, 60)).toMatchObject({ code: 'connection.lost' });
      await session.close();
      expect(await connectPostgresql(server.settings, null)).toMatchObject({ ok: false });
    } finally {
      await server.stop();
    }
  });
});
