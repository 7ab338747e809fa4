import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
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

async function sqlFilesUnder(path: string): Promise<readonly string[]> {
  const entry = await stat(path);
  if (!entry.isDirectory()) return [path];
  const inside = await readdir(path, { withFileTypes: true });
  const files = inside.filter((one) => one.isFile() && /\.sql$/i.test(one.name)).map((one) => join(path, one.name));
  const folders = inside.filter((one) => one.isDirectory()).map((one) => join(path, one.name));
  for (const folder of folders) {
    const pair = (await readdir(folder)).filter((name) => /^(up|down)\.sql$/i.test(name));
    files.push(...pair.map((name) => join(folder, name)));
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

/**
 * The migrations that the paths name, in order: a folder of pairs, one file of a pair (its other half is found), a
 * prefix of a pair, or single `.sql` files, which are taken as ups. Fails with `disk.*` and the path.
 */
export async function readMigrations(
  paths: readonly string[],
): Promise<Result<readonly MigrationFiles[], LockstepError>> {
  const byName = new Map<string, { up: SourceText | null; down: SourceText | null }>();
  for (const path of paths) {
    try {
      const exists = await stat(path).then(
        () => true,
        () => false,
      );
      const files = exists ? await sqlFilesUnder(path) : await sqlFilesUnder(`${path}.up.sql`);
      const isFolder = exists && (await stat(path)).isDirectory();
      const found = files.map(recognise);
      const all = isFolder ? found : (await Promise.all(found.map(withCounterpart))).flat();
      for (const { name, side, path: file } of all) {
        const migration = byName.get(name) ?? { up: null, down: null };
        migration[side] = { path: file, text: await readFile(file, 'utf8') };
        byName.set(name, migration);
      }
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
      if (code === 'ENOENT' || code === 'ENOTDIR') return err({ code: 'disk.not_found', path });
      if (code === 'EACCES' || code === 'EPERM') return err({ code: 'disk.denied', path });
      if (code === '') throw cause;
      return err({ code: 'disk.failed', path, reason: code });
    }
  }
  return ok([...byName].map(([name, sides]) => ({ name, ...sides })).sort((a, b) => inOrder(a.name, b.name)));
}
