import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Draft, Receipt } from '../../engine/generate/draft.ts';
import { type ConnectionId, sampleConnectionId } from '../../shared/ids.ts';
import type { OperationName, ParsedOperation, ParsedRequest, RequestName } from '../../shared/ipc/wire.ts';
import { ok, type Result } from '../../shared/result.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { createConnectionBook } from '../connections/connection-book.ts';
import { createHistoryDoor, type HistoryDoor } from '../history/history-door.ts';
import type { JobName } from '../jobs/job-table.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { createKeychain } from '../secrets/keychain.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import { createAllowedFolders } from './allowed-folders.ts';
import { createHandlers } from './create-handlers.ts';

const draft: Draft = {
  planner: 'built-in',
  slug: 'add_email_verified',
  title: 'Add email_verified to users',
  up: 'alter table users add column email_verified boolean;',
  down: 'alter table users drop column email_verified;',
  assumptions: [],
  questions: [],
  risks: [],
  estimatedLockTime: null,
  receipt: null,
};
const receipt: Receipt = {
  models: [],
  promptVersion: '1',
  tablesSent: [],
  redacted: [],
  costDollars: 0.4,
  milliseconds: 1,
};
const identity = {
  address: null,
  port: null,
  database: 'shop',
  user: 'postgres',
  version: 180006,
  versionText: '18.6',
  readOnly: true,
};
const catalog = { formatVersion: 1, fingerprint: 'f1', capturedAt: '2026-03-18T14:00:00.000Z' };
const shadowReport = {
  version: 1,
  shadow: { kind: 'server', version: 150018, why: ['This server was named for the run'] },
  clone: { ms: 1, fidelity: 'exact', differences: [], stubbed: [] },
  steps: [],
  restored: true,
  columnOrder: 'same',
  differences: [],
  statements: [],
  data: null,
  queries: null,
  elapsedMs: 2,
};
const report = (name: string) => ({
  name,
  files: { up: null, down: null },
  statements: [],
  findings: [],
  notChecked: [],
  shadow: null,
});

let folder = '';
let history: HistoryDoor;
let now = '';
let elapsed = 0;
let chosen: string | null = null;
let ran: { job: JobName; input: Record<string, unknown> }[] = [];
let heard: string[] = [];
let keychainWorks = true;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lockstep-handlers-'));
  history = createHistoryDoor(
    path.join(folder, 'history.sqlite'),
    () => now,
    () => {},
  );
  readNow = catalog;
  [now, elapsed, chosen, ran, heard, keychainWorks] = ['2026-03-18T14:20:00.000Z', 0, null, [], [], true];
});
afterEach(async () => {
  await history.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Jobs that answer at once with what a real thread would. */
/** What the database gives when it is read. */
let readNow = catalog;

const answers: Partial<Record<JobName, (input: Record<string, unknown>) => Result<unknown, never>>> = {
  'catalog.read': () => ok({ identity, catalog: readNow, packed: new Uint8Array(), state: '{}' }),
  'catalog.compare': () => ok({ packed: new Uint8Array([1]) }),
  'draft.plan': () => ok(draft),
  'draft.ask': () => ok({ ...draft, planner: 'anthropic', receipt }),
  'migration.validate': (input) => ok(report(String(input['name']))),
  'shadow.run': () => ok(shadowReport),
};

function setUp() {
  const entries = new Map<string, string>();
  const keychain = createKeychain(async () => ({
    getPassword: async (_service, account) => entries.get(account) ?? null,
    setPassword: async (_service, account, value) => {
      if (!keychainWorks) throw new Error('Cannot autolaunch D-Bus');
      entries.set(account, value);
    },
    deletePassword: async (_service, account) => entries.delete(account),
  }));
  const secrets = createSecretStore(keychain);
  let id = 0;
  const newId = (): string => {
    id += 1;
    return `id-${id}`;
  };
  const jobs: Jobs = {
    run: async (job, input) => {
      ran.push({ job, input: { ...input } });
      const answer = answers[job];
      if (answer === undefined) throw new Error(`${job} was not expected`);
      return answer({ ...input }) as never;
    },
    warmUp: () => {},
    close: async () => {},
  };
  const handlers = createHandlers({
    history,
    secrets,
    connections: createConnectionBook(history, secrets, newId),
    jobs,
    folders: createAllowedFolders(),
    broadcast: (name) => void heard.push(name),
    clock: { now: () => now, elapsed: () => elapsed },
    newId,
    desktop: {
      version: '1',
      electron: '1',
      platform: 'linux',
      chooseFolder: async () => chosen,
      chooseFile: async (proposed) => (chosen === null ? null : path.join(chosen, proposed)),
      chooseCatalogFile: async () => chosen,
      openInBrowser: async () => {},
      applyTheme: () => {},
      showInFolder: (file) => void heard.push(`shown ${file}`),
    },
    anthropicBaseUrl: null,
  });
  const context = { signal: new AbortController().signal, report: () => {} };
  const request = async <C extends RequestName>(name: C, input: ParsedRequest<C>) => handlers.requests[name](input);
  const operate = async <C extends OperationName>(name: C, input: ParsedOperation<C>) =>
    handlers.operations[name](input, context);
  const newMigration = async () => {
    const created = await request('migrations.create', {
      connectionId: sampleConnectionId,
      request: 'add email_verified',
    });
    if (!created.ok) throw new Error(created.error.code);
    return created.value.id;
  };
  return { request, operate, newMigration, entries };
}

const value = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

describe('comparing catalogs', () => {
  const reading = { kind: 'reading', fingerprint: 'f1' } as const;

  test('reads only files that a person chose in this session', async () => {
    const { request, operate } = setUp();
    const file = { kind: 'file', path: '/etc/passwd' } as const;
    const refused = await operate('catalog.compare', { before: file, after: reading, asCopies: true });
    expect(refused).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
    expect(ran).toEqual([]);
    chosen = '/tmp/schema.sql';
    expect(value(await request('catalog.chooseFile', {}))).toEqual({ path: chosen });
    value(await operate('catalog.compare', { before: { ...file, path: chosen }, after: reading, asCopies: true }));
    expect(ran.map(({ job }) => job)).toEqual(['catalog.compare']);
  });

  test('tells which readings are kept, and up to which one the changes were seen', async () => {
    const { request, operate } = setUp();
    const connectionId = sampleConnectionId;
    value(await operate('catalog.introspect', { connectionId }));
    readNow = { ...catalog, fingerprint: 'f2', capturedAt: now };
    value(await operate('catalog.introspect', { connectionId }));
    const seen = async () =>
      value(await request('catalog.readings', { connectionId })).find(({ isSeen }) => isSeen)?.fingerprint;
    expect(await seen()).toBe('f1');
    value(await request('catalog.markSeen', { connectionId, fingerprint: 'f2' }));
    expect(await seen()).toBe('f2');
  });
});

describe('reading a catalog', () => {
  test('goes on from the last reading of the connection', async () => {
    const { operate } = setUp();
    for (const _round of [1, 2]) value(await operate('catalog.introspect', { connectionId: sampleConnectionId }));
    expect(ran.map(({ input }) => input['earlier'])).toEqual([
      null,
      { fingerprint: catalog.fingerprint, lockstep: '1', state: '{}' },
    ]);
  });

  test('opens the connection: the database has said who it is', async () => {
    const { request, operate } = setUp();
    value(await operate('catalog.introspect', { connectionId: sampleConnectionId }));
    expect(value(await request('connections.list', {}))).toMatchObject([{ id: sampleConnectionId, identity }]);
    expect(heard).toContain('connections.changed');
  });
});

describe('drafting', () => {
  test('without a key uses the built-in planner, after reading a catalog that was never read', async () => {
    const { operate, newMigration } = setUp();
    const id = await newMigration();
    const migration = value(await operate('draft.generate', { id, request: 'add email_verified', planner: 'auto' }));
    expect(ran.map(({ job }) => job)).toEqual(['catalog.read', 'draft.plan']);
    expect(migration).toMatchObject({
      title: draft.title,
      versions: 1,
      current: { draft, baseFingerprint: 'f1' },
    });
    expect(heard).toContain('migrations.changed');
  });

  test('with the model but without a key says that the key is missing', async () => {
    const { operate, newMigration } = setUp();
    const id = await newMigration();
    expect(await operate('draft.generate', { id, request: 'x', planner: 'anthropic' })).toEqual({
      ok: false,
      error: { code: 'model.key_missing' },
    });
  });

  test('with a key asks the model until the spend cap of the month is reached', async () => {
    const { request, operate, newMigration } = setUp();
    const id = await newMigration();
    await request('secrets.setApiKey', { value: 'sk-ant-1', storage: 'session' });
    const settings = settingsSchema.parse({ model: { monthlyCapDollars: 0.5 } });
    await request('settings.save', settings);
    const ask = () => operate('draft.generate', { id, request: 'x', planner: 'auto' });
    expect(value(await ask()).current?.draft.planner).toBe('anthropic');
    expect(ran.at(-1)?.input).toMatchObject({ apiKey: 'sk-ant-1', baseUrl: 'https://api.anthropic.com' });
    value(await ask());
    expect(await ask()).toEqual({
      ok: false,
      error: { code: 'model.budget_exceeded', spentDollars: 0.8, capDollars: 0.5 },
    });
    now = '2026-04-01T00:00:00.000Z';
    value(await ask());
  });
});

describe('text typed by hand', () => {
  test('becomes a version only when it differs, and keeps where it came from', async () => {
    const { request, operate, newMigration } = setUp();
    const id = await newMigration();
    await operate('draft.generate', { id, request: 'x', planner: 'built-in' });
    const same = value(await request('migrations.saveText', { id, title: 'Renamed', up: draft.up, down: draft.down }));
    expect(same).toMatchObject({ title: 'Renamed', versions: 1 });
    const changed = value(
      await request('migrations.saveText', { id, title: 'Renamed', up: 'select 1;', down: draft.down }),
    );
    expect(changed).toMatchObject({ versions: 2, current: { draft: { up: 'select 1;', planner: 'built-in' } } });
  });

  test('without a draft before it is hand-written', async () => {
    const { request, newMigration } = setUp();
    const id = await newMigration();
    const saved = value(await request('migrations.saveText', { id, title: 'Ärger & Co.', up: 'select 1;', down: '' }));
    expect(saved.current).toMatchObject({
      draft: { planner: 'hand-written', slug: 'arger_co' },
      baseFingerprint: null,
    });
  });
});

describe('validating', () => {
  test('saves the report only when the text is the saved one, and only when it says something new', async () => {
    const { request, operate, newMigration } = setUp();
    const id = await newMigration();
    await request('migrations.saveText', { id, title: 't', up: 'select 1;', down: '' });
    const events = async () =>
      value(await request('history.events', { text: '', connectionId: null })).filter(
        ({ kind }) => kind === 'validated',
      ).length;
    await operate('validate.run', { id, up: 'select 1; --', down: '' });
    expect(await events()).toBe(0);
    await operate('validate.run', { id, up: 'select 1;', down: '' });
    await operate('validate.run', { id, up: 'select 1;', down: '' });
    expect(await events()).toBe(1);
  });
});

describe('exporting', () => {
  const saved = async ({ request, newMigration }: ReturnType<typeof setUp>) => {
    const id = await newMigration();
    await request('migrations.saveText', { id, title: 'Add email', up: 'select 1;', down: 'select 2;' });
    return id;
  };

  test('writes exactly what was previewed, names included, and never twice', async () => {
    const app = setUp();
    const id = await saved(app);
    const { files } = value(await app.request('export.preview', { id }));
    expect(files.map((file) => file.path)).toEqual([
      '20260318142000_add_email.up.sql',
      '20260318142000_add_email.down.sql',
      '20260318142000_add_email.lockstep.json',
    ]);
    now = '2026-03-18T14:25:00.000Z';
    chosen = path.join(folder, '.');
    const directory = value(await app.request('export.chooseDirectory', {})).directory ?? '';
    const written = value(await app.request('export.write', { id, directory }));
    for (const [index, file] of written.files.entries()) {
      expect(readFileSync(file, 'utf8')).toBe(files[index]?.contents);
    }
    expect(value(await app.request('migrations.get', { id })).status).toBe('exported');
    expect(value(await app.request('export.reveal', { path: written.files[0] ?? '' }))).toEqual({});
    expect(heard).toContain(`shown ${written.files[0]}`);
  });

  test('uses the time of writing when the preview is old or of another version', async () => {
    const app = setUp();
    const id = await saved(app);
    await app.request('export.preview', { id });
    now = '2026-03-18T15:00:00.000Z';
    elapsed = 40 * 60_000;
    chosen = folder;
    await app.request('export.chooseDirectory', {});
    value(await app.request('export.write', { id, directory: folder }));
    expect(readdirSync(folder)).toContain('20260318150000_add_email.up.sql');
  });

  test('goes only where a person chose', async () => {
    const app = setUp();
    const id = await saved(app);
    for (const directory of [folder, 'relative', path.join(folder, '..')]) {
      expect(await app.request('export.write', { id, directory })).toMatchObject({
        ok: false,
        error: { code: 'input.invalid' },
      });
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.sql'))).toEqual([]);
  });

  test('to the folder of the settings needs no further dialog', async () => {
    const app = setUp();
    const id = await saved(app);
    chosen = folder;
    await app.request('export.chooseDirectory', {});
    value(await app.request('settings.save', settingsSchema.parse({ exportDirectory: folder })));
    const later = setUp();
    value(await later.request('settings.save', settingsSchema.parse({ exportDirectory: folder, theme: 'dark' })));
    value(await later.request('export.write', { id, directory: folder }));
  });
});

describe('pictures of a diagram', () => {
  test('go where the person wants them, in the place of an older one, and nowhere when the dialog is closed', async () => {
    const { request } = setUp();
    const picture = { name: 'shop / "ünï"', format: 'svg', contents: '<svg/>' } as const;
    expect(await request('diagram.save', picture)).toEqual(ok({ path: null }));
    chosen = folder;
    const file = path.join(folder, 'shop-ünï-.svg');
    expect(await request('diagram.save', picture)).toEqual(ok({ path: file }));
    expect(await request('diagram.save', { ...picture, contents: '<svg>2</svg>' })).toEqual(ok({ path: file }));
    expect(readFileSync(file, 'utf8')).toBe('<svg>2</svg>');
    const bytes = { name: 'p', format: 'png', contents: Buffer.from([137, 80, 0]).toString('base64') } as const;
    await request('diagram.save', bytes);
    expect([...readFileSync(path.join(folder, 'p.png'))]).toEqual([137, 80, 0]);
    chosen = path.join(folder, 'gone');
    expect(await request('diagram.save', picture)).toMatchObject({ ok: false, error: { code: 'disk.not_found' } });
  });
});

describe('connections', () => {
  const profile = {
    id: null,
    name: 'Shop',
    environment: 'production',
    host: 'db',
    port: 5432,
    database: 'shop',
    user: 'anna',
    tls: 'require',
    rootCertificate: null,
  } as const;
  const set = { kind: 'set', value: 'pa55', storage: 'keychain' } as const;

  test('keep their password through a change that does not touch it, and lose it when told', async () => {
    const { request, entries } = setUp();
    const { id } = value(await request('connections.save', { profile, password: set }));
    const kept = value(
      await request('connections.save', { profile: { ...profile, id, port: 5433 }, password: { kind: 'keep' } }),
    );
    expect(kept).toMatchObject({ port: 5433, password: 'keychain' });
    expect([...entries.values()]).toEqual(['pa55']);
    const forgot = value(
      await request('connections.save', { profile: { ...profile, id }, password: { kind: 'forget' } }),
    );
    expect(forgot.password).toBe('none');
    expect(entries.size).toBe(0);
  });

  test('are not saved when the keychain refuses their password', async () => {
    const { request } = setUp();
    keychainWorks = false;
    expect(await request('connections.save', { profile, password: set })).toMatchObject({
      ok: false,
      error: { code: 'secrets.unavailable' },
    });
    expect(value(await request('connections.list', {}))).toHaveLength(1);
  });

  test('can be named for shadow runs, with their password from the keychain, unless they are of production', async () => {
    const { request, operate, newMigration } = setUp();
    const migration = await newMigration();
    value(await operate('draft.generate', { id: migration, request: 'add email_verified', planner: 'auto' }));
    const save = async (environment: 'production' | 'staging') =>
      value(await request('connections.save', { profile: { ...profile, environment }, password: set })).id;
    const name = async (shadowConnectionId: ConnectionId | null) =>
      value(await request('settings.save', { ...settingsSchema.parse({}), shadowConnectionId }));
    const server = async () => {
      ran = [];
      const result = await operate('shadow.run', { id: migration });
      return result.ok ? (ran.at(-1)?.input['server'] ?? null) : result.error;
    };
    expect(await server()).toBeNull();
    const staging = await save('staging');
    await name(staging);
    expect(await server()).toMatchObject({
      kind: 'postgresql',
      password: 'pa55',
      settings: { host: 'db', user: 'anna' },
    });
    await name(await save('production'));
    expect(await server()).toMatchObject({ code: 'shadow.unavailable', reason: expect.stringContaining('production') });
    await name(staging);
    value(await request('connections.delete', { id: staging }));
    expect(value(await request('settings.get', {})).shadowConnectionId).toBeNull();
    expect(await server()).toBeNull();
  });

  test('take their password with them when they are deleted', async () => {
    const { request, entries } = setUp();
    const { id } = value(await request('connections.save', { profile, password: set }));
    value(await request('connections.delete', { id }));
    expect(entries.size).toBe(0);
    expect(await request('catalog.kept', { connectionId: id, known: null })).toEqual({
      ok: true,
      value: { kind: 'none' },
    });
  });

  test('include the sample database, which cannot be changed or deleted', async () => {
    const { request } = setUp();
    expect(await request('connections.delete', { id: sampleConnectionId })).toMatchObject({
      ok: false,
      error: { code: 'input.invalid' },
    });
    expect(
      await request('connections.save', {
        profile: { ...profile, id: sampleConnectionId },
        password: { kind: 'keep' },
      }),
    ).toMatchObject({ ok: false, error: { code: 'input.invalid' } });
  });

  test('hand a pasted password on by its id', async () => {
    const { request, entries } = setUp();
    const parsed = value(await request('connections.parseUri', { uri: 'postgresql://anna:s3cret@db/shop' }));
    expect(JSON.stringify(parsed)).not.toContain('s3cret');
    const password = { kind: 'from-uri', id: parsed.passwordId ?? '', storage: 'keychain' } as const;
    value(await request('connections.save', { profile, password }));
    expect([...entries.values()]).toEqual(['s3cret']);
    expect(await request('connections.save', { profile, password: { ...password, id: 'gone' } })).toMatchObject({
      ok: false,
      error: { code: 'input.invalid', issues: [{ path: 'password' }] },
    });
  });
});
