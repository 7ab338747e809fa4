import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConnectOptions, connectPostgresql } from '../../../src/adapters/postgresql/connect.ts';
import type { PgSession } from '../../../src/adapters/postgresql/pg-session.ts';
import { sessionErrorOf } from '../../../src/adapters/postgresql/session-error.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { describeError } from '../../../src/shared/describe-error.ts';
import type { LockstepError } from '../../../src/shared/errors.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { testClock } from '../../support/test-clock.ts';

describe('reading a catalog', () => {
  let server: PostgresServer;
  let proxy: TcpProxy;
  beforeAll(async () => {
    // What is made below must outlive the crash of the server.
    server = await startPostgresServer({ own: true, configuration: { synchronous_commit: 'on' } });
    await server.execute('create table things (id integer primary key); create view v as select id from things');
    proxy = await startTcpProxy('localhost', server.settings.port);
  });
  afterAll(async () => {
    await proxy.close();
    await server.stop();
  });

  const open = async (port: number, options: ConnectOptions = {}): Promise<PgSession> => {
    const session = await connectPostgresql({ ...server.settings, port }, null, options);
    if (!session.ok) throw new Error(JSON.stringify(session.error));
    return session.value;
  };

  /** The failure of a reading during which something happens, as the application tells it. */
  async function failureOf(
    session: PgSession,
    happens: (processId: number) => void,
    signal?: AbortSignal,
  ): Promise<LockstepError | null> {
    const [row] = await session.query('select pg_backend_pid() as "processId"');
    let steps = 0;
    const reading = introspect(session, {
      clock: testClock,
      signal,
      onProgress: () => {
        steps += 1;
        if (steps === 5) happens(Number(row?.['processId']));
      },
    });
    const outcome = await reading.then(
      (catalog) => catalog,
      (cause: unknown) => ({ error: sessionErrorOf(cause, session.statementTimeoutSeconds) }),
    );
    await session.close();
    if (!('error' in outcome)) throw new Error('the reading gave a catalog');
    return outcome.error;
  }

  const lost = { code: 'connection.lost', reason: expect.any(String) };

  it('over a connection that is cut ends with the loss of the connection', async () => {
    const error = await failureOf(await open(proxy.port), () => proxy.cut());
    expect(error).toEqual(lost);
    expect(error === null ? '' : describeError(error).whatToDo).not.toBe('');
  });

  it('whose process on the server is killed ends with the loss of the connection, and can be done again', async () => {
    const session = await open(server.settings.port);
    expect(await failureOf(session, (processId) => process.kill(processId, 'SIGKILL'))).toEqual(lost);
    // The server ends all its processes then and starts anew; until it has noticed, it still takes connections.
    const readAgain = async (): Promise<readonly string[] | null> => {
      const again = await connectPostgresql(server.settings, null);
      if (!again.ok) return null;
      const catalog = await introspect(again.value, { clock: testClock }).catch(() => null);
      await again.value.close();
      return catalog?.tables.map(({ name }) => name) ?? null;
    };
    await expect.poll(readAgain, { timeout: 20_000, interval: 200 }).toEqual(['things']);
  });

  it.each([
    ['locks', { lockTimeoutSeconds: 1 }, { code: 'postgres.rejected', sqlstate: '55P03' }],
    ['statements', { statementTimeoutSeconds: 1 }, { code: 'postgres.timeout', seconds: 1 }],
  ])('while somebody holds a lock on a system catalog ends at the limit for %s', async (_limit, limits, expected) => {
    const session = await open(server.settings.port, limits);
    const holding = server.execute(
      'begin; lock table pg_catalog.pg_index in access exclusive mode; select pg_sleep(4)',
    );
    // Until the lock is held, readings are as always.
    let error: LockstepError | null = null;
    for (let tries = 0; error === null && tries < 50; tries += 1) {
      error = await introspect(session, { clock: testClock }).then(
        () => null,
        (cause: unknown) => sessionErrorOf(cause, session.statementTimeoutSeconds),
      );
    }
    expect(error).toMatchObject(expected);
    await session.close();
    await holding;
  });

  it('over a connection that has gone silent can be cancelled', async () => {
    const cancelling = new AbortController();
    const stalled = () => {
      proxy.stall();
      setTimeout(() => cancelling.abort(), 100);
    };
    const session = await open(proxy.port, { connectTimeoutSeconds: 1 });
    expect(await failureOf(session, stalled, cancelling.signal)).toEqual({ code: 'cancelled' });
  });
});
