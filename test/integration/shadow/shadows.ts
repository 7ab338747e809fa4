import { fileURLToPath } from 'node:url';
import type { EmbeddedShadowDatabases } from '../../../src/adapters/pglite/embedded-shadow.ts';
import { createEmbeddedShadowDatabases } from '../../../src/adapters/pglite/embedded-shadow.ts';
import type { Clock } from '../../../src/engine/ports/clock.ts';

/** The worker's source: the Node that runs the tests strips its types. */
export const workerFile = new URL('../../../src/adapters/pglite/pglite-worker.ts', import.meta.url);

/** Where tests keep the base image, outside of the user's folders. */
export const cacheFolder = fileURLToPath(new URL('../../../.cache/lockstep', import.meta.url));

/** Embedded shadow databases as the tests use them. */
export const testShadows = (
  options: { readonly timeoutSeconds?: number; readonly keptStates?: number } = {},
): EmbeddedShadowDatabases => createEmbeddedShadowDatabases({ workerFile, cacheFolder, ...options });

/** The real clock. */
export const clock: Clock = { now: () => new Date().toISOString(), elapsed: () => performance.now() };
