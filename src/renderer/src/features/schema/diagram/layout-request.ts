import type { Diagram } from './build-diagram.ts';
import type { Point } from './edge-route.ts';
import type { Rectangle } from './picture/shapes.ts';
import { cardMetrics } from './table-card.ts';

/** What the layout worker needs to know; plain data, so that it can be posted. */
export type LayoutRequest = {
  readonly nodes: readonly {
    readonly id: string;
    readonly width: number;
    readonly height: number;
    /** The schema in whose frame it stands; null where there are no frames. */
    readonly area: string | null;
  }[];
  readonly edges: readonly {
    readonly id: string;
    readonly parent: string;
    readonly child: string;
    readonly parentOffset: number;
    readonly childOffset: number;
  }[];
};

/** Where everything stands: the upper left corner of each card, and the corners of those lines that were routed. */
export type LayoutResult = {
  readonly positions: Readonly<Record<string, Point>>;
  readonly routes: Readonly<Record<string, readonly Point[]>>;
  /** The frames of schemas. */
  readonly areas: Readonly<Record<string, Rectangle>>;
};

/** From this many tables on, schemas stand apart in frames, and lines are not routed around cards. */
export const manyTables = 250;

/** Describes a diagram to the layout; the room under a card that its expand chip takes is part of its height. */
export function layoutRequest(diagram: Diagram): LayoutRequest {
  const withChip = new Set(diagram.chips.map((chip) => chip.table));
  const hasAreas =
    diagram.cards.size > manyTables && new Set([...diagram.cards.values()].map(({ schema }) => schema)).size > 1;
  return {
    nodes: [...diagram.cards].map(([id, card]) => ({
      id,
      width: card.width,
      height: card.height + (withChip.has(id) ? cardMetrics.chip : 0),
      area: hasAreas ? card.schema : null,
    })),
    edges: diagram.edges.map(({ id, parent, child, parentOffset, childOffset }) => ({
      id,
      parent,
      child,
      parentOffset,
      childOffset,
    })),
  };
}
