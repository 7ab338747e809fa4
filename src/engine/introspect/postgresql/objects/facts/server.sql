select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  select
    pg_catalog.clock_timestamp() as "time",
    pg_catalog.pg_postmaster_start_time() as "startedAt",
    pg_catalog.pg_is_in_recovery() as "inRecovery",
    pg_catalog.age(d.datfrozenxid) as "transactionAge",
    pg_catalog.pg_stat_get_db_stat_reset_time(d.oid) as "statisticsResetAt",
    pg_catalog.current_setting('block_size')::pg_catalog.int4 as "blockSize",
    (
      select pg_catalog.count(*)
      from pg_catalog.pg_stat_activity a
      where a.datname = d.datname and a.query = '<insufficient privilege>'
    ) as "hiddenSessions",
    (
      select pg_catalog.count(*)
      from pg_catalog.pg_stat_replication s
      where s.state is null
    ) as "hiddenStandbys"
  from pg_catalog.pg_database d
  where d.datname = pg_catalog.current_database()
) r
