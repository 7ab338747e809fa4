import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import { qualifiedName } from '../../../../../engine/sql/qualified-name.ts';
import type { ObjectMarks } from '../comparison/object-marks.ts';
import type { DiagramGraph, DiagramLine } from './diagram-graph.ts';
import { type DetailLevel, rowOffset, type TableCard, tableCard } from './table-card.ts';
import { type DiagramScope, type ExpandChip, expandChips, visibleTables } from './visible-tables.ts';

/** A line to draw, with the heights at which it meets its two cards. */
export type DiagramEdge = DiagramLine & {
  readonly childOffset: number;
  readonly parentOffset: number;
  /** Only in the picture of a migration. */
  readonly change?: 'added' | 'removed';
};

/** Everything that the canvas draws, without positions: those come from the layout or from the reader's hand. */
export type Diagram = {
  readonly cards: ReadonlyMap<string, TableCard>;
  readonly edges: readonly DiagramEdge[];
  readonly chips: readonly ExpandChip[];
};

/** Chooses and measures what to draw for a scope and a level of detail. */
export function buildDiagram(
  catalog: Catalog,
  graph: DiagramGraph,
  scope: DiagramScope,
  level: DetailLevel,
  marks: ObjectMarks = noMarks,
): Diagram {
  const rowCounts = new Map(
    (catalog.facts?.tables ?? []).map((fact) => [qualifiedName(fact), fact.rowsBasis === 'size' ? null : fact.rows]),
  );
  const visible = visibleTables(graph, scope);
  const cards = new Map<string, TableCard>();
  for (const id of visible) {
    const relation = graph.relations.get(id);
    if (relation === undefined) continue;
    const counts = {
      rowCount: rowCounts.get(id) ?? null,
      partitions: graph.partitions.get(id) ?? 0,
      marks: marks.get(id),
    };
    cards.set(id, tableCard(relation, level, counts));
  }
  const edges = graph.lines.flatMap((line): readonly DiagramEdge[] => {
    const child = cards.get(line.child);
    const parent = cards.get(line.parent);
    if (!child || !parent) return [];
    // A view is made from the whole of what it reads: its line goes from header to header.
    const [childColumn, parentColumn] =
      line.kind === 'foreign key' ? [line.childColumns[0], line.parentColumns[0]] : [undefined, undefined];
    return [{ ...line, childOffset: rowOffset(child, childColumn), parentOffset: rowOffset(parent, parentColumn) }];
  });
  return { cards, edges, chips: expandChips(graph, visible) };
}

const noMarks: ObjectMarks = new Map();
