import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';

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

/** Orders names as migration tools do: numbers by value, the rest by text. */
const inOrder = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' }).compare;

/** Names in a folder with what they are; a link counts as what it leads to, and one that leads nowhere as a file. */
async function listFolder(folder: string): Promise<readonly { readonly path: string; readonly isFolder: boolean }[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (!entry.isSymbolicLink()) return { path, isFolder: entry.isDirectory() };
      const target = await stat(path).catch(() => null);
      return { path, isFolder: target?.isDirectory() ?? false };
    }),
  );
}

async function sqlFilesUnder(path: string): Promise<readonly string[]> {
  const entry = await stat(path);
  if (!entry.isDirectory()) return [path];
  const inside = await listFolder(path);
  const files = inside.filter((one) => !one.isFolder && /\.sql$/i.test(one.path)).map((one) => one.path);
  for (const folder of inside.filter((one) => one.isFolder)) {
    const pair = (await listFolder(folder.path)).filter((one) => /^(up|down)\.sql$/i.test(basename(one.path)));
    files.push(...pair.filter((one) => !one.isFolder).map((one) => one.path));
  }
  return files;
}

/** The other half of a pair when one of its files was named. */
async function withCounterpart(found: Found): Promise<readonly Found[]> {
  const other = found.side === 'up' ? 'down' : 'up';
  const swapped = basename(found.path).replace(/(^|\.)(up|down)(\.sql)$/i, `$1${other}$3`);
  if (swapped === basename(found.path)) return [found];
  const path = join(dirname(found.path), swapped);
  const exists = await stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );
  return exists ? [found, { ...found, side: other, path }] : [found];
}

/** A byte order mark, as editors on Windows write one; psql skips it too, and the parser would take it for a word. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/** Two files are halves of one migration when they lie in the same folder and are named as halves. */
function keyOf({ name, path }: Found): string {
  const isHalf = /(^|\.)(up|down)\.sql$/i.test(basename(path));
  return `${isHalf ? 'half' : 'whole'}\n${dirname(resolve(path))}\n${name}`;
}

function diskError(cause: unknown, path: string): LockstepError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return { code: 'disk.not_found', path };
  if (code === 'EACCES' || code === 'EPERM') return { code: 'disk.denied', path };
  if (code === '') throw cause;
  return { code: 'disk.failed', path, reason: code };
}

/**
 * The migrations that the paths name, in order: a folder of pairs, one file of a pair (its other half is found), a
 * prefix of a pair, or single `.sql` files, which are taken as ups. Two folders may hold migrations of the same name.
 * Fails with `disk.*` and the path.
 */
export async function readMigrations(
  paths: readonly string[],
): Promise<Result<readonly MigrationFiles[], LockstepError>> {
  const byKey = new Map<string, { readonly name: string; up: SourceText | null; down: SourceText | null }>();
  for (const path of paths) {
    let current = path;
    try {
      const exists = await stat(path).then(
        () => true,
        () => false,
      );
      const files = exists ? await sqlFilesUnder(path) : await sqlFilesUnder(`${path}.up.sql`);
      const isFolder = exists && (await stat(path)).isDirectory();
      const found = files.map(recognise);
      const all = isFolder ? found : (await Promise.all(found.map(withCounterpart))).flat();
      for (const one of all) {
        current = one.path;
        const migration = byKey.get(keyOf(one)) ?? { name: one.name, up: null, down: null };
        const text = await readFile(one.path, 'utf8');
        migration[one.side] = { path: one.path, text: text.replace(BYTE_ORDER_MARK, '') };
        byKey.set(keyOf(one), migration);
      }
    } catch (cause) {
      return err(diskError(cause, current));
    }
  }
  return ok([...byKey.values()].sort((a, b) => inOrder(a.name, b.name)));
}
