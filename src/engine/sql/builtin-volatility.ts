/** How far PostgreSQL may trust a function to give the same answer again. */
export type Volatility = 'immutable' | 'stable' | 'volatile';

const words = (list: string): readonly string[] => list.trim().split(/\s+/);

// The server's own functions that people write in defaults, checks and indexes, with the weakest volatility of all
// functions of the name, as pg_proc of PostgreSQL 18 has it. `gen_random_bytes`, `uuid_generate_*`, `crypt` and
// `gen_salt` come from contributed extensions.
const volatileFunctions = words(`
  array_sample array_shuffle clock_timestamp currval gen_random_bytes gen_random_uuid gen_salt lastval lo_create
  nextval pg_advisory_lock pg_advisory_xact_lock pg_current_wal_lsn pg_database_size pg_export_snapshot pg_notify
  pg_relation_size pg_sleep pg_sleep_for pg_sleep_until pg_table_size pg_total_relation_size pg_xact_status random
  random_normal set_config setseed setval timeofday ts_rewrite ts_stat uuid_generate_v1 uuid_generate_v1mc
  uuid_generate_v4 uuidv4 uuidv7`);

const stableFunctions = words(`
  age array_to_json array_to_string concat concat_ws convert convert_from convert_to current_catalog current_database
  current_date current_schema current_schemas current_setting current_time current_timestamp current_user date date_add
  date_part date_subtract date_trunc enum_first enum_last enum_range extract format generate_series
  get_current_ts_config has_column_privilege has_database_privilege has_function_privilege has_schema_privilege
  has_table_privilege inet_client_addr inet_server_addr json_build_array json_build_object json_populate_record
  jsonb_build_array jsonb_build_object jsonb_populate_record length localtime localtimestamp make_timestamptz money now
  obj_description overlaps pg_backend_pid pg_collation_for pg_column_size pg_current_snapshot pg_current_xact_id
  pg_get_constraintdef pg_get_expr pg_get_serial_sequence pg_has_role pg_trigger_depth pg_typeof plainto_tsquery
  phraseto_tsquery quote_literal quote_nullable row_to_json session_user statement_timestamp system_user timezone
  to_char to_date to_json to_jsonb to_number to_regclass to_regtype to_timestamp to_tsquery to_tsvector
  transaction_timestamp txid_current txid_current_snapshot unaccent version websearch_to_tsquery xml_is_well_formed`);

const immutableFunctions = words(`
  abs acos array_append array_cat array_dims array_fill array_length array_lower array_ndims array_position
  array_positions array_prepend array_remove array_replace array_reverse array_sort array_to_tsvector array_upper ascii
  asin atan atan2 bit_count bit_length bool box broadcast btrim cardinality casefold cbrt ceil ceiling char_length
  character_length chr circle cos cot crypt daterange decode degrees digest div encode exp family factorial float4 float8
  floor gcd get_bit get_byte hashtext hmac host hostmask inet_merge initcap int2 int4 int4range int8 int8range isempty
  isfinite json_array_elements json_array_length json_each json_each_text json_extract_path json_extract_path_text
  json_object json_object_keys json_strip_nulls json_typeof jsonb_array_elements jsonb_array_elements_text
  jsonb_array_length jsonb_each jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object jsonb_object_keys
  jsonb_path_exists jsonb_path_match jsonb_path_query jsonb_path_query_array jsonb_path_query_first jsonb_pretty
  jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_typeof justify_days justify_hours justify_interval lcm left ln log
  log10 lower lower_inc lower_inf lpad ltrim make_date make_interval make_time make_timestamp masklen md5 mod netmask
  network normalize num_nonnulls num_nulls numnode numrange octet_length overlay parse_ident pg_size_bytes
  pg_size_pretty pi point polygon position pow power quote_ident radians range_merge regexp_count regexp_instr
  regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_substr repeat replace reverse right
  round rpad rtrim scale set_byte setweight sha224 sha256 sha384 sha512 sign similarity sin split_part sqrt starts_with
  string_to_array strip strpos substr substring tan text to_ascii to_hex translate trim_array trim_scale trunc ts_rank
  tsrange tstzrange unistr upper upper_inc upper_inf uuid_extract_timestamp uuid_extract_version uuid_nil width_bucket
  xmlcomment xpath xpath_exists`);

const volatilityByName: ReadonlyMap<string, Volatility> = new Map([
  ...immutableFunctions.map((name): [string, Volatility] => [name, 'immutable']),
  ...stableFunctions.map((name): [string, Volatility] => [name, 'stable']),
  ...volatileFunctions.map((name): [string, Volatility] => [name, 'volatile']),
]);

/** The volatility of one of the server's own functions; undefined when the name is not one that is known here. */
export const builtinVolatility = (name: string): Volatility | undefined => volatilityByName.get(name);
