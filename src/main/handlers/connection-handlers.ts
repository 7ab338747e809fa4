import { parseUri } from '../../adapters/postgresql/parse-uri.ts';
import { readOnlyRoleScript } from '../../engine/introspect/postgresql/read-only-role-script.ts';
import type { ConnectionProfile } from '../../shared/connection-profile.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { connectionIdSchema, sampleConnectionId } from '../../shared/ids.ts';
import type { Handlers } from '../../shared/ipc/wire.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { passwordOf } from '../connections/connection-book.ts';
import { newestCatalogKey } from '../history/catalog-store.ts';
import { deleteProfile, findProfile, touchProfile, writeProfile } from '../history/profile-store.ts';
import { readSettings, writeSettings } from '../history/settings-store.ts';
import type { Parts } from './parts.ts';

/** Answers what concerns connections: the profiles, and whether a server answers. */
export function connectionHandlers({
  history,
  secrets,
  connections,
  jobs,
  broadcast,
  clock,
  newId,
}: Parts): Pick<
  Handlers['requests'],
  | 'connections.list'
  | 'connections.parseUri'
  | 'connections.save'
  | 'connections.delete'
  | 'connections.roleScript'
  | 'connections.close'
> &
  Pick<Handlers['operations'], 'connections.test' | 'connections.open'> {
  return {
    'connections.list': () => connections.list(),
    'connections.parseUri': async ({ uri }) => {
      const parsed = parseUri(uri);
      if (!parsed.ok) return parsed;
      const { settings, password } = parsed.value;
      return ok({ settings, passwordId: password === null ? null : connections.holdPasted(password) });
    },
    'connections.save': async ({ profile, password: change }) => {
      if (profile.id === sampleConnectionId) return sampleStays;
      const saved: ConnectionProfile = { ...profile, id: profile.id ?? connectionIdSchema.parse(newId()) };
      const before = await history.read((handle) => findProfile(handle, saved.id));
      if (!before.ok) return before;
      const password = connections.newPassword(change);
      if (!password.ok) return password;
      let inKeychain = before.value?.passwordInKeychain ?? false;
      // The password first: when the keychain refuses, nothing has changed and the form is still there.
      if (password.value !== null && (change.kind === 'set' || change.kind === 'from-uri')) {
        const kept = await secrets.save(passwordOf(saved.id), password.value, change.storage);
        if (!kept.ok) return kept;
        inKeychain = change.storage === 'keychain';
      }
      if (change.kind === 'forget') {
        const forgotten = await secrets.forget(passwordOf(saved.id));
        if (!forgotten.ok) return forgotten;
        inKeychain = false;
      }
      const written = await history.write((handle) => writeProfile(handle, saved, inKeychain));
      if (!written.ok) return written;
      connections.closed(saved.id);
      broadcast('connections.changed', {});
      const list = await connections.list();
      if (!list.ok) return list;
      const item = list.value.find(({ id }) => id === saved.id);
      return item === undefined ? err({ code: 'connection.not_found', id: saved.id }) : ok(item);
    },
    'connections.delete': async ({ id }) => {
      if (id === sampleConnectionId) return sampleStays;
      const profile = await history.read((handle) => findProfile(handle, id));
      if (!profile.ok) return profile;
      if (profile.value?.passwordInKeychain === true || secrets.inSession(passwordOf(id))) {
        const forgotten = await secrets.forget(passwordOf(id));
        if (!forgotten.ok) return forgotten;
      }
      const deleted = await history.write((handle) => deleteProfile(handle, id));
      if (!deleted.ok) return deleted;
      connections.closed(id);
      broadcast('connections.changed', {});
      const settings = await history.read(readSettings);
      if (!settings.ok) return settings;
      if (settings.value.shadowConnectionId === id) {
        const without = { ...settings.value, shadowConnectionId: null };
        const written = await history.write((handle) => writeSettings(handle, without));
        if (!written.ok) return written;
        broadcast('settings.changed', without);
      }
      return ok({});
    },
    'connections.roleScript': async ({ role, database, connectionId }) => {
      const kept =
        connectionId === null ? ok(null) : await history.read((handle) => newestCatalogKey(handle, connectionId));
      if (!kept.ok) return kept;
      const read =
        kept.value === null
          ? ok(['public'])
          : await jobs.run('catalog.schemas', kept.value, { signal: new AbortController().signal });
      return read.ok ? ok({ script: readOnlyRoleScript({ role, database, schemas: read.value }) }) : read;
    },
    'connections.close': async ({ id }) => {
      connections.closed(id);
      broadcast('connections.changed', {});
      return ok({});
    },
    'connections.test': async ({ profile, password }, { signal, report }) => {
      const source =
        profile.id === sampleConnectionId
          ? await connections.source(sampleConnectionId)
          : await connections.sourceOf(profile, password);
      if (!source.ok) return source;
      return jobs.run('connection.test', { source: source.value }, { signal, onProgress: report });
    },
    'connections.open': async ({ id }, { signal, report }) => {
      const profile = await connections.profile(id);
      if (!profile.ok) return profile;
      const source = await connections.source(id);
      if (!source.ok) return source;
      const answered = await jobs.run('connection.test', { source: source.value }, { signal, onProgress: report });
      if (!answered.ok) return answered;
      connections.opened(id, answered.value.identity);
      const touched = await history.write((handle) => touchProfile(handle, id, clock.now()));
      if (!touched.ok) return touched;
      broadcast('connections.changed', {});
      return ok({ ...answered.value, environment: profile.value.environment });
    },
  };
}

const sampleStays: Result<never, LockstepError> = err({
  code: 'input.invalid',
  issues: [{ path: 'id', message: 'the sample database cannot be changed or deleted' }],
});
