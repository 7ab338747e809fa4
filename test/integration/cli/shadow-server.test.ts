import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openWritingSession, type WritingSession } from '../../../src/adapters/postgresql/writing-session.ts';
import { lockstep } from '../../support/command-line.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';

describe('a server that is named for shadow runs', () => {
  let folder: string;
  let server: PostgresServer;
  let session: WritingSession;
  let url: string;
  const at = (name: string) => join(folder, name);
  const shadows = () => session.query(`select datname from pg_catalog.pg_database where datname ~ '^lockstep_'`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-shadow-server-'));
    server = await startPostgresServer({ version: 15 });
    const opened = await openWritingSession(server.settings, null, []);
    if (!opened.ok) throw new Error(opened.error.code);
    session = opened.value;
    await server.execute('create role nobody_special login');
    url = `postgresql://postgres:hunter2@localhost:${server.settings.port}/postgres`;
    await writeFile(at('1_t.up.sql'), 'create table t (id int);\ncreate index concurrently i on t (id);\n');
    await writeFile(at('1_t.down.sql'), 'drop table t;\n');
    await writeFile(at('forever.up.sql'), 'select pg_catalog.pg_sleep(600);\n');
  });
  afterEach(async () => expect(await shadows()).toEqual([]));
  afterAll(async () => {
    await session.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('proves there, says why, and never shows a password', async () => {
    const run = await lockstep(['shadow-run', at('1_t.up.sql'), '--shadow', url, '--json']);
    expect(run).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`localhost:${server.settings.port} as postgres`),
    });
    const { shadow, restored, statements } = JSON.parse(run.stdout);
    expect(shadow).toEqual({
      kind: 'server',
      version: 150018,
      form: 'database',
      why: ['This server was named for the run'],
    });
    expect(restored).toBe(true);
    expect(statements[1]).toMatchObject({
      documented: false,
      locks: [{ relation: 'public.t', mode: 'SHARE UPDATE EXCLUSIVE' }],
    });
    expect(run.stdout + run.stderr).not.toContain('hunter2');
  });

  it('is used for a folder and for validate, where the embedded one lacks something', async () => {
    const options = ['--tier', 'shadow', '--fail-on', 'never', '--json', '--database', url];
    const env = { SHADOW_DATABASE_URL: url };
    const run = await lockstep(['validate', at('1_t.up.sql'), at('1_t.down.sql'), ...options], { env });
    expect(run.code).toBe(0);
    const [{ shadow: report }] = JSON.parse(run.stdout).migrations;
    expect(report.shadow).toMatchObject({
      kind: 'server',
      why: ['The target is PostgreSQL 15, the embedded one 18', expect.stringContaining('concurrent forms')],
    });
    const embedded = await lockstep(['shadow-run', at('1_t.up.sql'), '--shadow', 'embedded'], { env });
    expect(embedded.stdout).toContain('Shadow run on embedded PostgreSQL 18');
    expect(embedded.stdout).toContain('The embedded PostgreSQL was asked for.');
    expect(run.stdout + run.stderr + embedded.stderr).not.toContain('hunter2');
  });

  it('has nothing left on it when the run is interrupted', async () => {
    const run = await lockstep(['shadow-run', at('forever.up.sql'), '--shadow', url], {
      onStart: (child) => {
        const interrupt = async (): Promise<void> => {
          const busy = await session.query(
            `select from pg_catalog.pg_stat_activity where query ~ 'sleep.600' and datname ~ '^lockstep_' and state = 'active'`,
          );
          if (busy.length > 0) child.kill('SIGINT');
          else setTimeout(interrupt, 50);
        };
        void interrupt();
      },
    });
    expect(run).toMatchObject({ code: 3, stdout: '' });
  });

  it.each([
    ['a role without the right', 'postgresql://nobody_special@localhost', 3, 'ALTER ROLE nobody_special CREATEDB;'],
    ['something that is no URL', 'embeded', 2, '--shadow'],
    ['nothing', '', 2, '--shadow'],
  ])('is refused with %s', async (_, named, code, words) => {
    const where = named.endsWith('localhost') ? `${named}:${server.settings.port}/postgres` : named;
    const run = await lockstep(['shadow-run', at('1_t.up.sql'), '--shadow', where]);
    expect(run).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(words) });
  });
});
