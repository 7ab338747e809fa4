import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectShadowServer, type ShadowServer } from '../../../src/adapters/postgresql/shadow-server.ts';
import { openWritingSession, type WritingSession } from '../../../src/adapters/postgresql/writing-session.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { ShadowDatabases } from '../../../src/engine/ports/shadow-databases.ts';
import type { ShadowRunReport } from '../../../src/engine/shadow/report.ts';
import { shadowRun } from '../../../src/engine/shadow/shadow-run.ts';
import type { LockstepError } from '../../../src/shared/errors.ts';
import type { Result } from '../../../src/shared/result.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { clock, testShadows } from './shadows.ts';

function unwrap<T>(result: Result<T, LockstepError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Fills a column in parts, each of which another procedure commits. */
const inParts = `create table "T" (id int primary key, note text);
  insert into "T" select generate_series(1, 4);
  create procedure "Done"() language plpgsql as $$ begin commit; end $$;
  create procedure fill() language plpgsql as $$ begin
    for part in 1..2 loop
      update "T" set note = 'x' where id % 2 = part - 1;
      call "Done"();
    end loop;
  end $$;
  call fill();
  do $$ begin alter table "T" add other int; rollback; alter table "T" add kept int; commit; end $$;`;
const down = 'drop procedure fill(); drop procedure "Done"(); drop table "T"';

const prove = async (databases: ShadowDatabases, up: string): Promise<ShadowRunReport> =>
  unwrap(await shadowRun({ catalog: null, up, down, databases, clock, rows: 0, timeoutSeconds: 30 }));

const proved = (report: ShadowRunReport): void => {
  expect(report.statements.flatMap(({ error }) => error ?? [])).toEqual([]);
  expect(report).toMatchObject({ restored: true });
  expect(report.steps.map(({ equalTo }) => equalTo)).toEqual([null, null, 'baseline', 'up']);
};

/** A procedure that hides what it does, and has it committed by the next statement. */
const sneaky = (statement: string): string =>
  `create table "T" (); create procedure "Done"() language plpgsql as 'begin commit; end';
   create procedure fill() language plpgsql as $$ begin call "Done"(); execute reverse($c$${[...statement].reverse().join('')}$c$); commit; end $$;
   call fill();`;

describe('code that commits by itself', () => {
  it('runs on the embedded shadow as it would on its own', async () => {
    proved(await prove(testShadows(), inParts));
    // Where the file's own transaction holds it, it is refused as on every server.
    const held = await prove(testShadows(), `begin; ${inParts} commit`);
    expect(held.steps.at(-1)?.error).toMatchObject({ sqlstate: '2D000' });
  });

  describe.each([15, 18] as const)('on a server with PostgreSQL %i', (version) => {
    let server: PostgresServer;
    let own: WritingSession;
    const open: ShadowServer[] = [];
    const connect = async (user: string): Promise<ShadowServer> => {
      const databases = unwrap(await connectShadowServer({ ...server.settings, user }, null));
      open.push(databases);
      return databases;
    };
    const roles = async (): Promise<unknown> =>
      own.query(
        `select rolname::text, rolsuper, rolconfig::text from pg_catalog.pg_roles where rolname !~ '^pg_' order by 1`,
      );

    beforeAll(async () => {
      server = await startPostgresServer({ version });
      await server.execute('create role maker login createdb; create role creator login createdb createrole');
      own = unwrap(await openWritingSession(server.settings, null, []));
    });
    afterAll(async () => {
      for (const databases of open) expect(await databases.close()).toEqual([]);
      expect(await own.query(`select from pg_catalog.pg_database where datname ~ '^lockstep_shadow'`)).toEqual([]);
      await own.close();
      await server.stop();
    });

    it.each(['postgres', 'maker'])('is observed and compared like any other, for the role %s', async (user) => {
      proved(await prove(await connect(user), inParts));
    });

    it.each([
      ['create role sneaky', 'roles'],
      [`comment on role maker is 'x'`, 'comments on roles or databases'],
      ['alter database postgres set work_mem = 64', 'settings of roles or databases'],
    ])('changes nothing of the server for a superuser: %s', async (statement, what) => {
      const before = await roles();
      const report = await prove(await connect('postgres'), sneaky(statement));
      expect(report.steps.at(-1)?.error).toMatchObject({
        sqlstate: '0A000',
        message: expect.stringContaining(what),
      });
      expect(report.steps.at(-1)?.error?.message).toMatch(
        /of the whole server, which a shadow run must leave as it is$/,
      );
      expect(await roles()).toEqual(before);
    });

    it('changes nothing of the server either while rows are tried in transactions of their own', async () => {
      const settings = await server.createDatabase(`create type mood as enum ('a'); create table "T" (m mood)`);
      const source = unwrap(await openWritingSession(settings, null, []));
      const catalog = await introspect(source, { clock });
      await source.close();
      const before = await roles();
      for (const hidden of [
        `do $$ begin execute 'create' || ' role sneaky'; end $$`,
        `do $$ begin commit; execute reverse('ykaens elor etaerc'); end $$`,
      ]) {
        const up = `alter type mood add value 'b'; insert into "T" values ('b'); ${hidden}`;
        const databases = await connect('postgres');
        const report = unwrap(await shadowRun({ catalog, up, down: '', databases, clock, rows: 2 }));
        const message = expect.stringMatching(
          /^it changes .*roles of the whole server, which a shadow run must leave as it is$/,
        );
        expect(report.data?.stoppedAt).toMatchObject({ direction: 'up', index: 2, message });
        expect(report.steps.at(-1)?.error).toMatchObject({ message });
        expect(await roles()).toEqual(before);
      }
    });

    it('is told of when another role has changed something of the server, and how to go on', async () => {
      const report = await prove(await connect('creator'), sneaky('create role sneaky'));
      expect(report.steps.at(-1)?.error?.message).toMatch(/^it changes .*roles.* has to be set back by hand$/);
      await server.execute('drop role sneaky');
    });
  });
});
