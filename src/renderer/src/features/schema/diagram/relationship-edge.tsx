import { type Edge, type EdgeProps, useInternalNode, useStore } from '@xyflow/react';
import { memo } from 'react';
import type { Derivation } from '../../../../../engine/catalog/derivations.ts';
import type { Cardinality } from '../../../../../engine/catalog/relationships.ts';
import type { DiagramEdge } from './build-diagram.ts';
import { type Point, pathThrough, type Route, routeBetween } from './edge-route.ts';
import { readableZoom } from './readable-zoom.ts';
import { shiftedRoute } from './use-layout.ts';

/** What a line needs to draw itself. */
export type RelationshipEdgeData = {
  readonly edge: DiagramEdge;
  readonly parentWidth: number;
  readonly childWidth: number;
  /** The laid-out way, and where its two cards stood then. */
  readonly laidOut: { readonly route: readonly Point[]; readonly parent: Point; readonly child: Point } | null;
  readonly isLit: boolean;
};
export type RelationshipFlowEdge = Edge<RelationshipEdgeData, 'relationship'>;

/** Crow's foot notation at the end of a line: two bars, circle and bar, or the three toes. */
function End({
  at,
  side,
  cardinality,
}: {
  readonly at: Point;
  readonly side: 'left' | 'right';
  readonly cardinality: Cardinality;
}) {
  const away = (distance: number): number => at.x + (side === 'right' ? distance : -distance);
  switch (cardinality) {
    case 'exactly one':
      return <path d={`M${away(7)} ${at.y - 6}v12M${away(11)} ${at.y - 6}v12`} />;
    case 'zero or one':
      return (
        <>
          <path d={`M${away(7)} ${at.y - 6}v12`} />
          <circle className="edge-circle" cx={away(14)} cy={at.y} r="3.5" />
        </>
      );
    case 'many':
      return <path d={`M${at.x} ${at.y - 6}L${away(11)} ${at.y}L${at.x} ${at.y + 6}M${away(15)} ${at.y - 5}v10`} />;
  }
}

function wayOf(data: RelationshipEdgeData, parent: Point, child: Point): Route {
  const { laidOut, edge } = data;
  const kept =
    laidOut &&
    shiftedRoute(
      laidOut.route,
      { x: parent.x - laidOut.parent.x, y: parent.y - laidOut.parent.y },
      { x: child.x - laidOut.child.x, y: child.y - laidOut.child.y },
    );
  if (kept) return { points: kept, parentSide: 'right', childSide: edge.parent === edge.child ? 'right' : 'left' };
  return routeBetween(
    { ...parent, width: data.parentWidth, offset: edge.parentOffset },
    { ...child, width: data.childWidth, offset: edge.childOffset },
  );
}

/** The triangle of inheritance at the parent, or the open arrow at what a view reads, as in class diagrams. */
function Arrow({
  at,
  side,
  kind,
}: {
  readonly at: Point;
  readonly side: 'left' | 'right';
  readonly kind: Derivation['kind'];
}) {
  const far = at.x + (side === 'right' ? 11 : -11);
  const wings = `M${far} ${at.y - 6}L${at.x} ${at.y}L${far} ${at.y + 6}`;
  return <path className={`edge-end edge-end-${kind}`} d={kind === 'inherits' ? `${wings}Z` : wings} />;
}

function titleOf(edge: DiagramEdge): string {
  switch (edge.kind) {
    case 'foreign key':
      return `${edge.name}: ${edge.child} (${edge.childColumns.join(', ')}) refers to ${edge.parent} (${edge.parentColumns.join(', ')}), on delete ${edge.onDelete}`;
    case 'inherits':
      return `${edge.child} inherits from ${edge.parent}`;
    case 'reads':
      return edge.parentColumns.length === 0
        ? `${edge.child} reads ${edge.parent}`
        : `${edge.child} reads ${edge.parent} (${edge.parentColumns.join(', ')})`;
  }
}

/** A foreign key as a rectangular line between the rows of its columns; what is made from what, between two headers. */
export const RelationshipEdge = memo(function RelationshipEdge({
  source,
  target,
  data,
}: EdgeProps<RelationshipFlowEdge>) {
  const parent = useInternalNode(source)?.internals.positionAbsolute;
  const child = useInternalNode(target)?.internals.positionAbsolute;
  const isReadable = useStore((state) => state.transform[2] >= readableZoom);
  if (!data || !parent || !child) return null;
  const { edge, isLit } = data;
  const { points, parentSide, childSide } = wayOf(data, parent, child);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const path = pathThrough(points);
  const looks = `relationship relationship-${edge.kind.replace(' ', '-')} ${isLit ? 'relationship-lit' : ''}`;
  if (!isReadable) {
    return (
      <g className={looks}>
        <path className="relationship-way" d={path} />
      </g>
    );
  }
  return (
    <g className={looks}>
      <title>{titleOf(edge)}</title>
      <path className="relationship-halo" d={path} />
      <path className="relationship-way" d={path} />
      {edge.kind === 'foreign key' ? (
        <>
          <End at={first} cardinality={edge.parentEnd} side={parentSide} />
          <End at={last} cardinality={edge.childEnd} side={childSide} />
        </>
      ) : (
        <Arrow at={first} kind={edge.kind} side={parentSide} />
      )}
    </g>
  );
});
