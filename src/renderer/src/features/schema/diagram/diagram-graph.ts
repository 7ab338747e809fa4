import type { Catalog, Table, View } from '../../../../../engine/catalog/catalog.ts';
import { type Derivation, derivationsOf } from '../../../../../engine/catalog/derivations.ts';
import type { Relationship, Relationships } from '../../../../../engine/catalog/relationships.ts';
import { qualifiedName } from '../../../../../engine/sql/qualified-name.ts';

/** A line between two relations: a foreign key, a view that reads, or inheritance. */
export type DiagramLine = Relationship | Derivation;

/** What the diagram can show. Partitions stand on the card of their partitioned table. */
export type DiagramGraph = {
  /** Tables, then views where they are wanted, by dotted path. */
  readonly relations: ReadonlyMap<string, Table | View>;
  readonly lines: readonly DiagramLine[];
  /** Every line that a relation takes part in; one to itself once. */
  readonly of: ReadonlyMap<string, readonly DiagramLine[]>;
  /** How many partitions a partitioned table has, those of its partitions included. */
  readonly partitions: ReadonlyMap<string, number>;
};

/** Joins the foreign keys of a catalog with what is made from what. */
export function diagramGraph(
  catalog: Catalog,
  relationships: Relationships,
  { showsViews }: { readonly showsViews: boolean },
): DiagramGraph {
  const views = showsViews ? catalog.views.map((view) => [qualifiedName(view), view] as const) : [];
  const relations = new Map<string, Table | View>([...relationships.tables, ...views]);
  const lines = [...relationships.edges, ...derivationsOf(catalog)].filter(
    ({ child, parent }) => relations.has(child) && relations.has(parent),
  );
  return { relations, lines, of: linesOf(lines), partitions: countPartitions(catalog) };
}

function linesOf(lines: readonly DiagramLine[]): ReadonlyMap<string, readonly DiagramLine[]> {
  const of = new Map<string, DiagramLine[]>();
  for (const line of lines) {
    for (const end of new Set([line.child, line.parent])) {
      const known = of.get(end);
      if (known === undefined) of.set(end, [line]);
      else known.push(line);
    }
  }
  return of;
}

function countPartitions(catalog: Catalog): ReadonlyMap<string, number> {
  const parents = new Map(
    catalog.tables.flatMap((table) =>
      table.partitionOf === null ? [] : [[qualifiedName(table), qualifiedName(table.partitionOf.parent)] as const],
    ),
  );
  const counts = new Map<string, number>();
  for (const partition of parents.keys()) {
    for (let above = parents.get(partition); above !== undefined; above = parents.get(above)) {
      counts.set(above, (counts.get(above) ?? 0) + 1);
    }
  }
  return counts;
}
