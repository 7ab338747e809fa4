import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { TransactionMode } from '../../engine/sql/transactions.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decodeText, notUtf8 } from './decode-text.ts';
import { diskError } from './disk-error.ts';
import { type Section, toolFileOf } from './tool-file.ts';

/**
 * A text with the file that it came from; `around`, where that holds more, is what stands in the file in place of the
 * text's blank beginning and end.
 */
export type SourceText = { readonly path: string; readonly text: string; readonly around?: Section['around'] };

/** A migration as it lies in a folder; a side is null when there is no file for it. */
export type MigrationFiles = {
  readonly name: string;
  readonly up: SourceText | null;
  readonly down: SourceText | null;
  /** What the tool does with the up whose form the file has; absent where the form says nothing of it. */
  readonly transaction?: TransactionMode;
};

/** The whole file with another text in place of one that was read from it. */
export const inItsFile = ({ around }: SourceText, text: string): string =>
  around === undefined
    ? text
    : `${around.before}${text.slice(around.before.length, text.length - around.after.length)}${around.after}`;

type Found = { readonly name: string; readonly side: 'up' | 'down'; readonly path: string };

/** The names that Flyway gives to what undoes a version: those of the version, but for the first letter. */
const flywayUndo = /^U(?=\d[\d._]*__.*\.sql$)/;
const flywayVersion = /^V(?=\d[\d._]*__.*\.sql$)/;

/**
 * Recognises `NAME.up.sql`, `NAME.down.sql`, `NAME/up.sql`, `NAME/down.sql`, `NAME/migration.sql`, and `VNAME.sql` with
 * `UNAME.sql` as Flyway names them; any other `.sql` is an up.
 */
function recognise(path: string): Found {
  const file = basename(path);
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
  if (swapped === file) return [found];
  const path = join(dirname(found.path), swapped);
  return kindOf(path) === 'file' ? [found, { ...found, side: other, path }] : [found];
}

/** The files that one path names. */
function filesOf(path: string): readonly Found[] {
  const kind = kindOf(path);
  if (kind === 'folder') return sqlFilesIn(path).map(recognise);
  const ofPrefix = `${path}.up.sql`;
  return withCounterpart(recognise(kind === null && kindOf(ofPrefix) === 'file' ? ofPrefix : path));
}

/** True for a file whose name does not say that it is one half of a migration. */
function isWhole(path: string): boolean {
  const file = basename(path);
  return !(/(^|\.)(up|down)\.sql$|^migration\.sql$/i.test(file) || flywayVersion.test(file) || flywayUndo.test(file));
}

type Writable = { -readonly [Key in keyof MigrationFiles]: MigrationFiles[Key] };

/** Two files are halves of one migration when they lie in the same folder and are named as halves. */
function keyOf({ name, path }: Found): string {
  return `${isWhole(path) ? 'whole' : 'half'}\n${dirname(resolve(path))}\n${name}`;
}

/**
 * The migrations that the paths name, in order: a folder of pairs, one file of a pair (its other half is found), a
 * prefix of a pair, or single `.sql` files, which are taken as ups unless they are of a tool that keeps both in one. Synchronous: of a thousand small files, each read costs
 * less than its way through the thread pool. Two folders may hold migrations of the same name.
 * Fails with `disk.*` and the path, and with `input.invalid` for a file that is not UTF-8.
 */
export function readMigrations(paths: readonly string[]): Result<readonly MigrationFiles[], LockstepError> {
  const byKey = new Map<string, Writable>();
  for (const path of paths) {
    let current = path;
    try {
      for (const one of filesOf(path)) {
        current = one.path;
        const migration: Writable = byKey.get(keyOf(one)) ?? { name: one.name, up: null, down: null };
        const text = decodeText(readFileSync(one.path));
        if (text === null) return err({ code: 'input.invalid', issues: [{ path: one.path, message: notUtf8 }] });
        const both = isWhole(one.path) ? toolFileOf(text) : null;
        if (both === null) migration[one.side] = { path: one.path, text };
        else {
          migration.up = { path: one.path, ...both.up };
          migration.down = both.down === null ? null : { path: one.path, ...both.down };
          migration.transaction = both.transaction;
        }
        byKey.set(keyOf(one), migration);
      }
    } catch (cause) {
      return err(diskError(cause, current));
    }
  }
  // As migration tools order names: numbers by value, the rest by text; what Flyway repeats comes last.
  const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' });
  const isRepeated = ({ name }: MigrationFiles): number => (/^R__/.test(name) ? 1 : 0);
  return ok([...byKey.values()].sort((a, b) => isRepeated(a) - isRepeated(b) || compare(a.name, b.name)));
}
