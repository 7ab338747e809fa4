import { mkdir, open, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { diskError } from './disk-error.ts';

type NewFile = { readonly path: string; readonly contents: string };

/** `directory` and its missing parents, outermost first; also records what was made so that it can be taken back. */
async function makeDirectory(directory: string, made: string[]): Promise<void> {
  try {
    await mkdir(directory);
    made.push(directory);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (code === 'EEXIST' && (await stat(directory)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(directory) === directory) throw cause;
    await makeDirectory(dirname(directory), made);
    await mkdir(directory);
    made.push(directory);
  }
}

async function writeNewFile(path: string, contents: string, written: string[]): Promise<void> {
  // 'wx' refuses to open what exists, in one step, so that no other program can slip in between a look and a write.
  const file = await open(path, 'wx');
  written.push(path);
  try {
    await file.writeFile(contents, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncDirectory(directory: string): Promise<void> {
  // Windows cannot open a directory; there the names are safe once the files are.
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes all files into `directory` or none: never overwrites, removes what it wrote when one fails, and returns the
 * absolute paths once they are on the disk. Fails with `disk.*` and the path that failed. A missing `directory` is made
 * only when `createDirectory` is true.
 */
export async function writeNewFiles(
  directory: string,
  files: readonly NewFile[],
  options: { readonly createDirectory: boolean },
): Promise<Result<readonly string[], LockstepError>> {
  const root = resolve(directory);
  const written: string[] = [];
  const made: string[] = [];
  let current = root;
  try {
    if (options.createDirectory) await makeDirectory(root, made);
    for (const file of files) {
      current = join(root, file.path);
      const inside = relative(root, current);
      if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) {
        throw new Error(`a file to write lies outside its folder: ${file.path}`);
      }
      if (dirname(current) !== root) await makeDirectory(dirname(current), made);
      await writeNewFile(current, file.contents, written);
    }
    current = root;
    for (const folder of new Set(written.map((path) => dirname(path)))) await syncDirectory(folder);
    return ok(written);
  } catch (cause) {
    for (const path of written.reverse()) await unlink(path).catch(() => undefined);
    for (const folder of made.reverse()) await rmdir(folder).catch(() => undefined);
    return err(diskError(cause, current));
  }
}
