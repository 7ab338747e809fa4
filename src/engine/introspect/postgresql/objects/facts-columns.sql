select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    n.schemaname as "schema",
    n.tablename as "table",
    pg_catalog.json_agg(pg_catalog.json_build_object(
      'name', n.attname, 'nullFraction', n.null_frac::pg_catalog.float8, 'distinct', n.n_distinct::pg_catalog.float8
    ) order by n.attname) as "columns"
  from pg_catalog.pg_stats n
  where not n.inherited
    and n.schemaname !~ '^pg_' and n.schemaname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.schemaname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  group by n.schemaname, n.tablename
  order by n.schemaname, n.tablename
) r
