import { deflateRawSync } from 'node:zlib';

/** JSON text, compressed (raw deflate): how a worker hands what is large through main to the page. */
export const packJson = (value: unknown): Uint8Array<ArrayBuffer> =>
  deflateRawSync(JSON.stringify(value), { level: 1 });
