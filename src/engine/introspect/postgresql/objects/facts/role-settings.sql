select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    o.rolname as "role",
    d.datname as "database",
    pg_catalog.split_part(e.entry, '=', 1) as "name",
    pg_catalog.substr(e.entry, pg_catalog.strpos(e.entry, '=') + 1) as "value"
  from pg_catalog.pg_db_role_setting s
  left join pg_catalog.pg_roles o on o.oid = s.setrole
  left join pg_catalog.pg_database d on d.oid = s.setdatabase
  cross join lateral pg_catalog.unnest(s.setconfig) as e(entry)
  where (s.setdatabase = 0 or d.datname = pg_catalog.current_database())
    and pg_catalog.split_part(e.entry, '=', 1) in (
      'deadlock_timeout', 'default_toast_compression', 'idle_in_transaction_session_timeout', 'lock_timeout',
      'maintenance_work_mem', 'statement_timeout', 'synchronous_commit', 'transaction_timeout'
    )
  order by o.rolname nulls first, d.datname nulls first, e.entry
  limit 200
) r
