// The thread that takes packed data apart and hands it to the page in pieces, each of which the page takes in at once.
import { piecesOf } from './pieces.ts';

/** What of a worker's scope is used: the page's types have no scope of a worker. */
const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<Uint8Array<ArrayBuffer>>) => void) | null;
  postMessage: (message: unknown) => void;
};

scope.onmessage = async ({ data }) => {
  const text = new Response(new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
  for (const piece of piecesOf(JSON.parse(await text))) scope.postMessage(piece);
  scope.postMessage(null);
};
