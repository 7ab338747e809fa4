import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
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

/** What a file is called while it is written; no two processes call one the same. */
export const unfinishedName = (path: string): string => `${path}.${randomUUID()}.part`;

/** Writes a file so that it is either there in full or not at all. */
export async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  const unfinished = unfinishedName(path);
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

/** Where images are made and kept. */
type ImageOptions = { readonly workerFile: string | URL; readonly imageFile?: string; readonly cacheFolder?: string };

const cachedImage = ({ cacheFolder }: ImageOptions): string =>
  join(cacheFolder ?? defaultCacheFolder(), BASE_IMAGE_NAME);

/**
 * The path of the image that databases are opened from: one that came with the application, else the one in the cache
 * folder. Where there is none it is made now (three seconds, once per machine).
 */
export async function ensureBaseImage(options: ImageOptions): Promise<string | Uint8Array> {
  if (options.imageFile !== undefined && (await exists(options.imageFile))) return options.imageFile;
  const cached = cachedImage(options);
  return (await exists(cached)) ? cached : makeBaseImage(options);
}

/**
 * Makes the image in the cache folder, in place of one that is there, and gives its path. Where the folder cannot be
 * written, or is full, it gives the image itself.
 */
export async function makeBaseImage(options: ImageOptions): Promise<string | Uint8Array> {
  const client = startPgliteClient({ workerFile: options.workerFile });
  let image: Uint8Array;
  try {
    image = await client.buildImage();
  } finally {
    await client.close();
  }
  const cached = cachedImage(options);
  try {
    await mkdir(dirname(cached), { recursive: true });
    await writeWhole(cached, image);
    return cached;
  } catch {
    return image;
  }
}
