import type { LockstepError } from '../../shared/errors.ts';
import type { ConnectionId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Secret } from '../../shared/secret.ts';
import type { Keychain } from './keychain.ts';

/** Names one secret: the password of a connection, or the key of the model provider. */
export type SecretName =
  | { readonly kind: 'password'; readonly connectionId: ConnectionId }
  | { readonly kind: 'api-key' };

/** Where a secret is kept. */
export type SecretPlace = 'keychain' | 'session' | 'none';

/** What a person chose: the keychain, or the memory of this process until it ends. */
export type SecretStorage = 'keychain' | 'session';

/** Whether the keychain can be used, with the reason in words when it cannot. */
export type KeychainStatus = {
  readonly keychain: 'available' | 'locked' | 'unavailable';
  readonly error: LockstepError | null;
};

/** All secrets of the application. Nothing is ever written to a file: it is the keychain or the memory of this process. */
export interface SecretStore {
  status(): Promise<KeychainStatus>;
  /** Whether the secret is held in memory; never asks the keychain. */
  inSession(name: SecretName): boolean;
  /** Where the secret is, asking the keychain; a keychain that cannot be read holds nothing. */
  place(name: SecretName): Promise<SecretPlace>;
  /** The secret, or null when there is none. Fails when the keychain cannot be read. */
  find(name: SecretName): Promise<Result<Secret | null, LockstepError>>;
  save(name: SecretName, secret: Secret, storage: SecretStorage): Promise<Result<void, LockstepError>>;
  /** Forgets the secret everywhere; a keychain that is not there has nothing to forget. */
  forget(name: SecretName): Promise<Result<void, LockstepError>>;
}

/** Makes the store over a keychain. */
export function createSecretStore(keychain: Keychain): SecretStore {
  const session = new Map<string, Secret>();
  let status: Promise<KeychainStatus> | null = null;

  const readStatus = async (): Promise<KeychainStatus> => {
    const checked = await keychain.check();
    if (checked.ok) return { keychain: 'available', error: null };
    return { keychain: checked.error.code === 'secrets.locked' ? 'locked' : 'unavailable', error: checked.error };
  };
  // A keychain that works keeps working; one that does not is asked again, because a person may have unlocked it.
  const currentStatus = async (): Promise<KeychainStatus> => {
    status ??= readStatus();
    const current = await status;
    if (current.keychain !== 'available') status = null;
    return current;
  };
  const find = async (name: SecretName): Promise<Result<Secret | null, LockstepError>> => {
    const kept = session.get(accountOf(name));
    return kept === undefined ? keychain.read(accountOf(name)) : ok(kept);
  };

  return {
    status: currentStatus,
    inSession: (name) => session.has(accountOf(name)),
    place: async (name) => {
      if (session.has(accountOf(name))) return 'session';
      const found = await find(name);
      return found.ok && found.value !== null ? 'keychain' : 'none';
    },
    find,
    save: async (name, secret, storage) => {
      const account = accountOf(name);
      if (storage === 'session') {
        session.set(account, secret);
        return ok(undefined);
      }
      const written = await keychain.write(account, secret);
      if (!written.ok) {
        status = null;
        return err(written.error);
      }
      session.delete(account);
      return ok(undefined);
    },
    forget: async (name) => {
      session.delete(accountOf(name));
      const removed = await keychain.remove(accountOf(name));
      if (!removed.ok && removed.error.code === 'secrets.unavailable') return ok(undefined);
      return removed;
    },
  };
}

const accountOf = (name: SecretName): string =>
  name.kind === 'api-key' ? 'anthropic-api-key' : `connection-${name.connectionId}`;
