import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';

const run = promisify(execFile);

const refused = (message: string): Result<never, LockstepError> =>
  err({ code: 'input.invalid', issues: [{ path: '--since', message }] });

/**
 * Absolute paths of the files that are new or changed since a Git revision branched off, committed or not, in the
 * repository that holds `folder`. Deleted files are left out. Fails with `input.invalid` in words when there is no
 * repository, no such revision, or no history that reaches back to it.
 */
export async function changedSince(
  revision: string,
  folder: string,
): Promise<Result<ReadonlySet<string>, LockstepError>> {
  const git = async (...args: readonly string[]): Promise<string | null> =>
    run('git', ['-C', folder, ...args], { maxBuffer: 64 * 1024 ** 2 }).then(
      ({ stdout }) => stdout,
      (cause: unknown) => {
        if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') throw cause;
        return null;
      },
    );
  try {
    const top = (await git('rev-parse', '--show-toplevel'))?.trim();
    if (top === undefined) return refused(`${folder} is not in a Git repository`);
    // What stands after --end-of-options is never read as an option, whatever it begins with.
    const commit = (await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`))?.trim();
    if (commit === undefined)
      return refused(`Git knows no revision "${revision}" here; a shallow clone does not hold it (fetch-depth: 0)`);
    const base = (await git('merge-base', commit, 'HEAD'))?.trim();
    if (base === undefined)
      return refused(
        `"${revision}" and HEAD have no common history here; a shallow clone cuts it off (fetch-depth: 0)`,
      );
    const changed = await git('-C', top, 'diff', '--name-only', '--no-renames', '-z', '--diff-filter=d', base);
    const untracked = await git('-C', top, 'ls-files', '--others', '--exclude-standard', '-z');
    if (changed === null || untracked === null) return refused('Git could not list the changed files');
    const names = `${changed}${untracked}`.split('\0').filter((name) => name !== '');
    const root = await realpath(top);
    return ok(new Set(names.map((name) => join(root, name))));
  } catch {
    return refused('needs the program git, which was not found');
  }
}
