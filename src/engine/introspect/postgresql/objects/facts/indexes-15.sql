select
  c.oid::pg_catalog.int8 as "oid",
  n.nspname as "schema",
  c.relname as "name",
  i.indrelid::pg_catalog.int8 as "table",
  p.inhparent::pg_catalog.int8 as "parent",
  c.relkind = 'I' as "partitioned",
  c.relpages as "pages",
  pg_catalog.pg_stat_get_numscans(c.oid) as "scans",
  null::pg_catalog.timestamptz as "lastScan"
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_index i on i.indexrelid = c.oid
left join pg_catalog.pg_inherits p on p.inhrelid = c.oid and c.relispartition
where c.relkind in ('i', 'I')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
order by n.nspname, c.relname
