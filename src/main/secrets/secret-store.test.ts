import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { sampleConnectionId } from '../../shared/ids.ts';
import { Secret } from '../../shared/secret.ts';
import { createKeychain, type KeytarModule } from './keychain.ts';
import { createSecretStore, type SecretStore } from './secret-store.ts';

const password = { kind: 'password', connectionId: sampleConnectionId } as const;
const apiKey = { kind: 'api-key' } as const;
const secret = new Secret('hunter2');

/** A keychain in memory with keytar's interface. */
function workingKeytar(): KeytarModule & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getPassword: async (_service, account) => entries.get(account) ?? null,
    setPassword: async (_service, account, value) => void entries.set(account, value),
    deletePassword: async (_service, account) => entries.delete(account),
  };
}

/** A keychain whose every call fails with the words of the real one. */
function failingKeytar(message: string, get: () => Promise<string | null>): KeytarModule {
  const fail = async (): Promise<never> => {
    throw new Error(message);
  };
  return { getPassword: get, setPassword: fail, deletePassword: fail };
}

const revealed = async (secrets: SecretStore): Promise<string | undefined> => {
  const found = await secrets.find(password);
  return found.ok ? found.value?.reveal() : found.error.code;
};

const store = (keytar: KeytarModule) => createSecretStore(createKeychain(async () => keytar));

describe('with a keychain', () => {
  test('a secret is kept there, found again, and forgotten', async () => {
    const keytar = workingKeytar();
    const secrets = store(keytar);
    expect(await secrets.save(password, secret, 'keychain')).toEqual({ ok: true, value: undefined });
    expect(await secrets.place(password)).toBe('keychain');
    expect(await secrets.place(apiKey)).toBe('none');
    expect(await revealed(store(keytar))).toBe('hunter2');
    await secrets.forget(password);
    expect(await secrets.place(password)).toBe('none');
    expect(keytar.entries.size).toBe(0);
  });

  test('finding out whether it works leaves nothing behind', async () => {
    const keytar = workingKeytar();
    expect(await store(keytar).status()).toEqual({ keychain: 'available', error: null });
    expect(keytar.entries.size).toBe(0);
  });

  test('a secret for this session never reaches it, and saving to it later replaces the one of the session', async () => {
    const keytar = workingKeytar();
    const secrets = store(keytar);
    await secrets.save(password, secret, 'session');
    expect(keytar.entries.size).toBe(0);
    expect(await secrets.place(password)).toBe('session');
    await secrets.save(password, new Secret('other'), 'keychain');
    expect(await revealed(secrets)).toBe('other');
  });
});

describe('without a keychain that works', () => {
  test.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'secrets.unavailable', 'unavailable'],
    ['Unknown or unsupported transport “disabled” for address “disabled:”', 'secrets.unavailable', 'unavailable'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'secrets.unavailable', 'unavailable'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'secrets.locked', 'locked'],
    ['Cannot create an item in a locked collection', 'secrets.locked', 'locked'],
    ['Something new', 'secrets.unavailable', 'unavailable'],
  ] as const)('"%s" is %s', async (message, code, keychain) => {
    const secrets = store(failingKeytar(message, async () => null));
    expect(await secrets.save(password, secret, 'keychain')).toMatchObject({ ok: false, error: { code } });
    expect(await secrets.status()).toMatchObject({ keychain, error: { code } });
  });

  test('the session still keeps secrets, and forgetting them is no error', async () => {
    const secrets = store(
      failingKeytar('Cannot autolaunch D-Bus', () => Promise.reject(new Error('Cannot autolaunch D-Bus'))),
    );
    await secrets.save(password, secret, 'session');
    expect(await revealed(secrets)).toBe('hunter2');
    expect(await secrets.forget(password)).toEqual({ ok: true, value: undefined });
    expect(await revealed(secrets)).toBe('secrets.unavailable');
    expect(await secrets.place(password)).toBe('none');
  });

  test('a missing module is said to be missing', async () => {
    const secrets = createSecretStore(createKeychain(() => Promise.reject(new Error('Cannot find module keytar'))));
    expect(await secrets.status()).toMatchObject({ keychain: 'unavailable', error: { code: 'secrets.unavailable' } });
  });

  test('a call that never answers ends in time', async () => {
    const never = (): Promise<never> => new Promise(() => {});
    const keytar = { getPassword: never, setPassword: never, deletePassword: never };
    const secrets = createSecretStore(createKeychain(async () => keytar, { milliseconds: 20 }));
    expect(await secrets.save(password, secret, 'keychain')).toEqual({
      ok: false,
      error: { code: 'secrets.timeout', seconds: 0.02 },
    });
    expect(await secrets.place(password)).toBe('none');
  });

  test('it is asked again after it was locked', async () => {
    let locked = true;
    const keytar = workingKeytar();
    const setPassword: KeytarModule['setPassword'] = async (service, account, value) => {
      if (locked) throw new Error('Cannot create an item in a locked collection');
      await keytar.setPassword(service, account, value);
    };
    const secrets = store({ ...keytar, setPassword });
    expect((await secrets.status()).keychain).toBe('locked');
    locked = false;
    expect((await secrets.status()).keychain).toBe('available');
  });
});

test('the store prints no secret', async () => {
  const secrets = store(workingKeytar());
  await secrets.save(password, secret, 'session');
  expect(inspect(await secrets.find(password), { depth: 9, showHidden: true })).toBe('{ ok: true, value: [secret] }');
});
