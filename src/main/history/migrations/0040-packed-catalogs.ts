import { deflateRawSync } from 'node:zlib';
import type { SchemaMigration } from './schema-migration.ts';

/** Catalogs as compressed text, with the version of their format beside it, so that nobody unpacks one to ask for that. */
export const packedCatalogs: SchemaMigration = {
  version: 40,
  functions: {
    packed: (text) => deflateRawSync(String(text), { level: 1 }),
  },
  sql: `
create table packed_catalogs (
  connection_id text not null,
  fingerprint text not null,
  captured_at text not null,
  format integer not null,
  catalog blob not null,
  primary key (connection_id, fingerprint)
) strict;

insert into packed_catalogs
select connection_id, fingerprint, captured_at, coalesce(json_extract(catalog, '$.formatVersion'), 0), packed(catalog)
from catalogs order by rowid;

drop table catalogs;
alter table packed_catalogs rename to catalogs;
`,
};
