import type { Catalog } from '../../../engine/catalog/catalog.ts';
import { type Piece, pieceTogether } from './catalog-pieces.ts';

/**
 * Takes a packed catalog apart in a thread of its own, and takes it over piece by piece, so that the page goes on
 * answering meanwhile. Rejects when it is not a packed catalog.
 */
export function unpackCatalog(packed: Uint8Array): Promise<Catalog> {
  const worker = new Worker(new URL('./unpack-catalog-worker.ts', import.meta.url), { type: 'module' });
  const { add, value } = pieceTogether();
  return new Promise<Catalog>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Piece | null>) => {
      if (data === null) resolve(value() as Catalog);
      else add(data);
    };
    worker.onerror = () => reject(new Error('a kept catalog cannot be read'));
    worker.postMessage(packed);
  }).finally(() => worker.terminate());
}
