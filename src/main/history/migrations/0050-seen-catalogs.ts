import type { SchemaMigration } from './schema-migration.ts';

/** Up to which reading of a connection somebody has seen what changed: at first the newest that there is. */
export const seenCatalogs: SchemaMigration = {
  version: 50,
  sql: `
create table seen_catalogs (
  connection_id text primary key,
  fingerprint text not null
) strict, without rowid;

insert or replace into seen_catalogs
select connection_id, fingerprint from catalogs order by captured_at, rowid;
`,
};
