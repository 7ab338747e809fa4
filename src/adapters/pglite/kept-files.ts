import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { BASE_IMAGE_NAME, defaultCacheFolder, unfinishedName } from './base-image.ts';

/** What a file holds: an image of a database, which may be empty, and a text about it. */
export type KeptFile = { readonly image: Uint8Array; readonly about: string };

/** Files that spare later processes of the same user what an earlier one has done. Everything here may be missing. */
export interface KeptFiles {
  /** What was kept under a key, whole and as it was written; null when there is nothing of the kind. Never throws. */
  read(key: string): Promise<KeptFile | null>;
  /** Keeps something under a key, and what was used longest ago no longer. Never throws. */
  write(key: string, file: KeptFile): Promise<void>;
}

/** At most so many files, and bytes of all together. */
const MOST = { files: 64, bytes: 2 ** 30 };

/** Milliseconds after which an unfinished file is one that nobody finishes any more. */
const ABANDONED = 3_600_000;

const NAME = /^[0-9a-f]{64}\.kept$/;

/** A checksum of everything before it, and before that the length of the text in four bytes. */
const CHECKSUM = 32;
const TAIL = 4 + CHECKSUM;

/** Keeps nothing, and has nothing. */
export const noFiles: KeptFiles = { read: async () => null, write: async () => undefined };

/**
 * Files in a folder below the cache folder, which only the user may read: they tell of schemas, and never of rows. What
 * another `version` of the program wrote is not found; a damaged file is deleted. Any number of processes may read and write
 * at once: a file appears whole or not at all.
 */
export function createKeptFiles(options: {
  /** What the program was built of. */
  readonly version: string;
  /** Default: see `defaultCacheFolder`. */
  readonly cacheFolder?: string | undefined;
  /** Told, in words, why something could not be kept. */
  readonly onFailure?: ((reason: string) => void) | undefined;
}): KeptFiles {
  const folder = join(options.cacheFolder ?? defaultCacheFolder(), 'kept');
  const pathOf = (key: string): string => {
    const named = createHash('sha256').update(JSON.stringify([BASE_IMAGE_NAME, options.version, key]));
    return join(folder, `${named.digest('hex')}.kept`);
  };
  return {
    async read(key) {
      const path = pathOf(key);
      try {
        const file = taken(await wholeFile(path));
        if (file === null) await rm(path, { force: true });
        // What is used is not the oldest.
        else await utimes(path, new Date(), new Date());
        return file;
      } catch {
        return null;
      }
    },
    async write(key, { image, about }) {
      const path = pathOf(key);
      const unfinished = unfinishedName(path);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const text = Buffer.from(about);
        const length = Buffer.alloc(4);
        length.writeUInt32BE(text.length);
        const parts = [image, text, length];
        const hash = createHash('sha256');
        for (const part of parts) hash.update(part);
        const handle = await open(unfinished, 'wx', 0o600);
        try {
          for (const part of [...parts, hash.digest()]) await writeAll(handle, part);
        } finally {
          await handle.close();
        }
        await rename(unfinished, path);
        await removeOldest(folder);
      } catch (cause) {
        await rm(unfinished, { force: true }).catch(() => undefined);
        options.onFailure?.(cause instanceof Error ? cause.message : String(cause));
      }
    },
  };
}

/** The bytes of a file, in memory that threads can share. */
async function wholeFile(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    for (let at = 0; at < size; ) {
      const { bytesRead } = await handle.read(bytes, at, size - at, at);
      if (bytesRead === 0) throw new Error(`${path} became shorter`);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

/** Takes a file apart; null when it is not what was written. */
function taken(bytes: Uint8Array): KeptFile | null {
  const end = bytes.length - TAIL;
  if (end < 0) return null;
  const checksum = createHash('sha256').update(bytes.subarray(0, end + 4));
  if (!checksum.digest().equals(bytes.subarray(end + 4))) return null;
  const start = end - new DataView(bytes.buffer, bytes.byteOffset + end, 4).getUint32(0);
  if (start < 0) return null;
  return { image: bytes.subarray(0, start), about: Buffer.from(bytes.subarray(start, end)).toString('utf8') };
}

async function writeAll(handle: Awaited<ReturnType<typeof open>>, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
}

/** Deletes what was used longest ago until the rest is within bounds, and what was never finished. */
async function removeOldest(folder: string): Promise<void> {
  const found: { readonly path: string; readonly size: number; readonly used: number }[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const about = await stat(path).catch(() => null);
    if (about === null || !about.isFile()) continue;
    if (NAME.test(name)) found.push({ path, size: about.size, used: about.mtimeMs });
    else if (name.endsWith('.part') && Date.now() - about.mtimeMs > ABANDONED) await rm(path, { force: true });
  }
  let [files, bytes] = [0, 0];
  for (const { path, size } of found.sort((left, right) => right.used - left.used)) {
    files += 1;
    bytes += size;
    if (files > MOST.files || bytes > MOST.bytes) await rm(path, { force: true });
  }
}
