select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    s.slot_name as "name",
    s.slot_type as "kind",
    s.database as "database",
    s.active as "active",
    -- Since 13.
    pg_catalog.to_jsonb(s) ->> 'wal_status' as "walStatus",
    pg_catalog.pg_wal_lsn_diff(
      case
        when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_replay_lsn()
        else pg_catalog.pg_current_wal_lsn()
      end,
      s.restart_lsn
    ) as "retainedBytes"
  from pg_catalog.pg_replication_slots s
  order by s.slot_name
  limit 100
) r
