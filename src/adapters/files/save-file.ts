import { open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { diskError } from './disk-error.ts';

/** Writes a file that a person has named, in the place of one of that name; on a failure the old one stays as it was. */
export async function saveFile(path: string, contents: Uint8Array): Promise<Result<{ path: string }, LockstepError>> {
  const unfinished = join(dirname(path), `.lockstep-${process.pid}-${Date.now()}.tmp`);
  try {
    const file = await open(unfinished, 'wx');
    try {
      await file.writeFile(contents);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    return ok({ path });
  } catch (cause) {
    await unlink(unfinished).catch(() => undefined);
    return err(diskError(cause, path));
  }
}
