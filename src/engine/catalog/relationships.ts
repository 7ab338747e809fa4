import { qualifiedName } from '../sql/qualified-name.ts';
import { compareText } from './by-name.ts';
import type { Catalog, Constraint, ObjectName, Table } from './catalog.ts';

/** How many rows stand at one end for each row at the other. */
export type Cardinality = 'exactly one' | 'zero or one' | 'many';

/** A foreign key seen as a line between two tables. `columns[i]` of `from` refers to `references[i]` of `to`. */
export type Relationship = {
  readonly name: string;
  readonly from: ObjectName;
  readonly to: ObjectName;
  readonly columns: readonly string[];
  readonly references: readonly string[];
  /** Rows of `to` for each row of `from`. */
  readonly toCardinality: Exclude<Cardinality, 'many'>;
  /** Rows of `from` for each row of `to`. */
  readonly fromCardinality: Exclude<Cardinality, 'exactly one'>;
};

/** Tables as nodes and foreign keys as edges. Partitions stand behind their parent and are not nodes. */
export type Relationships = {
  readonly tables: readonly Table[];
  readonly edges: readonly Relationship[];
  /** Dotted paths of the tables within `depth` steps of a table in either direction, itself included. */
  readonly neighbours: (table: ObjectName, depth: number) => ReadonlySet<string>;
};

/** The foreign-key graph of a catalog, with edges sorted by their tables and names. */
export function relationshipsOf(catalog: Catalog): Relationships {
  const tables = catalog.tables.filter((table) => table.partitionOf === null);
  const known = new Set(tables.map(qualifiedName));
  const edges = tables
    .flatMap((table) =>
      table.constraints.flatMap((constraint) => {
        const edge = relationshipOf(table, constraint);
        return edge !== null && known.has(qualifiedName(edge.to)) ? [edge] : [];
      }),
    )
    .sort(
      (left, right) =>
        compareText(qualifiedName(left.from), qualifiedName(right.from)) || compareText(left.name, right.name),
    );
  const adjacent = new Map<string, Set<string>>();
  const connect = (one: string, other: string) => {
    const known = adjacent.get(one);
    if (known === undefined) adjacent.set(one, new Set([other]));
    else known.add(other);
  };
  for (const edge of edges) {
    const [from, to] = [qualifiedName(edge.from), qualifiedName(edge.to)];
    connect(from, to);
    connect(to, from);
  }
  return {
    tables,
    edges,
    neighbours: (table, depth) => {
      const reached = new Set([qualifiedName(table)]);
      let edge: readonly string[] = [...reached];
      for (let step = 0; step < depth && edge.length > 0; step += 1) {
        edge = edge.flatMap((path) => [...(adjacent.get(path) ?? [])]).filter((path) => !reached.has(path));
        for (const path of edge) reached.add(path);
      }
      return reached;
    },
  };
}

function relationshipOf(table: Table, constraint: Constraint): Relationship | null {
  const { references } = constraint;
  if (constraint.kind !== 'foreign key' || references === null) return null;
  const required = constraint.columns.every((name) =>
    table.columns.some((column) => column.name === name && column.notNull),
  );
  return {
    name: constraint.name,
    from: { schema: table.schema, name: table.name },
    to: references.table,
    columns: constraint.columns,
    references: references.columns,
    // With one null in a composite key MATCH SIMPLE checks nothing, so every column has to be there.
    toCardinality: required ? 'exactly one' : 'zero or one',
    fromCardinality: isUnique(table, constraint.columns) ? 'zero or one' : 'many',
  };
}

/** True when no two rows can hold the same values in these columns. */
function isUnique(table: Table, columns: readonly string[]): boolean {
  return table.indexes.some(
    (index) =>
      index.unique &&
      index.valid &&
      index.predicate === null &&
      index.keys.every((key) => key.column !== null && columns.includes(key.column)),
  );
}
