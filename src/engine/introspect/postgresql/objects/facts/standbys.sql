select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    s.application_name as "name",
    s.state as "state",
    s.sync_state as "synchronous",
    pg_catalog.pg_wal_lsn_diff(
      case
        when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_replay_lsn()
        else pg_catalog.pg_current_wal_lsn()
      end,
      s.replay_lsn
    ) as "lagBytes",
    extract(epoch from s.replay_lag)::pg_catalog.float8 as "lagSeconds"
  from pg_catalog.pg_stat_replication s
  order by s.application_name, s.pid
  limit 100
) r
