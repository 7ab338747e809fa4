import { glob, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseScript } from '../../engine/sql/parser.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decodeText, notUtf8 } from './decode-text.ts';
import { diskError } from './disk-error.ts';

/** A query of an application with the file and the line where it stands. */
export type QueryText = { readonly text: string; readonly path: string; readonly line: number };

/** The queries of a file or folder, and the files that are no SQL, with PostgreSQL's reason. */
export type QueryTexts = {
  readonly queries: readonly QueryText[];
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
};

async function filesUnder(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const files: string[] = [];
  for await (const file of glob('**/*.sql', { cwd: path })) files.push(join(path, file));
  return files.sort();
}

/**
 * Every statement of a `.sql` file, or of all such files below a folder, as a query that an application runs. The parser
 * must be loaded. Fails with `disk.*` and the path.
 */
export async function readQueries(path: string): Promise<Result<QueryTexts, LockstepError>> {
  const queries: QueryText[] = [];
  const unread: { path: string; reason: string }[] = [];
  try {
    for (const file of await filesUnder(path)) {
      const contents = decodeText(await readFile(file));
      if (contents === null) {
        unread.push({ path: file, reason: notUtf8 });
        continue;
      }
      const script = parseScript(contents);
      if (script.ok) for (const { text, line } of script.value.statements) queries.push({ text, path: file, line });
      else unread.push({ path: file, reason: `${script.error.message} (line ${script.error.line})` });
    }
    return ok({ queries, unread });
  } catch (cause) {
    return err(diskError(cause, path));
  }
}
