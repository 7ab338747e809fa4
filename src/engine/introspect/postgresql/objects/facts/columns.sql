select
  n.nspname as "schema",
  c.relname as "table",
  s.attname as "name",
  s.null_frac::pg_catalog.float8 as "nullFraction",
  s.n_distinct::pg_catalog.float8 as "distinct",
  s.avg_width as "averageBytes"
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname
where c.relkind in ('r', 'p', 'm', 'f')
  -- A partitioned table has no rows of its own: what is known of it is known with its partitions.
  and s.inherited = (c.relkind = 'p')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
order by n.nspname, c.relname, s.attname
