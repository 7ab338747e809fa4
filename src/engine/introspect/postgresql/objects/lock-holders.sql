select
  l.relation::pg_catalog.regclass::pg_catalog.text as relation,
  'process ' || l.pid
    || coalesce(' of ' || a.usename, '')
    || coalesce(' (' || nullif(a.application_name, '') || ')', '')
    || coalesce(', ' || a.state, '')
    || coalesce(' since ' || pg_catalog.to_char(a.xact_start at time zone 'UTC', 'HH24:MI:SS') || ' UTC', '') as holder
from pg_catalog.pg_locks l
left join pg_catalog.pg_stat_activity a on a.pid = l.pid
where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock' and l.pid <> pg_catalog.pg_backend_pid()
  and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
  and l.relation >= 16384
order by 1, l.granted desc, l.pid
limit 5
