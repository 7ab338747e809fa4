import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmbeddedShadowDatabases } from '../../../src/adapters/pglite/embedded-shadow.ts';
import { createKeptFiles } from '../../../src/adapters/pglite/kept-files.ts';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { openClone } from '../../../src/engine/shadow/clone-catalog.ts';
import type { ShadowRunReport } from '../../../src/engine/shadow/report.ts';
import { shadowRun } from '../../../src/engine/shadow/shadow-run.ts';
import { cacheFolder, clock, testShadows, workerFile } from './shadows.ts';

/** Fewer are copied as fast as read. */
const TABLES = 31;

let folder: string;
let catalog: Catalog;
/** Shadow databases as another process has them: nothing but the files is shared. */
const another = () =>
  createEmbeddedShadowDatabases({
    workerFile,
    cacheFolder,
    keptStates: 1,
    files: createKeptFiles({ version: 'test', cacheFolder: folder }),
  });

const prove = async (): Promise<ShadowRunReport> => {
  const run = await shadowRun({
    catalog,
    up: 'alter table t1 add note text; insert into t1 (id) values (4711)',
    down: 'alter table t1 drop note; delete from t1',
    databases: another(),
    clock,
    rows: 0,
  });
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  return run.value;
};
/** As a run opens it: with the extension that every database has. */
const clone = () => openClone({ databases: another(), catalog, extensions: ['plpgsql'], clock });
const kept = (): readonly string[] => readdirSync(join(folder, 'kept'));
/** What two runs of the same say alike. */
const said = ({ clone, steps, statements, data, restored }: ShadowRunReport) => ({
  clone: { ...clone, ms: 0 },
  steps: steps.map(({ name, fingerprint, equalTo }) => ({ name, fingerprint, equalTo })),
  statements: statements.map((statement) => ({ ...statement, ms: 0 })),
  data,
  restored,
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-clones-'));
  const source = await testShadows().open({ extensions: [] });
  const numbers = Array.from({ length: TABLES }, (_, number) => number);
  await source.execute(
    numbers.map((number) => `create table t${number} (id int primary key, "Ü" text default '${number}');`).join('\n'),
  );
  catalog = { ...(await introspect(source, { clock })), facts: null };
  await source.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a copy that another process made', () => {
  it('is opened again, and the run says the same of it', async () => {
    const cold = await prove();
    expect(cold).toMatchObject({ restored: true, clone: { fidelity: 'exact' } });
    const [name] = kept();
    expect(name).toMatch(/\.kept$/);
    const written = readFileSync(join(folder, 'kept', name ?? ''));
    expect(said(await prove())).toEqual(said(cold));
    // It is as it was before anything ran on it, and no run writes to it.
    expect(readFileSync(join(folder, 'kept', name ?? '')).equals(written)).toBe(true);
    const { database } = await clone();
    expect(await database.query('select count(*)::int4 as rows from t1')).toEqual([{ rows: 0 }]);
    await database.close();
  });

  it('is made anew where its file is damaged, or does not hold what it says', async () => {
    const [name = ''] = kept();
    const path = join(folder, 'kept', name);
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, whole.length / 2));
    const first = await clone();
    expect(first.report.fidelity).toBe('exact');
    await first.database.close();
    expect(readFileSync(path).length).toBeGreaterThan(whole.length * 0.9);

    const files = createKeptFiles({ version: 'test', cacheFolder: folder });
    const key = `${catalog.fingerprint} plpgsql`;
    const state = await files.read(key);
    if (state === null) throw new Error('it should be there again');
    await files.write(key, { ...state, about: state.about.replace(/"fingerprint":"./, '"fingerprint":"x') });
    const second = await clone();
    expect(second.report.fidelity).toBe('exact');
    await second.database.close();
    expect((await files.read(key))?.about).toContain(`"fingerprint":"${first.baseline.catalog.fingerprint}"`);
  });
});
