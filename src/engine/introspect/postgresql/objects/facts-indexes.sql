select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    n.nspname as "schema",
    c.relname as "name",
    coalesce(pg_catalog.pg_relation_size(c.oid), 0) as "bytes",
    coalesce(s.idx_scan, 0) as "scans"
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_stat_all_indexes s on s.indexrelid = c.oid
  where c.relkind = 'i'
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  order by n.nspname, c.relname
) r
