import {
  type ConnectionProfile,
  connectionProfileSchema,
  type ServerIdentity,
} from '../../shared/connection-profile.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { type ConnectionId, sampleConnectionId } from '../../shared/ids.ts';
import type { ConnectionListItem, PasswordChange } from '../../shared/ipc/contract.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { Secret } from '../../shared/secret.ts';
import { keptCatalogs } from '../history/catalog-store.ts';
import type { HistoryDoor } from '../history/history-door.ts';
import { findProfile, listProfiles, type StoredProfile } from '../history/profile-store.ts';
import { readSettings } from '../history/settings-store.ts';
import type { DatabaseSource } from '../jobs/job-table.ts';
import type { SecretName, SecretStore } from '../secrets/secret-store.ts';

/** The sample database as a profile: always there, never saved. */
const sampleProfile: ConnectionProfile = connectionProfileSchema.parse({
  id: sampleConnectionId,
  name: 'Sample shop',
  environment: 'sample',
  host: 'embedded',
  port: 5432,
  database: 'shop',
  user: 'postgres',
  tls: 'disable',
  rootCertificate: null,
});

/** How many passwords that came with a pasted URI are remembered until the profile is saved. */
const pastedLimit = 8;

/**
 * The connections a person can choose, and which of them are open. "Open" means that the server answered and said who it
 * is; each job has a session of its own, so none is left idle on a server.
 */
export interface ConnectionBook {
  list(): Promise<Result<readonly ConnectionListItem[], LockstepError>>;
  profile(id: ConnectionId): Promise<Result<ConnectionProfile, LockstepError>>;
  /** What a job needs to reach the database, with the stored password. */
  source(id: ConnectionId): Promise<Result<DatabaseSource, LockstepError>>;
  /** The same for settings that are not saved, with the password that the change leaves. */
  sourceOf(
    settings: Omit<ConnectionProfile, 'id'> & { readonly id: ConnectionId | null },
    password: PasswordChange,
  ): Promise<Result<DatabaseSource, LockstepError>>;
  /** The password that a change sets, or null when it keeps or forgets. */
  newPassword(change: PasswordChange): Result<Secret | null, LockstepError>;
  /** Holds a password that came with a URI and returns the id under which it can be used. */
  holdPasted(password: Secret): string;
  opened(id: ConnectionId, identity: ServerIdentity): void;
  closed(id: ConnectionId): void;
}

/** Makes the book over the history and the secrets. */
export function createConnectionBook(history: HistoryDoor, secrets: SecretStore, newId: () => string): ConnectionBook {
  const open = new Map<ConnectionId, ServerIdentity>();
  const pasted = new Map<string, Secret>();

  const stored = async (id: ConnectionId): Promise<Result<StoredProfile, LockstepError>> => {
    const found = await history.read((handle) => findProfile(handle, id));
    if (!found.ok) return found;
    return found.value === null ? err({ code: 'connection.not_found', id }) : ok(found.value);
  };

  const newPassword = (change: PasswordChange): Result<Secret | null, LockstepError> => {
    if (change.kind === 'set') return ok(new Secret(change.value));
    if (change.kind !== 'from-uri') return ok(null);
    const secret = pasted.get(change.id);
    if (secret !== undefined) return ok(secret);
    const message = 'this password is no longer held; paste the URI again or enter it';
    return err({ code: 'input.invalid', issues: [{ path: 'password', message }] });
  };

  const keptPassword = async (id: ConnectionId): Promise<Result<string | null, LockstepError>> => {
    const name = passwordOf(id);
    const profile = await stored(id);
    if (!profile.ok) return profile;
    if (!secrets.inSession(name) && !profile.value.passwordInKeychain) return ok(null);
    const found = await secrets.find(name);
    return found.ok ? ok(found.value?.reveal() ?? null) : found;
  };

  const sourceOf: ConnectionBook['sourceOf'] = async (
    { host, port, database, user, tls, rootCertificate, id },
    change,
  ) => {
    const settings = await history.read(readSettings);
    if (!settings.ok) return settings;
    const given = newPassword(change);
    if (!given.ok) return given;
    let password = given.value?.reveal() ?? null;
    if (change.kind === 'keep' && id !== null) {
      const kept = await keptPassword(id);
      if (!kept.ok) return kept;
      password = kept.value;
    }
    return ok({
      kind: 'postgresql',
      settings: { host, port, database, user, tls, rootCertificate },
      password,
      statementTimeoutSeconds: settings.value.statementTimeoutSeconds,
    });
  };

  return {
    list: () =>
      history.read((handle) => {
        const catalogs = keptCatalogs(handle);
        const item = ({ profile, passwordInKeychain, lastUsedAt }: StoredProfile): ConnectionListItem => ({
          ...profile,
          password: secrets.inSession(passwordOf(profile.id)) ? 'session' : passwordInKeychain ? 'keychain' : 'none',
          identity: open.get(profile.id) ?? null,
          lastUsedAt,
          catalogAt: catalogs.get(profile.id)?.capturedAt ?? null,
        });
        const sample = { profile: sampleProfile, passwordInKeychain: false, lastUsedAt: null };
        return [item(sample), ...listProfiles(handle).map(item)];
      }),
    profile: async (id) => {
      if (id === sampleConnectionId) return ok(sampleProfile);
      const found = await stored(id);
      return found.ok ? ok(found.value.profile) : found;
    },
    source: async (id) => {
      if (id === sampleConnectionId) return ok({ kind: 'sample' });
      const found = await stored(id);
      return found.ok ? sourceOf(found.value.profile, { kind: 'keep' }) : found;
    },
    sourceOf,
    newPassword,
    holdPasted: (password) => {
      const id = newId();
      pasted.set(id, password);
      const oldest = pasted.keys().next();
      if (pasted.size > pastedLimit && oldest.done === false) pasted.delete(oldest.value);
      return id;
    },
    opened: (id, identity) => void open.set(id, identity),
    closed: (id) => void open.delete(id),
  };
}

/** Names the password of a connection. */
export const passwordOf = (connectionId: ConnectionId): SecretName => ({ kind: 'password', connectionId });
