import type { SchemaMigration } from './schema-migration.ts';

/**
 * The fingerprint that a catalog shares with its copies, by the catalog's own, which determines it. In a table of its
 * own, because it is read without the catalog, and outlives it.
 */
export const portableFingerprint: SchemaMigration = {
  version: 20,
  sql: `
create table portable_fingerprints (
  fingerprint text primary key,
  portable text not null
) strict, without rowid;
`,
};
