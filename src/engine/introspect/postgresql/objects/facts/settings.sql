select pg_catalog.row_to_json(r)::pg_catalog.text as row
from (
  -- What this session set for itself says nothing about the sessions of others.
  select s.name as "name", s.setting as "value", s.unit as "unit", s.source in ('client', 'session') as "own"
  from pg_catalog.pg_settings s
  where s.name in (
    'autovacuum', 'autovacuum_analyze_scale_factor', 'autovacuum_analyze_threshold', 'autovacuum_freeze_max_age',
    'autovacuum_max_workers', 'autovacuum_multixact_freeze_max_age', 'autovacuum_naptime',
    'autovacuum_vacuum_cost_delay', 'autovacuum_vacuum_cost_limit', 'autovacuum_vacuum_scale_factor',
    'autovacuum_vacuum_threshold', 'block_size', 'deadlock_timeout', 'default_toast_compression', 'fsync',
    'idle_in_transaction_session_timeout', 'lock_timeout', 'log_lock_waits', 'maintenance_work_mem',
    'max_locks_per_transaction', 'max_parallel_maintenance_workers', 'max_prepared_transactions',
    'max_slot_wal_keep_size', 'max_wal_size', 'statement_timeout', 'synchronous_commit', 'synchronous_standby_names',
    'track_counts', 'transaction_timeout', 'wal_level'
  )
  order by s.name
) r
