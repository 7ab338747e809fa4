import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createKeptFiles } from '../../src/adapters/pglite/kept-files.ts';

// Runs in a mount namespace of its own, where the folder given is a small file system.
const cacheFolder = process.argv[2];
if (cacheFolder === undefined) throw new Error('the folder is missing');
const reasons: string[] = [];
const files = createKeptFiles({ version: 'one', cacheFolder, onFailure: (reason) => reasons.push(reason) });
const write = (key: string, bytes: number) => files.write(key, { image: new Uint8Array(bytes), about: key });
await write('small', 10_000);
await write('large', 1_000_000);
const read = [await files.read('small'), await files.read('large')].map((state) => state?.about ?? null);
process.stdout.write(JSON.stringify({ reasons, read, left: (await readdir(join(cacheFolder, 'kept'))).length }));
