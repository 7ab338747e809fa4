import { glob, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseScript } from '../../engine/sql/parser.ts';
import { tokensOf } from '../../engine/sql/tokens.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decodeText, notUtf8 } from './decode-text.ts';
import { diskError } from './disk-error.ts';
import { numberedParameters } from './numbered-parameters.ts';

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
  for await (const file of glob('**/*.sql', { cwd: path })) files.push(join(path, file));
  return files.sort();
}

/** The statements of a text as semicolons part them, each with the line in front of its first character. */
function partsOf(text: string): readonly { readonly text: string; readonly linesBefore: number }[] {
  const ends = tokensOf(text).flatMap(({ kind, start }) =>
    kind === 'symbol' && text[start] === ';' ? [start + 1] : [],
  );
  return [...ends, text.length].map((end, index) => {
    const start = ends[index - 1] ?? 0;
    return { text: text.slice(start, end), linesBefore: text.slice(0, start).split('\n').length - 1 };
  });
}

/**
 * The queries of a text that is no SQL as a whole: statement by statement, those with parameters as libraries write them too.
 */
function queriesApart(text: string, path: string): QueryTexts {
  const queries: QueryText[] = [];
  const unread: Unread[] = [];
  for (const { text: part, linesBefore } of partsOf(text)) {
    const asWritten = parseScript(part);
    const script = asWritten.ok ? asWritten : parseScript(numberedParameters(part));
    if (script.ok)
      for (const statement of script.value.statements)
        queries.push({ text: statement.text, path, line: statement.line + linesBefore });
    else if (!asWritten.ok) {
      const { message, line } = asWritten.error;
      unread.push({ path, reason: `${message} (line ${line + linesBefore})` });
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
      const contents = decodeText(await readFile(file));
      if (contents === null) {
        unread.push({ path: file, reason: notUtf8 });
        continue;
      }
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
