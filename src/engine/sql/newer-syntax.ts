import type { AlterTableCmd, Constraint, Node } from '@pgsql/types';
import { all, as, findNodes, type NodeName, strings } from './nodes.ts';

/** A clause that servers before a major version of PostgreSQL refuse. */
export type NewerSyntax = {
  /** As people write it, for example `NOT ENFORCED`. */
  readonly clause: string;
  /** The first major version that takes it. */
  readonly since: number;
  /** Where the parse tree says that it stands, in bytes; absent when it does not say. */
  readonly location?: number | undefined;
};

/**
 * Clauses of a statement that a server of this major version refuses, from the release notes ("Migration", "Utility
 * Commands") of 11 to 18. The parser is the one of 18, and takes them all.
 */
export function newerSyntax(statement: Node, major: number): readonly NewerSyntax[] {
  const found: readonly NewerSyntax[] = [
    ...findNodes(statement, 'Constraint').flatMap(inConstraint),
    ...inConstraintsOfTables(statement),
    ...findNodes(statement, 'AlterTableCmd').flatMap(inAction),
    ...findNodes(statement, 'ColumnDef').flatMap(({ compression, storage_name, location }): readonly NewerSyntax[] => [
      ...(compression === undefined ? [] : [{ clause: 'COMPRESSION', since: 14, location }]),
      ...(storage_name === undefined ? [] : [{ clause: 'STORAGE in the definition of a column', since: 16, location }]),
    ]),
    ...findNodes(statement, 'CommonTableExpr').flatMap(({ search_clause, cycle_clause }): readonly NewerSyntax[] => [
      ...(search_clause === undefined ? [] : [{ clause: 'SEARCH', since: 14, location: search_clause.location }]),
      ...(cycle_clause === undefined ? [] : [{ clause: 'CYCLE', since: 14, location: cycle_clause.location }]),
    ]),
    ...findNodes(statement, 'ReturningOption').map(({ location }) => ({
      clause: 'RETURNING WITH',
      since: 18,
      location,
    })),
    ...findNodes(statement, 'JsonTable').map(({ location }) => ({ clause: 'JSON_TABLE', since: 17, location })),
    ...inJson(statement),
    ...inQueries(statement),
    ...inMerge(statement),
    ...inRights(statement),
    ...inOtherStatement(statement),
  ];
  return found.filter(({ since }) => since > major);
}

/** The major version that came with the newest clause of a statement; 0 where every server takes all of them. */
export const newestSyntax = (statement: Node): number =>
  Math.max(0, ...newerSyntax(statement, 0).map(({ since }) => since));

function inConstraint(constraint: Constraint): readonly NewerSyntax[] {
  const { contype, location } = constraint;
  const clauses: (readonly [boolean | undefined, string, number])[] = [
    [constraint.nulls_not_distinct, 'NULLS NOT DISTINCT', 15],
    [constraint.without_overlaps, 'WITHOUT OVERLAPS', 18],
    [constraint.fk_with_period, 'PERIOD', 18],
    [constraint.fk_del_set_cols !== undefined, 'ON DELETE SET with a list of columns', 15],
    [contype === 'CONSTR_GENERATED' && constraint.generated_kind === 'v', 'VIRTUAL', 18],
    [contype === 'CONSTR_GENERATED' && constraint.generated_kind !== 'v', 'GENERATED … STORED', 12],
    [contype === 'CONSTR_ATTR_NOT_ENFORCED' || contype === 'CONSTR_ATTR_ENFORCED', 'NOT ENFORCED', 18],
  ];
  return clauses.flatMap(([is, clause, since]) => (is === true ? [{ clause, since, location }] : []));
}

/** Constraints that stand beside columns, where NOT NULL and NOT ENFORCED are part of the constraint itself. */
function inConstraintsOfTables(statement: Node): readonly NewerSyntax[] {
  const added = findNodes(statement, 'AlterTableCmd').flatMap(({ subtype, def }) => {
    const constraint = subtype === 'AT_AddConstraint' ? as(def, 'Constraint') : undefined;
    return constraint === undefined ? [] : [constraint];
  });
  const created = all(as(statement, 'CreateStmt')?.tableElts, 'Constraint');
  return [...added, ...created].flatMap(({ contype, is_enforced, location }): readonly NewerSyntax[] => {
    if (contype === 'CONSTR_NOTNULL') return [{ clause: 'NOT NULL as a constraint of the table', since: 18, location }];
    const canBeUnenforced = contype === 'CONSTR_CHECK' || contype === 'CONSTR_FOREIGN';
    return canBeUnenforced && is_enforced !== true ? [{ clause: 'NOT ENFORCED', since: 18, location }] : [];
  });
}

function inAction({ subtype, name, def }: AlterTableCmd): readonly NewerSyntax[] {
  switch (subtype) {
    case 'AT_DropExpression':
      return [{ clause: 'DROP EXPRESSION', since: 13 }];
    case 'AT_SetCompression':
      return [{ clause: 'SET COMPRESSION', since: 14 }];
    case 'AT_DetachPartition':
      return as(def, 'PartitionCmd')?.concurrent === true
        ? [{ clause: 'DETACH PARTITION CONCURRENTLY', since: 14 }]
        : [];
    case 'AT_DetachPartitionFinalize':
      return [{ clause: 'DETACH PARTITION FINALIZE', since: 14 }];
    case 'AT_SetStorage':
      return as(def, 'String')?.sval === 'default' ? [{ clause: 'SET STORAGE DEFAULT', since: 16 }] : [];
    case 'AT_SetAccessMethod':
      return [
        name === undefined
          ? { clause: 'SET ACCESS METHOD DEFAULT', since: 17 }
          : { clause: 'SET ACCESS METHOD', since: 15 },
      ];
    case 'AT_SetExpression':
      return [{ clause: 'SET EXPRESSION', since: 17 }];
    case 'AT_SetStatistics':
      return def === undefined ? [{ clause: 'SET STATISTICS DEFAULT', since: 17 }] : [];
    case 'AT_AlterConstraint': {
      const altered = as(def, 'ATAlterConstraint');
      if (altered?.alterEnforceability === true) return [{ clause: 'ALTER CONSTRAINT NOT ENFORCED', since: 18 }];
      return altered?.alterInheritability === true ? [{ clause: 'ALTER CONSTRAINT INHERIT', since: 18 }] : [];
    }
    default:
      return [];
  }
}

/** SQL/JSON, of which 16 took the constructors and 17 the queries. */
function inJson(statement: Node): readonly NewerSyntax[] {
  const kinds: (readonly [NodeName, string, number])[] = [
    ['JsonObjectConstructor', 'JSON_OBJECT', 16],
    ['JsonArrayConstructor', 'JSON_ARRAY', 16],
    ['JsonArrayQueryConstructor', 'JSON_ARRAY', 16],
    ['JsonObjectAgg', 'JSON_OBJECTAGG', 16],
    ['JsonArrayAgg', 'JSON_ARRAYAGG', 16],
    ['JsonIsPredicate', 'IS JSON', 16],
    ['JsonParseExpr', 'JSON', 17],
    ['JsonScalarExpr', 'JSON_SCALAR', 17],
    ['JsonSerializeExpr', 'JSON_SERIALIZE', 17],
    ['JsonFuncExpr', 'JSON_EXISTS, JSON_QUERY and JSON_VALUE', 17],
  ];
  return kinds.flatMap(([kind, clause, since]) => findNodes(statement, kind).map(() => ({ clause, since })));
}

/** What `RETURNING old.a` is called. */
export const RETURNED_ROWS = 'RETURNING of old and new rows';

/** Names that `RETURNING` may use without naming a table since 18. */
const BOTH_ROWS: ReadonlySet<string | undefined> = new Set(['old', 'new']);

function inQueries(statement: Node): readonly NewerSyntax[] {
  const joined = findNodes(statement, 'JoinExpr').filter((join) => join.join_using_alias !== undefined);
  const selects = findNodes(statement, 'SelectStmt');
  const changes = [
    ...findNodes(statement, 'InsertStmt'),
    ...findNodes(statement, 'UpdateStmt'),
    ...findNodes(statement, 'DeleteStmt'),
  ];
  const returned = changes.flatMap(({ relation, returningClause }) => {
    const own = relation?.alias?.aliasname ?? relation?.relname;
    return (returningClause?.exprs ?? [])
      .flatMap((expression) => findNodes(expression, 'ColumnRef'))
      .filter(({ fields }) => {
        const [table, column] = strings(fields);
        return column !== undefined && BOTH_ROWS.has(table) && table !== own;
      });
  });
  return [
    ...joined.map(() => ({ clause: 'USING with AS', since: 14 })),
    ...selects.flatMap(({ groupDistinct, limitOption }): readonly NewerSyntax[] => [
      ...(groupDistinct === true ? [{ clause: 'GROUP BY DISTINCT', since: 14 }] : []),
      ...(limitOption === 'LIMIT_OPTION_WITH_TIES' ? [{ clause: 'WITH TIES', since: 13 }] : []),
    ]),
    ...findNodes(statement, 'RangeSubselect')
      .filter(({ alias }) => alias === undefined)
      .map(() => ({ clause: 'a query in FROM without an alias', since: 16 })),
    ...returned.map(({ location }) => ({ clause: RETURNED_ROWS, since: 18, location })),
  ];
}

function inRights(statement: Node): readonly NewerSyntax[] {
  const defaults = as(statement, 'AlterDefaultPrivilegesStmt')?.action;
  const grant = as(statement, 'GrantStmt') ?? defaults;
  const given = all(grant?.privileges, 'AccessPriv').map(({ priv_name }) => priv_name);
  const roles = as(statement, 'GrantRoleStmt');
  return [
    ...(given.includes('maintain') ? [{ clause: 'MAINTAIN', since: 17 }] : []),
    ...(defaults?.objtype === 'OBJECT_LARGEOBJECT' ? [{ clause: 'LARGE OBJECTS', since: 18 }] : []),
    ...(grant?.objtype === 'OBJECT_PARAMETER_ACL' ? [{ clause: 'PARAMETER', since: 15 }] : []),
    ...(optionNames(roles?.opt).some((name) => name !== 'admin')
      ? [{ clause: 'GRANT WITH INHERIT or SET', since: 16 }]
      : []),
  ];
}

function inMerge(statement: Node): readonly NewerSyntax[] {
  return findNodes(statement, 'MergeStmt').flatMap(({ returningClause, mergeWhenClauses }): readonly NewerSyntax[] => {
    const bySource = all(mergeWhenClauses, 'MergeWhenClause').some(
      ({ matchKind }) => matchKind === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE',
    );
    if (bySource) return [{ clause: 'MERGE with NOT MATCHED BY SOURCE', since: 17 }];
    if (returningClause !== undefined) return [{ clause: 'MERGE with RETURNING', since: 17 }];
    return [{ clause: 'MERGE', since: 15 }];
  });
}

const optionNames = (options: readonly Node[] | undefined): readonly string[] =>
  all(options, 'DefElem').map(({ defname }) => defname ?? '');

function inOtherStatement(statement: Node): readonly NewerSyntax[] {
  const index = as(statement, 'IndexStmt');
  if (index?.nulls_not_distinct === true) return [{ clause: 'NULLS NOT DISTINCT', since: 15 }];
  const trigger = as(statement, 'CreateTrigStmt');
  if (trigger?.replace === true) return [{ clause: 'CREATE OR REPLACE TRIGGER', since: 14 }];
  const routine = as(statement, 'CreateFunctionStmt');
  if (routine?.sql_body !== undefined) return [{ clause: 'a routine with a body that is not text', since: 14 }];
  if (routine?.is_procedure === true) {
    const gives = all(routine.parameters, 'FunctionParameter').some(({ mode }) => mode === 'FUNC_PARAM_OUT');
    return gives ? [{ clause: 'OUT of a procedure', since: 14 }] : [{ clause: 'CREATE PROCEDURE', since: 11 }];
  }
  const statistics = as(statement, 'CreateStatsStmt');
  if (statistics !== undefined && statistics.defnames === undefined) {
    return [{ clause: 'CREATE STATISTICS without a name', since: 16 }];
  }
  if (all(statistics?.exprs, 'StatsElem').some(({ expr }) => expr !== undefined)) {
    return [{ clause: 'statistics on an expression', since: 14 }];
  }
  if (optionNames(as(statement, 'ViewStmt')?.options).includes('security_invoker')) {
    return [{ clause: 'security_invoker', since: 15 }];
  }
  const altered = as(statement, 'AlterTableStmt');
  const options = all(altered?.cmds, 'AlterTableCmd').flatMap(({ subtype, def }) =>
    subtype === 'AT_SetRelOptions' ? optionNames(as(def, 'List')?.items) : [],
  );
  if (options.includes('security_invoker')) return [{ clause: 'security_invoker', since: 15 }];
  const publication = as(statement, 'CreatePublicationStmt') ?? as(statement, 'AlterPublicationStmt');
  if (optionNames(publication?.options).includes('publish_generated_columns')) {
    return [{ clause: 'publish_generated_columns', since: 18 }];
  }
  if (as(statement, 'CreateEventTrigStmt')?.eventname === 'login') {
    return [{ clause: 'an event trigger on login', since: 17 }];
  }
  return [
    ...inParameters([...options, ...optionNames(as(statement, 'CreateStmt')?.options)]),
    ...inMaintenance(statement),
    ...inCopyAndExplain(statement),
    ...inOtherObjects(statement),
    ...inDefinition(statement),
    ...inPartitioned(statement),
    ...inOptions(statement),
  ];
}

function inMaintenance(statement: Node): readonly NewerSyntax[] {
  const reindex = as(statement, 'ReindexStmt');
  if (reindex !== undefined) {
    const given = optionNames(reindex.params);
    return [
      ...(given.includes('concurrently') ? [{ clause: 'REINDEX CONCURRENTLY', since: 12 }] : []),
      ...(given.includes('tablespace') ? [{ clause: 'REINDEX into a tablespace', since: 14 }] : []),
      ...(reindex.name === undefined && reindex.relation === undefined
        ? [{ clause: 'REINDEX without a name', since: 16 }]
        : []),
    ];
  }
  const vacuum = as(statement, 'VacuumStmt');
  const only = all(vacuum?.rels, 'VacuumRelation').some(({ relation }) => relation?.inh !== true);
  return [
    ...optionNames(vacuum?.options).flatMap((name) => {
      const since = VACUUM_OPTIONS.get(name);
      return since === undefined ? [] : [{ clause: `VACUUM with ${name.toUpperCase()}`, since }];
    }),
    ...(only ? [{ clause: 'ONLY in VACUUM and ANALYZE', since: 18 }] : []),
  ];
}

const VACUUM_OPTIONS: ReadonlyMap<string, number> = new Map([
  ['parallel', 13],
  ['process_toast', 14],
  ['process_main', 16],
  ['skip_database_stats', 16],
  ['only_database_stats', 16],
  ['buffer_usage_limit', 16],
]);

const EXPLAIN_OPTIONS: ReadonlyMap<string, number> = new Map([
  ['wal', 13],
  ['generic_plan', 16],
  ['memory', 17],
  ['serialize', 17],
]);

const COPY_OPTIONS: ReadonlyMap<string, number> = new Map([
  ['default', 16],
  ['on_error', 17],
  ['log_verbosity', 17],
  ['reject_limit', 18],
]);

function inCopyAndExplain(statement: Node): readonly NewerSyntax[] {
  const copied = as(statement, 'CopyStmt')?.options;
  const matches = all(copied, 'DefElem').some(
    ({ defname, arg }) => defname === 'header' && as(arg, 'String')?.sval?.toLowerCase() === 'match',
  );
  const named = (what: string, names: readonly string[], known: ReadonlyMap<string, number>) =>
    names.flatMap((name) => {
      const since = known.get(name);
      return since === undefined ? [] : [{ clause: `${what} with ${name.toUpperCase()}`, since }];
    });
  return [
    ...named('COPY', optionNames(copied), COPY_OPTIONS),
    ...(matches ? [{ clause: 'COPY with HEADER MATCH', since: 15 }] : []),
    ...named('EXPLAIN', optionNames(as(statement, 'ExplainStmt')?.options), EXPLAIN_OPTIONS),
  ];
}

/** Sequences, statistics, views and domains, to which less could be done. */
function inOtherObjects(statement: Node): readonly NewerSyntax[] {
  const altered = as(statement, 'AlterTableStmt');
  const switches = all(altered?.cmds, 'AlterTableCmd').some(
    ({ subtype }) => subtype === 'AT_SetLogged' || subtype === 'AT_SetUnLogged',
  );
  const isUnlogged = as(statement, 'CreateSeqStmt')?.sequence?.relpersistence === 'u';
  const rename = as(statement, 'RenameStmt');
  const ofView = rename?.renameType === 'OBJECT_COLUMN' && rename.relationType === 'OBJECT_VIEW';
  const ofDomain = as(as(statement, 'AlterDomainStmt')?.def, 'Constraint');
  return [
    ...(isUnlogged || (altered?.objtype === 'OBJECT_SEQUENCE' && switches)
      ? [{ clause: 'LOGGED and UNLOGGED of a sequence', since: 15 }]
      : []),
    ...(as(statement, 'AlterStatsStmt') === undefined
      ? []
      : [{ clause: 'ALTER STATISTICS SET STATISTICS', since: 13 }]),
    ...(ofView ? [{ clause: 'RENAME COLUMN of a view', since: 13 }] : []),
    ...(ofDomain?.contype === 'CONSTR_NOTNULL' ? [{ clause: 'NOT NULL as a constraint of a domain', since: 17 }] : []),
  ];
}

function inDefinition(statement: Node): readonly NewerSyntax[] {
  const defined = as(statement, 'DefineStmt');
  if (defined?.kind !== 'OBJECT_COLLATION') return [];
  return all(defined.definition, 'DefElem').flatMap(({ defname, arg }): readonly NewerSyntax[] => {
    if (defname === 'rules') return [{ clause: 'RULES of a collation', since: 16 }];
    const provider = as(arg, 'String')?.sval ?? strings(as(arg, 'TypeName')?.names).at(-1);
    return defname === 'provider' && provider === 'builtin' ? [{ clause: 'the builtin provider', since: 17 }] : [];
  });
}

/** What a partitioned table may have from its beginning. */
function inPartitioned(statement: Node): readonly NewerSyntax[] {
  if (as(statement, 'CreateStmt')?.partspec === undefined) return [];
  return findNodes(statement, 'Constraint')
    .filter(({ contype }) => contype === 'CONSTR_EXCLUSION')
    .map(({ location }) => ({ clause: 'EXCLUDE on a partitioned table', since: 17, location }));
}

/** Storage parameters of tables. */
const STORAGE_PARAMETERS: ReadonlyMap<string, number> = new Map([
  ['autovacuum_vacuum_insert_threshold', 13],
  ['autovacuum_vacuum_insert_scale_factor', 13],
  ['autovacuum_vacuum_max_threshold', 18],
  ['vacuum_max_eager_freeze_failure_rate', 18],
]);

const inParameters = (names: readonly string[]): readonly NewerSyntax[] =>
  names.flatMap((name) => {
    const since = STORAGE_PARAMETERS.get(name);
    return since === undefined ? [] : [{ clause: `the parameter ${name}`, since }];
  });

function inOptions(statement: Node): readonly NewerSyntax[] {
  if (as(statement, 'AlterTypeStmt') !== undefined) return [{ clause: 'ALTER TYPE SET', since: 13 }];
  if (optionNames(as(statement, 'DropdbStmt')?.options).includes('force')) {
    return [{ clause: 'DROP DATABASE WITH (FORCE)', since: 13 }];
  }
  return findNodes(statement, 'PublicationObjSpec').flatMap(
    ({ pubobjtype, pubtable, location }): readonly NewerSyntax[] => {
      if (pubobjtype !== 'PUBLICATIONOBJ_TABLE') return [{ clause: 'TABLES IN SCHEMA', since: 15, location }];
      const isPart = pubtable?.whereClause !== undefined || pubtable?.columns !== undefined;
      return isPart ? [{ clause: 'a part of a table in a publication', since: 15, location }] : [];
    },
  );
}
