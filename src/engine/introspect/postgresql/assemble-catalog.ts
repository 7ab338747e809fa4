import { byName } from '../../catalog/by-name.ts';
import type {
  Catalog,
  Column,
  Constraint,
  DefinedObject,
  Index,
  Policy,
  Table,
  Trigger,
  View,
} from '../../catalog/catalog.ts';
import { withFingerprints } from '../../catalog/fingerprint.ts';
import type { Sha256 } from '../../ports/sha256.ts';
import { directoryOf } from './object-directory.ts';
import type { ColumnRow } from './objects/columns.ts';
import type { ConstraintRow } from './objects/constraints.ts';
import { resolveDependencies } from './objects/dependencies.ts';
import type { ServerEnvironment } from './objects/environment.ts';
import { extensionOfRow } from './objects/extensions.ts';
import type { IndexRow } from './objects/indexes.ts';
import { inWords } from './objects/not-modelled.ts';
import type { PolicyRow } from './objects/policies.ts';
import { routineOfRow } from './objects/routines.ts';
import type { TableRow } from './objects/tables.ts';
import type { TriggerRow } from './objects/triggers.ts';
import { typeOfRow } from './objects/types.ts';
import type { ViewRow } from './objects/views.ts';
import type { CatalogRows } from './read-catalog-rows.ts';
import type { RelationRows } from './relation-rows.ts';

/** Puts the rows of one snapshot together to a catalog, sorted, with its fingerprint and without the server's numbers. */
export function assembleCatalog(
  rows: CatalogRows,
  options: {
    readonly capturedAt: string;
    readonly schemas: readonly string[] | null;
    readonly sha256?: Sha256 | undefined;
  },
): Catalog {
  const { columnsOf, partsOf } = belongings(rows);
  const domainConstraints = groupBy(rows.constraints, (row) => row.domain);
  const notModelled = inWords(rows.notModelled);
  if (options.schemas !== null) notModelled.push(`schemas other than ${options.schemas.join(', ')}`);

  const catalog: Catalog = {
    formatVersion: 1,
    engine: 'postgresql',
    server: serverOf(rows.environment),
    capturedAt: options.capturedAt,
    schemas: rows.schemas.map(({ oid: _oid, ...schema }) => schema).sort(byName),
    extensions: rows.extensions.map(extensionOfRow).sort(byName),
    tables: assembleTables(rows),
    views: rows.views
      .map(
        (row): View => ({
          ...viewOfRow(row),
          columns: columnsOf(row.oid).map(({ name, type, collation, default: fallback, comment }) => ({
            name,
            type,
            ...(collation === null ? {} : { collation }),
            ...(fallback === null ? {} : { default: fallback }),
            comment,
          })),
          ...partsOf(row.oid),
        }),
      )
      .sort(byName),
    sequences: rows.sequences.map(({ oid: _oid, ...sequence }) => sequence).sort(byName),
    types: rows.types
      .map((row) => typeOfRow(row, columnsOf(row.relation), domainConstraints.get(row.oid) ?? []))
      .sort(byName),
    routines: rows.routines.map(routineOfRow).sort(byName),
    grants: rows.grants,
    otherObjects: [...rows.otherObjects, ...rows.settings]
      .map(({ oid: _oid, class: _class, ...object }): DefinedObject => object)
      .sort(byName),
    dependencies: resolveDependencies(rows.dependencies, directoryOf(rows)),
    notModelled,
    ...(rows.notVisible.length === 0 ? {} : { notVisible: inWords(rows.notVisible) }),
    fingerprint: '',
    facts: rows.facts,
  };
  return withFingerprints(catalog, options.sha256);
}

/** The tables alone, sorted; what was put together once is not put together again. */
export function assembleTables(rows: RelationRows): readonly Table[] {
  if (rows.tables.every((row) => tablesOfRows.has(row))) {
    return rows.tables.flatMap((row) => tablesOfRows.get(row) ?? []).sort(byName);
  }
  const { columnsOf, partsOf } = belongings(rows);
  const constraints = groupBy(rows.constraints, (row) => row.relation);
  const policies = groupBy(rows.policies, (row) => row.relation);
  return rows.tables
    .map((row): Table => {
      const before = tablesOfRows.get(row);
      if (before !== undefined) return before;
      const table = {
        ...tableOfRow(row),
        columns: columnsOf(row.oid).map(columnOfRow),
        constraints: (constraints.get(row.oid) ?? []).map(constraintOfRow).sort(byName),
        ...partsOf(row.oid),
        policies: (policies.get(row.oid) ?? []).map(policyOfRow).sort(byName),
      };
      tablesOfRows.set(row, table);
      return table;
    })
    .sort(byName);
}

/** What belongs to relations of any kind. */
function belongings(rows: RelationRows) {
  const columns = groupBy(rows.columns, (row) => row.relation);
  const indexes = groupBy(rows.indexes, (row) => row.relation);
  const triggers = groupBy(rows.triggers, (row) => row.relation);
  return {
    columnsOf: (relation: number) => columns.get(relation) ?? [],
    partsOf: (relation: number) => ({
      indexes: (indexes.get(relation) ?? []).map(indexOfRow).sort(byName),
      triggers: (triggers.get(relation) ?? []).map(triggerOfRow).sort(byName),
    }),
  };
}

/**
 * The tables that were put together from rows. A reading of what has changed keeps the row of a table only together with
 * all rows of what belongs to it, so that the table is the same.
 */
const tablesOfRows = new WeakMap<TableRow, Table>();

/** The server of a catalog: who answered, and the search path that people chose. */
export function serverOf({ searchPath, ...server }: ServerEnvironment): Catalog['server'] {
  return { ...server, searchPath: searchPath.filter((schema) => schema !== 'pg_catalog') };
}

function groupBy<Row>(rows: readonly Row[], key: (row: Row) => number): ReadonlyMap<number, readonly Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

function tableOfRow(row: TableRow): Omit<Table, 'columns' | 'constraints' | 'indexes' | 'triggers' | 'policies'> {
  const parents = row.parents ?? [];
  const [parent] = parents;
  const partitionOf =
    row.isPartition && parent !== undefined && row.bound !== null ? { parent, bound: row.bound } : null;
  return {
    schema: row.schema,
    name: row.name,
    kind: row.kind,
    persistence: row.persistence,
    rowSecurity: row.rowSecurity,
    forceRowSecurity: row.forceRowSecurity,
    partitionKey: row.partitionKey,
    replicaIdentity: row.replicaIdentity,
    options: [...(row.options ?? []), ...(row.toastOptions ?? []).map((option) => `toast.${option}`)],
    owner: row.owner,
    comment: row.comment,
    accessMethod: row.accessMethod,
    ...(row.tablespace === null ? {} : { tablespace: row.tablespace }),
    partitionOf,
    inherits: partitionOf === null ? parents : [],
    foreign: row.server === null ? null : { server: row.server, options: row.foreignOptions ?? [] },
  };
}

function columnOfRow({
  relation: _relation,
  number: _number,
  defaultOid: _oid,
  typeNumber: _type,
  typeClass: _class,
  collationNumber: _collation,
  notNullName,
  notNullInherited,
  options,
  ...column
}: ColumnRow): Column {
  return {
    ...column,
    ...(notNullName === null ? {} : { notNullName }),
    ...(notNullInherited ? { notNullInherited } : {}),
    ...(options.length === 0 ? {} : { options }),
  };
}

function constraintOfRow({
  oid: _oid,
  relation: _relation,
  domain: _domain,
  attached,
  ...row
}: ConstraintRow): Constraint {
  // A constraint of a partition that belongs to the parent's says `conislocal` differently from version to version.
  return attached ? { ...row, local: false } : row;
}

function indexOfRow({
  oid: _oid,
  relation: _relation,
  options,
  columnStatistics,
  tablespace,
  ...index
}: IndexRow): Index {
  return {
    ...index,
    ...(options.length === 0 ? {} : { options }),
    ...(columnStatistics.length === 0 ? {} : { columnStatistics }),
    ...(tablespace === null ? {} : { tablespace }),
  };
}

const triggerOfRow = ({ oid: _oid, relation: _relation, ...trigger }: TriggerRow): Trigger => trigger;

const policyOfRow = ({ oid: _oid, relation: _relation, ...policy }: PolicyRow): Policy => policy;

const viewOfRow = ({ oid: _oid, ...view }: ViewRow): Omit<View, 'columns' | 'indexes' | 'triggers'> => view;
