import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';

const run = promisify(execFile);

/** The files that a revision did not have, or had otherwise, by their absolute paths. */
export type ChangesSince = ReadonlyMap<string, 'added' | 'edited'>;

const refused = (message: string): Result<never, LockstepError> =>
  err({ code: 'input.invalid', issues: [{ path: '--since', message }] });

/**
 * The files that are new or changed since a Git revision branched off, committed or not, in the
 * repository that holds `folder`. Deleted files are left out. Fails with `input.invalid` in words when there is no
 * repository, no such revision, or no history that reaches back to it.
 */
export async function changedSince(revision: string, folder: string): Promise<Result<ChangesSince, LockstepError>> {
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
    const diff = (filter: string) =>
      git('-C', top, 'diff', '--name-only', '--no-renames', '-z', `--diff-filter=${filter}`, base);
    const added = await diff('A');
    const edited = await diff('ad');
    const untracked = await git('-C', top, 'ls-files', '--others', '--exclude-standard', '-z');
    if (added === null || edited === null || untracked === null) return refused('Git could not list the changed files');
    const root = await realpath(top);
    const inList = (list: string, state: 'added' | 'edited') =>
      list.split('\0').flatMap((name) => (name === '' ? [] : [[join(root, name), state] as const]));
    return ok(new Map([...inList(edited, 'edited'), ...inList(`${added}${untracked}`, 'added')]));
  } catch {
    return refused('needs the program git, which was not found');
  }
}
