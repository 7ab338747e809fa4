import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type EdgeTypes,
  MiniMap,
  type NodeChange,
  type NodeTypes,
  ReactFlow,
  useReactFlow,
  useStoreApi,
} from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { useMediaQuery } from '../../migration/state/use-media-query.ts';
import type { Diagram, DiagramEdge } from './build-diagram.ts';
import { DiagramActionsContext } from './diagram-actions.ts';
import type { Point } from './edge-route.ts';
import { firstView } from './first-view.ts';
import { Legend } from './legend.tsx';
import { RelationshipEdge, type RelationshipFlowEdge } from './relationship-edge.tsx';
import { type TableFlowNode, TableNode } from './table-node.tsx';
import { useLayout } from './use-layout.ts';
import '@xyflow/react/dist/base.css';
import './diagram-canvas.css';

// Outside of the component: new objects would make every card and line mount again.
const nodeTypes: NodeTypes = { table: TableNode };
const edgeTypes: EdgeTypes = { relationship: RelationshipEdge };
const fitting = { padding: 0.08, maxZoom: 1, minZoom: 0.05 } as const;
/** The legend covers the lower end of the canvas. */
const legendHeight = 56;
const outside: Point = { x: -100_000, y: 0 };

/** Columns that a lit line is about: those of the key, and what a view reads. */
function litColumns(edge: DiagramEdge, id: string): readonly string[] {
  if (edge.kind === 'foreign key') return edge.child === id ? edge.childColumns : [];
  return edge.parent === id ? edge.parentColumns : [];
}

/** The tables, views and lines of a scope; cards can be moved, and stay where they were put. */
export function DiagramCanvas({
  diagram,
  selected,
  moved,
  onMove,
  onSelect,
  onExpand,
  center,
  focus,
}: {
  readonly diagram: Diagram;
  readonly selected: string | null;
  readonly moved: ReadonlyMap<string, Point>;
  readonly onMove: (moved: ReadonlyMap<string, Point>) => void;
  readonly onSelect: (table: string) => void;
  readonly onExpand: (table: string) => void;
  /** Brings a table into the middle; `request` grows with each asking. */
  readonly center: { readonly table: string; readonly request: number } | null;
  /** The table that the picture is about, or null when it is about all of them. */
  readonly focus: string | null;
}) {
  const layout = useLayout(diagram);
  const flow = useReactFlow();
  const isStill = useMediaQuery('(prefers-reduced-motion: reduce)');
  const { result, generation } = layout;
  const touching = useMemo(
    () =>
      new Set(
        diagram.edges.filter((edge) => edge.child === selected || edge.parent === selected).map((edge) => edge.id),
      ),
    [diagram, selected],
  );

  const placed = useMemo((): TableFlowNode[] => {
    if (generation === 0) return [];
    const chips = new Map(diagram.chips.map((chip) => [chip.table, chip]));
    return [...diagram.cards].map(([id, card]) => ({
      id,
      type: 'table',
      position: moved.get(id) ?? result.positions[id] ?? outside,
      width: card.width,
      height: card.height,
      ariaLabel: `${card.kind.endsWith('view') ? 'View' : 'Table'} ${id}`,
      data: {
        card,
        chip: chips.get(id) ?? null,
        isSelected: id === selected,
        lit: diagram.edges.filter((edge) => touching.has(edge.id)).flatMap((edge) => litColumns(edge, id)),
      },
    }));
  }, [diagram, result, generation, moved, selected, touching]);
  const [nodes, setNodes] = useState<TableFlowNode[]>([]);
  useEffect(() => setNodes(placed), [placed]);

  const edges = useMemo(
    (): RelationshipFlowEdge[] =>
      generation === 0
        ? []
        : diagram.edges
            .map((edge): RelationshipFlowEdge => {
              const route = result.routes[edge.id];
              const parent = result.positions[edge.parent];
              const child = result.positions[edge.child];
              return {
                id: edge.id,
                type: 'relationship',
                source: edge.parent,
                target: edge.child,
                focusable: false,
                zIndex: touching.has(edge.id) ? 1 : 0,
                data: {
                  edge,
                  parentWidth: diagram.cards.get(edge.parent)?.width ?? 0,
                  childWidth: diagram.cards.get(edge.child)?.width ?? 0,
                  laidOut: route && parent && child ? { route, parent, child } : null,
                  isLit: touching.has(edge.id),
                },
              };
            })
            .toSorted((a, b) => (a.zIndex ?? 0) - (b.zIndex ?? 0)),
    [diagram, result, generation, touching],
  );

  const lines = useMemo(() => new Set(diagram.edges.map(({ kind }) => kind)), [diagram]);
  const store = useStoreApi();
  // A new layout is shown whole or around its focus, unless the reader has begun to move cards in it.
  const fitted = useRef(0);
  useEffect(() => {
    if (generation === fitted.current || nodes.length === 0) return;
    fitted.current = generation;
    if (moved.size > 0) return;
    const cards = nodes.map(({ id, position, width = 0, height = 0 }) => ({ id, ...position, width, height }));
    const interest = cards.find((card) => card.id === focus);
    const { width, height } = store.getState();
    const view = interest ? firstView(cards, interest, { width, height: height - legendHeight }) : null;
    if (view) void flow.setViewport(view);
    else void flow.fitView(fitting);
  }, [generation, nodes, moved, flow, focus, store]);
  useEffect(() => {
    if (center) void flow.fitView({ ...fitting, nodes: [{ id: center.table }], duration: isStill ? 0 : 140 });
  }, [center, flow, isStill]);

  const change = useCallback(
    (changes: NodeChange<TableFlowNode>[]) => setNodes((old) => applyNodeChanges(changes, old)),
    [],
  );
  const actions = useMemo(() => ({ expand: onExpand }), [onExpand]);
  return (
    <div className="diagram-canvas">
      <DiagramActionsContext value={actions}>
        <ReactFlow
          colorMode="light"
          deleteKeyCode={null}
          edges={edges}
          edgesFocusable={false}
          edgeTypes={edgeTypes}
          elementsSelectable={false}
          maxZoom={1.6}
          minZoom={0.05}
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
          proOptions={{ hideAttribution: true }}
          zoomOnDoubleClick={false}
        >
          <Background className="diagram-dots" gap={20} size={1.6} variant={BackgroundVariant.Dots} />
          <MiniMap
            ariaLabel="Overview of the diagram"
            bgColor="var(--bg-panel)"
            className="diagram-minimap"
            maskColor="color-mix(in srgb, var(--bg-app) 72%, transparent)"
            nodeBorderRadius={4}
            nodeColor={(node) => (node.id === selected ? 'var(--accent)' : 'var(--line-strong)')}
            pannable
            zoomable
          />
        </ReactFlow>
      </DiagramActionsContext>
      <Legend lines={lines} />
      {layout.busy ? (
        <div className="diagram-busy" role="status">
          Laying out {diagram.cards.size} tables…
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
