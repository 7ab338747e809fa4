select
  c.oid::pg_catalog.int8 as "oid",
  n.nspname as "schema",
  c.relname as "name",
  c.relkind::pg_catalog.text as "kind",
  p.inhparent::pg_catalog.int8 as "parent",
  c.reltuples::pg_catalog.float8 as "tuples",
  c.relpages as "pages",
  t.oid::pg_catalog.int8 as "toast",
  t.relpages as "toastPages",
  pg_catalog.pg_stat_get_live_tuples(c.oid) as "live",
  pg_catalog.pg_stat_get_dead_tuples(c.oid) as "dead",
  pg_catalog.pg_stat_get_mod_since_analyze(c.oid) as "changed",
  pg_catalog.pg_stat_get_tuples_inserted(c.oid) as "inserts",
  pg_catalog.pg_stat_get_tuples_updated(c.oid) as "updates",
  pg_catalog.pg_stat_get_tuples_deleted(c.oid) as "deletes",
  pg_catalog.pg_stat_get_numscans(c.oid) as "scans",
  pg_catalog.pg_stat_get_last_vacuum_time(c.oid) as "lastVacuum",
  pg_catalog.pg_stat_get_last_autovacuum_time(c.oid) as "lastAutovacuum",
  pg_catalog.pg_stat_get_last_analyze_time(c.oid) as "lastAnalyze",
  pg_catalog.pg_stat_get_last_autoanalyze_time(c.oid) as "lastAutoanalyze",
  case when c.relfrozenxid::pg_catalog.text <> '0' then pg_catalog.age(c.relfrozenxid) end as "transactionAge",
  (
    select pg_catalog.json_agg(o.option order by o.option)
    from (
      select pg_catalog.unnest(c.reloptions) as option
      union all
      select 'toast.' || pg_catalog.unnest(t.reloptions)
    ) o
    where o.option ~ '^(toast\.)?autovacuum_'
  ) as "autovacuum",
  coalesce(pg_catalog.has_any_column_privilege(c.oid, 'select') and not pg_catalog.row_security_active(c.oid), true)
    as "readable"
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_class t on t.oid = c.reltoastrelid
left join pg_catalog.pg_inherits p on p.inhrelid = c.oid and c.relispartition
where c.relkind in ('r', 'p', 'm', 'f')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and ($1::pg_catalog.text is null or n.nspname in (select pg_catalog.json_array_elements_text($1::pg_catalog.json)))
  and not exists (
    select from pg_catalog.pg_depend e
    where e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and e.deptype = 'e'
      and e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid
  )
order by n.nspname, c.relname
