import { expect } from '@playwright/test';
import { type Running, test } from '../../fixtures/app.ts';
import { startKeyring } from '../../fixtures/keyring.ts';

const key = 'sk-ant-e2e-keychain-0123456789';
const profile = {
  id: null,
  name: 'Keychain',
  environment: 'development' as const,
  host: 'localhost',
  port: 1,
  database: 'shop',
  user: 'anna',
  tls: 'disable' as const,
  rootCertificate: null,
};

const savePassword = ({ request }: Running, storage: 'keychain' | 'session') =>
  request('connections.save', { profile, password: { kind: 'set', value: 'h0rse', storage } });

test('a real keychain keeps secrets over a restart, and forgets them when asked', async ({ launch, userData }) => {
  const keyring = await startKeyring({ unlocked: true });
  try {
    const first = await launch({ environment: keyring.environment });
    expect(await first.request('secrets.status', {})).toEqual({
      ok: true,
      value: { keychain: 'available', reason: null, apiKey: 'none' },
    });
    expect(await first.request('secrets.setApiKey', { value: `${key}\n`, storage: 'keychain' })).toMatchObject({
      ok: true,
    });
    const saved = await savePassword(first, 'keychain');
    if (!saved.ok) throw new Error(JSON.stringify(saved.error));
    expect(saved.value.password).toBe('keychain');
    await first.close();

    const second = await launch({ userData, environment: keyring.environment });
    expect(await second.request('secrets.status', {})).toMatchObject({ ok: true, value: { apiKey: 'keychain' } });
    const list = await second.request('connections.list', {});
    expect(list).toMatchObject({ ok: true, value: [{ id: 'sample' }, { id: saved.value.id, password: 'keychain' }] });
    expect(await second.request('connections.delete', { id: saved.value.id })).toMatchObject({ ok: true });
    expect(await second.request('secrets.forgetApiKey', {})).toMatchObject({ ok: true });
    expect(await second.request('secrets.status', {})).toMatchObject({ ok: true, value: { apiKey: 'none' } });
  } finally {
    await keyring.stop();
  }
});

test('without a keychain the reason is clear, the session keeps secrets, and a restart has none', async ({
  launch,
  userData,
}) => {
  const first = await launch();
  const status = await first.request('secrets.status', {});
  expect(status).toMatchObject({ ok: true, value: { keychain: 'unavailable', apiKey: 'none' } });
  expect(status.ok && status.value.reason).toBe('No keychain service answers on this machine.');
  expect(await first.request('secrets.setApiKey', { value: key, storage: 'keychain' })).toMatchObject({
    ok: false,
    error: { code: 'secrets.unavailable' },
  });
  // Nothing has changed: no profile exists without the password that was to go with it.
  expect(await savePassword(first, 'keychain')).toMatchObject({ ok: false, error: { code: 'secrets.unavailable' } });
  expect(await first.request('connections.list', {})).toMatchObject({ ok: true, value: [{ id: 'sample' }] });

  expect(await first.request('secrets.setApiKey', { value: key, storage: 'session' })).toMatchObject({ ok: true });
  expect(await savePassword(first, 'session')).toMatchObject({ ok: true, value: { password: 'session' } });
  expect(await first.request('secrets.status', {})).toMatchObject({ ok: true, value: { apiKey: 'session' } });
  await first.close();

  const second = await launch({ userData });
  expect(await second.request('secrets.status', {})).toMatchObject({ ok: true, value: { apiKey: 'none' } });
  expect(await second.request('connections.list', {})).toMatchObject({
    ok: true,
    value: [{ id: 'sample' }, { name: 'Keychain', password: 'none' }],
  });
});

test('a locked keyring is said to be locked, and nothing hangs', async ({ launch }) => {
  const keyring = await startKeyring({ unlocked: false });
  try {
    const running = await launch({ environment: keyring.environment });
    const began = Date.now();
    expect(await running.request('secrets.status', {})).toMatchObject({ ok: true, value: { keychain: 'locked' } });
    expect(await running.request('secrets.setApiKey', { value: key, storage: 'keychain' })).toMatchObject({
      ok: false,
      error: { code: 'secrets.locked' },
    });
    expect(Date.now() - began).toBeLessThan(15_000);
  } finally {
    await keyring.stop();
  }
});
