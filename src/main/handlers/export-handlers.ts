import path from 'node:path';
import { writeNewFiles } from '../../adapters/files/write-new-files.ts';
import type { ExportFile } from '../../engine/export/export-target.ts';
import { lockstep } from '../../engine/export/lockstep.ts';
import type { LockstepError } from '../../shared/errors.ts';
import type { MigrationId } from '../../shared/ids.ts';
import type { Handlers } from '../../shared/ipc/wire.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { exportedFolders } from '../history/migration-reads.ts';
import { recordExport } from '../history/migration-writes.ts';
import { readSettings } from '../history/settings-store.ts';
import { requireMigration } from './migration-handlers.ts';
import type { Parts } from './parts.ts';

/** A preview that was shown: for this version, with this time in the file names. */
type Preview = { readonly version: number; readonly at: string; readonly shownAt: number };

type Files = { readonly version: number; readonly files: readonly ExportFile[] };

/** How long a preview stands: within this time exactly the files that were shown are written, names included. */
const previewMilliseconds = 15 * 60_000;

/** Answers what concerns exports: the exact files, the folder they go to, and writing them. */
export function exportHandlers(
  parts: Parts,
): Pick<Handlers['requests'], 'export.preview' | 'export.chooseDirectory' | 'export.write' | 'export.reveal'> {
  const { history, folders, broadcast, clock, desktop } = parts;
  const previews = new Map<MigrationId, Preview>();

  const filesOf = async (
    id: MigrationId,
    timeFor: (version: number) => string,
  ): Promise<Result<Files, LockstepError>> => {
    const migration = await requireMigration(parts, id);
    if (!migration.ok) return migration;
    const { current, request } = migration.value;
    if (current === null) return err(invalid('id', 'this migration has no saved text yet'));
    const files = lockstep.files({
      request,
      draft: current.draft,
      baseFingerprint: current.baseFingerprint,
      portableBaseFingerprint: current.portableBaseFingerprint,
      validation: current.validation?.report ?? null,
      shadowRun: current.shadowRun?.report ?? null,
      at: timeFor(current.version),
    });
    return ok({ version: current.version, files });
  };

  /** The time that was shown for this version, or now. */
  const shownTime = (id: MigrationId, version: number): string => {
    const preview = previews.get(id);
    const stands =
      preview !== undefined && preview.version === version && clock.elapsed() - preview.shownAt <= previewMilliseconds;
    return stands ? preview.at : clock.now();
  };

  return {
    'export.preview': async ({ id }) => {
      const at = clock.now();
      const made = await filesOf(id, () => at);
      if (!made.ok) return made;
      previews.set(id, { version: made.value.version, at, shownAt: clock.elapsed() });
      return ok({ files: made.value.files });
    },
    'export.chooseDirectory': async () => {
      const directory = await desktop.chooseFolder();
      if (directory !== null) folders.allow(directory);
      return ok({ directory });
    },
    'export.write': async ({ id, directory }) => {
      const settings = await history.read(readSettings);
      if (!settings.ok) return settings;
      if (!folders.isAllowed(directory, settings.value.exportDirectory)) {
        return err(invalid('directory', 'choose the folder with the dialog'));
      }
      const made = await filesOf(id, (version) => shownTime(id, version));
      if (!made.ok) return made;
      const { version, files } = made.value;
      const written = await writeNewFiles(directory, files, { createDirectory: false });
      if (!written.ok) return written;
      previews.delete(id);
      const subject = { id, version, at: clock.now() };
      const recorded = await history.write((handle) => recordExport(handle, subject, directory, written.value));
      if (!recorded.ok) return recorded;
      broadcast('migrations.changed', { id });
      return ok({ files: written.value });
    },
    'export.reveal': async ({ path: file }) => {
      const known = await history.read(exportedFolders);
      if (!known.ok) return known;
      if (!known.value.includes(path.dirname(path.resolve(file)))) {
        return err(invalid('path', 'Lockstep did not write this file'));
      }
      desktop.showInFolder(path.resolve(file));
      return ok({});
    },
  };
}

const invalid = (field: string, message: string): LockstepError => ({
  code: 'input.invalid',
  issues: [{ path: field, message }],
});
