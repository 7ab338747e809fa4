import type { Diagram } from './build-diagram.ts';
import type { Point } from './edge-route.ts';
import { cardMetrics } from './table-card.ts';

/** What the layout worker needs to know; plain data, so that it can be posted. */
export type LayoutRequest = {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[];
  readonly edges: readonly {
    readonly id: string;
    readonly parent: string;
    readonly child: string;
    readonly parentOffset: number;
    readonly childOffset: number;
  }[];
};

/** Where everything stands: the upper left corner of each card, and the corners of each line from parent to child. */
export type LayoutResult = {
  readonly positions: Readonly<Record<string, Point>>;
  readonly routes: Readonly<Record<string, readonly Point[]>>;
};

/** Describes a diagram to the layout; the room under a card that its expand chip takes is part of its height. */
export function layoutRequest(diagram: Diagram): LayoutRequest {
  const withChip = new Set(diagram.chips.map((chip) => chip.table));
  return {
    nodes: [...diagram.cards].map(([id, card]) => ({
      id,
      width: card.width,
      height: card.height + (withChip.has(id) ? cardMetrics.chip : 0),
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
