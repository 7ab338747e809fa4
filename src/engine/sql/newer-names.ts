import type { Node } from '@pgsql/types';
import type { Catalog } from '../catalog/catalog.ts';
import type { NewerSyntax } from './newer-syntax.ts';
import { as, findNodes, nameOfParts, strings } from './nodes.ts';
import type { Statement } from './parser.ts';

/** What somebody may have made under a name of the system's own: it is meant then. */
export type OwnNames = { readonly routines: ReadonlySet<string> };

/** Names by the major version that came with them, as the system catalogs of 12 to 18 differ. */
type Names = Readonly<Record<number, string>>;

/** Functions that people call; not those of types, indexes and statistics. */
const FUNCTIONS: Names = {
  13: 'gcd gen_random_uuid is_normalized jsonb_path_exists_tz jsonb_path_match_tz jsonb_path_query_array_tz jsonb_path_query_first_tz jsonb_path_query_tz jsonb_set_lax lcm min_scale normalize pg_current_snapshot pg_current_xact_id trim_scale',
  14: 'bit_count bit_xor date_bin datemultirange int4multirange int8multirange multirange nummultirange range_agg range_intersect_agg string_to_table trim_array tsmultirange tstzmultirange unistr',
  15: 'has_parameter_privilege regexp_count regexp_instr regexp_like regexp_substr',
  16: 'any_value array_sample array_shuffle date_add date_subtract erf erfc json_agg_strict json_object_agg_strict json_object_agg_unique json_object_agg_unique_strict jsonb_agg_strict jsonb_object_agg_strict jsonb_object_agg_unique jsonb_object_agg_unique_strict pg_input_error_info pg_input_is_valid random_normal system_user',
  17: 'jsonb_populate_record_valid pg_basetype to_bin to_oct to_regtypemod unicode_assigned unicode_version uuid_extract_timestamp uuid_extract_version xmltext',
  18: 'array_reverse array_sort casefold crc32 crc32c gamma has_largeobject_privilege lgamma uuidv4 uuidv7',
};

/** Settings that a session or a routine may have; a name without a dot that is not known is refused. */
const SETTINGS: Names = {
  13: 'backtrace_functions enable_incremental_sort hash_mem_multiplier log_parameter_max_length logical_decoding_work_mem maintenance_io_concurrency wal_skip_threshold',
  14: 'client_connection_check_interval compute_query_id default_toast_compression enable_async_append enable_memoize idle_session_timeout',
  15: 'recursive_worktable_factor stats_fetch_consistency',
  16: 'createrole_self_grant debug_parallel_query enable_presorted_aggregate icu_validation_level vacuum_buffer_usage_limit',
  17: 'enable_group_by_reordering event_triggers io_combine_limit transaction_timeout',
  18: 'enable_distinct_reordering enable_self_join_elimination file_copy_method vacuum_max_eager_freeze_failure_rate vacuum_truncate',
};

const ROLES: Names = {
  14: 'pg_database_owner pg_read_all_data pg_write_all_data',
  15: 'pg_checkpoint',
  16: 'pg_create_subscription pg_use_reserved_connections',
  17: 'pg_maintain',
  18: 'pg_signal_autovacuum_worker',
};

const TYPES: Names = {
  13: 'pg_snapshot regcollation xid8 anycompatible anycompatiblearray',
  14: 'datemultirange int4multirange int8multirange nummultirange tsmultirange tstzmultirange',
};

/** Names of the routines of a database and of those that statements make. */
export const ownNames = (catalog: Pick<Catalog, 'routines'>, statements: readonly Statement[]): OwnNames => ({
  routines: new Set([
    ...catalog.routines.map(({ name }) => name),
    ...statements.flatMap(({ node }) => [
      ...strings(as(node, 'CreateFunctionStmt')?.funcname).slice(-1),
      ...strings(as(node, 'DefineStmt')?.defnames).slice(-1),
    ]),
  ]),
});

const versionsOf = (names: Names): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(names).flatMap(([since, list]) => list.split(' ').map((name) => [name, Number(since)] as const)),
  );

const [functions, settings, roles, types] = [FUNCTIONS, SETTINGS, ROLES, TYPES].map(versionsOf) as [
  ReadonlyMap<string, number>,
  ReadonlyMap<string, number>,
  ReadonlyMap<string, number>,
  ReadonlyMap<string, number>,
];

/**
 * Functions, types, settings and roles of the system that a statement names and a server of this major version does not
 * have. `own` holds the names of routines in the database.
 */
export function newerNames(statement: Node, major: number, own: OwnNames): readonly NewerSyntax[] {
  const found: NewerSyntax[] = [];
  const look = (
    names: ReadonlyMap<string, number>,
    name: string | undefined,
    clause: (name: string) => string,
    location?: number,
  ): void => {
    const since = name === undefined ? undefined : names.get(name);
    if (name !== undefined && since !== undefined && since > major)
      found.push({ clause: clause(name), since, location });
  };
  for (const { funcname, location } of findNodes(statement, 'FuncCall')) {
    const { schema, name } = nameOfParts(strings(funcname));
    const isSystems = schema === 'pg_catalog' || (schema === null && !own.routines.has(name));
    if (isSystems) look(functions, name, (one) => `${one}()`, location);
  }
  const typed = [...findNodes(statement, 'ColumnDef'), ...findNodes(statement, 'TypeCast')];
  for (const { typeName } of typed) {
    const { schema, name } = nameOfParts(strings(typeName?.names));
    if (schema === null || schema === 'pg_catalog') {
      look(types, name, (one) => `the type ${one}`, typeName?.location);
    }
  }
  for (const { rolename, location } of findNodes(statement, 'RoleSpec')) {
    look(roles, rolename, (one) => `the role ${one}`, location);
  }
  for (const { name } of findNodes(statement, 'VariableSetStmt')) {
    look(settings, name, (one) => `the setting ${one}`);
  }
  return found;
}
