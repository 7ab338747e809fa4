import type { Catalog } from '../../engine/catalog/catalog.ts';
import type { ConnectionId } from '../../shared/ids.ts';
import type { ReadableHistory, WritableHistory } from './handles.ts';

/**
 * Keeps a catalog for offline use. Older ones of the same connection are dropped, except those that a saved version was
 * written for. `json` is the catalog as text, made where the catalog was read, because turning a large one into text
 * takes too long for the main thread.
 */
export function keepCatalog(
  history: WritableHistory,
  connectionId: ConnectionId,
  catalog: Pick<Catalog, 'fingerprint' | 'portableFingerprint' | 'capturedAt'>,
  json: string,
): void {
  history.transaction(() => {
    history
      .prepare(
        `insert into catalogs (connection_id, fingerprint, captured_at, catalog) values (?, ?, ?, ?)
         on conflict (connection_id, fingerprint)
         do update set captured_at = excluded.captured_at, catalog = excluded.catalog`,
      )
      .run(connectionId, catalog.fingerprint, catalog.capturedAt, json);
    if (catalog.portableFingerprint !== undefined) {
      history
        .prepare('insert or ignore into portable_fingerprints (fingerprint, portable) values (?, ?)')
        .run(catalog.fingerprint, catalog.portableFingerprint);
    }
    history
      .prepare(
        `delete from catalogs where connection_id = ? and fingerprint <> ? and fingerprint not in (
           select base_fingerprint from versions join migrations on migrations.id = migration_id
           where connection_id = ? and base_fingerprint is not null)`,
      )
      .run(connectionId, catalog.fingerprint, connectionId);
  })();
}

/** The state of a database, as JSON, when the catalog with this fingerprint was read from it by this version of Lockstep. */
export type CatalogState = { readonly fingerprint: string; readonly lockstep: string; readonly state: string };

/** Keeps the state that a connection's newest catalog was read in, or forgets the last one. */
export function keepCatalogState(
  history: WritableHistory,
  connectionId: ConnectionId,
  kept: CatalogState | null,
): void {
  if (kept === null) {
    history.prepare('delete from catalog_states where connection_id = ?').run(connectionId);
    return;
  }
  history
    .prepare('insert or replace into catalog_states (connection_id, fingerprint, lockstep, state) values (?, ?, ?, ?)')
    .run(connectionId, kept.fingerprint, kept.lockstep, kept.state);
}

/** The state of a connection's database at the last reading, or null; what another version of Lockstep read counts as none. */
export function keptCatalogState(
  history: ReadableHistory,
  connectionId: ConnectionId,
  lockstep: string,
): CatalogState | null {
  const row = history
    .prepare<[string, string], CatalogState>(
      'select fingerprint, lockstep, state from catalog_states where connection_id = ? and lockstep = ?',
    )
    .get(connectionId, lockstep);
  return row ?? null;
}

/** The newest catalog of a connection as JSON text, or null; one in a format that is no longer read counts as none. */
export function newestCatalogText(history: ReadableHistory, connectionId: ConnectionId): string | null {
  const row = history
    .prepare<[string], { catalog: string }>(
      'select catalog from catalogs where connection_id = ? order by captured_at desc, rowid desc limit 1',
    )
    .get(connectionId);
  // Only Lockstep writes this column, with the version of the format first.
  return row !== undefined && /^\{"formatVersion":1[,}]/.test(row.catalog) ? row.catalog : null;
}

/** The newest catalog of a connection, or null; trusted to have the shape that its format version promises. */
export function newestCatalog(history: ReadableHistory, connectionId: ConnectionId): Catalog | null {
  const text = newestCatalogText(history, connectionId);
  return text === null ? null : (JSON.parse(text) as Catalog);
}

/** When the newest catalog of each connection was read, and its fingerprint. */
export function keptCatalogs(
  history: ReadableHistory,
): ReadonlyMap<string, { readonly capturedAt: string; readonly fingerprint: string }> {
  const rows = history
    .prepare<[], { connection_id: string; captured_at: string; fingerprint: string }>(
      'select connection_id, captured_at, fingerprint from catalogs order by captured_at, rowid',
    )
    .all();
  return new Map(
    rows.map((row) => [row.connection_id, { capturedAt: row.captured_at, fingerprint: row.fingerprint }] as const),
  );
}

/** The JSON text of a kept catalog, or null. */
export function catalogJson(history: ReadableHistory, fingerprint: string): string | null {
  const row = history
    .prepare<[string], { catalog: string }>('select catalog from catalogs where fingerprint = ? limit 1')
    .get(fingerprint);
  return row?.catalog ?? null;
}
