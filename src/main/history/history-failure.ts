import type { LockstepError } from '../../shared/errors.ts';

/** Turns what SQLite or the file system threw into an expected error, or null when it is a bug. */
export function historyFailure(problem: unknown, file: string): LockstepError | null {
  const code = codeOf(problem);
  if (code === null) return null;
  if (isDamage(problem)) return { code: 'history.damaged', path: file, reason: 'The database file is damaged' };
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return { code: 'disk.full', path: file };
  if (/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|EROFS)/.test(code)) {
    return { code: 'disk.denied', path: file };
  }
  if (/^(SQLITE_IOERR|SQLITE_BUSY|SQLITE_LOCKED|EIO|EMFILE|ENFILE|EEXIST|ENOTDIR)/.test(code)) {
    return { code: 'disk.failed', path: file, reason: problem instanceof Error ? problem.message : code };
  }
  return null;
}

/** Says whether SQLite reports that the file is no database or a broken one. */
export function isDamage(problem: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(problem) ?? '');
}

function codeOf(problem: unknown): string | null {
  if (!(problem instanceof Error) || !('code' in problem)) return null;
  return typeof problem.code === 'string' ? problem.code : null;
}
