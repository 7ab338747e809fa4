import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmbeddedShadowDatabases } from '../../../src/adapters/pglite/embedded-shadow.ts';
import { shadowRun } from '../../../src/engine/shadow/shadow-run.ts';
import type { LockstepError } from '../../../src/shared/errors.ts';
import { cacheFolder, clock, testShadows, workerFile } from './shadows.ts';

const databases = testShadows();
const table = { up: 'create table a (b int)', down: 'drop table a' };

/** What a run of an up says: the failure of the run, the SQLSTATE at which up stopped, or whether down restored. */
async function outcomeOf(
  up: string,
  more: { readonly down?: string; readonly timeoutSeconds?: number; readonly rows?: number } = {},
): Promise<{ readonly failed: LockstepError } | { readonly refused: string } | { readonly restored: boolean }> {
  const run = await shadowRun({ catalog: null, up, down: '', databases, clock, timeoutSeconds: 20, rows: 0, ...more });
  if (!run.ok) return { failed: run.error };
  const refused = run.value.steps.find(({ name }) => name === 'up')?.error?.sqlstate;
  return refused === undefined ? { restored: run.value.restored } : { refused };
}

const recursive = (language: string, body: string) =>
  `create function f(n int) returns int language ${language} as '${body}'; select f(1)`;

describe('a migration that', () => {
  it.each([
    ['loops for ever', 'do $$ begin loop end loop; end $$'],
    ['reads a recursive query without an end', 'with recursive r as (select 1 union all select 1 from r) table r'],
    ['sleeps', 'select pg_sleep(1000)'],
    [
      'gathers more than there is memory',
      'create table t as select array_agg(n) from generate_series(1, 1000000000) n',
    ],
  ])('%s is ended at the time limit', async (_what, up) => {
    expect(await outcomeOf(up, { timeoutSeconds: 1 })).toEqual({ failed: { code: 'shadow.timeout', seconds: 1 } });
  });

  it.each([
    ['PL/pgSQL', recursive('plpgsql', 'begin return f(n + 1); end')],
    ['SQL', recursive('sql', 'select f(n + 1)')],
  ])('recurses in %s without an end exhausts the stack, and the run says so', async (_language, up) => {
    expect(await outcomeOf(up)).toEqual({
      failed: { code: 'shadow.crashed', reason: 'a statement exhausted the stack of the engine' },
    });
  });

  it('asks for more memory than there can be is refused', async () => {
    const wide = Array.from({ length: 8 }, (_, number) => `repeat('x', ${(number + 1) * 100_000_000})`).join(' || ');
    expect(await outcomeOf(`create table t as select ${wide} as a`, { timeoutSeconds: 30 })).toEqual({
      refused: expect.stringMatching(/^(?:53200|54000|XX000)$/),
    });
  });

  it('damages the system catalogs ends the run', async () => {
    expect(await outcomeOf('delete from pg_catalog.pg_proc; delete from pg_catalog.pg_class')).toMatchObject({
      failed: { code: 'shadow.crashed' },
    });
  });

  it('drops everything with CASCADE is proved, and the computed down brings all of it back', async () => {
    const up = 'create table x (a int); commit; drop schema public cascade; set session_replication_role = replica';
    expect(await outcomeOf(up, { down: 'create schema public' })).toMatchObject({ restored: false });
  });

  it.each([
    ['a DO block', 'do $$ begin create table x (a int); commit; create table y (a int); rollback; end $$'],
    ['the file', 'create table x (a int); begin; create table y (a int); rollback'],
  ])('commits and rolls back in %s leaves what it committed', async (_where, up) => {
    expect(await outcomeOf(up, { down: 'drop table x', rows: 12 })).toEqual({ restored: true });
  });

  it('leaves nothing: the next run works', async () => {
    expect(await outcomeOf(table.up, { down: table.down })).toEqual({ restored: true });
  });
});

describe('the disk of the engine', () => {
  it('has an end, at which a statement is refused and after which the run goes on', async () => {
    const client = await databases.open({ extensions: [], timeoutSeconds: 120 });
    try {
      await client.execute('create unlogged table t (a text); alter table t alter a set storage external');
      const fill = `insert into t select repeat('x', 1000000) from generate_series(1, 2000)`;
      await expect(client.execute(fill)).rejects.toMatchObject({ refusal: { sqlstate: '53100' } });
      await client.execute('truncate t');
      await client.execute(fill.replace('2000', '20'));
      expect(await client.query('select count(*)::int4 as n from t')).toEqual([{ n: 20 }]);
    } finally {
      await client.close();
    }
  });
});

describe('the image that databases start from', () => {
  let folder: string;
  const image = () => join(folder, 'pglite-0.5.16-base.tar');
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-images-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const runIn = (cache: string) =>
    shadowRun({
      ...table,
      catalog: null,
      rows: 0,
      clock,
      databases: createEmbeddedShadowDatabases({ workerFile, cacheFolder: cache }),
    });

  it.each([
    ['cut off', () => truncate(image(), 1_000_000)],
    ['something else', () => writeFile(image(), 'no image at all'.repeat(1000))],
  ])('is made anew when it is %s', async (_how, damage) => {
    const whole = (await readdir(cacheFolder)).find((name) => name.endsWith('-base.tar')) ?? '';
    await writeFile(image(), await readFile(join(cacheFolder, whole)));
    await damage();
    expect(await runIn(folder)).toMatchObject({ ok: true, value: { restored: true } });
    expect((await stat(image())).size).toBeGreaterThan(10_000_000);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('stays in memory when its folder cannot be written', async () => {
    expect(await runIn('/dev/null/lockstep')).toMatchObject({ ok: true, value: { restored: true } });
  });
});
