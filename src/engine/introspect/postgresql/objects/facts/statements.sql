-- The name without a schema is found through the search path, which holds the schema of the extension alone.
select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    pg_catalog.min(s.query) as "text",
    pg_catalog.sum(s.calls)::pg_catalog.int8 as "calls",
    -- Named mean_time before 13; one text may have an entry for each role.
    pg_catalog.sum(
      s.calls * coalesce(pg_catalog.to_jsonb(s) ->> 'mean_exec_time', pg_catalog.to_jsonb(s) ->> 'mean_time')::pg_catalog.float8
    ) / nullif(pg_catalog.sum(s.calls), 0) as "meanMilliseconds",
    pg_catalog.bool_or(s.query = '<insufficient privilege>') as "hidden"
  from pg_stat_statements s
  where s.dbid = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
    and pg_catalog.length(s.query) <= 20000
    -- What Lockstep itself asks is no query of an application.
    and s.query !~ 'select pg_catalog[.](row_to_json[(]r[)]::|json_agg[(]r[.]|translate[(]pg_catalog[.]array_agg[(]r[.])'
  group by s.queryid, pg_catalog.md5(s.query)
  order by 2 desc
  limit 1000
) r
