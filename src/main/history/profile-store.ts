import { type ConnectionProfile, connectionProfileSchema } from '../../shared/connection-profile.ts';
import type { ConnectionId } from '../../shared/ids.ts';
import type { ReadableHistory, WritableHistory } from './handles.ts';

/** A saved profile with the time of its last use. */
export type StoredProfile = {
  readonly profile: ConnectionProfile;
  /** Noted here so that a list of connections need not ask the keychain, which may prompt or be slow. */
  readonly passwordInKeychain: boolean;
  readonly lastUsedAt: string | null;
};

type ProfileRow = {
  readonly profile: string;
  readonly password_in_keychain: number;
  readonly last_used_at: string | null;
};

/** All saved profiles, by name. */
export function listProfiles(history: ReadableHistory): readonly StoredProfile[] {
  return history
    .prepare<[], ProfileRow>(
      `select profile, password_in_keychain, last_used_at from profiles order by profile ->> 'name' collate nocase, id`,
    )
    .all()
    .map(fromRow);
}

/** The profile with this id, or null. */
export function findProfile(history: ReadableHistory, id: ConnectionId): StoredProfile | null {
  const row = history
    .prepare<[string], ProfileRow>('select profile, password_in_keychain, last_used_at from profiles where id = ?')
    .get(id);
  return row === undefined ? null : fromRow(row);
}

/** Saves a new or changed profile. */
export function writeProfile(history: WritableHistory, profile: ConnectionProfile, passwordInKeychain: boolean): void {
  history
    .prepare(
      `insert into profiles (id, profile, password_in_keychain) values (?, ?, ?) on conflict (id)
       do update set profile = excluded.profile, password_in_keychain = excluded.password_in_keychain`,
    )
    .run(profile.id, JSON.stringify(profile), passwordInKeychain ? 1 : 0);
}

/** Notes when a connection was last opened. */
export function touchProfile(history: WritableHistory, id: ConnectionId, at: string): void {
  history.prepare('update profiles set last_used_at = ? where id = ?').run(at, id);
}

/** Deletes a profile and the catalogs kept for it; its migrations stay in the history. */
export function deleteProfile(history: WritableHistory, id: ConnectionId): void {
  history.transaction(() => {
    history.prepare('delete from catalogs where connection_id = ?').run(id);
    history.prepare('delete from catalog_states where connection_id = ?').run(id);
    history.prepare('delete from seen_catalogs where connection_id = ?').run(id);
    history.prepare('delete from profiles where id = ?').run(id);
  })();
}

function fromRow(row: ProfileRow): StoredProfile {
  return {
    profile: connectionProfileSchema.parse(JSON.parse(row.profile)),
    passwordInKeychain: row.password_in_keychain === 1,
    lastUsedAt: row.last_used_at,
  };
}
