import { type ConnectionProfile, connectionProfileSchema } from '../../shared/connection-profile.ts';
import type { ConnectionId } from '../../shared/ids.ts';
import type { ReadableHistory, WritableHistory } from './handles.ts';

/** A saved profile with the time of its last use. */
export type StoredProfile = { readonly profile: ConnectionProfile; readonly lastUsedAt: string | null };

type ProfileRow = { readonly profile: string; readonly last_used_at: string | null };

/** All saved profiles, by name. */
export function listProfiles(history: ReadableHistory): readonly StoredProfile[] {
  return history
    .prepare<[], ProfileRow>(
      `select profile, last_used_at from profiles order by profile ->> 'name' collate nocase, id`,
    )
    .all()
    .map(fromRow);
}

/** The profile with this id, or null. */
export function findProfile(history: ReadableHistory, id: ConnectionId): StoredProfile | null {
  const row = history.prepare<[string], ProfileRow>('select profile, last_used_at from profiles where id = ?').get(id);
  return row === undefined ? null : fromRow(row);
}

/** Saves a new or changed profile. */
export function writeProfile(history: WritableHistory, profile: ConnectionProfile): void {
  history
    .prepare(
      'insert into profiles (id, profile) values (?, ?) on conflict (id) do update set profile = excluded.profile',
    )
    .run(profile.id, JSON.stringify(profile));
}

/** Notes when a connection was last opened. */
export function touchProfile(history: WritableHistory, id: ConnectionId, at: string): void {
  history.prepare('update profiles set last_used_at = ? where id = ?').run(at, id);
}

/** Deletes a profile and the catalogs kept for it; its migrations stay in the history. */
export function deleteProfile(history: WritableHistory, id: ConnectionId): void {
  history.transaction(() => {
    history.prepare('delete from catalogs where connection_id = ?').run(id);
    history.prepare('delete from profiles where id = ?').run(id);
  })();
}

function fromRow(row: ProfileRow): StoredProfile {
  return { profile: connectionProfileSchema.parse(JSON.parse(row.profile)), lastUsedAt: row.last_used_at };
}
