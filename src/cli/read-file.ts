import { readFile } from 'node:fs/promises';
import { CommandFailure, wrongUsage } from './command-context.ts';

/** The text of a file; fails with `disk.*` and the path. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new CommandFailure({ code: 'disk.not_found', path });
    if (code === 'EACCES' || code === 'EPERM') throw new CommandFailure({ code: 'disk.denied', path });
    if (code === 'EISDIR') throw wrongUsage(path, 'is a folder, not a file');
    throw new CommandFailure({ code: 'disk.failed', path, reason: code || String(cause) });
  }
}
