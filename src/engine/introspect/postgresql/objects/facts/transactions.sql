select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    a.pid as "processId",
    a.usename as "user",
    a.application_name as "application",
    a.backend_type as "kind",
    a.state as "state",
    a.xact_start as "startedAt",
    a.wait_event_type is not distinct from 'Lock' as "waitsForLock",
    coalesce(
      (
        select pg_catalog.json_agg(
          pg_catalog.json_build_object('schema', h.nspname, 'name', h.relname, 'mode', h.mode)
          order by h.nspname, h.relname, h.mode
        )
        from (
          select distinct n.nspname, c.relname, l.mode
          from pg_catalog.pg_locks l
          join pg_catalog.pg_class c on c.oid = l.relation and c.relkind in ('r', 'p', 'm', 'f', 'S', 'v')
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          where l.pid = a.pid and l.granted and l.locktype = 'relation'
            and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
            and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
          order by n.nspname, c.relname, l.mode
          limit 200
        ) h
      ),
      '[]'::pg_catalog.json
    ) as "locks"
  from pg_catalog.pg_stat_activity a
  where a.datname = pg_catalog.current_database()
    and a.pid <> pg_catalog.pg_backend_pid()
    and a.backend_type <> 'parallel worker'
    and a.xact_start < pg_catalog.clock_timestamp() - interval '1 second'
  order by a.xact_start, a.pid
  limit 50
) r
