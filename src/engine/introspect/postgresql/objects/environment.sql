select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    pg_catalog.current_setting('server_version_num')::pg_catalog.int4 as "version",
    pg_catalog.array_to_json(pg_catalog.current_schemas(false)) as "searchPath",
    pg_catalog.current_database() as "database",
    pg_catalog.current_setting('TimeZone') as "timeZone"
) r
