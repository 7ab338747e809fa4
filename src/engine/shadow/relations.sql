select json_build_object(
  'relations', (
    select coalesce(json_agg(json_build_array(
      c.oid, n.nspname, c.relname, c.relkind, coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
      pg_catalog.pg_stat_get_xact_numscans(c.oid))), '[]'::json)
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm', 'v', 'f', 'S') and c.relpersistence <> 't'
      and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
      and c.oid not in (
        select d.objid from pg_catalog.pg_depend d
        where d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass and d.deptype = 'e'
          and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
  ),
  'locks', (
    select coalesce(json_agg(json_build_array(l.relation, l.mode)), '[]'::json)
    from pg_catalog.pg_locks l
    where l.locktype = 'relation' and l.pid = pg_catalog.pg_backend_pid() and l.granted
      and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
  )
)::text as row
