// Run by the build with the folder to fill: makes the images that are shipped, so that neither the first shadow run nor
// the first look at the sample has to wait for them.
import { mkdir } from 'node:fs/promises';
import { createEmbeddedShadowDatabases } from './embedded-shadow.ts';
import { makeSampleImage } from './sample-database.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: make-images <folder>');
await mkdir(folder, { recursive: true });
const databases = createEmbeddedShadowDatabases({
  workerFile: new URL('./pglite-worker.mjs', import.meta.url),
  cacheFolder: folder,
});
await makeSampleImage(folder, databases);
