// node scripts/make-engine-image.mjs <built pglite-worker> <image.tar>: makes the image of an empty embedded database with
// the worker that was built, so that the first shadow database of a user starts as fast as every later one.
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const [worker, image] = process.argv.slice(2);
if (worker === undefined || image === undefined) {
  console.error('usage: node scripts/make-engine-image.mjs <built pglite-worker> <image.tar>');
  process.exit(2);
}
if (!existsSync(image)) {
  const engine = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const code = await WebAssembly.compile(await readFile(join(dirname(engine), 'pglite.wasm')));
  const thread = new Worker(pathToFileURL(resolve(worker)), { stdout: true, stderr: true });
  const reply = await new Promise((answered, failed) => {
    thread.once('message', answered);
    thread.once('error', failed);
    thread.postMessage({ id: 1, request: { kind: 'build-image', code } });
  });
  await thread.terminate();
  if (reply.kind !== 'value') throw new Error(`the embedded engine made no image: ${reply.reason}`);
  await writeFile(`${image}.part`, reply.value);
  await rename(`${image}.part`, image);
}
