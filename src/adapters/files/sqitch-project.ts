import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

const planFile = 'sqitch.plan';

/** Where a file stands in a project of Sqitch. */
export type SqitchPlace = {
  readonly project: string;
  /** `verify` is no migration. */
  readonly side: 'up' | 'down' | 'verify';
  /** The file of the other direction; it may not be there. */
  readonly counterpart: string;
};

/** True for the folder that holds the plan of a project. */
export const isSqitchProject = (folder: string): boolean =>
  statSync(join(folder, planFile), { throwIfNoEntry: false })?.isFile() === true;

/** Where a file stands in a project of Sqitch; null where it is in none. */
export function sqitchPlaceOf(path: string): SqitchPlace | null {
  const folder = dirname(resolve(path));
  const project = dirname(folder);
  const kind = basename(folder);
  if (!/^(?:deploy|revert|verify)$/.test(kind) || !isSqitchProject(project)) return null;
  const side = kind === 'deploy' ? 'up' : kind === 'revert' ? 'down' : 'verify';
  const other = side === 'down' ? 'deploy' : 'revert';
  return { project, side, counterpart: join(dirname(path), '..', other, basename(path)) };
}

/** The places of a project's changes in the order in which its plan deploys them. */
export function sqitchOrder(project: string): ReadonlyMap<string, number> {
  const lines = readFileSync(join(project, planFile), 'utf8').split(/\r?\n/);
  // Pragmas, comments and tags are no changes; a change that is reworked stands for its last version.
  const names = lines.flatMap((line) => /^\s*(?<name>[^%#@\s]\S*)/.exec(line)?.groups?.['name'] ?? []);
  return new Map(names.map((name, index) => [name, index]));
}
