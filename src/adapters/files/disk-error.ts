import type { LockstepError } from '../../shared/errors.ts';

/** What the file system refused, as data; throws on what is not its word. */
export function diskError(cause: unknown, path: string): LockstepError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return { code: 'disk.full', path };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { code: 'disk.denied', path };
    case 'EEXIST':
    case 'EISDIR':
      return { code: 'disk.exists', path };
    case 'ENOENT':
    case 'ENOTDIR':
      return { code: 'disk.not_found', path };
    case '':
      // Not the file system's word: a bug, which must not be dressed up as a full disk.
      throw cause;
    default:
      return { code: 'disk.failed', path, reason: code };
  }
}
