import type { Catalog } from '../../engine/catalog/catalog.ts';
import type { ConnectionId } from '../../shared/ids.ts';
import type { ReadableHistory, WritableHistory } from './handles.ts';

/** How many different readings of a connection are kept to compare with. */
const mostReadings = 10;

/**
 * Keeps a catalog for offline use. Of the older ones of the same connection only the newest stay, the one whose changes
 * somebody has seen, and those that a saved version was written for. `packed` is the catalog as `packCatalog` makes it, made where the catalog was read, because that takes too
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
      .prepare('insert or ignore into seen_catalogs (connection_id, fingerprint) values (?, ?)')
      .run(connectionId, catalog.fingerprint);
    history
      .prepare(
        `delete from catalogs where connection_id = @id and fingerprint not in (
           select fingerprint from catalogs where connection_id = @id order by captured_at desc, rowid desc limit @most)
         and fingerprint not in (select fingerprint from seen_catalogs where connection_id = @id)
         and fingerprint not in (
           select base_fingerprint from versions join migrations on migrations.id = migration_id
           where connection_id = @id and base_fingerprint is not null)`,
      )
      .run({ id: connectionId, most: mostReadings });
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

/** A kept reading, and whether it is the one up to which somebody has seen the changes. */
export type KeptReading = KeptCatalogKey & { readonly isSeen: boolean };

/** The kept readings of a connection, the newest first; those in a format that is no longer read are left out. */
export function keptReadings(history: ReadableHistory, connectionId: ConnectionId): readonly KeptReading[] {
  return history
    .prepare<[string], KeptCatalogKey & { readonly seen: number }>(
      `select fingerprint, captured_at as capturedAt, exists (
         select 1 from seen_catalogs
         where seen_catalogs.connection_id = catalogs.connection_id and seen_catalogs.fingerprint = catalogs.fingerprint
       ) as seen
       from catalogs where connection_id = ? and format = 1 order by captured_at desc, rowid desc`,
    )
    .all(connectionId)
    .map(({ fingerprint, capturedAt, seen }) => ({ fingerprint, capturedAt, isSeen: seen === 1 }));
}

/** Remembers that the changes up to this reading have been seen. */
export function markSeen(history: WritableHistory, connectionId: ConnectionId, fingerprint: string): void {
  history
    .prepare('insert or replace into seen_catalogs (connection_id, fingerprint) values (?, ?)')
    .run(connectionId, fingerprint);
}
