import type { Draft } from '../../engine/generate/draft.ts';
import type { ShadowRunReport } from '../../engine/shadow/report.ts';
import type { MigrationReport } from '../../engine/validate/report.ts';
import type { Environment } from '../../shared/connection-profile.ts';
import type { ConnectionId, MigrationId } from '../../shared/ids.ts';
import type { HistoryEvent } from '../../shared/migration.ts';
import type { WritableHistory } from './handles.ts';

/** A version of a migration, at a moment. */
type Subject = { readonly id: MigrationId; readonly version: number; readonly at: string };

/** Records a new migration that has no version yet. */
export function createMigration(
  history: WritableHistory,
  migration: {
    readonly id: MigrationId;
    readonly title: string;
    readonly request: string;
    readonly connectionId: ConnectionId;
    readonly connectionName: string;
    readonly environment: Environment;
    readonly at: string;
  },
): void {
  const { id, title, request, connectionId, connectionName, environment, at } = migration;
  history.transaction(() => {
    history
      .prepare(
        `insert into migrations (id, title, request, connection_id, connection_name, environment, created_at, changed_at)
         values (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, title, request, connectionId, connectionName, environment, at, at);
    addEvent(history, { id, version: null, at }, 'created', `Created for ${connectionName}`, `${title}\n${request}`);
  })();
}

/** Appends a version with the next number and returns that number; earlier versions are never changed. */
export function appendVersion(
  history: WritableHistory,
  version: {
    readonly id: MigrationId;
    readonly at: string;
    readonly title: string;
    readonly request: string;
    readonly draft: Draft;
    readonly baseFingerprint: string | null;
  },
): number {
  const { id, at, title, request, draft, baseFingerprint } = version;
  return history.transaction(() => {
    const newest = history
      .prepare<[string], { version: number }>(
        'select coalesce(max(version), 0) as version from versions where migration_id = ?',
      )
      .get(id);
    const number = (newest?.version ?? 0) + 1;
    history
      .prepare('insert into versions (migration_id, version, saved_at, draft, base_fingerprint) values (?, ?, ?, ?, ?)')
      .run(id, number, at, JSON.stringify(draft), baseFingerprint);
    history.prepare('update migrations set title = ?, request = ? where id = ?').run(title, request, id);
    const text = `Version ${number}, ${draft.planner}`;
    addEvent(
      history,
      { id, version: number, at },
      'draft saved',
      text,
      [title, request, draft.up, draft.down].join('\n'),
    );
    return number;
  })();
}

/** Changes the title alone, which makes no new version. */
export function renameMigration(history: WritableHistory, id: MigrationId, title: string, at: string): void {
  history.prepare('update migrations set title = ?, changed_at = ? where id = ?').run(title, at, id);
}

/** Records what the rules found in a version. */
export function recordValidation(history: WritableHistory, subject: Subject, report: MigrationReport): void {
  const count = (severity: string): number => report.findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, notes] = [count('error'), count('warning'), count('info')];
  history.transaction(() => {
    history
      .prepare(
        'insert into validations (migration_id, version, at, errors, warnings, report) values (?, ?, ?, ?, ?, ?)',
      )
      .run(subject.id, subject.version, subject.at, errors, warnings, JSON.stringify(report));
    const rules = report.findings.map(({ rule, message }) => `${rule} ${message}`).join('\n');
    const counts = [
      plural(errors, 'error'),
      plural(warnings, 'warning'),
      ...(notes > 0 ? [plural(notes, 'note')] : []),
    ];
    addEvent(history, subject, 'validated', counts.join(', '), rules);
  })();
}

/** Records the outcome of a shadow run of a version. */
export function recordShadowRun(history: WritableHistory, subject: Subject, report: ShadowRunReport): void {
  history.transaction(() => {
    history
      .prepare('insert into shadow_runs (migration_id, version, at, restored, report) values (?, ?, ?, ?, ?)')
      .run(subject.id, subject.version, subject.at, report.restored ? 1 : 0, JSON.stringify(report));
    addEvent(history, subject, 'shadow run', shadowRunText(report), '');
  })();
}

/** Records that a person has reviewed a version. */
export function recordReview(history: WritableHistory, subject: Subject): void {
  history.transaction(() => {
    history
      .prepare('insert into reviews (migration_id, version, at) values (?, ?, ?)')
      .run(subject.id, subject.version, subject.at);
    addEvent(history, subject, 'reviewed', `Version ${subject.version} reviewed`, '');
  })();
}

/** Records that the files of a version were written. */
export function recordExport(
  history: WritableHistory,
  subject: Subject,
  directory: string,
  files: readonly string[],
): void {
  history.transaction(() => {
    history
      .prepare('insert into exports (migration_id, version, at, directory, files) values (?, ?, ?, ?, ?)')
      .run(subject.id, subject.version, subject.at, directory, JSON.stringify(files));
    addEvent(history, subject, 'exported', `${plural(files.length, 'file')} to ${directory}`, files.join('\n'));
  })();
}

/** Adds a line to the timeline; `searchText` is what the full-text search finds it by, beside its own text. */
function addEvent(
  history: WritableHistory,
  { id, version, at }: { readonly id: MigrationId; readonly version: number | null; readonly at: string },
  kind: HistoryEvent['kind'],
  text: string,
  searchText: string,
): void {
  const { lastInsertRowid } = history
    .prepare('insert into events (at, migration_id, version, kind, text) values (?, ?, ?, ?, ?)')
    .run(at, id, version, kind, text);
  history
    .prepare('insert into event_search (rowid, body) values (?, ?)')
    .run(lastInsertRowid, `${kind}\n${text}\n${searchText}`);
  history.prepare('update migrations set changed_at = ? where id = ?').run(at, id);
}

function shadowRunText(report: ShadowRunReport): string {
  const failed = report.statements.find(({ error }) => error !== null);
  if (failed?.error)
    return `Shadow run failed at ${failed.direction} statement ${failed.index + 1}: ${failed.error.message}`;
  if (report.restored) return 'Shadow run: down restores the baseline';
  return `Shadow run: down does not restore the baseline, ${plural(report.differences.length, 'difference')}`;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
