import type { Statement } from '../sql/parser.ts';
import { skipBlank, type TokenKind, tokenAt } from '../sql/tokens.ts';

/** A half-open range of UTF-16 offsets in the file. */
export type SourceRange = { readonly start: number; readonly end: number };

/** A token that is neither space nor comment; `upper` is empty for all but bare words. */
export type Word = SourceRange & { readonly kind: TokenKind; readonly text: string; readonly upper: string };

/** Finds the words of one statement, so that findings and fixes point at exactly the clause that matters. */
export type StatementSource = {
  readonly range: SourceRange;
  /** The first place between two offsets where these bare words stand one after another. */
  readonly words: (sequence: string, within?: SourceRange) => SourceRange | null;
  /** The first words of the statement as one range, for example `CREATE INDEX`. */
  readonly head: (count: number) => SourceRange;
  /** The pieces of a list separated by commas outside parentheses. */
  readonly list: (within: SourceRange) => readonly SourceRange[];
  /** The actions of an `ALTER TABLE`-like statement, in order. */
  readonly actions: () => readonly SourceRange[];
  /** The token that writes this identifier, quoted or not. */
  readonly identifier: (name: string, within?: SourceRange) => SourceRange | null;
  readonly tokens: (within?: SourceRange) => readonly Word[];
};

const depthOf: Readonly<Record<string, number>> = { '(': 1, '[': 1, ')': -1, ']': -1 };

/** What a token names as an identifier: unquoted and unescaped, bare words folded to lower case; null for the rest. */
export const identifierOf = (token: Word): string | null => {
  if (token.kind === 'word') return token.text.toLowerCase();
  if (token.kind === 'quoted identifier' && token.text.startsWith('"'))
    return token.text.slice(1, -1).replaceAll('""', '"');
  return null;
};

const splitAtCommas = (tokens: readonly Word[]): readonly SourceRange[] => {
  const ranges: SourceRange[] = [];
  let depth = 0;
  let first: Word | null = null;
  let last: Word | null = null;
  for (const token of tokens) {
    if (depth === 0 && token.text === ',') {
      if (first !== null && last !== null) ranges.push({ start: first.start, end: last.end });
      first = null;
      last = null;
      continue;
    }
    if (token.kind === 'symbol') depth += depthOf[token.text] ?? 0;
    if (depth < 0) break;
    first ??= token;
    last = token;
  }
  if (first !== null && last !== null) ranges.push({ start: first.start, end: last.end });
  return ranges;
};

/** The offset at which the actions of `ALTER TABLE [IF EXISTS] [ONLY] name [*]` begin. */
const actionsStart = (wordAt: (index: number) => Word | undefined): number => {
  const upper = (i: number) => wordAt(i)?.upper ?? '';
  let i = 1;
  while (upper(i) === 'FOREIGN' || upper(i) === 'MATERIALIZED') i += 1;
  i += 1;
  if (upper(i) === 'IF' && upper(i + 1) === 'EXISTS') i += 2;
  if (upper(i) === 'ONLY') i += 1;
  const parenthesised = wordAt(i)?.text === '(';
  if (parenthesised) i += 1;
  i += 1;
  while (wordAt(i)?.text === '.') i += 2;
  if (parenthesised) i += 1;
  if (wordAt(i)?.text === '*') i += 1;
  return wordAt(i)?.start ?? Number.POSITIVE_INFINITY;
};

/** The index of the first token that starts at or behind an offset. */
const firstIn = (tokens: readonly Word[], offset: number): number => {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tokens[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Reads the tokens of a statement from the text of the file that it stands in, as far as they are asked for. */
export const statementSource = (text: string, statement: Statement): StatementSource => {
  const range = { start: statement.start, end: statement.end };
  const read: Word[] = [];
  let next = range.start;
  let actions: readonly SourceRange[] | null = null;
  /** Reads on until `enough` says so of the number of tokens and the offset behind them. */
  const readUntil = (enough: (count: number, end: number) => boolean): void => {
    while (next < range.end && !enough(read.length, next)) {
      const { kind, start, end } = tokenAt(text, next);
      const piece = text.slice(start, end);
      read.push({ kind, start, end, text: piece, upper: kind === 'word' ? piece.toUpperCase() : '' });
      next = skipBlank(text, end, range.end);
    }
  };
  const wordAt = (index: number): Word | undefined => {
    readUntil((count) => count > index);
    return read[index];
  };
  const firstFrom = (offset: number): number => {
    readUntil((_count, end) => end > offset);
    return firstIn(read, offset);
  };
  const tokens = (within: SourceRange = range): readonly Word[] => {
    readUntil((_count, end) => end > within.end);
    if (within === range) return read;
    const first = firstFrom(within.start);
    let end = first;
    while ((read[end]?.end ?? Number.POSITIVE_INFINITY) <= within.end) end += 1;
    return read.slice(first, end);
  };
  return {
    range,
    tokens,
    words: (sequence, within) => {
      const wanted = sequence.split(' ');
      const until = within?.end ?? range.end;
      for (let at = within === undefined ? 0 : firstFrom(within.start); ; at += 1) {
        const first = wordAt(at);
        const last = wordAt(at + wanted.length - 1);
        if (first === undefined || last === undefined || last.end > until) return null;
        if (wanted.every((word, offset) => wordAt(at + offset)?.upper === word))
          return { start: first.start, end: last.end };
      }
    },
    head: (count) => {
      wordAt(count - 1);
      return { start: range.start, end: read[Math.min(count, read.length) - 1]?.end ?? range.end };
    },
    list: (within) => splitAtCommas(tokens(within)),
    actions: () => {
      actions ??= splitAtCommas(tokens({ start: actionsStart(wordAt), end: range.end }));
      return actions;
    },
    identifier: (name, within = range) => {
      for (let at = firstFrom(within.start); ; at += 1) {
        const token = wordAt(at);
        if (token === undefined || token.end > within.end) return null;
        if (identifierOf(token) === name) return token;
      }
    },
  };
};
