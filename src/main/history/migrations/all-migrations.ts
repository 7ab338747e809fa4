import { begin } from './0010-begin.ts';
import { portableFingerprint } from './0020-portable-fingerprint.ts';
import { catalogState } from './0030-catalog-state.ts';
import { packedCatalogs } from './0040-packed-catalogs.ts';
import { seenCatalogs } from './0050-seen-catalogs.ts';
import type { SchemaMigration } from './schema-migration.ts';

/** Every step of the history's schema in the order in which they run. */
export const allMigrations: readonly SchemaMigration[] = [
  begin,
  portableFingerprint,
  catalogState,
  packedCatalogs,
  seenCatalogs,
];
