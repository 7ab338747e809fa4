import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api';
import type { LayoutRequest, LayoutResult } from './layout-request.ts';

const spacing: Readonly<Record<string, string>> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '40',
  'elk.spacing.edgeNode': '22',
  'elk.spacing.edgeEdge': '12',
  'elk.layered.spacing.nodeNodeBetweenLayers': '48',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.separateConnectedComponents': 'true',
  'elk.spacing.componentComponent': '48',
  'elk.aspectRatio': '1.5',
};

const manyTables = 250;

/**
 * Many tables: less search for a perfect picture, layers of bounded height, and no routing between rows, so that a
 * thousand tables take seconds and not a minute. The lines then go straight from card to card.
 */
const hurried = (tables: number): Readonly<Record<string, string>> => ({
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'POLYLINE',
  'elk.spacing.nodeNode': '40',
  'elk.layered.spacing.nodeNodeBetweenLayers': '84',
  'elk.layered.thoroughness': '1',
  'elk.layered.nodePlacement.strategy': 'SIMPLE',
  'elk.layered.layering.strategy': 'COFFMAN_GRAHAM',
  'elk.layered.layering.coffmanGraham.layerBound': `${Math.ceil(Math.sqrt(tables) * 1.15)}`,
});

/** Translates a request for ELK: parents left of children, lines fixed to the rows of their columns. */
export function toElkGraph(request: LayoutRequest): ElkNode {
  if (request.nodes.length > manyTables) {
    return {
      id: 'diagram',
      layoutOptions: { ...hurried(request.nodes.length) },
      children: request.nodes.map(({ id, width, height }) => ({ id, width, height })),
      edges: request.edges
        .filter(({ parent, child }) => parent !== child)
        .map(({ id, parent, child }) => ({ id, sources: [parent], targets: [child] })),
    };
  }
  const ports = new Map<string, { id: string; side: 'EAST' | 'WEST'; y: number }[]>();
  const port = (node: string, id: string, side: 'EAST' | 'WEST', y: number): string => {
    const list = ports.get(node) ?? [];
    list.push({ id, side, y });
    ports.set(node, list);
    return id;
  };
  const edges: ElkExtendedEdge[] = request.edges.map((edge) => ({
    id: edge.id,
    sources: [port(edge.parent, `${edge.id}/parent`, 'EAST', edge.parentOffset)],
    targets: [port(edge.child, `${edge.id}/child`, edge.parent === edge.child ? 'EAST' : 'WEST', edge.childOffset)],
  }));
  return {
    id: 'diagram',
    layoutOptions: { ...spacing },
    children: request.nodes.map((node) => ({
      id: node.id,
      width: node.width,
      height: node.height,
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
      ports: (ports.get(node.id) ?? []).map(({ id, side, y }) => ({
        id,
        width: 0,
        height: 0,
        x: side === 'EAST' ? node.width : 0,
        y,
        layoutOptions: { 'elk.port.side': side },
      })),
    })),
    edges,
  };
}

/** Reads positions and ways back out of ELK's answer. */
export function fromElkGraph(laidOut: ElkNode): LayoutResult {
  const routed = (laidOut.children?.length ?? 0) <= manyTables;
  const positions: Record<string, { x: number; y: number }> = {};
  for (const child of laidOut.children ?? []) positions[child.id] = { x: child.x ?? 0, y: child.y ?? 0 };
  const routes: Record<string, { x: number; y: number }[]> = {};
  for (const edge of routed ? (laidOut.edges ?? []) : []) {
    const section = edge.sections?.[0];
    if (section) routes[edge.id] = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
  }
  return { positions, routes };
}
