import { slug } from '../../engine/export/slug.ts';
import type { Draft } from '../../engine/generate/draft.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { type MigrationId, migrationIdSchema } from '../../shared/ids.ts';
import type { Handlers } from '../../shared/ipc/wire.ts';
import type { Migration } from '../../shared/migration.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { keptCatalogs } from '../history/catalog-store.ts';
import { searchEvents } from '../history/event-search.ts';
import { findMigration, findVersion, listMigrations, listVersions } from '../history/migration-reads.ts';
import { appendVersion, createMigration, recordReview, renameMigration } from '../history/migration-writes.ts';
import type { Parts } from './parts.ts';

/** Answers what concerns the record of migrations: drafts typed by hand, versions, reviews, the timeline. */
export function migrationHandlers(
  parts: Parts,
): Pick<
  Handlers['requests'],
  | 'migrations.list'
  | 'migrations.get'
  | 'migrations.create'
  | 'migrations.saveText'
  | 'migrations.versions'
  | 'migrations.review'
  | 'history.events'
> {
  const { history, connections, broadcast, clock, newId } = parts;
  return {
    'migrations.list': () => history.read(listMigrations),
    'migrations.get': ({ id }) => requireMigration(parts, id),
    'migrations.create': async ({ connectionId, request }) => {
      const profile = await connections.profile(connectionId);
      if (!profile.ok) return profile;
      const { name: connectionName, environment } = profile.value;
      const id = migrationIdSchema.parse(newId());
      const title = titleOf(request);
      const at = clock.now();
      const created = await history.write((handle) =>
        createMigration(handle, { id, title, request, connectionId, connectionName, environment, at }),
      );
      if (!created.ok) return created;
      broadcast('migrations.changed', { id });
      return requireMigration(parts, id);
    },
    'migrations.saveText': async ({ id, title, up, down }) => {
      const migration = await requireMigration(parts, id);
      if (!migration.ok) return migration;
      const at = clock.now();
      const { current, request, connectionId } = migration.value;
      const written = await history.write((handle) => {
        if (current !== null && current.draft.up === up && current.draft.down === down) {
          if (title !== migration.value.title) renameMigration(handle, id, title, at);
          return;
        }
        const draft: Draft = { ...(current?.draft ?? typedByHand(title)), title, up, down };
        const baseFingerprint = keptCatalogs(handle).get(connectionId)?.fingerprint ?? null;
        appendVersion(handle, { id, at, title, request, draft, baseFingerprint });
      });
      if (!written.ok) return written;
      broadcast('migrations.changed', { id });
      return requireMigration(parts, id);
    },
    'migrations.versions': async ({ id }) => {
      const migration = await requireMigration(parts, id);
      return migration.ok ? history.read((handle) => listVersions(handle, id)) : migration;
    },
    'migrations.review': async ({ id, version }) => {
      const found = await history.read((handle) => findVersion(handle, id, version));
      if (!found.ok) return found;
      if (found.value === null) return err({ code: 'history.not_found', id: `${id}, version ${version}` });
      const written = await history.write((handle) => recordReview(handle, { id, version, at: clock.now() }));
      if (!written.ok) return written;
      broadcast('migrations.changed', { id });
      return requireMigration(parts, id);
    },
    'history.events': (filter) => history.read((handle) => searchEvents(handle, filter)),
  };
}

/** The migration with this id, or `history.not_found`. */
export async function requireMigration(
  { history }: Pick<Parts, 'history'>,
  id: MigrationId,
): Promise<Result<Migration, LockstepError>> {
  const found = await history.read((handle) => findMigration(handle, id));
  if (!found.ok) return found;
  return found.value === null ? err({ code: 'history.not_found', id }) : ok(found.value);
}

const titleLength = 80;

/** The first line of a request, cut to a title. */
function titleOf(request: string): string {
  const line = request.trim().split('\n')[0]?.trim() ?? '';
  if (line === '') return 'Untitled migration';
  return line.length <= titleLength ? line : `${line.slice(0, titleLength - 1).trimEnd()}…`;
}

const typedByHand = (title: string): Draft => ({
  planner: 'hand-written',
  slug: slug(title),
  title,
  up: '',
  down: '',
  assumptions: [],
  questions: [],
  risks: [],
  estimatedLockTime: null,
  receipt: null,
});
