import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPostgresql } from '../../../src/adapters/postgresql/connect.ts';
import type { PgSession } from '../../../src/adapters/postgresql/pg-session.ts';
import { sessionErrorOf } from '../../../src/adapters/postgresql/session-error.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { SqlClient } from '../../../src/engine/ports/sql-client.ts';
import type { ConnectionSettings } from '../../../src/shared/connection-profile.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { testClock } from '../../support/test-clock.ts';

const numbers = Array.from({ length: 30 }, (_, number) => number);

const start = numbers
  .map(
    (n) => `
      create table t${n} (id integer primary key, a integer check (a > 0), note text default 'x');
      create index t${n}_expression on t${n} ((a + 1)) where a > 5;
      create view v${n} as select id, a from t${n} where a > 1;
      create policy p${n} on t${n} using (a > 2);`,
  )
  .join('');

// Each change leaves nothing of the state before it, in objects that come and go and in those that stay.
const there = `
  begin;
  ${numbers.map((n) => `alter table t${n} rename column a to b;`).join(' ')}
  create table gone (id integer primary key, of_t integer references t1, made text generated always as ('x') stored);
  create index gone_index on gone ((id + 1));
  create type fleeting as enum ('a', 'b');
  create domain fleeting_domain as integer default 3 check (value > 0);
  create function fleeting_function(fleeting) returns integer language sql return 1;
  create view fleeting_view as select g.id, t.b, fleeting_function('a') as n from gone g join t1 t using (id);
  create trigger fleeting_trigger before update on t2 for each row execute function suppress_redundant_updates_trigger();
  commit;`;
const back = `
  begin;
  ${numbers.map((n) => `alter table t${n} rename column b to a;`).join(' ')}
  drop view fleeting_view; drop function fleeting_function; drop type fleeting; drop domain fleeting_domain;
  drop table gone; drop trigger fleeting_trigger on t2;
  commit;`;

describe('a database that is changed while it is read', () => {
  let server: PostgresServer;
  let settings: ConnectionSettings;
  let session: PgSession;
  let changer: pg.Client;
  let states: readonly string[];
  beforeAll(async () => {
    server = await startPostgresServer({ own: true });
    settings = await server.createDatabase(start);
    const connected = await connectPostgresql(settings, null);
    if (!connected.ok) throw new Error(JSON.stringify(connected.error));
    session = connected.value;
    changer = new pg.Client({ ...settings, ssl: false });
    await changer.connect();
    await changer.query("set lock_timeout = '50ms'");
    const before = await read(session);
    await changer.query(there);
    const after = await read(session);
    await changer.query(back);
    expect(after).not.toBe(before);
    states = [before, after];
  });
  afterAll(async () => {
    await changer.end();
    await session.close();
    await server.stop();
  });

  const read = async (client: SqlClient): Promise<string> =>
    (await introspect(client, { clock: testClock, facts: false })).fingerprint;

  /** False when the reading held a lock that the change would have waited for: then nothing has changed. */
  const change = (script: string): Promise<boolean> =>
    changer.query(script).then(
      () => true,
      async (cause: unknown) => {
        await changer.query('rollback');
        if (cause instanceof pg.DatabaseError && cause.code === '55P03') return false;
        throw cause;
      },
    );

  it('once, after any of its queries, is read as it was at one moment', async () => {
    let now = there;
    for (let place = 1, reached = true; reached; place += 1) {
      let queries = 0;
      reached = false;
      let before: Promise<unknown> = Promise.resolve();
      const interrupted: SqlClient = {
        query: (text, parameters, signal) => {
          queries += 1;
          if (queries === place) {
            reached = true;
            before = before.then(async () => {
              if (await change(now)) now = now === there ? back : there;
            });
          }
          const sent = before.then(() => session.query(text, parameters, signal));
          // What is asked for behind it is sent behind it.
          before = before.then(() => undefined);
          return sent;
        },
      };
      expect(states, `changed before query ${place}`).toContain(await read(interrupted));
    }
    if (now === back) expect(await change(back)).toBe(true);
  });

  it('without end is read as it was at one moment, or not at all', async () => {
    let ended = false;
    const changing = (async () => {
      for (let now = there; !ended || now === back; ) {
        if (await change(now)) now = now === there ? back : there;
      }
    })();
    const outcomes: unknown[] = [];
    for (let reading = 0; reading < 4; reading += 1) {
      const outcome = await read(session).catch((cause: unknown) => sessionErrorOf(cause, 60));
      outcomes.push(states.includes(String(outcome)) ? 'one moment' : outcome);
    }
    ended = true;
    await changing;
    const refused = {
      code: 'postgres.rejected',
      sqlstate: '40001',
      message: expect.stringContaining('changed during each of'),
      hint: expect.stringContaining('Read it again'),
    };
    for (const outcome of outcomes) if (outcome !== 'one moment') expect(outcome).toEqual(refused);
    expect(states).toContain(await read(session));
  });
});
