import { qualifiedName } from '../sql/qualified-name.ts';
import { compareText } from './by-name.ts';
import type { Catalog, Constraint, Table } from './catalog.ts';

/** How many rows may stand at one end of a foreign key. */
export type Cardinality = 'exactly one' | 'zero or one' | 'many';

/**
 * A foreign key seen as a line from the table that holds it, the child, to the table that it refers to, the parent. Both
 * are dotted paths; `childColumns[i]` refers to `parentColumns[i]`.
 */
export type Relationship = {
  readonly kind: 'foreign key';
  /** Unique in the catalog: the child and the name of the constraint. */
  readonly id: string;
  readonly name: string;
  readonly child: string;
  readonly parent: string;
  readonly childColumns: readonly string[];
  readonly parentColumns: readonly string[];
  /** Rows of the child for each row of the parent. */
  readonly childEnd: Exclude<Cardinality, 'exactly one'>;
  /** Rows of the parent for each row of the child. */
  readonly parentEnd: Exclude<Cardinality, 'many'>;
  readonly onDelete: NonNullable<Constraint['references']>['onDelete'];
};

/** Tables as nodes, by dotted path, and foreign keys as edges. Partitions stand behind their parent and are not nodes. */
export type Relationships = {
  readonly tables: ReadonlyMap<string, Table>;
  readonly edges: readonly Relationship[];
  /** Every edge that a table takes part in, in either role; a self reference once. */
  readonly of: ReadonlyMap<string, readonly Relationship[]>;
};

/**
 * The foreign-key graph of a catalog, with edges sorted by their tables and names. A key that points outside the catalog
 * is left out.
 */
export function relationshipsOf(catalog: Catalog): Relationships {
  const tables = new Map(
    catalog.tables.filter((table) => table.partitionOf === null).map((table) => [qualifiedName(table), table]),
  );
  const edges = [...tables.values()]
    .flatMap((table) =>
      table.constraints.flatMap((constraint) => {
        const edge = relationshipOf(table, constraint);
        return edge !== null && tables.has(edge.parent) ? [edge] : [];
      }),
    )
    .sort((left, right) => compareText(left.child, right.child) || compareText(left.name, right.name));
  const of = new Map<string, Relationship[]>();
  for (const edge of edges) {
    for (const end of new Set([edge.child, edge.parent])) {
      const known = of.get(end);
      if (known === undefined) of.set(end, [edge]);
      else known.push(edge);
    }
  }
  return { tables, edges, of };
}

/** The relation at the other end of a line; for one to itself the relation itself. */
export const otherEnd = (edge: Pick<Relationship, 'child' | 'parent'>, path: string): string =>
  edge.child === path ? edge.parent : edge.child;

function relationshipOf(table: Table, constraint: Constraint): Relationship | null {
  const { references } = constraint;
  if (constraint.kind !== 'foreign key' || references === null) return null;
  const required = constraint.columns.every((name) =>
    table.columns.some((column) => column.name === name && column.notNull),
  );
  const child = qualifiedName(table);
  return {
    kind: 'foreign key',
    id: `${child}/${constraint.name}`,
    name: constraint.name,
    child,
    parent: qualifiedName(references.table),
    childColumns: constraint.columns,
    parentColumns: references.columns,
    childEnd: isUnique(table, constraint.columns) ? 'zero or one' : 'many',
    // With one null in a composite key MATCH SIMPLE checks nothing, so every column has to be there.
    parentEnd: required ? 'exactly one' : 'zero or one',
    onDelete: references.onDelete,
  };
}

/** True when no two rows can hold the same values in these columns: a key or a unique index lies within them. */
function isUnique(table: Table, columns: readonly string[]): boolean {
  const within = (key: readonly string[]): boolean => key.length > 0 && key.every((column) => columns.includes(column));
  return (
    table.constraints.some(({ kind, columns: key }) => (kind === 'primary key' || kind === 'unique') && within(key)) ||
    table.indexes.some(
      (index) =>
        index.unique &&
        index.valid &&
        index.predicate === null &&
        index.keys.every(({ column }) => column !== null) &&
        within(index.keys.map(({ column }) => column ?? '')),
    )
  );
}
