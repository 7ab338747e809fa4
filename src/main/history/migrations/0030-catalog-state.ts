import type { SchemaMigration } from './schema-migration.ts';

/**
 * In which state a connection's database was when its newest catalog was read, and by which version of Lockstep: what a
 * later reading compares with. Apart from the catalogs, because it is worth nothing without the newest of them.
 */
export const catalogState: SchemaMigration = {
  version: 30,
  sql: `
create table catalog_states (
  connection_id text primary key,
  fingerprint text not null,
  lockstep text not null,
  state text not null check (json_valid(state))
) strict, without rowid;
`,
};
