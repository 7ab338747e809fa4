import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { TransactionMode, TransactionModes } from '../../engine/sql/transactions.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decodeText, notUtf8 } from './decode-text.ts';
import { diskError } from './disk-error.ts';
import type { Section } from './section.ts';
import { isSqitchProject, sqitchOrder, sqitchPlaceOf } from './sqitch-project.ts';
import { toolFilesOf } from './tool-files.ts';
import { type Looked, transactionOfFile } from './transaction-of-file.ts';

/** A text with the file that it came from, which may hold more. */
export type SourceText = {
  readonly path: string;
  readonly text: string;
  /** Where the file holds more; see `Section`. */
  readonly around?: Section['around'];
  /** What the tool does with it whose form the file has; absent where the form says nothing of it. */
  readonly transaction?: TransactionMode;
};

/** A migration as it lies in a folder; a side is null when there is no file for it. */
export type MigrationFiles = {
  readonly name: string;
  readonly up: SourceText | null;
  readonly down: SourceText | null;
};

/**
 * What the runner does with the files of a migration: what somebody said of all of them, or else what their forms say;
 * `auto` is as they are written.
 */
export const transactionsOf = ({ up, down }: MigrationFiles, said: TransactionMode): TransactionModes =>
  said === 'auto' ? { up: up?.transaction ?? 'auto', down: down?.transaction ?? 'auto' } : said;

/** The whole file with another text in place of one that was read from it; null where that cannot be put back. */
export function inItsFile({ around }: SourceText, text: string): string | null {
  if (around === undefined || around === null) return around === undefined ? text : null;
  return `${around.before}${text.slice(around.before.length, text.length - around.after.length)}${around.after}`;
}

type Found = {
  readonly name: string;
  readonly side: 'up' | 'down';
  readonly path: string;
  /** The folder of its project, where it is one of Sqitch. */
  readonly project?: string;
};

/** The names that Flyway gives to what undoes a version: those of the version, but for the first letter. */
const flywayUndo = /^U(?=\d[\d._]*__.*\.sql$)/;
const flywayVersion = /^V(?=\d[\d._]*__.*\.sql$)/;

/**
 * Recognises `NAME.up.sql`, `NAME.down.sql`, `NAME/up.sql`, `NAME/down.sql`, `NAME/migration.sql`, and `VNAME.sql` with
 * `UNAME.sql` as Flyway names them; what lies in a project of Sqitch by its folder; any other `.sql` is an up. Null for what is no migration.
 */
function recognise(path: string): Found | null {
  const file = basename(path);
  const sqitch = sqitchPlaceOf(path);
  if (sqitch !== null) {
    const { side, project } = sqitch;
    return side === 'verify' ? null : { name: file.replace(/\.sql$/i, ''), side, path, project };
  }
  const paired = /^(?<name>.+)\.(?<side>up|down)\.sql$/i.exec(file);
  if (paired?.groups) {
    const { name = '', side } = paired.groups;
    return { name, side: side?.toLowerCase() === 'down' ? 'down' : 'up', path };
  }
  const inFolder = /^(?<side>up|down)\.sql$/i.exec(file);
  if (inFolder?.groups) {
    const side = inFolder.groups['side']?.toLowerCase() === 'down' ? 'down' : 'up';
    return { name: basename(dirname(path)), side, path };
  }
  if (/^migration\.sql$/i.test(file)) return { name: basename(dirname(path)), side: 'up', path };
  const name = file.replace(flywayUndo, 'V').replace(/\.sql$/i, '');
  return { name, side: flywayUndo.test(file) ? 'down' : 'up', path };
}

/** Names in a folder with what they are; a link counts as what it leads to, and one that leads nowhere as a file. */
function listFolder(folder: string): readonly { readonly path: string; readonly isFolder: boolean }[] {
  return readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    const isFolder = entry.isSymbolicLink() ? kindOf(path) === 'folder' : entry.isDirectory();
    return { path, isFolder };
  });
}

/** What a path leads to; null where there is nothing to be seen. */
function kindOf(path: string): 'folder' | 'file' | 'other' | null {
  try {
    const entry = statSync(path);
    return entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other';
  } catch {
    return null;
  }
}

function sqlFilesIn(folder: string): readonly string[] {
  if (isSqitchProject(folder))
    return ['deploy', 'revert']
      .map((name) => join(folder, name))
      .flatMap((each) => (kindOf(each) === 'folder' ? sqlFilesIn(each) : []));
  const inside = listFolder(folder);
  const files = inside.filter((one) => !one.isFolder && /\.sql$/i.test(one.path)).map((one) => one.path);
  for (const { path } of inside.filter((one) => one.isFolder)) {
    const pair = listFolder(path).filter(
      (one) => !one.isFolder && /^(up|down|migration)\.sql$/i.test(basename(one.path)),
    );
    files.push(...pair.map((one) => one.path));
  }
  return files;
}

/** The other half of a pair when one of its files was named. */
function withCounterpart(found: Found): readonly Found[] {
  const other = found.side === 'up' ? 'down' : 'up';
  const file = basename(found.path);
  const swapped = flywayUndo.test(file)
    ? file.replace(flywayUndo, 'V')
    : file.replace(flywayVersion, 'U').replace(/(^|\.)(up|down)(\.sql)$/i, `$1${other}$3`);
  const path = sqitchPlaceOf(found.path)?.counterpart ?? join(dirname(found.path), swapped);
  if (path === found.path) return [found];
  return kindOf(path) === 'file' ? [found, { ...found, side: other, path }] : [found];
}

/** The files that one path names. */
function filesOf(path: string): readonly Found[] {
  const kind = kindOf(path);
  if (kind === 'folder') return sqlFilesIn(path).flatMap((file) => recognise(file) ?? []);
  const ofPrefix = `${path}.up.sql`;
  const found = recognise(kind === null && kindOf(ofPrefix) === 'file' ? ofPrefix : path);
  return found === null ? [] : withCounterpart(found);
}

/** True for a file whose name does not say that it is one half of a migration. */
function isWhole(path: string): boolean {
  const file = basename(path);
  return !(/(^|\.)(up|down)\.sql$|^migration\.sql$/i.test(file) || flywayVersion.test(file) || flywayUndo.test(file));
}

type Writable = { -readonly [Key in keyof MigrationFiles]: MigrationFiles[Key] };

/** Two files are halves of one migration when they lie in the same folder, or project, and are named as halves. */
function keyOf({ name, path, project }: Found): string {
  return `${project === undefined && isWhole(path) ? 'whole' : 'half'}\n${project ?? dirname(resolve(path))}\n${name}`;
}

/** A file that is one direction of one migration. */
function oneSide({ side, path }: Found, text: string, looked: Looked): Partial<MigrationFiles> {
  const transaction = transactionOfFile(path, text, looked);
  return { [side]: { path, text, ...(transaction === null ? {} : { transaction }) } };
}

/** The migrations of which a file holds a side or both, by what tells them apart. */
function sidesIn(found: Found, text: string, looked: Looked): readonly (readonly [string, Partial<MigrationFiles>])[] {
  const { path, name } = found;
  const parts = isWhole(path) ? toolFilesOf(text) : null;
  if (parts === null) return [[keyOf(found), oneSide(found, text, looked)]];
  return parts.map(({ part, up, down }) => [
    `${keyOf(found)}\n${part ?? ''}`,
    {
      name: part === undefined ? name : `${name} ${part}`,
      up: { path, ...up },
      down: down === null ? null : { path, ...down },
    },
  ]);
}

/**
 * The migrations that the paths name, in order: a folder of pairs, one file of a pair (its other half is found), a
 * prefix of a pair, or single `.sql` files, which are taken as ups unless they are of a tool that keeps both in one. Synchronous: of a thousand small files, each read costs
 * less than its way through the thread pool. Two folders may hold migrations of the same name.
 * Fails with `disk.*` and the path, and with `input.invalid` for a file that is not UTF-8.
 */
export function readMigrations(paths: readonly string[]): Result<readonly MigrationFiles[], LockstepError> {
  const byKey = new Map<string, { readonly found: Found; readonly migration: Writable }>();
  const orders = new Map<string, ReadonlyMap<string, number>>();
  const looked: Looked = new Map();
  for (const path of paths) {
    let current = path;
    try {
      for (const found of filesOf(path)) {
        current = found.path;
        const text = decodeText(readFileSync(found.path));
        if (text === null) return err({ code: 'input.invalid', issues: [{ path: found.path, message: notUtf8 }] });
        for (const [key, sides] of sidesIn(found, text, looked)) {
          const { migration } = byKey.get(key) ?? { migration: { name: found.name, up: null, down: null } };
          byKey.set(key, { found, migration: Object.assign(migration, sides) });
        }
        const { project } = found;
        if (project !== undefined && !orders.has(project)) orders.set(project, sqitchOrder(project));
      }
    } catch (cause) {
      return err(diskError(cause, current));
    }
  }
  // As migration tools order names: numbers by value, the rest by text; what Flyway repeats comes last, and a plan goes
  // before all names. Parts of one file stay in its order.
  const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' });
  const isRepeated = ({ name }: Found): number => (/^R__/.test(name) ? 1 : 0);
  const planned = ({ project, name }: Found): number => orders.get(project ?? '')?.get(name) ?? 0;
  const inOrder = (a: Found, b: Found): number =>
    isRepeated(a) - isRepeated(b) || planned(a) - planned(b) || compare(a.name, b.name);
  return ok([...byKey.values()].sort((a, b) => inOrder(a.found, b.found)).map(({ migration }) => migration));
}
