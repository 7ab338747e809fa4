import type { ExtensionContents } from './extension-contents.ts';

/** A table becomes a hypertable: its time column may not be null, and gets an index unless that is not wanted. */
const hypertable = (relation: string, column: string, indexes: string): string => `
  execute format('alter table %s alter column %I set not null', ${relation}, ${column});
  if ${indexes} and not exists (select from pg_catalog.pg_index i where i.indrelid = ${relation} and i.indkey[0] =
      (select a.attnum from pg_catalog.pg_attribute a where a.attrelid = ${relation} and a.attname = ${column})) then
    execute format('create index on %s (%I desc)', ${relation}, ${column});
  end if;
  return next;`;

/** TimescaleDB: https://docs.timescale.com/api/latest/. Chunks are not made. */
const timescaledb: ExtensionContents = {
  before: [
    'create schema if not exists timescaledb_information',
    'create schema if not exists _timescaledb_internal',
    'create type dimension_info as (column_name name, interval_length text)',
  ],
  functions: [
    'by_range(column_name name, partition_interval anyelement) returns dimension_info := row($1, $2::text)::@extschema@.dimension_info',
    'by_range(column_name name) returns dimension_info := row($1, null)::@extschema@.dimension_info',
    'by_hash(column_name name, number_partitions integer) returns dimension_info := row($1, $2::text)::@extschema@.dimension_info',
    'add_dimension(hypertable regclass, dimension dimension_info, if_not_exists boolean default false, out dimension_id integer, out created boolean) returns record',
    'set_chunk_time_interval(hypertable regclass, chunk_time_interval anyelement) returns void',
    'add_retention_policy(relation regclass, drop_after "any", if_not_exists boolean default false, schedule_interval interval default null) returns integer',
    'remove_retention_policy(relation regclass, if_exists boolean default false) returns void',
    'add_compression_policy(hypertable regclass, compress_after "any", if_not_exists boolean default false) returns integer',
    'remove_compression_policy(hypertable regclass, if_exists boolean default false) returns boolean',
    'add_continuous_aggregate_policy(continuous_aggregate regclass, start_offset "any", end_offset "any", schedule_interval interval, if_not_exists boolean default false) returns integer',
    'remove_continuous_aggregate_policy(continuous_aggregate regclass, if_exists boolean default false) returns void',
    'add_reorder_policy(hypertable regclass, index_name name, if_not_exists boolean default false) returns integer',
    'drop_chunks(relation regclass, older_than "any" default null, newer_than "any" default null) returns setof text',
    'show_chunks(relation regclass, older_than "any" default null, newer_than "any" default null) returns setof regclass',
    'hypertable_size(hypertable regclass) returns bigint',
    "time_bucket(bucket_width interval, ts timestamptz) returns timestamptz := date_trunc('hour', $2)",
    "time_bucket(bucket_width interval, ts timestamp) returns timestamp := date_trunc('hour', $2)",
    'time_bucket(bucket_width interval, ts date) returns date := $2',
    'time_bucket(bucket_width integer, ts integer) returns integer := $2',
    'time_bucket(bucket_width bigint, ts bigint) returns bigint := $2',
    "time_bucket_gapfill(bucket_width interval, ts timestamptz) returns timestamptz := date_trunc('hour', $2)",
  ].map((one) => one.replaceAll('"any"', 'anyelement')),
  aggregates: ['first(anyelement, timestamptz) returns anyelement', 'last(anyelement, timestamptz) returns anyelement'],
  after: [
    `create function create_hypertable(relation regclass, time_column_name name, partitioning_column name default null,
       number_partitions integer default null, associated_schema_name name default null,
       associated_table_prefix name default null, chunk_time_interval anyelement default null::bigint,
       create_default_indexes boolean default true, if_not_exists boolean default false,
       migrate_data boolean default false)
     returns table (hypertable_id integer, schema_name name, table_name name, created boolean)
     language plpgsql as $body$ begin ${hypertable('relation', 'time_column_name', 'create_default_indexes')} end $body$`,
    `create function create_hypertable(relation regclass, dimension dimension_info,
       create_default_indexes boolean default true, if_not_exists boolean default false,
       migrate_data boolean default false)
     returns table (hypertable_id integer, created boolean)
     language plpgsql as $body$ begin ${hypertable('relation', '(dimension).column_name', 'create_default_indexes')} end $body$`,
    `create view timescaledb_information.hypertables as select null::name as hypertable_schema,
       null::name as hypertable_name where false`,
    `create view timescaledb_information.jobs as select null::integer as job_id, null::name as proc_name,
       null::name as hypertable_name where false`,
  ],
};

/** Extensions for rows with a time, and for tables that are split or spread, by their names. */
export const timeSeriesExtensions: Readonly<Record<string, ExtensionContents>> = {
  timescaledb,
  pg_partman: {
    functions: [
      "create_parent(p_parent_table text, p_control text, p_interval text, p_type text default 'range', p_epoch text default 'none', p_premake integer default 4, p_start_partition text default null, p_default_table boolean default true, p_automatic_maintenance text default 'on', p_constraint_cols text[] default null, p_template_table text default null, p_jobmon boolean default true) returns boolean",
      'run_maintenance(p_parent_table text default null, p_analyze boolean default false, p_jobmon boolean default true) returns void',
      'undo_partition(p_parent_table text, p_target_table text default null) returns record',
    ],
    after: [
      `create table part_config (parent_table text not null primary key, control text not null,
         partition_interval text not null, partition_type text not null, premake integer not null default 4,
         automatic_maintenance text not null default 'on', template_table text, retention text, retention_schema text,
         retention_keep_index boolean not null default true, retention_keep_table boolean not null default true,
         infinite_time_partitions boolean not null default false)`,
      'create procedure run_maintenance_proc() language plpgsql as $body$ begin end $body$',
      'create procedure partition_data_proc(p_parent_table text) language plpgsql as $body$ begin end $body$',
    ],
  },
  citus: {
    schema: 'pg_catalog',
    functions: [
      "create_distributed_table(table_name regclass, distribution_column text, distribution_type text default 'hash', colocate_with text default 'default', shard_count integer default null) returns void",
      'create_reference_table(table_name regclass) returns void',
      'undistribute_table(table_name regclass) returns void',
      'create_distributed_function(regprocedure) returns void',
      'citus_add_local_table_to_metadata(table_name regclass) returns void',
      'alter_distributed_table(table_name regclass, distribution_column text default null, shard_count integer default null) returns void',
    ],
  },
  citus_columnar: { schema: 'pg_catalog', tableMethods: ['columnar'] },
};
