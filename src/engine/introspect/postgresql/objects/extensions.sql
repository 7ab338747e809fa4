select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    x.oid::pg_catalog.int8 as "oid",
    x.extname as "name",
    x.extversion as "version",
    n.nspname as "schema",
    pg_catalog.pg_get_userbyid(x.extowner) as "owner"
  from pg_catalog.pg_extension x
  join pg_catalog.pg_namespace n on n.oid = x.extnamespace
  order by x.extname
) r
