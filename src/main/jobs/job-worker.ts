import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { BASE_IMAGE_NAME } from '../../adapters/pglite/base-image.ts';
import { createEmbeddedShadowDatabases } from '../../adapters/pglite/embedded-shadow.ts';
import { filesOfUser } from '../../adapters/pglite/files-of-user.ts';
import { ok } from '../../shared/result.ts';
import type { WorkerEnvironment } from './job-table.ts';
import { runJobs, type Work } from './run-jobs.ts';
import type { KeptReadings } from './work/read-database.ts';
import { createSampleDoor } from './work/sample-door.ts';

const { sampleFolder, imagesFolder, pgliteWorkerFile }: WorkerEnvironment = workerData;
if (parentPort === null) throw new Error('this file is the entry of a worker thread');

const databases = createEmbeddedShadowDatabases({
  workerFile: pgliteWorkerFile,
  imageFile: join(imagesFolder, BASE_IMAGE_NAME),
  timeoutSeconds: 600,
  keptStates: 2,
  files: filesOfUser([new URL(import.meta.url), pgliteWorkerFile]),
});
const sample = createSampleDoor({ folder: sampleFolder, shippedFolder: imagesFolder, databases });

const readings: KeptReadings = new Map();
// The built file names the others by digests of what is in them.
const reader = createHash('sha256')
  .update(readFileSync(new URL(import.meta.url)))
  .digest('base64url');

// Each lane has a thread of its own and loads only what its jobs need.
const work: Work = {
  'connection.test': async (...call) => (await import('./work/read-database.ts')).testConnection(sample)(...call),
  'catalog.read': async (...call) =>
    (await import('./work/read-database.ts')).readCatalog({ sample, readings, reader })(...call),
  'catalog.uses': async (...call) => (await import('./work/find-uses.ts')).findUses(...call),
  'catalog.compare': async (...call) => (await import('./work/compare-catalogs.ts')).compareKept(databases)(...call),
  'catalog.schemas': async ({ fingerprint }, { catalog }) =>
    ok(((await catalog(fingerprint))?.schemas ?? []).map(({ name }) => name)),
  'migration.validate': async (...call) => (await import('./work/validate-migration.ts')).validate(...call),
  'migration.picture': async (...call) => (await import('./work/picture-change.ts')).pictureChange(...call),
  'shadow.run': async (...call) => (await import('./work/run-shadow.ts')).runShadow(databases)(...call),
  'draft.plan': async (...call) => (await import('./work/plan-draft.ts')).planDraft(...call),
  'draft.preview': async (...call) => (await import('./work/preview-prompt.ts')).previewPrompt(...call),
  'draft.ask': async (...call) => (await import('./work/ask-model.ts')).askModel(...call),
};

runJobs(parentPort, work);
