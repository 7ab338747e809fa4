import { type Piece, pieceTogether } from './pieces.ts';

/**
 * Takes what main has packed, such as a catalog, apart in a thread of its own, and takes it over piece by piece, so that the page goes on
 * answering meanwhile. Rejects when it was not packed so.
 */
export function unpack<T>(packed: Uint8Array): Promise<T> {
  const worker = new Worker(new URL('./unpack-worker.ts', import.meta.url), { type: 'module' });
  const { add, value } = pieceTogether();
  return new Promise<T>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Piece | null>) => {
      if (data === null) resolve(value() as T);
      else add(data);
    };
    worker.onerror = () => reject(new Error('what main has packed cannot be read'));
    worker.postMessage(packed);
  }).finally(() => worker.terminate());
}
