import { readdir } from 'node:fs/promises';
import { writeNewFiles } from '../../src/adapters/files/write-new-files.ts';

// Runs in a mount namespace of its own, where the folder given is a small or a read-only file system.
const folder = process.argv[2];
if (folder === undefined) throw new Error('the folder is missing');
const result = await writeNewFiles(
  folder,
  [
    { path: 'small.up.sql', contents: 'SELECT 1;\n' },
    { path: 'large.down.sql', contents: 'x'.repeat(1_000_000) },
  ],
  { createDirectory: false },
);
process.stdout.write(JSON.stringify({ result, left: await readdir(folder) }));
