select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    pg_catalog.current_setting('server_version_num')::pg_catalog.int4 as "version",
    pg_catalog.array_to_json(pg_catalog.current_schemas(false)) as "searchPath",
    pg_catalog.current_database() as "database",
    pg_catalog.current_setting('TimeZone') as "timeZone",
    pg_catalog.pg_encoding_to_char(d.encoding) as "encoding",
    d.datcollate as "collate",
    d.datctype as "ctype"
  from pg_catalog.pg_database d
  where d.datname = pg_catalog.current_database()
) r
