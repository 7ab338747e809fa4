import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bundledExtensionNames } from '../../../src/adapters/pglite/bundled-extensions.ts';
import type { PgliteClient } from '../../../src/adapters/pglite/pglite-client.ts';
import type { ShadowFailure } from '../../../src/engine/ports/shadow-failure.ts';
import { SqlFailure } from '../../../src/engine/ports/sql-client.ts';
import { testShadows } from './shadows.ts';

const open: PgliteClient[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
});

async function openShadow(
  options: {
    readonly extensions?: readonly string[];
    readonly signal?: AbortSignal;
    readonly timeoutSeconds?: number;
  } = {},
): Promise<PgliteClient> {
  const client = await testShadows().open({ extensions: [], ...options });
  open.push(client);
  return client;
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a failure');
}

const ENDLESS = 'do $$ begin loop null; end loop; end $$';

describe('an embedded shadow database', () => {
  it('answers with the types that node-postgres delivers', async () => {
    const client = await openShadow();
    const [row] = await client.query(
      `select true as yes, 1::int4 as small, 9007199254740993::int8 as big, 'n'::name as name,
         array['a', null]::text[] as texts, array[1]::int8[] as bigs, '{"a": [1]}'::jsonb as json, 1.50::numeric as number,
         null::text as nothing, 5::oid as oid, array['x']::name[] as names, 'r'::"char" as letter`,
    );
    expect(row).toEqual({
      yes: true,
      small: 1,
      big: '9007199254740993',
      name: 'n',
      texts: ['a', null],
      bigs: ['1'],
      json: { a: [1] },
      number: '1.50',
      nothing: null,
      oid: 5,
      names: ['x'],
      letter: 'r',
    });
    expect(client.serverVersion).toBeGreaterThanOrEqual(180000);
  });

  it('can create every extension that it says it has', async () => {
    const client = await openShadow({ extensions: bundledExtensionNames });
    for (const name of bundledExtensionNames) {
      const problem = await client.query(`create extension if not exists "${name}" cascade`).catch((error) => error);
      expect([name, problem]).toEqual([name, []]);
    }
    const created = await client.query('select extname::text as name from pg_extension');
    expect(created.map(({ name }) => name).sort()).toEqual(bundledExtensionNames);
  });

  it('passes parameters', async () => {
    const client = await openShadow();
    expect(await client.query('select $1::text as a, $2::text[] as b', ["it's", ['ü', 'x"y']])).toEqual([
      { a: "it's", b: ['ü', 'x"y'] },
    ]);
  });

  it('says what the server refused, with the position in characters, not in UTF-16 units', async () => {
    const client = await openShadow();
    const failure = await failureOf(client.query("select 'žluťoučký 🐎' frm t"));
    expect(failure).toBeInstanceOf(SqlFailure);
    expect((failure as SqlFailure).refusal).toMatchObject({ sqlstate: '42601', position: 26 });
  });

  it('observes the messages that the server sends while a statement runs', async () => {
    const client = await openShadow();
    await client.execute('create table t (a int); set client_min_messages = debug1');
    const messages = await client.observe('alter table t add column b timestamptz default clock_timestamp()');
    expect(messages).toContain('DEBUG: rewriting table "t"');
  });

  it('creates bundled extensions that were named, and refuses others as a server without them does', async () => {
    const client = await openShadow({ extensions: ['citext', 'uuid-ossp'] });
    await client.execute('create extension citext; create extension "uuid-ossp"');
    expect(await client.query('select uuid_nil()::text as nil')).toEqual([
      { nil: '00000000-0000-0000-0000-000000000000' },
    ]);
    const failure = await failureOf(client.execute('create extension postgis'));
    expect((failure as SqlFailure).refusal.message).toContain('postgis');
  });

  it('is killed when its time is over, and the next one works', async () => {
    const client = await openShadow();
    client.limit(0.3);
    const started = performance.now();
    const failure = await failureOf(client.execute(ENDLESS));
    expect((failure as ShadowFailure).error).toEqual({ code: 'shadow.timeout', seconds: 0.3 });
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(((await failureOf(client.query('select 1'))) as ShadowFailure).error.code).toBe('shadow.timeout');

    const next = await openShadow();
    expect(await next.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('is killed within 200 ms when it is cancelled', async () => {
    const cancel = new AbortController();
    const client = await openShadow({ signal: cancel.signal });
    const running = failureOf(client.execute(ENDLESS));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const started = performance.now();
    cancel.abort();
    expect(((await running) as ShadowFailure).error).toEqual({ code: 'cancelled' });
    expect(performance.now() - started).toBeLessThan(200);
  });

  it('closes while it is busy, and refuses work afterwards', async () => {
    const client = await openShadow();
    const running = failureOf(client.execute(ENDLESS));
    await client.close();
    expect(((await running) as ShadowFailure).error.code).toBe('shadow.unavailable');
    expect(((await failureOf(client.query('select 1'))) as ShadowFailure).error.code).toBe('shadow.unavailable');
    await client.close();
  });

  it('is not trusted any more after an internal error', async () => {
    const client = await openShadow();
    const failure = await failureOf(
      client.execute(`do $$ begin raise exception 'inside' using errcode = 'XX000'; end $$`),
    );
    expect((failure as SqlFailure).refusal.sqlstate).toBe('XX000');
    expect(((await failureOf(client.query('select 1'))) as ShadowFailure).error).toEqual({
      code: 'shadow.crashed',
      reason: 'inside',
    });
  });

  it('opens again from its own dump', async () => {
    const client = await openShadow();
    await client.execute('create table kept as select 7 as n');
    const image = join(await mkdtemp(join(tmpdir(), 'lockstep-dump-')), 'image.tar');
    try {
      await writeFile(image, await client.dump());
      const again = await testShadows().open({ extensions: [], image });
      open.push(again);
      expect(await again.query('select n from kept')).toEqual([{ n: 7 }]);
    } finally {
      await rm(dirname(image), { recursive: true });
    }
  });
});
