import type { Catalog, Column, Constraint, Index, ObjectName, Table } from '../../catalog/catalog.ts';

/** The table of this name; throws when there is none, because intents are resolved before they are planned. */
export function tableOf(catalog: Catalog, name: ObjectName): Table {
  const table = catalog.tables.find((each) => each.schema === name.schema && each.name === name.name);
  if (table === undefined) throw new Error(`no table ${name.schema}.${name.name} in the catalog`);
  return table;
}

/** The column of this name; throws when there is none. */
export function columnOf(table: Table, name: string): Column {
  const column = table.columns.find((each) => each.name === name);
  if (column === undefined) throw new Error(`no column ${name} in ${table.schema}.${table.name}`);
  return column;
}

/** The catalog with one table changed; sequences and dependencies stay as they are. */
export const withTable = (catalog: Catalog, name: ObjectName, change: (table: Table) => Table): Catalog => ({
  ...catalog,
  tables: catalog.tables.map((table) =>
    table.schema === name.schema && table.name === name.name ? change(table) : table,
  ),
});

/** The table with one column changed. */
export const withColumn = (table: Table, name: string, change: (column: Column) => Column): Table => ({
  ...table,
  columns: table.columns.map((column) => (column.name === name ? change(column) : column)),
});

/** A constraint as the catalog will hold it. */
export const newConstraint = (
  parts: Pick<Constraint, 'name' | 'kind' | 'columns' | 'definition'> & Partial<Constraint>,
): Constraint => ({
  validated: true,
  deferrable: false,
  initiallyDeferred: false,
  noInherit: false,
  local: true,
  references: null,
  comment: null,
  ...parts,
});

/** An index as the catalog will hold it. */
export const newIndex = (parts: Pick<Index, 'name' | 'keys' | 'definition'> & Partial<Index>): Index => ({
  method: 'btree',
  unique: false,
  nullsNotDistinct: false,
  valid: true,
  include: [],
  predicate: null,
  constraint: null,
  parent: null,
  replicaIdentity: false,
  clustered: false,
  comment: null,
  ...parts,
});

/** The partitions of a partitioned table, one level down. */
export const partitionsOf = (catalog: Catalog, name: ObjectName): readonly Table[] =>
  catalog.tables.filter(
    (table) => table.partitionOf?.parent.schema === name.schema && table.partitionOf.parent.name === name.name,
  );

/** Every table that has what this one has: its partitions and its heirs, at any depth. */
export function descendantsOf(catalog: Catalog, name: ObjectName): readonly Table[] {
  const children = catalog.tables.filter(
    (table) =>
      (table.partitionOf?.parent.schema === name.schema && table.partitionOf.parent.name === name.name) ||
      table.inherits.some((parent) => parent.schema === name.schema && parent.name === name.name),
  );
  return children.flatMap((child) => [child, ...descendantsOf(catalog, child)]);
}

/** True for a table that this migration itself makes: it is empty, and nobody waits for it. */
export const isNewTable = (catalog: Catalog, name: ObjectName): boolean => tableOf(catalog, name).owner === newOwner;

/** The owner of tables that do not exist yet: no role can have an empty name. */
export const newOwner = '';
