import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type EdgeTypes,
  getViewportForBounds,
  type NodeChange,
  type NodeTypes,
  ReactFlow,
  useReactFlow,
  useStore,
  useStoreApi,
} from '@xyflow/react';
import { type MouseEvent, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { useMediaQuery } from '../../migration/state/use-media-query.ts';
import { countOf } from '../quantities.ts';
import type { Diagram, DiagramEdge } from './build-diagram.ts';
import { DiagramActionsContext } from './diagram-actions.ts';
import type { Point } from './edge-route.ts';
import type { ShownDiagram } from './export/export-diagram.ts';
import { firstView, type View } from './first-view.ts';
import { Legend } from './legend.tsx';
import { Minimap } from './picture/minimap.tsx';
import { boundsOf, placeDiagram } from './picture/placement.ts';
import type { Rectangle } from './picture/shapes.ts';
import { Underlay } from './picture/underlay.tsx';
import { manyCards, paintedZoom } from './readable-zoom.ts';
import { RelationshipEdge, type RelationshipFlowEdge } from './relationship-edge.tsx';
import { type TableFlowNode, TableNode } from './table-node.tsx';
import { useLayout } from './use-layout.ts';
import { useNearby } from './use-nearby.ts';
import '@xyflow/react/dist/base.css';
import './diagram-canvas.css';

// Outside of the component: new objects would make every card and line mount again.
const nodeTypes: NodeTypes = { table: TableNode };
const edgeTypes: EdgeTypes = { relationship: RelationshipEdge };
const smallestZoom = 0.02;
const largestZoom = 1.6;
/** The legend covers the lower end of the canvas. */
const legendHeight = 56;
const none: ReadonlySet<string> = new Set();

/** Columns that a lit line is about: those of the key, and what a view reads. */
function litColumns(edge: DiagramEdge, id: string): readonly string[] {
  if (edge.kind === 'foreign key') return edge.child === id ? edge.childColumns : [];
  return edge.parent === id ? edge.parentColumns : [];
}

const holds = (card: Rectangle, { x, y }: Point): boolean =>
  x >= card.x && y >= card.y && x <= card.x + card.width && y <= card.y + card.height;

/**
 * The tables, views and lines of a scope; cards can be moved, and stay where they were put. Of many cards only those in
 * sight are elements of the page, and from far away none: then all of it is painted.
 */
export function DiagramCanvas({
  diagram,
  selected,
  moved,
  onMove,
  onSelect,
  onExpand,
  center,
  fit,
  focus,
  shown,
}: {
  readonly diagram: Diagram;
  readonly selected: string | null;
  readonly moved: ReadonlyMap<string, Point>;
  readonly onMove: (moved: ReadonlyMap<string, Point>) => void;
  readonly onSelect: (table: string) => void;
  readonly onExpand: (table: string) => void;
  /** Brings a table into the middle; `request` grows with each asking. */
  readonly center: { readonly table: string; readonly request: number } | null;
  /** Grows with each asking to show all of it. */
  readonly fit: number;
  /** The table that the picture is about, or null when it is about all of them. */
  readonly focus: string | null;
  /** Holds what is in sight, for whoever writes it into a file. */
  readonly shown?: RefObject<ShownDiagram | null>;
}) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const layout = useLayout(diagram, () => aspectRatioOf(store.getState()));
  const isStill = useMediaQuery('(prefers-reduced-motion: reduce)');
  const { result, generation } = layout;
  const placement = useMemo(() => placeDiagram(diagram, result, moved), [diagram, result, moved]);
  useEffect(() => {
    if (shown) shown.current = { diagram, placement };
  }, [shown, diagram, placement]);
  const isLarge = placement.cards.size > manyCards;
  const isFar = useStore((state) => isLarge && state.transform[2] < paintedZoom);
  const around = useNearby(placement.cards, isLarge && !isFar);
  const near = isFar ? none : around;

  const touching = useMemo(
    () => diagram.edges.filter((edge) => edge.child === selected || edge.parent === selected),
    [diagram, selected],
  );
  const emphasis = useMemo(() => ({ selected, lit: new Set(touching.map((edge) => edge.id)) }), [selected, touching]);

  const placed = useMemo((): TableFlowNode[] => {
    const chips = new Map(diagram.chips.map((chip) => [chip.table, chip]));
    return [...placement.cards].flatMap(([id, { x, y, width, height }]): TableFlowNode[] => {
      const card = diagram.cards.get(id);
      if (!card || (near !== null && !near.has(id))) return [];
      return [
        {
          id,
          type: 'table',
          position: { x, y },
          width,
          height,
          ariaLabel: `${card.kind.endsWith('view') ? 'View' : 'Table'} ${id}`,
          data: {
            card,
            chip: chips.get(id) ?? null,
            isSelected: id === selected,
            lit: touching.flatMap((edge) => litColumns(edge, id)),
          },
        },
      ];
    });
  }, [diagram, placement, near, selected, touching]);
  const [nodes, setNodes] = useState<TableFlowNode[]>([]);
  useEffect(() => setNodes(placed), [placed]);

  const edges = useMemo(
    () =>
      diagram.edges
        .flatMap((edge): RelationshipFlowEdge[] => {
          const parent = diagram.cards.get(edge.parent);
          const child = diagram.cards.get(edge.child);
          if (!parent || !child || !placement.ways.has(edge.id)) return [];
          if (near !== null && !(near.has(edge.parent) && near.has(edge.child))) return [];
          const isLit = emphasis.lit.has(edge.id);
          return [
            {
              id: edge.id,
              type: 'relationship',
              source: edge.parent,
              target: edge.child,
              focusable: false,
              zIndex: isLit ? 1 : 0,
              data: { edge, parent, child, laidOut: result, isLit },
            },
          ];
        })
        .toSorted((a, b) => (a.zIndex ?? 0) - (b.zIndex ?? 0)),
    [diagram, placement, near, emphasis, result],
  );

  const lines = useMemo(() => new Set(diagram.edges.map(({ kind }) => kind)), [diagram]);
  const hasMarks = useMemo(() => [...diagram.cards.values()].some(({ mark }) => mark !== undefined), [diagram]);
  const show = useCallback(
    (bounds: Rectangle | null, duration: number) => {
      const size = store.getState();
      if (bounds && size.width > 0 && size.height > 0) void flow.setViewport(wholeView(bounds, size), { duration });
    },
    [flow, store],
  );
  const showAll = useCallback(() => show(boundsOf(placement), 0), [show, placement]);
  // A new layout is shown whole or around its focus, unless the reader has begun to move cards in it. In a window of
  // another size the same is done again, as long as the reader looks where it was first.
  const fitted = useRef(0);
  const first = useRef<View | null>(null);
  const { width, height } = useStore(({ width: across, height: down }) => ({ width: across, height: down }), sameSize);
  useEffect(() => {
    const bounds = boundsOf(placement);
    if (!bounds || width === 0 || height <= legendHeight) return;
    const isNew = generation !== fitted.current;
    if (!isNew && (first.current === null || !sameView(first.current, flow.getViewport()))) return;
    fitted.current = generation;
    if (moved.size > 0) return;
    const interest = focus === null ? undefined : placement.cards.get(focus);
    const room = { width, height: height - legendHeight };
    first.current =
      (interest ? firstView([...placement.cards.values()], interest, room) : null) ??
      wholeView(bounds, { width, height });
    void flow.setViewport(first.current);
  }, [generation, placement, moved, flow, focus, width, height]);
  const answered = useRef(fit);
  useEffect(() => {
    if (answered.current === fit) return;
    answered.current = fit;
    showAll();
  }, [fit, showAll]);
  const centered = useRef(center);
  useEffect(() => {
    if (center === null || centered.current === center) return;
    centered.current = center;
    show(placement.cards.get(center.table) ?? null, isStill ? 0 : 140);
  }, [center, placement, show, isStill]);

  const change = useCallback(
    (changes: NodeChange<TableFlowNode>[]) => setNodes((old) => applyNodeChanges(changes, old)),
    [],
  );
  const cardAt = (event: MouseEvent): string | undefined => {
    const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    return [...placement.cards].find(([, card]) => holds(card, point))?.[0];
  };
  const actions = useMemo(() => ({ expand: onExpand }), [onExpand]);
  return (
    <div className="diagram-canvas">
      {isLarge || placement.areas.size > 0 ? (
        <Underlay
          diagram={diagram}
          emphasis={emphasis}
          paintsCards={isFar}
          paintsLines={isLarge}
          placement={placement}
        />
      ) : null}
      <DiagramActionsContext value={actions}>
        <ReactFlow
          colorMode="light"
          deleteKeyCode={null}
          edges={edges}
          edgesFocusable={false}
          edgeTypes={edgeTypes}
          elementsSelectable={false}
          maxZoom={largestZoom}
          minZoom={smallestZoom}
          nodes={nodes}
          nodesConnectable={false}
          nodesFocusable
          nodeTypes={nodeTypes}
          onlyRenderVisibleElements
          onNodeClick={(_, node) => onSelect(node.id)}
          onNodeDoubleClick={(_, node) => onExpand(node.id)}
          onNodeDragStop={(_, __, dragged) =>
            onMove(new Map([...moved, ...dragged.map((node) => [node.id, node.position] as const)]))
          }
          onNodesChange={change}
          onPaneClick={(event) => {
            const id = isFar ? cardAt(event) : undefined;
            if (id !== undefined) onSelect(id);
          }}
          proOptions={{ hideAttribution: true }}
          zoomOnDoubleClick={false}
        >
          {isLarge ? null : (
            <Background className="diagram-dots" gap={20} size={1.6} variant={BackgroundVariant.Dots} />
          )}
        </ReactFlow>
      </DiagramActionsContext>
      <Minimap placement={placement} selected={selected} />
      <Legend hasMarks={hasMarks} lines={lines} />
      {layout.busy ? (
        <div className="diagram-busy" role="status">
          Laying out {countOf(diagram.cards.size, 'table')}…
          <Button onPress={layout.cancel} size="small">
            Cancel
          </Button>
        </div>
      ) : null}
      {layout.failed ? (
        <p className="diagram-busy" role="alert">
          The layout failed. Choose fewer tables.
        </p>
      ) : null}
    </div>
  );
}

type Size = { readonly width: number; readonly height: number };
/** All of a diagram, above the legend. */
const wholeView = (bounds: Rectangle, { width, height }: Size): View =>
  getViewportForBounds(bounds, width, height - legendHeight, smallestZoom, 1, 0.06);

const sameView = (a: View, b: View): boolean =>
  Math.abs(a.x - b.x) < 1 && Math.abs(a.y - b.y) < 1 && Math.abs(a.zoom - b.zoom) < 0.001;

const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

/** How many times as wide as high a canvas is for the eye; like a screen while it has no size. */
const aspectRatioOf = ({ width, height }: Size): number =>
  width === 0 || height <= legendHeight ? 1.5 : Math.min(5, Math.max(0.6, width / (height - legendHeight)));
