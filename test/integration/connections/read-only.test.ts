import { existsSync, rmSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPostgresql } from '../../../src/adapters/postgresql/connect.ts';
import { openDriver } from '../../../src/adapters/postgresql/open-driver.ts';
import type { PgSession } from '../../../src/adapters/postgresql/pg-session.ts';
import { readOnlyVerdict } from '../../../src/adapters/postgresql/read-only-guard.ts';
import type { ConnectionSettings } from '../../../src/shared/connection-profile.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { type Bypass, bypasses, type ServerLayer } from './read-only-bypasses.ts';

const limits = { connectTimeoutSeconds: 10, statementTimeoutSeconds: 10, lockTimeoutSeconds: 2 };
const madeFile = '/tmp/lockstep-made';

const stoppedBy = (layer: ServerLayer) => bypasses.filter((bypass) => bypass.stoppedBy.includes(layer));
const named = (list: readonly Bypass[]) => list.map(({ what, text }): [string, string] => [what, text]);

/** The failure of something that must fail. */
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error('it did not fail');
    },
    (cause: unknown) => cause,
  );

describe('a read-only session', () => {
  let server: PostgresServer;
  let settings: ConnectionSettings;
  let observer: pg.Client;
  beforeAll(async () => {
    server = await startPostgresServer({ own: true });
    settings = await server.createDatabase(`
      create table things (id integer primary key, name text);
      insert into things values (1, 'one');
      create sequence counter;
      create function sneaky() returns integer language plpgsql as $$
        begin delete from things; return 1; end $$;
      create function lent() returns integer security definer language plpgsql as $$
        begin delete from things; return 1; end $$;
      create procedure clear_things() language plpgsql as $$ begin delete from things; end $$;
      create function lasting() returns integer language plpgsql as $$
        begin perform set_config('default_transaction_read_only', 'off', false); return 1; end $$;
      create view through_a_view as select sneaky();
      create extension dblink;
    `);
    const { host, port, user, database } = settings;
    observer = new pg.Client({ host, port, user, database });
    observer.on('error', () => undefined);
    await observer.connect();
    rmSync(madeFile, { force: true });
  });
  afterAll(async () => {
    await observer.end();
    await server.stop();
    rmSync(madeFile, { force: true });
  });

  /** What every bypass tries to change; the observer must also still be connected. */
  const expectUntouched = async () => {
    const { rows } = await observer.query(`select
      (select count(*)::int from things where id = 1 and name = 'one') as things,
      (select last_value::int from counter) as counter,
      (select is_called from counter) as called,
      (select count(*)::int from pg_class where relname = 'made') as made,
      (select count(*)::int from pg_largeobject_metadata) as objects,
      (select count(*)::int from pg_locks where locktype = 'advisory') as advisory`);
    expect(rows).toEqual([{ things: 1, counter: 1, called: false, made: 0, objects: 0, advisory: 0 }]);
    expect(existsSync(madeFile)).toBe(false);
  };

  describe('with all its layers', () => {
    let session: PgSession;
    beforeAll(async () => {
      const connected = await connectPostgresql(settings, null);
      if (!connected.ok) throw new Error(JSON.stringify(connected.error));
      session = connected.value;
    });
    afterAll(() => session.close());

    it.each(named(bypasses))('cannot be got around by %s', async (_what, text) => {
      expect(await failureOf(session.query(text))).toMatchObject({ refusal: { sqlstate: expect.any(String) } });
      await expectUntouched();
      expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
    });

    it.each(named(bypasses))('cannot be got around by %s inside its own transaction', async (_what, text) => {
      await session.query('begin read only');
      await failureOf(session.query(text));
      await session.query('rollback');
      await expectUntouched();
    });

    it('cannot be got around by a view, which only the server sees through', async () => {
      const text = 'select * from through_a_view';
      expect(readOnlyVerdict(text)).toEqual({ kind: 'reads' });
      expect(await failureOf(session.query(text))).toMatchObject({ refusal: { sqlstate: '25006' } });
      await expectUntouched();
    });

    it('cannot be got around by a column that is really a function', async () => {
      await server.execute(
        `create function hidden(things) returns integer language plpgsql as $$ begin delete from things; return 1; end $$`,
        settings.database,
      );
      const text = 'select t.hidden from things t';
      expect(readOnlyVerdict(text)).toEqual({ kind: 'reads' });
      expect(await failureOf(session.query(text))).toMatchObject({ refusal: { sqlstate: '25006' } });
      await expectUntouched();
    });

    it('is read only again after a function has switched the session over', async () => {
      // Hidden behind a view, the guard lets it pass; the rollback that follows every statement takes the switch back.
      await server.execute('create view switching as select lasting()', settings.database);
      await session.query('select * from switching');
      const [row] = await session.query(`select current_setting('default_transaction_read_only') as mode`);
      expect(row).toEqual({ mode: 'on' });
      expect(await failureOf(session.query('select * from through_a_view'))).toMatchObject({
        refusal: { sqlstate: '25006' },
      });
      await expectUntouched();
    });
  });

  describe('with its default alone', () => {
    it.each(named(stoppedBy('default')))('stops %s', async (_what, text) => {
      const driver = await openDriver({ settings, password: null, tls: null, limits });
      try {
        await driver.run('prepare gone as delete from things');
        await failureOf(driver.run(text));
      } finally {
        await driver.close();
      }
      await expectUntouched();
    });
  });

  describe('with its transaction alone', () => {
    it.each(named(stoppedBy('transaction')))('stops %s', async (_what, text) => {
      const { host, port, user, database } = settings;
      const client = new pg.Client({ host, port, user, database });
      await client.connect();
      try {
        await client.query('prepare gone as delete from things');
        await client.query('begin read only');
        // The simple protocol: no other layer helps.
        await failureOf(client.query(text));
      } finally {
        await client.end();
      }
      await expectUntouched();
    });
  });

  describe('with its protocol alone', () => {
    it.each(named(stoppedBy('protocol')))('stops %s', async (_what, text) => {
      const driver = await openDriver({ settings, password: null, tls: null, limits });
      try {
        expect(await failureOf(driver.run(text))).toMatchObject({ code: '42601' });
      } finally {
        await driver.close();
      }
      await expectUntouched();
    });
  });

  it('every bypass is stopped by the guard alone', () => {
    const passing = bypasses.filter(({ text }) => readOnlyVerdict(text).kind !== 'refused').map(({ what }) => what);
    expect(passing).toEqual([]);
  });

  it('every write to a table is stopped by two layers besides the guard', () => {
    const single = bypasses.filter(
      ({ text, stoppedBy: layers }) => /delete|insert|update|sneaky|lent/.test(text) && layers.length < 2,
    );
    // These reach no table from this session: they prepare, open another connection, or end the transaction first.
    expect(single.map(({ what }) => what)).toEqual([
      'PREPARE',
      'another connection of the server',
      'two statements behind a comment',
      'the end of the transaction, and a write',
    ]);
  });
});
