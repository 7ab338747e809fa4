import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPgliteClient } from './pglite-client.ts';

/** Name of the image file; changes with every release of the engine, so that an old image is never opened by a new one. */
export const BASE_IMAGE_NAME = 'pglite-0.5.16-base.tar';

/** Where images are kept when nobody says: `LOCKSTEP_CACHE`, else the user's cache folder. */
export function defaultCacheFolder(): string {
  const named = process.env['LOCKSTEP_CACHE'];
  if (named !== undefined && named !== '') return named;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Lockstep');
  if (process.platform === 'win32') return join(process.env['LOCALAPPDATA'] ?? homedir(), 'Lockstep', 'Cache');
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'lockstep');
}

/** Writes a file so that it is either there in full or not at all. */
export async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  const unfinished = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(unfinished, content);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Path of the image that databases are opened from: one that came with the application, else the one in the cache
 * folder, made now (three seconds, once per machine) when it is missing. A cache folder that cannot be written is
 * replaced by the system's folder for temporary files.
 */
export async function ensureBaseImage(options: {
  readonly workerFile: string | URL;
  readonly imageFile?: string;
  readonly cacheFolder?: string;
}): Promise<string> {
  if (options.imageFile !== undefined && (await exists(options.imageFile))) return options.imageFile;
  const cached = join(options.cacheFolder ?? defaultCacheFolder(), BASE_IMAGE_NAME);
  if (await exists(cached)) return cached;
  const client = startPgliteClient({ workerFile: options.workerFile });
  let image: Uint8Array;
  try {
    image = await client.buildImage();
  } finally {
    await client.close();
  }
  try {
    await mkdir(join(cached, '..'), { recursive: true });
    await writeWhole(cached, image);
    return cached;
  } catch {
    const fallback = join(tmpdir(), `lockstep-${process.pid}-${BASE_IMAGE_NAME}`);
    await writeWhole(fallback, image);
    return fallback;
  }
}
