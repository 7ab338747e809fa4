import { readFile } from 'node:fs/promises';
import { decodeText, notUtf8 } from '../adapters/files/decode-text.ts';
import { diskError } from '../adapters/files/disk-error.ts';
import { CommandFailure, wrongUsage } from './command-context.ts';

/** The text of a file; fails with `disk.*` and the path. */
export async function readText(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EISDIR')
      throw wrongUsage(path, 'is a folder, not a file');
    throw new CommandFailure(diskError(cause, path));
  }
  const text = decodeText(bytes);
  if (text === null) throw wrongUsage(path, notUtf8);
  return text;
}
