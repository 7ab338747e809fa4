import { fileURLToPath } from 'node:url';
import { BASE_IMAGE_NAME } from '../adapters/pglite/base-image.ts';
import { createEmbeddedShadowDatabases, type EmbeddedShadowDatabases } from '../adapters/pglite/embedded-shadow.ts';

/** The worker that hosts the embedded engine; the build puts it beside this program. */
const pgliteWorkerFile = new URL('./pglite-worker.mjs', import.meta.url);

/** The embedded databases of this process. `timeoutSeconds` is how long one may live. */
export const embeddedDatabases = (timeoutSeconds = 600): EmbeddedShadowDatabases =>
  createEmbeddedShadowDatabases({
    workerFile: pgliteWorkerFile,
    imageFile: fileURLToPath(new URL(`../images/${BASE_IMAGE_NAME}`, import.meta.url)),
    timeoutSeconds,
  });
