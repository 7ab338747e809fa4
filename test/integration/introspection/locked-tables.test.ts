import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectPostgresql } from '../../../src/adapters/postgresql/connect.ts';
import type { PgSession } from '../../../src/adapters/postgresql/pg-session.ts';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { SqlFailure } from '../../../src/engine/ports/sql-client.ts';
import type { ConnectionSettings } from '../../../src/shared/connection-profile.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { testClock } from '../../support/test-clock.ts';

const schema = `
  create table plain (id bigint generated always as identity primary key, note varchar(20) default 'x' unique);
  create table "Odd one" (id integer primary key, name text check (name <> ''), twice integer generated always as (id * 2) stored);
  create index on "Odd one" (lower(name)) where id > 0;
  create table child (id integer primary key, odd integer references "Odd one");
  create view names as select name from "Odd one";
  create view others as select note from plain;
  create table checked (id integer check (id > 1));
`;

describe('reading while somebody else changes tables', () => {
  let server: PostgresServer;
  let settings: ConnectionSettings;
  let session: PgSession;
  let holder: pg.Client;
  let expected: Catalog;
  const options = { clock: testClock, facts: false };

  beforeAll(async () => {
    server = await startPostgresServer();
    settings = await server.createDatabase(schema);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    const connected = await connectPostgresql(settings, server.password, { lockTimeoutSeconds: 2 });
    if (!connected.ok) throw new Error(connected.error.code);
    session = connected.value;
    expected = await introspect(session, options);
    const { host, port, database, user } = settings;
    holder = new pg.Client({ host, port, database, user, password: () => server.password?.reveal() ?? '' });
    await holder.connect();
    await holder.query("set application_name = 'a migration'; begin");
  });
  afterEach(async () => {
    await holder.end();
    await session.close();
  });

  it('does not wait for a table whose definitions need no look at it', async () => {
    await holder.query('lock table plain in access exclusive mode');
    const seen: string[] = [];
    await introspect(session, { ...options, onProgress: ({ reads }) => seen.push(reads) }).catch(() => undefined);
    // The view on it has to wait, and nothing else.
    expect(seen.filter((reads) => /^1 definitions of/.test(reads))).toContain('1 definitions of views');
    await holder.query('rollback');
    expect(await introspect(session, options)).toEqual(expected);
  });

  it('reads everything else first, and what was locked when the lock is gone', async () => {
    await holder.query('lock table "Odd one" in access exclusive mode');
    const released = new Promise((resolve) => setTimeout(resolve, 1200)).then(() => holder.query('rollback'));
    const seen: string[] = [];
    expect(await introspect(session, { ...options, onProgress: ({ reads }) => seen.push(reads) })).toEqual(expected);
    await released;
    expect(seen).toContain('locked tables');
    const [first = 0, last = 0] = seen.flatMap((reads, at) => (reads === '1 definitions of views' ? [at] : []));
    expect(first).toBeGreaterThan(seen.indexOf('locked tables'));
    expect(last).toBeGreaterThan(seen.indexOf('1 definitions of constraints'));
  });

  it('names the table and who holds it when that does not end', async () => {
    await holder.query('lock table "Odd one" in access exclusive mode');
    const failure = await introspect(session, options).catch((cause: unknown) => cause);
    expect(failure).toBeInstanceOf(SqlFailure);
    if (!(failure instanceof SqlFailure)) return;
    expect(failure.refusal.sqlstate).toBe('55P03');
    expect(failure.refusal.message).toMatch(
      /"Odd one" is locked by process \d+ of \w+ \(a migration\), idle in transaction/,
    );
    expect(failure.refusal.hint).toBeDefined();
    // The session is as good as before.
    await holder.query('rollback');
    expect(await introspect(session, options)).toEqual(expected);
  });

  it('stops on the server at once when it is cancelled', async () => {
    await holder.query('lock table "Odd one" in access exclusive mode');
    const stop = new AbortController();
    const reading = introspect(session, {
      ...options,
      signal: stop.signal,
      onProgress: ({ reads }) => {
        // It waits for the lock now.
        if (reads === '1 definitions of indexes') setTimeout(() => stop.abort(), 100);
      },
    });
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    const seen =
      "select state, wait_event_type from pg_stat_activity where datname = current_database() and application_name = 'lockstep'";
    // Between two messages the server waits for neither a lock nor the client.
    await expect
      .poll(async () => (await holder.query(seen)).rows)
      .toEqual([{ state: 'idle', wait_event_type: 'Client' }]);
    await holder.query('rollback');
    expect(await introspect(session, options)).toEqual(expected);
  });
});
