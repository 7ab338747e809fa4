import type { Catalog, Constraint, ObjectName, Table } from '../../../../../engine/catalog/catalog.ts';
import { tableId } from './table-id.ts';

/** How many rows may stand at one end of a foreign key. */
export type Cardinality = 'exactly one' | 'zero or one' | 'many';

/** One foreign key, seen as a line from the table that holds it to the table that it refers to. */
export type Relationship = {
  readonly id: string;
  readonly name: string;
  readonly child: string;
  readonly parent: string;
  readonly childColumns: readonly string[];
  readonly parentColumns: readonly string[];
  /** How many child rows one parent row may have: `zero or one` when the child columns are unique, else `many`. */
  readonly childEnd: 'zero or one' | 'many';
  /** How many parent rows one child row has: `zero or one` when a child column may be null. */
  readonly parentEnd: 'exactly one' | 'zero or one';
  readonly onDelete: string;
};

/** The foreign keys between the tables of a catalog, by table; partitions stand behind their parent. */
export type RelationshipGraph = {
  readonly tables: ReadonlyMap<string, Table>;
  readonly relationships: readonly Relationship[];
  /** Every relationship that a table takes part in, in either role. */
  readonly of: ReadonlyMap<string, readonly Relationship[]>;
};

const covers = (columns: readonly string[], key: readonly string[]): boolean =>
  key.length > 0 && key.every((column) => columns.includes(column));

/** True when no two rows of the table can share these columns' values. */
function isUnique(table: Table, columns: readonly string[]): boolean {
  const byConstraint = table.constraints.some(
    (constraint) =>
      (constraint.kind === 'primary key' || constraint.kind === 'unique') && covers(columns, constraint.columns),
  );
  if (byConstraint) return true;
  return table.indexes.some(
    (index) =>
      index.unique &&
      index.valid &&
      index.predicate === null &&
      index.keys.every((key) => key.column !== null) &&
      covers(
        columns,
        index.keys.map((key) => key.column ?? ''),
      ),
  );
}

function toRelationship(
  table: Table,
  constraint: Constraint,
  to: ObjectName,
  columns: readonly string[],
): Relationship {
  const nullable = constraint.columns.some(
    (name) => table.columns.find((column) => column.name === name)?.notNull === false,
  );
  return {
    id: `${tableId(table)}/${constraint.name}`,
    name: constraint.name,
    child: tableId(table),
    parent: tableId(to),
    childColumns: constraint.columns,
    parentColumns: columns,
    childEnd: isUnique(table, constraint.columns) ? 'zero or one' : 'many',
    parentEnd: nullable ? 'zero or one' : 'exactly one',
    onDelete: constraint.references?.onDelete ?? 'no action',
  };
}

/** Reads the foreign keys out of a catalog. A key that points outside the catalog is left out, as nothing could be drawn. */
export function relationshipGraph(catalog: Catalog): RelationshipGraph {
  const shown = catalog.tables.filter((table) => table.partitionOf === null);
  const tables = new Map(shown.map((table) => [tableId(table), table]));
  const relationships = shown.flatMap((table) =>
    table.constraints.flatMap((constraint) =>
      constraint.kind === 'foreign key' && constraint.references && tables.has(tableId(constraint.references.table))
        ? [toRelationship(table, constraint, constraint.references.table, constraint.references.columns)]
        : [],
    ),
  );
  const of = new Map<string, Relationship[]>();
  for (const relationship of relationships) {
    for (const end of new Set([relationship.child, relationship.parent])) {
      const list = of.get(end);
      if (list) list.push(relationship);
      else of.set(end, [relationship]);
    }
  }
  return { tables, relationships, of };
}

/** The table at the other end; for a self reference the table itself. */
export const otherEnd = (relationship: Relationship, id: string): string =>
  relationship.child === id ? relationship.parent : relationship.child;
