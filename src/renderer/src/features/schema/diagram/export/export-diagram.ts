import type { Catalog } from '../../../../../../engine/catalog/catalog.ts';
import { request } from '../../../../ipc/client.ts';
import { showError } from '../../../../state/show-error.ts';
import { showToast } from '../../../../state/toasts.ts';
import type { Diagram } from '../build-diagram.ts';
import type { DiagramGraph } from '../diagram-graph.ts';
import { drawDiagram } from '../picture/draw-diagram.ts';
import { readFonts, readInks } from '../picture/inks.ts';
import { paintShapes, prepareShapes } from '../picture/paint-shapes.ts';
import { boundsOf, type Placement } from '../picture/placement.ts';
import { shapesToSvg } from '../picture/shapes-to-svg.ts';
import { dbmlOf } from './dbml.ts';
import { mermaidOf } from './mermaid.ts';

/** What can become of a diagram outside of the window. */
export type DiagramFormat = 'svg' | 'png' | 'mmd' | 'dbml';

/** The diagram in sight. */
export type ShownDiagram = { readonly diagram: Diagram; readonly placement: Placement };

/** A canvas may not be larger than this in either direction, and takes four bytes for each pixel. */
const largestSide = 12_000;
const largestArea = 64_000_000;

function png({ diagram, placement }: ShownDiagram): string {
  const bounds = boundsOf(placement) ?? { x: 0, y: 0, width: 1, height: 1 };
  const margin = 24;
  const [width, height] = [bounds.width + 2 * margin, bounds.height + 2 * margin];
  const scale = Math.min(2, largestSide / width, largestSide / height, Math.sqrt(largestArea / (width * height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('a canvas has no context');
  const inks = readInks('light');
  context.fillStyle = inks['bg-canvas'];
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, (margin - bounds.x) * scale, (margin - bounds.y) * scale);
  const shapes = prepareShapes(drawDiagram(diagram, placement));
  paintShapes(context, shapes, { inks, fonts: readFonts(), seen: null, scale });
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
}

function contentsOf(
  format: DiagramFormat,
  shown: ShownDiagram,
  { catalog, graph }: { readonly catalog: Catalog; readonly graph: DiagramGraph },
): string {
  const ids = new Set(shown.diagram.cards.keys());
  switch (format) {
    case 'svg': {
      const bounds = boundsOf(shown.placement) ?? { x: 0, y: 0, width: 1, height: 1 };
      const shapes = drawDiagram(shown.diagram, shown.placement);
      return shapesToSvg(shapes, bounds, readInks('light'), `Diagram of ${catalog.server.database}`);
    }
    case 'png':
      return png(shown);
    case 'mmd':
      return mermaidOf(graph, ids);
    case 'dbml':
      return dbmlOf(catalog, graph, ids);
  }
}

/** Writes the diagram in sight into a file that the person chooses, and says where it is. */
export async function exportDiagram(
  format: DiagramFormat,
  shown: ShownDiagram,
  source: { readonly catalog: Catalog; readonly graph: DiagramGraph },
): Promise<void> {
  const contents = contentsOf(format, shown, source);
  const answer = await request('diagram.save', { name: source.catalog.server.database || 'diagram', format, contents });
  if (!answer.ok) showError(answer.error);
  else if (answer.value.path !== null) showToast({ tone: 'ok', title: 'Diagram written', text: answer.value.path });
}
