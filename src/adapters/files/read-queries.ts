import { glob, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseScript } from '../../engine/sql/parser.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { splitPsqlScript } from '../pglite/psql-script.ts';
import { decodeText, notUtf8 } from './decode-text.ts';
import { diskError } from './disk-error.ts';
import { numberedParameters, withoutHiddenParameters } from './numbered-parameters.ts';

/** A query of an application with the file and the line where it stands. */
export type QueryText = { readonly text: string; readonly path: string; readonly line: number };

/** The queries of a file or folder, and what is no SQL, with PostgreSQL's reason. */
export type QueryTexts = {
  readonly queries: readonly QueryText[];
  readonly unread: readonly Unread[];
};

type Unread = { readonly path: string; readonly reason: string };

async function filesUnder(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const files: string[] = [];
  for await (const entry of glob('**/*.[sS][qQ][lL]', { cwd: path, withFileTypes: true }))
    if (!entry.isDirectory()) files.push(join(entry.parentPath, entry.name));
  return files.sort();
}

/** What `\\copy` of psql sends to the server; null for its other commands. */
const copied = (command: string): string | null => (/^\\copy\b/i.test(command) ? command.slice(1) : null);

/**
 * The queries of a text that is no SQL as a whole: statement by statement, as psql parts them, those with parameters as
 * libraries write them too. Commands of psql and rows behind a COPY are no queries.
 */
function queriesApart(text: string, path: string): QueryTexts {
  const queries: QueryText[] = [];
  const unread: Unread[] = [];
  for (const part of splitPsqlScript(text)) {
    const written = part.kind === 'command' ? copied(part.text) : part.kind === 'rows' ? part.copy : part.text;
    if (written === null) continue;
    const asWritten = parseScript(written);
    const script = asWritten.ok ? asWritten : parseScript(numberedParameters(written));
    if (script.ok)
      for (const statement of script.value.statements)
        queries.push({ text: statement.text, path, line: statement.line + part.line - 1 });
    else if (!asWritten.ok) {
      const { message, line } = asWritten.error;
      unread.push({ path, reason: `${message} (line ${line + part.line - 1})` });
    }
  }
  return { queries, unread };
}

/**
 * Every statement of a `.sql` file, or of all such files below a folder, as a query that an application runs. The parser
 * must be loaded. Fails with `disk.*` and the path.
 */
export async function readQueries(path: string): Promise<Result<QueryTexts, LockstepError>> {
  const queries: QueryText[] = [];
  const unread: Unread[] = [];
  try {
    for (const file of await filesUnder(path)) {
      const decoded = decodeText(await readFile(file));
      if (decoded === null) {
        unread.push({ path: file, reason: notUtf8 });
        continue;
      }
      const contents = withoutHiddenParameters(decoded);
      const script = parseScript(contents);
      if (script.ok) for (const { text, line } of script.value.statements) queries.push({ text, path: file, line });
      else {
        const apart = queriesApart(contents, file);
        queries.push(...apart.queries);
        unread.push(...apart.unread);
      }
    }
    return ok({ queries, unread });
  } catch (cause) {
    return err(diskError(cause, path));
  }
}
