import { type Edge, type EdgeProps, useInternalNode, useStore } from '@xyflow/react';
import { memo } from 'react';
import type { DiagramEdge } from './build-diagram.ts';
import { cardinalityEnds, derivationEnd } from './edge-ends.ts';
import { pathThrough } from './edge-route.ts';
import type { LayoutResult } from './layout-request.ts';
import { wayOf } from './picture/placement.ts';
import { readableZoom } from './readable-zoom.ts';
import type { TableCard } from './table-card.ts';

/** What a line needs to draw itself. */
export type RelationshipEdgeData = {
  readonly edge: DiagramEdge;
  readonly parent: TableCard;
  readonly child: TableCard;
  readonly laidOut: LayoutResult;
  readonly isLit: boolean;
};
export type RelationshipFlowEdge = Edge<RelationshipEdgeData, 'relationship'>;

function titleOf(edge: DiagramEdge): string {
  const change = edge.change ? `${edge.change}: ` : '';
  return change + lineTitle(edge);
}

function lineTitle(edge: DiagramEdge): string {
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
  const { points, parentSide, childSide } = wayOf(
    edge,
    data.laidOut,
    { ...parent, width: data.parent.width, height: data.parent.height },
    { ...child, width: data.child.width, height: data.child.height },
  );
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const path = pathThrough(points);
  const looks = `relationship relationship-${edge.kind.replace(' ', '-')} ${isLit ? 'relationship-lit' : ''} ${edge.change ? `relationship-${edge.change}` : ''}`;
  if (!isReadable) {
    return (
      <g className={looks}>
        <path className="relationship-way" d={path} />
      </g>
    );
  }
  const ends =
    edge.kind === 'foreign key'
      ? [...cardinalityEnds(first, parentSide, edge.parentEnd), ...cardinalityEnds(last, childSide, edge.childEnd)]
      : [derivationEnd(first, parentSide, edge.kind)];
  return (
    <g className={looks}>
      <title>{titleOf(edge)}</title>
      <path className="relationship-halo" d={path} />
      <path className="relationship-way" d={path} />
      {ends.map(({ data: end, filled }) => (
        <path className={filled ? 'relationship-end-filled' : ''} d={end} key={end} />
      ))}
    </g>
  );
});
