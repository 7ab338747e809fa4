import { fileURLToPath } from 'node:url';
import { BASE_IMAGE_NAME } from '../adapters/pglite/base-image.ts';
import { createEmbeddedShadowDatabases, type EmbeddedShadowDatabases } from '../adapters/pglite/embedded-shadow.ts';
import { filesOfUser } from '../adapters/pglite/files-of-user.ts';

/** The worker that hosts the embedded engine; the build puts it beside this program. */
const pgliteWorkerFile = new URL('./pglite-worker.mjs', import.meta.url);

/** The built files that this program begins with. */
export const program: readonly URL[] = [new URL('./main.mjs', import.meta.url), pgliteWorkerFile];

/** Seconds that one database may live. */
const SECONDS = 600;

/** The embedded databases of this process; `onFailure` is told why a state could not be kept for the next one. */
export const embeddedDatabases = (onFailure?: (reason: string) => void): EmbeddedShadowDatabases =>
  createEmbeddedShadowDatabases({
    workerFile: pgliteWorkerFile,
    imageFile: fileURLToPath(new URL(`../images/${BASE_IMAGE_NAME}`, import.meta.url)),
    timeoutSeconds: SECONDS,
    keptStates: 1,
    files: filesOfUser(program, onFailure),
  });
