import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSampleDatabase, type SampleDatabase } from '../../../src/adapters/pglite/sample-database.ts';
import { SqlFailure } from '../../../src/engine/ports/sql-client.ts';
import { testShadows } from './shadows.ts';

let folder = '';
let sample: SampleDatabase;
const phases: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockstep-sample-'));
  const opened = await openSampleDatabase({
    folder,
    databases: testShadows(),
    onProgress: ({ phase, done, total }) => phases.push(`${phase} ${done}/${total}`),
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  sample = opened.value;
});

afterAll(async () => {
  await sample.close();
  await rm(folder, { recursive: true });
});

describe('the sample database', () => {
  it('is made with progress, once', async () => {
    expect(phases).toEqual(['making 0/3', 'making 1/3', 'making 2/3', 'making 3/3', 'opening 0/1', 'opening 1/1']);
    const again: string[] = [];
    const second = await openSampleDatabase({
      folder,
      databases: testShadows(),
      onProgress: ({ phase }) => again.push(phase),
    });
    // Two may be open at once, here and in two processes: neither holds the file.
    expect(second.ok && (await second.value.query('select count(*)::int4 as n from app.users'))).toEqual([{ n: 3200 }]);
    if (second.ok) await second.value.close();
    expect(again).toEqual(['opening', 'opening']);
  });

  it('is a shop with tens of thousands of analysed rows', async () => {
    const [size] = await sample.query(
      `select count(*)::int4 as tables, sum(reltuples)::int4 as rows from pg_catalog.pg_class
       where relkind = 'r' and relnamespace in ('app'::regnamespace, 'billing'::regnamespace, 'warehouse'::regnamespace)`,
    );
    expect(size?.['tables']).toBe(19);
    expect(Number(size?.['rows'])).toBeGreaterThan(50_000);
    const unfilled = await sample.query(
      `select relname from pg_catalog.pg_class where relkind = 'r' and reltuples <= 0 and relnamespace = 'app'::regnamespace`,
    );
    expect(unfilled).toEqual([]);
  });

  it('has one table that "users" can mean', async () => {
    expect(
      await sample.query(
        "select relnamespace::regnamespace::text as schema from pg_catalog.pg_class where relname = 'users'",
      ),
    ).toEqual([{ schema: 'app' }]);
  });

  it('is called shop', async () => {
    expect(await sample.query('select current_database() as name')).toEqual([{ name: 'shop' }]);
  });

  it('refuses writes', async () => {
    await expect(sample.query('delete from app.reviews')).rejects.toSatisfy(
      (error) => error instanceof SqlFailure && error.refusal.sqlstate === '25006',
    );
  });

  it('begins again where making was interrupted, and leaves no old image behind', async () => {
    const other = await mkdtemp(join(tmpdir(), 'lockstep-sample-'));
    try {
      await writeFile(join(other, 'pglite-0.5.0-shop-000000000000.tar'), 'an older shop');
      await writeFile(join(other, 'pglite-0.5.16-shop-1.tar.1234.part'), 'half a shop');
      const cancel = new AbortController();
      const cancelled = await openSampleDatabase({
        folder: other,
        databases: testShadows(),
        signal: cancel.signal,
        onProgress: ({ done }) => (done === 2 ? cancel.abort() : undefined),
      });
      expect(cancelled).toEqual({ ok: false, error: { code: 'cancelled' } });
      const opened = await openSampleDatabase({ folder: other, databases: testShadows() });
      expect(opened.ok).toBe(true);
      if (opened.ok) await opened.value.close();
      expect((await readdir(other)).filter((name) => name.endsWith('.tar'))).toHaveLength(1);
    } finally {
      await rm(other, { recursive: true });
    }
  });

  it('says when its folder cannot be used', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const opened = await openSampleDatabase({ folder: join(file, 'below'), databases: testShadows() });
    expect(opened).toMatchObject({ ok: false, error: { code: 'disk.not_found' } });
  });
});
