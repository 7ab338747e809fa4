import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api';
import { type LayoutRequest, type LayoutResult, manyTables } from './layout-request.ts';

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
};

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

/**
 * Translates a request for ELK: parents left of children, lines fixed to the rows of their columns, and what is not connected
 * packed into the shape of a canvas that is `aspectRatio` times as wide as high.
 */
export function toElkGraph(request: LayoutRequest, aspectRatio: number): ElkNode {
  if (request.nodes.length > manyTables) return toElkAreas(request, aspectRatio);
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
    layoutOptions: { ...spacing, 'elk.aspectRatio': `${aspectRatio}` },
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

/** The tables of each schema laid out by themselves, in a frame, and the frames packed like boxes. */
function toElkAreas({ nodes, edges }: LayoutRequest, aspectRatio: number): ElkNode {
  const leaf = ({ id, width, height }: LayoutRequest['nodes'][number]): ElkNode => ({ id, width, height });
  const within = (ids: ReadonlySet<string>): ElkExtendedEdge[] =>
    edges
      .filter(({ parent, child }) => parent !== child && ids.has(parent) && ids.has(child))
      .map(({ id, parent, child }) => ({ id, sources: [parent], targets: [child] }));
  const areas = [...new Set(nodes.map(({ area }) => area))];
  if (areas.length === 1) {
    return {
      id: 'diagram',
      layoutOptions: { ...hurried(nodes.length) },
      children: nodes.map(leaf),
      edges: within(new Set(nodes.map(({ id }) => id))),
    };
  }
  return {
    id: 'diagram',
    layoutOptions: {
      'elk.algorithm': 'rectpacking',
      'elk.aspectRatio': `${aspectRatio}`,
      'elk.spacing.nodeNode': '90',
    },
    children: areas.map((area) => {
      const own = nodes.filter((node) => node.area === area);
      return {
        id: `${areaPrefix}${area}`,
        layoutOptions: { ...hurried(own.length), 'elk.padding': '[top=80,left=36,bottom=36,right=36]' },
        children: own.map(leaf),
        edges: within(new Set(own.map(({ id }) => id))),
      };
    }),
  };
}

/** No id of a relation begins so: a name with a space is quoted. */
const areaPrefix = 'area ';

/** Reads positions, ways and frames back out of ELK's answer. */
export function fromElkGraph(laidOut: ElkNode): LayoutResult {
  const children = laidOut.children ?? [];
  const areas = children.filter(({ id }) => id.startsWith(areaPrefix));
  const positions: Record<string, { x: number; y: number }> = {};
  for (const { id, x = 0, y = 0 } of areas.length > 0 ? [] : children) positions[id] = { x, y };
  for (const area of areas) {
    for (const { id, x = 0, y = 0 } of area.children ?? []) {
      positions[id] = { x: (area.x ?? 0) + x, y: (area.y ?? 0) + y };
    }
  }
  const routes: Record<string, { x: number; y: number }[]> = {};
  for (const edge of children.length > manyTables ? [] : (laidOut.edges ?? [])) {
    const section = edge.sections?.[0];
    if (section) routes[edge.id] = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
  }
  return {
    positions,
    routes,
    areas: Object.fromEntries(
      areas.map(({ id, x = 0, y = 0, width = 0, height = 0 }) => [
        id.slice(areaPrefix.length),
        { x, y, width, height },
      ]),
    ),
  };
}
