select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    c.oid::pg_catalog.int8 as "oid",
    n.nspname as "schema",
    c.relname as "name",
    c.relkind = 'p' as "partitioned",
    (select i.inhparent::pg_catalog.int8 from pg_catalog.pg_inherits i where i.inhrelid = c.oid and c.relispartition)
      as "parent",
    c.reltuples::pg_catalog.float8 as "tuples",
    c.relpages as "pages",
    coalesce(s.n_live_tup, 0) as "live",
    case when c.relkind = 'r' then coalesce(pg_catalog.pg_table_size(c.oid), 0) else 0 end as "bytes",
    case when c.relkind = 'r' then coalesce(pg_catalog.pg_relation_size(c.oid), 0) else 0 end as "mainBytes",
    case when c.relkind = 'r' then coalesce(pg_catalog.pg_indexes_size(c.oid), 0) else 0 end as "indexBytes",
    greatest(s.last_analyze, s.last_autoanalyze) as "lastAnalyzedAt"
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_stat_all_tables s on s.relid = c.oid
  where c.relkind in ('r', 'p')
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid and e.deptype = 'e'
    )
  order by n.nspname, c.relname
) r
