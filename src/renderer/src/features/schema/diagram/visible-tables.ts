import { otherEnd } from '../../../../../engine/catalog/relationships.ts';
import type { DiagramGraph } from './diagram-graph.ts';

/** What the reader asked to see: everything, or a table with its neighbours and what was opened by hand. */
export type DiagramScope =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'focus';
      readonly table: string;
      /** How many lines away from the table, from 1. */
      readonly depth: number;
      /** Tables whose hidden neighbours were opened. */
      readonly expanded: ReadonlySet<string>;
    };

/** Neighbours that stand outside the picture, offered as a chip under a card. */
export type ExpandChip = { readonly table: string; readonly hidden: readonly string[]; readonly text: string };

/** A hub with hundreds of referrers would fill the canvas; the rest stays behind its chip. */
const neighboursAtOnce = 24;

function neighbours(graph: DiagramGraph, id: string): readonly string[] {
  const found = new Set((graph.of.get(id) ?? []).map((line) => otherEnd(line, id)));
  found.delete(id);
  return [...found];
}

/** The ids of the relations to draw, the focused one first. An unknown focus gives an empty picture. */
export function visibleTables(graph: DiagramGraph, scope: DiagramScope): readonly string[] {
  if (scope.kind === 'all') return [...graph.relations.keys()];
  if (!graph.relations.has(scope.table)) return [];
  const visible = new Set([scope.table]);
  let edge: readonly string[] = [scope.table];
  for (let step = 0; step < scope.depth; step += 1) {
    const next: string[] = [];
    for (const id of edge) {
      for (const neighbour of neighbours(graph, id).slice(0, neighboursAtOnce)) {
        if (visible.has(neighbour)) continue;
        visible.add(neighbour);
        next.push(neighbour);
      }
    }
    edge = next;
  }
  for (const id of scope.expanded) {
    if (!visible.has(id)) continue;
    for (const neighbour of neighbours(graph, id)) visible.add(neighbour);
  }
  return [...visible];
}

const shortName = (graph: DiagramGraph, id: string): string => graph.relations.get(id)?.name ?? id;

function chipText(graph: DiagramGraph, id: string, hidden: readonly string[]): string {
  const names = hidden.map((other) => shortName(graph, other)).join(', ');
  if (hidden.length <= 2 && names.length <= 28) return names;
  const refer = hidden.every((other) =>
    (graph.of.get(id) ?? []).some((relationship) => relationship.child === other && relationship.parent === id),
  );
  return refer ? `${hidden.length} more refer here` : `${hidden.length} more`;
}

/** One chip for every visible table that has neighbours outside the picture. */
export function expandChips(graph: DiagramGraph, visible: readonly string[]): readonly ExpandChip[] {
  const shown = new Set(visible);
  return visible.flatMap((table) => {
    const hidden = neighbours(graph, table).filter((id) => !shown.has(id));
    return hidden.length === 0 ? [] : [{ table, hidden, text: chipText(graph, table, hidden) }];
  });
}
