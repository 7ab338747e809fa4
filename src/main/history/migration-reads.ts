import type { MigrationId } from '../../shared/ids.ts';
import {
  type Migration,
  type MigrationSummary,
  type MigrationVersion,
  migrationSummarySchema,
  migrationVersionSchema,
} from '../../shared/migration.ts';
import type { ReadableHistory } from './handles.ts';

type SummaryRow = {
  readonly id: string;
  readonly title: string;
  readonly request: string;
  readonly connection_id: string;
  readonly connection_name: string;
  readonly environment: string;
  readonly created_at: string;
  readonly changed_at: string;
  readonly versions: number;
  readonly errors: number | null;
  readonly warnings: number | null;
  readonly restored: number | null;
  readonly reviewed: number;
  readonly exported: number;
};

type VersionRow = {
  readonly version: number;
  readonly saved_at: string;
  readonly draft: string;
  readonly base_fingerprint: string | null;
  readonly portable_fingerprint: string | null;
};

const summaries = `
with newest as (select migration_id, max(version) as version from versions group by migration_id)
select migrations.*, coalesce(newest.version, 0) as versions, validations.errors, validations.warnings,
  shadow_runs.restored,
  exists (select 1 from reviews where reviews.migration_id = migrations.id and reviews.version = newest.version) as reviewed,
  exists (select 1 from exports where exports.migration_id = migrations.id and exports.version = newest.version) as exported
from migrations
left join newest on newest.migration_id = migrations.id
left join validations on validations.id = (
  select max(id) from validations as v where v.migration_id = migrations.id and v.version = newest.version)
left join shadow_runs on shadow_runs.id = (
  select max(id) from shadow_runs as s where s.migration_id = migrations.id and s.version = newest.version)`;

const versions = `
select version, saved_at, draft, base_fingerprint, portable_fingerprints.portable as portable_fingerprint
from versions
left join portable_fingerprints on portable_fingerprints.fingerprint = versions.base_fingerprint`;

/** All migrations, the one that was changed last first. */
export function listMigrations(history: ReadableHistory): readonly MigrationSummary[] {
  return history
    .prepare<[], SummaryRow>(`${summaries} order by migrations.changed_at desc, migrations.rowid desc`)
    .all()
    .map(toSummary);
}

/** The migration with its newest version, or null. */
export function findMigration(history: ReadableHistory, id: MigrationId): Migration | null {
  const row = history.prepare<[string], SummaryRow>(`${summaries} where migrations.id = ?`).get(id);
  if (row === undefined) return null;
  return { ...toSummary(row), current: row.versions === 0 ? null : findVersion(history, id, row.versions) };
}

/** All versions of a migration, the newest first. */
export function listVersions(history: ReadableHistory, id: MigrationId): readonly MigrationVersion[] {
  return history
    .prepare<[string], VersionRow>(`${versions} where migration_id = ? order by version desc`)
    .all(id)
    .map((row) => toVersion(history, id, row));
}

/** One version of a migration, or null. */
export function findVersion(history: ReadableHistory, id: MigrationId, version: number): MigrationVersion | null {
  const row = history
    .prepare<[string, number], VersionRow>(`${versions} where migration_id = ? and version = ?`)
    .get(id, version);
  return row === undefined ? null : toVersion(history, id, row);
}

function toVersion(history: ReadableHistory, id: MigrationId, row: VersionRow): MigrationVersion {
  const newest = (table: 'validations' | 'shadow_runs'): { at: string; report: unknown } | null => {
    const found = history
      .prepare<[string, number], { at: string; report: string }>(
        `select at, report from ${table} where migration_id = ? and version = ? order by id desc limit 1`,
      )
      .get(id, row.version);
    return found === undefined ? null : { at: found.at, report: JSON.parse(found.report) };
  };
  const review = history
    .prepare<[string, number], { at: string | null }>(
      'select max(at) as at from reviews where migration_id = ? and version = ?',
    )
    .get(id, row.version);
  const exports = history
    .prepare<[string, number], { at: string; directory: string; files: string }>(
      'select at, directory, files from exports where migration_id = ? and version = ? order by id',
    )
    .all(id, row.version);
  return migrationVersionSchema.parse({
    version: row.version,
    savedAt: row.saved_at,
    draft: JSON.parse(row.draft),
    baseFingerprint: row.base_fingerprint,
    portableBaseFingerprint: row.portable_fingerprint,
    validation: newest('validations'),
    shadowRun: newest('shadow_runs'),
    reviewedAt: review?.at ?? null,
    exports: exports.map(({ at, directory, files }) => ({ at, directory, files: JSON.parse(files) })),
  });
}

function toSummary(row: SummaryRow): MigrationSummary {
  return migrationSummarySchema.parse({
    id: row.id,
    title: row.title,
    request: row.request,
    connectionId: row.connection_id,
    connectionName: row.connection_name,
    environment: row.environment,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    versions: row.versions,
    status: statusOf(row),
    errors: row.errors ?? 0,
    warnings: row.warnings ?? 0,
  });
}

function statusOf(row: SummaryRow): MigrationSummary['status'] {
  if (row.exported === 1) return 'exported';
  if (row.reviewed === 1) return 'reviewed';
  if (row.restored !== null) return row.restored === 1 ? 'proved' : 'not reversible';
  return row.errors === null ? 'draft' : 'validated';
}

/** Absolute paths of the folders that files were ever exported to. */
export function exportedFolders(history: ReadableHistory): readonly string[] {
  return history
    .prepare<[], { directory: string }>('select distinct directory from exports')
    .all()
    .map(({ directory }) => directory);
}
