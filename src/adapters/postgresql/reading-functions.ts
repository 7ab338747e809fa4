import { builtinVolatility } from '../../engine/sql/builtin-volatility.ts';

/** Families of the server's functions that look something up: definitions, statistics, privileges, JSON. */
const readingFamily =
  /^(pg_get_\w+|pg_stat_get_\w+|has_\w+_privilege|jsonb?_\w+|pg_snapshot_\w+|pg_describe_object|pg_identify_object\w*|to_reg\w+)$/;

/** Aggregates and other functions of the server that only read, whatever their volatility. */
const reading: ReadonlySet<string> = new Set(
  `
  acldefault aclexplode aclitemin array_agg avg bit_and bit_or bool_and bool_or clock_timestamp col_description count
  current_role dense_rank every first_value format_type generate_subscripts hashtextextended inet_server_port lag last_value lead max min mode nullif oidvectortypes percentile_cont percentile_disc pg_blocking_pids
  pg_control_checkpoint pg_control_system pg_current_wal_lsn pg_encoding_to_char pg_index_column_has_property
  pg_index_has_property pg_indexam_has_property pg_indexes_size pg_is_in_recovery pg_is_wal_replay_paused
  pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_options_to_table pg_postmaster_start_time pg_relation_filenode
  pg_relation_is_publishable pg_relation_size pg_sequence_last_value pg_sequence_parameters pg_size_bytes
  pg_size_pretty pg_sleep pg_table_is_visible pg_table_size pg_tablespace_location pg_total_relation_size
  pg_type_is_visible pg_wal_lsn_diff rank row_number row_security_active shobj_description string_agg sum
  ts_token_type txid_snapshot_xmax txid_snapshot_xmin unnest xmlagg
  `
    .trim()
    .split(/\s+/),
);

/** Functions that are stable for the planner and yet leave a trace: a transaction number, the run of a given text. */
const leavesTrace: ReadonlySet<string> = new Set(['txid_current', 'pg_current_xact_id', 'unaccent', 'crypt']);

/** True for a function of the server that is known to do nothing but read; every other one counts as acting. */
export function isReadingFunction(name: string): boolean {
  if (leavesTrace.has(name)) return false;
  const volatility = builtinVolatility(name);
  return volatility === 'immutable' || volatility === 'stable' || reading.has(name) || readingFamily.test(name);
}
