import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import { fromElkGraph, toElkGraph } from './elk-graph.ts';
import type { LayoutRequest, LayoutResult } from './layout-request.ts';

/**
 * Lays out a diagram in a worker, for a canvas so many times as wide as high. Aborting the signal ends the worker, whatever it is doing, and rejects: a layout that
 * nobody wants any more must not hold up the one that is wanted.
 */
export async function layoutDiagram(
  request: LayoutRequest,
  aspectRatio: number,
  signal: AbortSignal,
): Promise<LayoutResult> {
  const elk = new ELK({ workerFactory: () => new Worker(workerUrl) });
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('replaced by a newer layout', 'AbortError')), {
      once: true,
    });
  });
  try {
    signal.throwIfAborted();
    const laidOut: ElkNode = await Promise.race([elk.layout(toElkGraph(request, aspectRatio)), aborted]);
    return fromElkGraph(laidOut);
  } finally {
    elk.terminateWorker();
  }
}
