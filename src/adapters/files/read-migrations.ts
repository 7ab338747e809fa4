import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decodeText, notUtf8 } from './decode-text.ts';
import { diskError } from './disk-error.ts';

/** A text with the file that it came from. */
export type SourceText = { readonly path: string; readonly text: string };

/** A migration as it lies in a folder; a side is null when there is no file for it. */
export type MigrationFiles = {
  readonly name: string;
  readonly up: SourceText | null;
  readonly down: SourceText | null;
};

type Found = { readonly name: string; readonly side: 'up' | 'down'; readonly path: string };

/** Recognises `NAME.up.sql`, `NAME.down.sql`, and `NAME/up.sql`, `NAME/down.sql`; any other `.sql` is an up. */
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
  return { name: file.replace(/\.sql$/i, ''), side: 'up', path };
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
    const pair = listFolder(path).filter((one) => !one.isFolder && /^(up|down)\.sql$/i.test(basename(one.path)));
    files.push(...pair.map((one) => one.path));
  }
  return files;
}

/** The other half of a pair when one of its files was named. */
function withCounterpart(found: Found): readonly Found[] {
  const other = found.side === 'up' ? 'down' : 'up';
  const swapped = basename(found.path).replace(/(^|\.)(up|down)(\.sql)$/i, `$1${other}$3`);
  if (swapped === basename(found.path)) return [found];
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

/** Two files are halves of one migration when they lie in the same folder and are named as halves. */
function keyOf({ name, path }: Found): string {
  const isHalf = /(^|\.)(up|down)\.sql$/i.test(basename(path));
  return `${isHalf ? 'half' : 'whole'}\n${dirname(resolve(path))}\n${name}`;
}

/**
 * The migrations that the paths name, in order: a folder of pairs, one file of a pair (its other half is found), a
 * prefix of a pair, or single `.sql` files, which are taken as ups. Synchronous: of a thousand small files, each read costs
 * less than its way through the thread pool. Two folders may hold migrations of the same name.
 * Fails with `disk.*` and the path, and with `input.invalid` for a file that is not UTF-8.
 */
export function readMigrations(paths: readonly string[]): Result<readonly MigrationFiles[], LockstepError> {
  const byKey = new Map<string, { readonly name: string; up: SourceText | null; down: SourceText | null }>();
  for (const path of paths) {
    let current = path;
    try {
      for (const one of filesOf(path)) {
        current = one.path;
        const migration = byKey.get(keyOf(one)) ?? { name: one.name, up: null, down: null };
        const text = decodeText(readFileSync(one.path));
        if (text === null) return err({ code: 'input.invalid', issues: [{ path: one.path, message: notUtf8 }] });
        migration[one.side] = { path: one.path, text };
        byKey.set(keyOf(one), migration);
      }
    } catch (cause) {
      return err(diskError(cause, current));
    }
  }
  // As migration tools order names: numbers by value, the rest by text.
  const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' });
  return ok([...byKey.values()].sort((a, b) => compare(a.name, b.name)));
}
