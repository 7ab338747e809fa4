import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { unpackCatalog } from '../../../src/main/history/packed-catalog.ts';
import type { ConnectionSettings } from '../../../src/shared/connection-profile.ts';
import type { ConnectionId } from '../../../src/shared/ids.ts';
import type { PasswordChange } from '../../../src/shared/ipc/contract.ts';
import { type PostgresServer, startPostgresServer } from '../../../test/support/postgres-server.ts';
import { type Running, test } from '../../fixtures/app.ts';

const password = 'corr3ct-h0rse "battery"';
const script = `
create schema "Sales é";
create table "Sales é"."order" (id bigint generated always as identity primary key, note text not null);
create table public."order" (id uuid primary key, sale bigint references "Sales é"."order");
create role anna login password '${password}';
grant usage on schema "Sales é" to anna;
`;

let server: PostgresServer;
let shop: ConnectionSettings;

test.beforeAll(async () => {
  server = await startPostgresServer({ own: true, hba: ['host all anna all scram-sha-256'] });
  shop = await server.createDatabase(script);
});
test.afterAll(() => server.stop());

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, 'localhost');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });

const profileOf = (settings: ConnectionSettings) => ({
  ...settings,
  id: null,
  name: 'Shop, “staging”',
  environment: 'staging' as const,
  tls: 'prefer' as const,
});

async function save({ request }: Running, settings: ConnectionSettings, change: PasswordChange) {
  const saved = await request('connections.save', { profile: profileOf(settings), password: change });
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  return saved.value;
}

async function keptCatalog({ request }: Running, connectionId: ConnectionId): Promise<Catalog> {
  const kept = await request('catalog.kept', { connectionId });
  if (!kept.ok || kept.value.kind !== 'catalog') throw new Error(JSON.stringify(kept));
  return unpackCatalog(kept.value.packed);
}

const setForSession = (value: string): PasswordChange => ({ kind: 'set', value, storage: 'session' });

test('a connection is saved, opened read-only, read, and usable without the server afterwards', async ({
  launch,
  userData,
}) => {
  const running = await launch();
  const { id } = await save(running, { ...shop, user: 'anna' }, setForSession(password));
  const opened = await running.operate('connections.open', { id });
  expect(opened).toMatchObject({
    ok: true,
    value: { environment: 'staging', identity: { database: shop.database, user: 'anna', readOnly: true } },
  });
  const catalog = await running.operate('catalog.introspect', { connectionId: id });
  if (!catalog.ok) throw new Error(JSON.stringify(catalog.error));
  const read = await keptCatalog(running, id);
  const names = read.tables.map(({ schema, name }) => [schema, name]);
  expect(names).toEqual([
    ['Sales é', 'order'],
    ['public', 'order'],
  ]);
  await running.close();

  const again = await launch({ userData });
  const list = await again.request('connections.list', {});
  // A password for the session ends with the session; the profile and the catalog stay.
  expect(list).toMatchObject({
    ok: true,
    value: [{ id: 'sample' }, { id, password: 'none', identity: null, catalogAt: read.capturedAt }],
  });
  expect(await keptCatalog(again, id)).toEqual(read);
  expect(await again.request('catalog.kept', { connectionId: id, known: catalog.value })).toEqual({
    ok: true,
    value: { kind: 'same' },
  });
});

test('a pasted URI is taken apart in main, and its password never comes back', async ({ running }) => {
  const uri = `postgresql://anna:${encodeURIComponent(password)}@${shop.host}:${shop.port}/${shop.database}?sslmode=prefer`;
  const parsed = await running.request('connections.parseUri', { uri });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const { settings, passwordId } = parsed.value;
  expect(settings).toMatchObject({ host: shop.host, port: shop.port, user: 'anna', tls: 'prefer' });
  expect(JSON.stringify(parsed)).not.toContain('h0rse');
  const { id } = await save(running, settings, { kind: 'from-uri', id: passwordId ?? '', storage: 'session' });
  expect(await running.operate('connections.open', { id })).toMatchObject({ ok: true });
});

test.describe('what goes wrong is said as data', () => {
  const attempt = async (running: Running, settings: ConnectionSettings, change: PasswordChange) =>
    running.operate('connections.test', { profile: profileOf(settings), password: change });
  const anna = (): ConnectionSettings => ({ ...shop, user: 'anna' });

  test('a wrong password', async ({ running }) => {
    const answer = await attempt(running, anna(), setForSession('wrong-h0rse'));
    expect(answer).toEqual({ ok: false, error: { code: 'connection.password_rejected', user: 'anna' } });
  });

  test('no password', async ({ running }) => {
    expect(await attempt(running, anna(), { kind: 'forget' })).toEqual({
      ok: false,
      error: { code: 'connection.password_missing', user: 'anna' },
    });
  });

  test('an unknown database', async ({ running }) => {
    expect(await attempt(running, { ...anna(), database: 'nowhere' }, setForSession(password))).toEqual({
      ok: false,
      error: { code: 'connection.database_unknown', database: 'nowhere' },
    });
  });

  test('an unknown host', async ({ running }) => {
    expect(await attempt(running, { ...anna(), host: 'nowhere.invalid' }, setForSession(password))).toMatchObject({
      ok: false,
      error: { code: 'connection.host_unknown', host: 'nowhere.invalid' },
    });
  });

  test('a server that died after it was opened', async ({ running }) => {
    const own = await startPostgresServer({ own: true });
    const { id } = await save(running, own.settings, { kind: 'forget' });
    expect(await running.operate('connections.open', { id })).toMatchObject({ ok: true });
    own.kill();
    // A process that is killed keeps its port for a moment, and resets what connects to it.
    await expect.poll(() => isListening(own.settings.port)).toBe(false);
    const read = await running.operate('catalog.introspect', { connectionId: id });
    expect(read).toMatchObject({ ok: false, error: { code: 'connection.refused', port: own.settings.port } });
    expect(await running.request('catalog.kept', { connectionId: id })).toEqual({
      ok: true,
      value: { kind: 'none' },
    });
    const list = await running.request('connections.list', {});
    expect(list).toMatchObject({ ok: true, value: [{ id: 'sample' }, { id, identity: null }] });
    expect(await running.request('app.info', {})).toMatchObject({ ok: true });
    await own.stop();
  });
});

test('after a session with a password and a key, no file holds either of them', async ({ launch, userData }) => {
  const key = 'sk-ant-e2e-0123456789-secret';
  const running = await launch();
  expect(await running.request('secrets.setApiKey', { value: key, storage: 'session' })).toMatchObject({ ok: true });
  const { id } = await save(running, { ...shop, user: 'anna' }, setForSession(password));
  await running.operate('connections.open', { id });
  await running.operate('connections.test', {
    profile: profileOf({ ...shop, user: 'anna' }),
    password: setForSession('wr0ng-secret'),
  });
  await running.operate('catalog.introspect', { connectionId: id });
  expect(running.output()).not.toMatch(/h0rse|wr0ng-secret|sk-ant-e2e/);
  await running.close();
  const files = filesIn(userData);
  expect(files.map((file) => path.basename(file))).toContain('history.sqlite');
  for (const file of files) {
    const content = readFileSync(file).toString('latin1');
    for (const secret of ['h0rse', 'wr0ng-secret', 'sk-ant-e2e']) {
      expect(content.includes(secret), `${secret} in ${file}`).toBe(false);
    }
  }
});

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true
      ? filesIn(file)
      : statSync(file, { throwIfNoEntry: false })?.isFile() === true
        ? [file]
        : [];
  });
}
