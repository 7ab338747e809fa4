import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPostgresql } from '../../../src/adapters/postgresql/connect.ts';
import type { PgSession } from '../../../src/adapters/postgresql/pg-session.ts';
import { sessionErrorOf } from '../../../src/adapters/postgresql/session-error.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { testClock } from '../../support/test-clock.ts';
import { startTransactionPooler, type TransactionPooler } from '../../support/transaction-pooler.ts';

describe('behind a pooler that refuses startup options and forgets settings', () => {
  let server: PostgresServer;
  let pooler: TransactionPooler;
  let session: PgSession;
  let direct: PgSession;
  beforeAll(async () => {
    server = await startPostgresServer();
    const settings = await server.createDatabase(`
      create table "Kept é" (id integer primary key, name text check (name <> ''));
      create view v as select name from "Kept é"; create function f() returns integer language sql as 'select 1'`);
    pooler = await startTransactionPooler(settings.host, settings.port);
    const open = async (port: number): Promise<PgSession> => {
      const opened = await connectPostgresql({ ...settings, host: 'localhost', port }, server.password);
      if (!opened.ok) throw new Error(JSON.stringify(opened.error));
      return opened.value;
    };
    direct = await open(settings.port);
    session = await open(pooler.port);
  });
  afterAll(async () => {
    await session.close();
    await direct.close();
    await pooler.close();
    await server.stop();
  });

  it('a catalog is read as from the server itself', async () => {
    const options = { clock: testClock, facts: false };
    expect(await introspect(session, options)).toEqual(await introspect(direct, options));
  });

  it('nothing can be written, although the session no longer has its own setting', async () => {
    expect(await session.query("select current_setting('statement_timeout') as timeout")).toEqual([{ timeout: '0' }]);
    const writing = session
      .query('insert into "Kept é" values (1)')
      .catch((cause: unknown) => sessionErrorOf(cause, 60));
    expect(await writing).toMatchObject({ code: 'postgres.rejected', sqlstate: '25006' });
    expect(await session.query("select current_setting('transaction_read_only') as only")).toEqual([{ only: 'on' }]);
  });

  it('a query that is cancelled ends on the server', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 200);
    const sleeping = session.query('select pg_sleep(20)', [], stop.signal);
    await expect(sleeping).rejects.toMatchObject({ name: 'AbortError' });
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});
