import type { MigrationReport } from '../../engine/validate/report.ts';
import type { LockstepError } from '../../shared/errors.ts';
import type { Handlers } from '../../shared/ipc/wire.ts';
import type { MigrationVersion } from '../../shared/migration.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { keptCatalogs } from '../history/catalog-store.ts';
import { recordShadowRun, recordValidation } from '../history/migration-writes.ts';
import { readSettings } from '../history/settings-store.ts';
import type { DatabaseSource } from '../jobs/job-table.ts';
import { requireMigration } from './migration-handlers.ts';
import type { Parts } from './parts.ts';

/** Answers what concerns checking: the rules, and the shadow run. */
export function checkHandlers(
  parts: Parts,
): Pick<Handlers['operations'], 'validate.run' | 'migrations.picture' | 'shadow.run'> {
  const { history, jobs, broadcast, clock } = parts;
  return {
    'validate.run': async ({ id, up, down }, { signal }) => {
      const migration = await requireMigration(parts, id);
      if (!migration.ok) return migration;
      const { current, connectionId, title } = migration.value;
      const fingerprint = await history.read((handle) => keptCatalogs(handle).get(connectionId)?.fingerprint ?? null);
      if (!fingerprint.ok) return fingerprint;
      const settings = await history.read(readSettings);
      if (!settings.ok) return settings;
      const input = {
        name: current?.draft.slug ?? title,
        up,
        down,
        fingerprint: fingerprint.value,
        profile: settings.value.validationProfile,
      };
      const report = await jobs.run('migration.validate', input, { signal });
      if (!report.ok) return report;
      if (current !== null && current.draft.up === up && current.draft.down === down && isNews(current, report.value)) {
        const subject = { id, version: current.version, at: clock.now() };
        const saved = await history.write((handle) => recordValidation(handle, subject, report.value));
        if (!saved.ok) return saved;
        broadcast('migrations.changed', { id });
      }
      return report;
    },
    'migrations.picture': async ({ id, up }, { signal }) => {
      const migration = await requireMigration(parts, id);
      if (!migration.ok) return migration;
      const { connectionId } = migration.value;
      const kept = await history.read((handle) => keptCatalogs(handle).get(connectionId)?.fingerprint ?? null);
      if (!kept.ok) return kept;
      return kept.value === null
        ? ok(null)
        : jobs.run('migration.picture', { up, fingerprint: kept.value }, { signal });
    },
    'shadow.run': async ({ id }, { signal, report }) => {
      const migration = await requireMigration(parts, id);
      if (!migration.ok) return migration;
      const { current, connectionId } = migration.value;
      if (current === null) {
        return err({
          code: 'input.invalid',
          issues: [{ path: 'id', message: 'this migration has no saved text yet' }],
        });
      }
      const fingerprint = await history.read(
        (handle) => keptCatalogs(handle).get(connectionId)?.fingerprint ?? current.baseFingerprint,
      );
      if (!fingerprint.ok) return fingerprint;
      if (fingerprint.value === null) {
        const reason = 'The catalog of this connection was never read, so there is nothing to copy';
        return err({ code: 'shadow.unavailable', reason });
      }
      const server = await shadowServer(parts);
      if (!server.ok) return server;
      const { up, down } = current.draft;
      const input = { up, down, fingerprint: fingerprint.value, server: server.value };
      const result = await jobs.run('shadow.run', input, { signal, onProgress: report });
      if (!result.ok) return result;
      const subject = { id, version: current.version, at: clock.now() };
      const saved = await history.write((handle) => recordShadowRun(handle, subject, result.value));
      if (!saved.ok) return saved;
      broadcast('migrations.changed', { id });
      return ok(result.value);
    },
  };
}

/** The server that the settings name for shadow runs, with its password; null when they name none. */
async function shadowServer({ history, connections }: Parts): Promise<Result<DatabaseSource | null, LockstepError>> {
  const settings = await history.read(readSettings);
  if (!settings.ok) return settings;
  const id = settings.value.shadowConnectionId;
  if (id === null) return ok(null);
  const profile = await connections.profile(id);
  if (!profile.ok) return profile;
  if (profile.value.environment === 'production') {
    const reason = `${profile.value.name}, which the settings name for shadow runs, is a production database`;
    return err({ code: 'shadow.unavailable', reason });
  }
  return connections.source(id);
}

/** A report that says the same as the newest one of the version is not recorded again. */
function isNews(current: MigrationVersion, report: MigrationReport): boolean {
  return JSON.stringify(current.validation?.report) !== JSON.stringify(report);
}
