import type { Node } from '@pgsql/types';
import { hasSqlDetails, loadModule, parsePlPgSQLSync, parseSync } from 'libpg-query';
import { err, ok, type Result } from '../../shared/result.ts';
import { fits, type KeptStatements, keptStatements, nothingKept } from './kept-statements.ts';
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
  /** What the `location` fields of the parse tree call the place of `start`. */
  readonly byteStart: number;
  /**
   * The parse tree, which stays the same when the statement moves. Its `location` fields count UTF-8 bytes: less
   * `byteStart`, those of `text`.
   */
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

/**
 * Cuts a text into located statements with PostgreSQL's own parser, or says with PostgreSQL's own message and position
 * why it is not SQL. A text without statements is an empty script. Of `earlier`, what the same text was before a change,
 * the trees of statements that still have the same text are taken over. `loadParser` must have finished before.
 */
export function parseScript(text: string, earlier: Script | null = null): Result<Script, SqlProblem> {
  return readScript(text, earlier === null ? nothingKept(text) : keptStatements(earlier, text));
}

function readScript(text: string, kept: KeptStatements): Result<Script, SqlProblem> {
  const nul = text.indexOf('\0');
  // The parser reads C strings: what follows a NUL would silently not be there.
  if (nul >= 0) return err(problemAt(text, nul, 'invalid character: a NUL cannot be part of SQL'));
  const offsets = createOffsets(text);
  if (text === '') return ok({ text, statements: [], offsets });
  const isWhole = kept.from === 0 && kept.to === text.length;
  try {
    const between = readStatements(text, offsets, kept);
    if (!fits(text, kept, between)) return readScript(text, nothingKept(text));
    const known = new Map(kept.between.map((statement) => [statement.text, statement]));
    const statements = [
      ...kept.before,
      ...between.map((statement) => {
        const { node, byteStart } = known.get(statement.text) ?? statement;
        known.delete(statement.text);
        return { ...statement, node, byteStart };
      }),
    ];
    for (const statement of kept.after) {
      const start = statement.start + kept.shift;
      const end = statement.end + kept.shift;
      statements.push({ ...statement, index: statements.length, start, end, ...offsets.lineColumn(start) });
    }
    return ok({ text, statements, offsets });
  } catch (error) {
    // Only of a whole text the parser tells the place that counts.
    return isWhole ? err(describeRefusal(text, error)) : readScript(text, nothingKept(text));
  }
}

/** Parses what stands between the statements that are kept. */
function readStatements(text: string, offsets: Offsets, { before, from, to }: KeptStatements): readonly Statement[] {
  const statements: Statement[] = [];
  if (from === to) return statements;
  // As many spaces as what stands in front has bytes: each statement behind it stays where it is.
  const part = ' '.repeat(offsets.toByte(from)) + text.slice(from, to);
  for (const raw of parseSync(part).stmts ?? []) {
    if (raw.stmt === undefined) continue;
    const rawStart = Math.max(from, offsets.fromByte(raw.stmt_location ?? 0));
    const length = raw.stmt_len ?? 0;
    const rawEnd = length === 0 ? to : offsets.fromByte((raw.stmt_location ?? 0) + length);
    const start = skipBlank(text, rawStart, rawEnd);
    const end = trimBlankEnd(text, start, rawEnd);
    statements.push({
      index: before.length + statements.length,
      text: text.slice(start, end),
      start,
      end,
      ...offsets.lineColumn(start),
      kind: statementKind(raw.stmt),
      byteStart: offsets.toByte(start),
      node: raw.stmt,
    });
  }
  return statements;
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
