import type { Catalog } from '../../engine/catalog/catalog.ts';
import type { ConnectionId } from '../../shared/ids.ts';
import type { ReadableHistory, WritableHistory } from './handles.ts';

/**
 * Keeps a catalog for offline use. Older ones of the same connection are dropped, except those that a saved version was
 * written for. `packed` is the catalog as `packCatalog` makes it, made where the catalog was read, because that takes too
 * long for the main thread.
 */
export function keepCatalog(
  history: WritableHistory,
  connectionId: ConnectionId,
  catalog: Pick<Catalog, 'formatVersion' | 'fingerprint' | 'portableFingerprint' | 'capturedAt'>,
  packed: Uint8Array,
): void {
  history.transaction(() => {
    history
      .prepare(
        `insert into catalogs (connection_id, fingerprint, captured_at, format, catalog) values (?, ?, ?, ?, ?)
         on conflict (connection_id, fingerprint)
         do update set captured_at = excluded.captured_at, format = excluded.format, catalog = excluded.catalog`,
      )
      .run(connectionId, catalog.fingerprint, catalog.capturedAt, catalog.formatVersion, packed);
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

/** What a kept catalog is known by. */
export type KeptCatalogKey = { readonly fingerprint: string; readonly capturedAt: string };

/** What the newest catalog of a connection is known by, or null; one in a format that is no longer read counts as none. */
export function newestCatalogKey(history: ReadableHistory, connectionId: ConnectionId): KeptCatalogKey | null {
  const row = history
    .prepare<[string], KeptCatalogKey & { readonly format: number }>(
      `select fingerprint, captured_at as capturedAt, format from catalogs where connection_id = ?
       order by captured_at desc, rowid desc limit 1`,
    )
    .get(connectionId);
  if (row === undefined || row.format !== 1) return null;
  return { fingerprint: row.fingerprint, capturedAt: row.capturedAt };
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

/** A kept catalog as it was packed, or null. */
export function packedCatalog(history: ReadableHistory, fingerprint: string): Uint8Array<ArrayBuffer> | null {
  const row = history
    .prepare<[string], { catalog: Uint8Array<ArrayBuffer> }>(
      'select catalog from catalogs where fingerprint = ? limit 1',
    )
    .get(fingerprint);
  return row?.catalog ?? null;
}
