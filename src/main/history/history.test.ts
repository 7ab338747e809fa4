import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Draft } from '../../engine/generate/draft.ts';
import type { ShadowRunReport } from '../../engine/shadow/report.ts';
import type { MigrationReport } from '../../engine/validate/report.ts';
import { connectionIdSchema, type MigrationId, migrationIdSchema, sampleConnectionId } from '../../shared/ids.ts';
import { settingsSchema } from '../../shared/settings.ts';
import {
  keepCatalog,
  keepCatalogState,
  keptCatalogState,
  keptCatalogs,
  keptReadings,
  markSeen,
  newestCatalogKey,
  packedCatalog,
} from './catalog-store.ts';
import { searchEvents } from './event-search.ts';
import type { WritableHistory } from './handles.ts';
import { historyFailure } from './history-failure.ts';
import { findMigration, listMigrations, listVersions } from './migration-reads.ts';
import {
  appendVersion,
  createMigration,
  recordExport,
  recordReview,
  recordShadowRun,
  recordValidation,
} from './migration-writes.ts';
import { openHistory } from './open-history.ts';
import { deleteProfile, findProfile, listProfiles, touchProfile, writeProfile } from './profile-store.ts';
import { readSettings, writeSettings } from './settings-store.ts';
import { recordSpending, spentInMonth } from './spending-store.ts';

let folder = '';
let file = '';
const opened: WritableHistory[] = [];
const at = (minute: number): string => `2026-03-18T14:${String(minute).padStart(2, '0')}:00.000Z`;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lockstep-history-'));
  file = path.join(folder, 'history.sqlite');
});
afterEach(() => {
  for (const history of opened.splice(0)) history.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<WritableHistory> {
  const result = await openHistory(file, () => at(0));
  if (!result.ok) throw new Error(result.error.code);
  opened.push(result.value.history);
  return result.value.history;
}

const draft: Draft = {
  planner: 'built-in',
  slug: 'add_email_verified',
  title: 'Add email_verified to users',
  up: 'alter table users add column email_verified boolean;',
  down: 'alter table users drop column email_verified;',
  assumptions: ['the default is false'],
  questions: [],
  risks: [],
  estimatedLockTime: null,
  receipt: null,
};

const report: MigrationReport = {
  name: 'add_email_verified',
  files: { up: null, down: null },
  statements: [],
  findings: [
    {
      rule: 'add-column-without-default',
      category: 'locking',
      severity: 'warning',
      direction: 'up',
      statement: 0,
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 5,
      message: 'Käsekuchen',
      why: 'why',
      instead: 'instead',
      evidence: { rows: 5 },
      fix: null,
    },
  ],
  notChecked: [],
  shadow: null,
};

const shadowRun = (restored: boolean): ShadowRunReport => ({
  version: 1,
  shadow: { kind: 'embedded', version: 180006 },
  clone: { ms: 1, fidelity: 'exact', differences: [], stubbed: [] },
  steps: [],
  restored,
  columnOrder: 'same',
  differences: [],
  statements: [],
  data: null,
  queries: null,
  elapsedMs: 2,
});

const id = migrationIdSchema.parse('m1');

function create(history: WritableHistory, migration: MigrationId = id, connection = sampleConnectionId): void {
  createMigration(history, {
    id: migration,
    title: 'Add email_verified to users',
    request: 'add email_verified boolean to users',
    connectionId: connection,
    connectionName: 'Sample',
    environment: 'sample',
    at: at(1),
  });
}

function save(history: WritableHistory, minute: number, up = draft.up): number {
  const { title } = draft;
  return appendVersion(history, {
    id,
    at: at(minute),
    title,
    request: 'add email_verified',
    draft: { ...draft, up },
    baseFingerprint: 'f1',
  });
}

describe('a migration in the history', () => {
  test('goes from draft to exported, and every step is on the timeline', async () => {
    const history = await open();
    create(history);
    expect(findMigration(history, id)).toMatchObject({ versions: 0, status: 'draft', current: null });
    const version = save(history, 2);
    const statuses = [findMigration(history, id)?.status];
    const subject = { id, version };
    recordValidation(history, { ...subject, at: at(3) }, report);
    statuses.push(findMigration(history, id)?.status);
    recordShadowRun(history, { ...subject, at: at(4) }, shadowRun(false));
    statuses.push(findMigration(history, id)?.status);
    recordShadowRun(history, { ...subject, at: at(5) }, shadowRun(true));
    statuses.push(findMigration(history, id)?.status);
    recordReview(history, { ...subject, at: at(6) });
    statuses.push(findMigration(history, id)?.status);
    recordExport(history, { ...subject, at: at(7) }, '/tmp/migrations', ['a.up.sql', 'a.down.sql']);
    statuses.push(findMigration(history, id)?.status);
    expect(statuses).toEqual(['draft', 'validated', 'not reversible', 'proved', 'reviewed', 'exported']);
    expect(findMigration(history, id)).toMatchObject({
      warnings: 1,
      errors: 0,
      changedAt: at(7),
      current: {
        version: 1,
        draft,
        validation: { at: at(3), report },
        shadowRun: { at: at(5), report: { restored: true } },
        reviewedAt: at(6),
        exports: [{ at: at(7), directory: '/tmp/migrations', files: ['a.up.sql', 'a.down.sql'] }],
      },
    });
    expect(searchEvents(history, { text: '', connectionId: null }).map(({ kind }) => kind)).toEqual([
      'exported',
      'reviewed',
      'shadow run',
      'shadow run',
      'validated',
      'draft saved',
      'created',
    ]);
  });

  test('begins anew as a draft with a new version, and the old version keeps its reports', async () => {
    const history = await open();
    create(history);
    recordValidation(history, { id, version: save(history, 2), at: at(3) }, report);
    save(history, 4, 'select 2;');
    expect(findMigration(history, id)).toMatchObject({ versions: 2, status: 'draft', warnings: 0 });
    const versions = listVersions(history, id);
    expect(versions.map(({ version, draft: saved }) => [version, saved.up])).toEqual([
      [2, 'select 2;'],
      [1, draft.up],
    ]);
    expect(versions[1]?.validation?.at).toBe(at(3));
  });

  test('is listed with the one changed last first', async () => {
    const history = await open();
    create(history);
    create(history, migrationIdSchema.parse('m2'));
    save(history, 9);
    expect(listMigrations(history).map((migration) => migration.id)).toEqual(['m1', 'm2']);
  });

  test.each(['versions', 'validations', 'shadow_runs', 'reviews', 'exports', 'events'])(
    'keeps its %s: they cannot be changed or deleted',
    async (table) => {
      const history = await open();
      create(history);
      const subject = { id, version: save(history, 2), at: at(3) };
      recordValidation(history, subject, report);
      recordShadowRun(history, subject, shadowRun(true));
      recordReview(history, subject);
      recordExport(history, subject, '/d', []);
      expect(() => history.prepare(`delete from ${table}`).run()).toThrow('append-only');
      expect(() => history.prepare(`update ${table} set migration_id = 'other'`).run()).toThrow('append-only');
    },
  );
});

describe('the search', () => {
  const find = (history: WritableHistory, text: string): readonly string[] =>
    searchEvents(history, { text, connectionId: null }).map(({ kind }) => kind);

  test('finds words and beginnings in requests, SQL, rules and files, whatever their accents', async () => {
    const history = await open();
    create(history);
    const subject = { id, version: save(history, 2), at: at(3) };
    recordValidation(history, subject, report);
    recordExport(history, subject, '/d', ['20260318_add.up.sql']);
    expect(find(history, 'email_verif')).toEqual(['draft saved', 'created']);
    expect(find(history, 'drop column')).toEqual(['draft saved']);
    expect(find(history, 'kasekuchen')).toEqual(['validated']);
    expect(find(history, 'add-column-without-default')).toEqual(['validated']);
    expect(find(history, '20260318')).toEqual(['exported']);
    expect(find(history, 'nothing-like-it')).toEqual([]);
  });

  test.each(['"', "'", '*', 'a" OR "b', 'NEAR(', 'col:x', '-x', '(', '%', '\\'])(
    'takes %s as text, not as syntax',
    async (text) => {
      const history = await open();
      create(history);
      expect(() => find(history, text)).not.toThrow();
    },
  );

  test('can be limited to a connection', async () => {
    const history = await open();
    create(history);
    const other = connectionIdSchema.parse('c2');
    create(history, migrationIdSchema.parse('m2'), other);
    expect(searchEvents(history, { text: 'email', connectionId: other }).map(({ migrationId }) => migrationId)).toEqual(
      ['m2'],
    );
  });
});

describe('profiles', () => {
  const profile = {
    id: connectionIdSchema.parse('c1'),
    name: 'Störung "prod"',
    environment: 'production',
    host: 'db',
    port: 5432,
    database: 'shop',
    user: 'anna',
    tls: 'prefer',
    rootCertificate: null,
  } as const;

  test('are saved, changed, touched and deleted with their catalogs', async () => {
    const history = await open();
    writeProfile(history, profile, false);
    writeProfile(history, { ...profile, port: 5433 }, true);
    touchProfile(history, profile.id, at(5));
    expect(findProfile(history, profile.id)).toEqual({
      profile: { ...profile, port: 5433 },
      passwordInKeychain: true,
      lastUsedAt: at(5),
    });
    keepCatalog(history, profile.id, { formatVersion: 1, fingerprint: 'f', capturedAt: at(1) }, packed);
    deleteProfile(history, profile.id);
    expect(listProfiles(history)).toEqual([]);
    expect(newestCatalogKey(history, profile.id)).toBeNull();
  });
});

const packed = new Uint8Array([1, 2, 3]);

describe('kept catalogs', () => {
  const keep = (history: WritableHistory, fingerprint: string, minute: number): void =>
    keepCatalog(history, sampleConnectionId, { formatVersion: 1, fingerprint, capturedAt: at(minute) }, packed);

  test('are the newest, the one that was seen, and those that a version was written for', async () => {
    const history = await open();
    create(history);
    save(history, 2);
    keep(history, 'f1', 1);
    for (let minute = 3; minute <= 16; minute += 1) keep(history, `g${minute}`, minute);
    expect(newestCatalogKey(history, sampleConnectionId)).toMatchObject({ fingerprint: 'g16' });
    const kept = keptReadings(history, sampleConnectionId).map(({ fingerprint }) => fingerprint);
    expect(kept).toEqual(['g16', 'g15', 'g14', 'g13', 'g12', 'g11', 'g10', 'g9', 'g8', 'g7', 'f1']);
    expect(keptCatalogs(history).get(sampleConnectionId)).toEqual({ capturedAt: at(16), fingerprint: 'g16' });
    expect([...(packedCatalog(history, 'g16') ?? [])]).toEqual([...packed]);
    expect(packedCatalog(history, 'g3')).toBeNull();
  });

  test('remember up to which one the changes were seen, at first the very first', async () => {
    const history = await open();
    const seen = () => keptReadings(history, sampleConnectionId).find(({ isSeen }) => isSeen)?.fingerprint;
    keep(history, 'f1', 1);
    keep(history, 'f2', 2);
    expect(seen()).toBe('f1');
    markSeen(history, sampleConnectionId, 'f2');
    keep(history, 'f3', 3);
    for (let minute = 4; minute <= 16; minute += 1) keep(history, `g${minute}`, minute);
    expect(seen()).toBe('f2');
  });

  test('tell the fingerprint that their copies have', async () => {
    const history = await open();
    create(history);
    save(history, 2);
    expect(findMigration(history, id)?.current?.portableBaseFingerprint).toBeNull();
    const catalog = { formatVersion: 1, fingerprint: 'f1', portableFingerprint: 'p1', capturedAt: at(1) } as const;
    keepCatalog(history, sampleConnectionId, catalog, packed);
    keepCatalog(history, sampleConnectionId, { ...catalog, capturedAt: at(2) }, packed);
    keepCatalog(history, sampleConnectionId, { formatVersion: 1, fingerprint: 'f2', capturedAt: at(3) }, packed);
    expect(findMigration(history, id)?.current?.portableBaseFingerprint).toBe('p1');
  });

  test('go with the state of the database, for the version of Lockstep that read it', async () => {
    const history = await open();
    const kept = { fingerprint: 'f1', lockstep: '1.2.0', state: '{"next":"7"}' };
    keepCatalogState(history, sampleConnectionId, kept);
    expect(keptCatalogState(history, sampleConnectionId, '1.2.0')).toEqual(kept);
    expect(keptCatalogState(history, sampleConnectionId, '1.3.0')).toBeNull();
    keepCatalogState(history, sampleConnectionId, null);
    expect(keptCatalogState(history, sampleConnectionId, '1.2.0')).toBeNull();
  });

  test('of another format count as none', async () => {
    const history = await open();
    keepCatalog(history, sampleConnectionId, { formatVersion: 1, fingerprint: 'f', capturedAt: at(1) }, packed);
    history.prepare('update catalogs set format = 99').run();
    expect(newestCatalogKey(history, sampleConnectionId)).toBeNull();
  });
});

test('settings have defaults, are kept, and fall back to the defaults when they are no longer valid', async () => {
  const history = await open();
  const defaults = settingsSchema.parse({});
  expect(readSettings(history)).toEqual(defaults);
  writeSettings(history, { ...defaults, theme: 'dark' });
  expect(readSettings(history).theme).toBe('dark');
  history.prepare(`update settings set value = '{"theme":"purple"}'`).run();
  expect(readSettings(history)).toEqual(defaults);
});

test('spending is added up by calendar month', async () => {
  const history = await open();
  create(history);
  for (const [time, dollars] of [
    ['2026-02-28T23:59:59.000Z', 5],
    ['2026-03-01T00:00:00.000Z', 0.25],
    ['2026-03-31T23:59:59.000Z', 0.5],
  ] as const) {
    recordSpending(history, { at: time, dollars, migrationId: id });
  }
  expect(spentInMonth(history, at(0))).toBe(0.75);
  expect(spentInMonth(history, '2026-04-01T00:00:00.000Z')).toBe(0);
});

describe('the file', () => {
  test('is kept between sessions', async () => {
    create(await open());
    for (const history of opened.splice(0)) history.close();
    expect(listMigrations(await open())).toHaveLength(1);
  });

  test('of a newer Lockstep is refused and stays as it is', async () => {
    const newer = new Sqlite(file);
    newer.pragma('user_version = 99990');
    newer.close();
    const before = readFileSync(file);
    expect(await openHistory(file, () => at(0))).toEqual({
      ok: false,
      error: { code: 'history.newer', found: 99990, known: 50 },
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('that is damaged is moved aside with its content, and an empty history begins', async () => {
    writeFileSync(file, 'this is not a database, but someone may want it back'.repeat(50));
    const result = await openHistory(file, () => at(0));
    expect(result).toMatchObject({ ok: true, value: { damage: { code: 'history.damaged' } } });
    if (!result.ok || result.value.damage === null) throw new Error('damage was expected');
    opened.push(result.value.history);
    expect(path.basename(result.value.damage.path)).toBe('history.damaged-20260318140000.sqlite');
    expect(readFileSync(result.value.damage.path, 'utf8')).toContain('someone may want it back');
    expect(listMigrations(result.value.history)).toEqual([]);
  });

  test('on a full disk refuses the write as data, and what was saved is still there', async () => {
    const history = await open();
    create(history);
    save(history, 2);
    const pages = history.prepare<[], { page_count: number }>('pragma page_count').get()?.page_count ?? 0;
    history.prepare(`pragma max_page_count = ${pages + 1}`).get();
    let problem: unknown;
    try {
      save(history, 3, 'x'.repeat(500_000));
    } catch (caught) {
      problem = caught;
    }
    expect(historyFailure(problem, file)).toEqual({ code: 'disk.full', path: file });
    expect(listVersions(history, id).map(({ version }) => version)).toEqual([1]);
    expect(searchEvents(history, { text: '', connectionId: null })).toHaveLength(2);
  });

  test('in a folder that cannot be made is an error, not a crash', async () => {
    writeFileSync(path.join(folder, 'not-a-folder'), '');
    const result = await openHistory(path.join(folder, 'not-a-folder', 'history.sqlite'), () => at(0));
    expect(result).toMatchObject({ ok: false, error: { code: 'disk.failed' } });
  });

  test('a bug is not mistaken for a failure of the disk', () => {
    expect(historyFailure(new TypeError('x is not a function'), file)).toBeNull();
  });

  test('leaves nothing beside itself when it is closed', async () => {
    create(await open());
    for (const history of opened.splice(0)) history.close();
    expect(readdirSync(folder)).toEqual(['history.sqlite']);
  });
});
