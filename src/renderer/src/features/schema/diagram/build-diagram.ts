import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import type { Relationship, Relationships } from '../../../../../engine/catalog/relationships.ts';
import { qualifiedName } from '../../../../../engine/sql/qualified-name.ts';
import { type DetailLevel, rowOffset, type TableCard, tableCard } from './table-card.ts';
import { type DiagramScope, type ExpandChip, expandChips, visibleTables } from './visible-tables.ts';

/** A line to draw, with the heights at which it meets its two cards. */
export type DiagramEdge = Relationship & { readonly childOffset: number; readonly parentOffset: number };

/** Everything that the canvas draws, without positions: those come from the layout or from the reader's hand. */
export type Diagram = {
  readonly cards: ReadonlyMap<string, TableCard>;
  readonly edges: readonly DiagramEdge[];
  readonly chips: readonly ExpandChip[];
};

/** Chooses and measures what to draw for a scope and a level of detail. */
export function buildDiagram(catalog: Catalog, graph: Relationships, scope: DiagramScope, level: DetailLevel): Diagram {
  const rowCounts = new Map(
    (catalog.facts?.tables ?? []).map((fact) => [qualifiedName(fact), fact.rowsBasis === 'size' ? null : fact.rows]),
  );
  const visible = visibleTables(graph, scope);
  const cards = new Map<string, TableCard>();
  for (const id of visible) {
    const table = graph.tables.get(id);
    if (table) cards.set(id, tableCard(table, level, rowCounts.get(id) ?? null));
  }
  const edges = graph.edges.flatMap((relationship) => {
    const child = cards.get(relationship.child);
    const parent = cards.get(relationship.parent);
    if (!child || !parent) return [];
    return [
      {
        ...relationship,
        childOffset: rowOffset(child, relationship.childColumns[0]),
        parentOffset: rowOffset(parent, relationship.parentColumns[0]),
      },
    ];
  });
  return { cards, edges, chips: expandChips(graph, visible) };
}
