import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs a script of this folder on a real file system that is mounted at `folder` with these options, as in `size=64k`, and
 * gives what it printed as JSON. The mount ends with the process that made it.
 */
export async function runOnFileSystem(script: string, folder: string, options: string): Promise<unknown> {
  const namespace = process.getuid?.() === 0 ? '-m' : '-Urm';
  const mountAndRun = 'mount -t tmpfs -o "$1" tmpfs "$2" && exec "$3" --no-warnings "$4" "$2"';
  const file = join(import.meta.dirname, script);
  const parts = [namespace, 'sh', '-c', mountAndRun, 'sh', options, folder, process.execPath, file];
  return JSON.parse((await run('unshare', parts)).stdout);
}
