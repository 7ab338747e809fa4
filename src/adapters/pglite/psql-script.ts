import { createOffsets } from '../../engine/sql/offsets.ts';
import { skipBlank, tokenAt } from '../../engine/sql/tokens.ts';

/** A part of a script written for `psql`: a statement, the rows of a `COPY … FROM stdin`, or a backslash command. */
export type PsqlPart =
  | { readonly kind: 'statement'; readonly text: string; readonly line: number }
  | { readonly kind: 'rows'; readonly copy: string; readonly count: number; readonly line: number }
  | { readonly kind: 'command'; readonly text: string; readonly line: number };

const COPY_FROM_STDIN = /^copy\b[^;]*\bfrom\s+stdin\b/i;
const CREATE_ROUTINE = /^create\s+(?:or\s+replace\s+)?(?:function|procedure)\b/i;

function endOfLine(text: string, start: number): number {
  const at = text.indexOf('\n', start);
  return at === -1 ? text.length : at;
}

/** Counts the `BEGIN ATOMIC … END` bodies of SQL-standard routines, whose semicolons end no statement. */
function bodyDepthAfter(depth: number, word: string, next: string): number {
  if (word === 'begin' && (depth > 0 || /^\s+atomic\b/i.test(next))) return depth + 1;
  if (word === 'case' && depth > 0) return depth + 1;
  if (word === 'end' && depth > 0) return depth - 1;
  return depth;
}

/** Where the statement that starts at `start` ends: at its semicolon, or at a command such as `\\gset` that sends it. */
function endOfStatement(text: string, start: number): number {
  const isRoutine = CREATE_ROUTINE.test(text.slice(start, start + 80));
  let parentheses = 0;
  let body = 0;
  for (let at = start; at < text.length; ) {
    const char = text[at];
    if (char === ';' && parentheses <= 0 && body === 0) return at;
    if (char === '\\') return at;
    if (char === '(') parentheses += 1;
    if (char === ')') parentheses -= 1;
    const token = tokenAt(text, at);
    if (isRoutine && token.kind === 'word') {
      body = bodyDepthAfter(body, text.slice(at, token.end).toLowerCase(), text.slice(token.end, token.end + 20));
    }
    at = token.end;
  }
  return text.length;
}

/** The rows after a `COPY … FROM stdin`: how many, and where the script goes on. */
function skipRows(text: string, start: number): { readonly count: number; readonly end: number } {
  let at = endOfLine(text, start) + 1;
  let count = 0;
  while (at < text.length) {
    const end = endOfLine(text, at);
    const line = text.slice(at, end);
    at = end + 1;
    if (line === '\\.' || line === '\\.\r') break;
    count += 1;
  }
  return { count, end: Math.min(at, text.length) };
}

/**
 * Splits a script as `psql` would: by semicolons outside of quotes, comments, parentheses and routine bodies. Leading
 * comments and empty statements are left out, and so are rows for `COPY`. Lines count from 1. It never fails: what is
 * not SQL is found by the server that runs the parts.
 */
export function splitPsqlScript(script: string): readonly PsqlPart[] {
  const text = script.startsWith('\ufeff') ? script.slice(1) : script;
  const offsets = createOffsets(text);
  const parts: PsqlPart[] = [];
  for (let at = skipBlank(text, 0); at < text.length; at = skipBlank(text, at)) {
    const { line } = offsets.lineColumn(at);
    if (text[at] === ';') {
      at += 1;
    } else if (text[at] === '\\') {
      const end = endOfLine(text, at);
      parts.push({ kind: 'command', text: text.slice(at, end).trim(), line });
      at = end;
    } else {
      const end = endOfStatement(text, at);
      const statement = text.slice(at, end).trimEnd();
      if (COPY_FROM_STDIN.test(statement)) {
        const rows = skipRows(text, end);
        parts.push({ kind: 'rows', copy: statement, count: rows.count, line });
        at = rows.end;
      } else {
        parts.push({ kind: 'statement', text: statement, line });
        at = text[end] === ';' ? end + 1 : end;
      }
    }
  }
  return parts;
}
