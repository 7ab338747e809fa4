import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createKeptFiles, type KeptFiles, noFiles } from './kept-files.ts';

/**
 * The files that this program keeps in the user's cache folder, apart from those of every other version of it. `program` is
 * the built files that it begins with: they name all others by digests of what is in them. `onFailure` is told why
 * something could not be kept.
 */
export function filesOfUser(program: readonly (string | URL)[], onFailure?: (reason: string) => void): KeptFiles {
  // Sources that Node runs as they are name no digests.
  if (program.some((file) => String(file).endsWith('.ts'))) return noFiles;
  const hash = createHash('sha256');
  try {
    for (const file of program) hash.update(readFileSync(file));
  } catch {
    // Not as it was built: nobody knows which version this is.
    return noFiles;
  }
  return createKeptFiles({ version: hash.digest('hex'), onFailure });
}
