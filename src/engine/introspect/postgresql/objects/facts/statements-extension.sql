select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select n.nspname as "schema"
  from pg_catalog.pg_extension e
  join pg_catalog.pg_namespace n on n.oid = e.extnamespace
  where e.extname = 'pg_stat_statements'
) r
