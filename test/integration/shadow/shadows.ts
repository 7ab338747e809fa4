import { fileURLToPath } from 'node:url';
import type { EmbeddedShadowDatabases } from '../../../src/adapters/pglite/embedded-shadow.ts';
import { createEmbeddedShadowDatabases } from '../../../src/adapters/pglite/embedded-shadow.ts';

/** The worker's source: the Node that runs the tests strips its types. */
export const workerFile = new URL('../../../src/adapters/pglite/pglite-worker.ts', import.meta.url);

/** Where tests keep the base image, outside of the user's folders. */
export const cacheFolder = fileURLToPath(new URL('../../../.cache/lockstep', import.meta.url));

/** Embedded shadow databases as the tests use them. */
export const testShadows = (options: { readonly timeoutSeconds?: number } = {}): EmbeddedShadowDatabases =>
  createEmbeddedShadowDatabases({ workerFile, cacheFolder, ...options });
