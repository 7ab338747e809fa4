import type { Node } from '@pgsql/types';
import { hasSqlDetails, loadModule, parsePlPgSQLSync, parseSync } from 'libpg-query';
import { err, ok, type Result } from '../../shared/result.ts';
import { createOffsets, type Offsets } from './offsets.ts';
import { statementKind } from './statement-kind.ts';
import { skipBlank, type Token, tokenAt, trimBlankEnd } from './tokens.ts';

/**
 * One located SQL statement. `start` and `end` are UTF-16 offsets in the script's text without surrounding white space,
 * comments and semicolon; `line` and `column` are those of `start` and count from 1.
 */
export type Statement = {
  readonly index: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  /** For example `AlterTable.AddColumn`; several actions are joined with `+`. */
  readonly kind: string;
  /** The UTF-8 byte of the script that `start` stands at: what the `location` fields of the parse tree count from. */
  readonly byteStart: number;
  /** The parse tree. Its `location` fields count UTF-8 bytes of the script: read them with `script.offsets.fromByte`. */
  readonly node: Node;
};

/** A text that PostgreSQL's parser accepts, cut into statements. */
export type Script = {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly offsets: Offsets;
};

/** Why a text is not SQL, in PostgreSQL's words; `position` is a UTF-16 offset, `line` and `column` count from 1. */
export type SqlProblem = {
  readonly message: string;
  readonly position: number;
  readonly line: number;
  readonly column: number;
};

let loaded = false;

/** Loads PostgreSQL's parser; await it once before the first `parseScript`, further calls cost nothing. */
export async function loadParser(): Promise<void> {
  if (loaded) return;
  await loadModule();
  loaded = true;
}

function problemAt(text: string, position: number, message: string): SqlProblem {
  return { message, position, ...createOffsets(text).lineColumn(position) };
}

/** A backslash at the start of a line is for psql, which a server and a migration tool never see. */
function metaCommandAt(text: string, position: number): string | null {
  const lineStart = text.lastIndexOf('\n', position - 1) + 1;
  if (text.slice(lineStart, position).trim() !== '') return null;
  return /^\\\S*/.exec(text.slice(position))?.[0] ?? null;
}

function describeRefusal(text: string, error: unknown): SqlProblem {
  if (error instanceof RangeError) return problemAt(text, 0, 'the statement is nested too deeply to be read');
  if (!hasSqlDetails(error)) throw error;
  const character = error.sqlDetails?.cursorPosition ?? 0;
  const position = createOffsets(text).fromCharacter(character);
  const command = metaCommandAt(text, position);
  if (command !== null && /^syntax error/.test(error.message)) {
    return problemAt(text, position, `"${command}" is a command of psql, not SQL: PostgreSQL cannot run it`);
  }
  return problemAt(text, position, error.message);
}

/** The statements at the start of a script, and the offset behind the semicolon of the last one. */
type Beginning = { readonly statements: readonly Statement[]; readonly end: number };

const noBeginning: Beginning = { statements: [], end: 0 };

/** The length of what two texts begin with. */
function lengthInCommon(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let length = 0;
  while (length < shorter && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

/** The statements of a script that a text begins with too: what stands behind their semicolons cannot change them. */
function beginningOf(earlier: Script, text: string): Beginning {
  const same = lengthInCommon(earlier.text, text);
  for (let last = earlier.statements.length - 1; last >= 0; last -= 1) {
    const statement = earlier.statements[last];
    if (statement === undefined || statement.end >= same) continue;
    const semicolon = skipBlank(earlier.text, statement.end);
    if (semicolon < same && earlier.text[semicolon] === ';')
      return { statements: earlier.statements.slice(0, last + 1), end: semicolon + 1 };
  }
  return noBeginning;
}

/**
 * Cuts a text into located statements with PostgreSQL's own parser, or says with PostgreSQL's own message and position
 * why it is not SQL. A text without statements is an empty script. Of `earlier`, what the same text was before a change,
 * the statements in front of the change are taken over as they are. `loadParser` must have finished before.
 */
export function parseScript(text: string, earlier: Script | null = null): Result<Script, SqlProblem> {
  return readScript(text, earlier === null ? noBeginning : beginningOf(earlier, text));
}

function readScript(text: string, known: Beginning): Result<Script, SqlProblem> {
  const nul = text.indexOf('\0');
  // The parser reads C strings: what follows a NUL would silently not be there.
  if (nul >= 0) return err(problemAt(text, nul, 'invalid character: a NUL cannot be part of SQL'));
  const offsets = createOffsets(text);
  if (text === '') return ok({ text, statements: [], offsets });
  try {
    const statements: Statement[] = [...known.statements];
    // As many spaces as what is known has bytes: each statement behind it stays where it is.
    const rest = ' '.repeat(offsets.toByte(known.end)) + text.slice(known.end);
    for (const raw of parseSync(rest).stmts ?? []) {
      if (raw.stmt === undefined) continue;
      const from = Math.max(known.end, offsets.fromByte(raw.stmt_location ?? 0));
      const length = raw.stmt_len ?? 0;
      const to = length === 0 ? text.length : offsets.fromByte((raw.stmt_location ?? 0) + length);
      const start = skipBlank(text, from, to);
      const end = trimBlankEnd(text, start, to);
      statements.push({
        index: statements.length,
        text: text.slice(start, end),
        start,
        end,
        ...offsets.lineColumn(start),
        kind: statementKind(raw.stmt),
        byteStart: offsets.toByte(start),
        node: raw.stmt,
      });
    }
    return ok({ text, statements, offsets });
  } catch (error) {
    // The parser tells the place in characters, of which the known statements may have fewer than bytes.
    return known.end > 0 ? readScript(text, noBeginning) : err(describeRefusal(text, error));
  }
}

/** The parser of bodies gives up for good, and not in order, on a `CREATE` whose body is no text. */
function hasQuotedBody(definition: string): boolean {
  let before: Token | null = null;
  const isWord = (token: Token, word: string) =>
    token.kind === 'word' && definition.slice(token.start, token.end).toUpperCase() === word;
  for (let at = skipBlank(definition, 0); at < definition.length; ) {
    const token = tokenAt(definition, at);
    if (before === null && !isWord(token, 'CREATE')) return true;
    if (token.kind === 'string' && before !== null && isWord(before, 'AS')) return true;
    before = token;
    at = skipBlank(definition, token.end);
  }
  return before === null;
}

/**
 * The parse tree of the body of a PL/pgSQL routine, from its complete `CREATE` statement; null when PostgreSQL's parser
 * refuses it, or there is none. Queries in it are texts of their own (`PLpgSQL_expr`). `loadParser` must have finished before.
 */
export function parsePlpgsql(definition: string): unknown {
  if (definition.includes('\0') || !hasQuotedBody(definition)) return null;
  try {
    return parsePlPgSQLSync(definition);
  } catch {
    return null;
  }
}
