import type { LockstepError } from '../../shared/errors.ts';

/** What a failed file operation was, as data. Anything that is not a failure of the file system is thrown again. */
export function diskError(path: string, error: unknown): LockstepError {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: 'disk.full', path };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { code: 'disk.denied', path };
    case 'ENOENT':
      return { code: 'disk.not_found', path };
    default:
      return { code: 'disk.failed', path, reason: error.code };
  }
}
