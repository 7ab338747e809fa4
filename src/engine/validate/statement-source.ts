import type { Statement } from '../sql/parser.ts';
import { type TokenKind, tokensOf } from '../sql/tokens.ts';

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
const actionsStart = (tokens: readonly Word[]): number => {
  const upper = (i: number) => tokens[i]?.upper ?? '';
  let i = 1;
  while (upper(i) === 'FOREIGN' || upper(i) === 'MATERIALIZED') i += 1;
  i += 1;
  if (upper(i) === 'IF' && upper(i + 1) === 'EXISTS') i += 2;
  if (upper(i) === 'ONLY') i += 1;
  const parenthesised = tokens[i]?.text === '(';
  if (parenthesised) i += 1;
  i += 1;
  while (tokens[i]?.text === '.') i += 2;
  if (parenthesised) i += 1;
  if (tokens[i]?.text === '*') i += 1;
  return tokens[i]?.start ?? Number.POSITIVE_INFINITY;
};

const wordsOf = (text: string, range: SourceRange): readonly Word[] => {
  const words: Word[] = [];
  for (const { kind, start, end } of tokensOf(text, range.start, range.end)) {
    if (kind === 'space' || kind === 'comment') continue;
    const piece = text.slice(start, end);
    words.push({ kind, start, end, text: piece, upper: kind === 'word' ? piece.toUpperCase() : '' });
  }
  return words;
};

/** The index of the first token that starts at or behind an offset. */
const firstFrom = (tokens: readonly Word[], offset: number): number => {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tokens[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Reads the tokens of a statement, on first need, from the text of the file that it stands in. */
export const statementSource = (text: string, statement: Statement): StatementSource => {
  const range = { start: statement.start, end: statement.end };
  let read: readonly Word[] | null = null;
  let actions: readonly SourceRange[] | null = null;
  const tokens = (within: SourceRange = range): readonly Word[] => {
    read ??= wordsOf(text, range);
    if (within === range) return read;
    const first = firstFrom(read, within.start);
    let end = first;
    while ((read[end]?.end ?? Number.POSITIVE_INFINITY) <= within.end) end += 1;
    return read.slice(first, end);
  };
  return {
    range,
    tokens,
    words: (sequence, within) => {
      const wanted = sequence.split(' ');
      const all = tokens();
      const until = within?.end ?? range.end;
      for (let at = within === undefined ? 0 : firstFrom(all, within.start); at < all.length; at += 1) {
        const first = all[at];
        const last = all[at + wanted.length - 1];
        if (first === undefined || last === undefined || last.end > until) return null;
        if (wanted.every((word, offset) => all[at + offset]?.upper === word))
          return { start: first.start, end: last.end };
      }
      return null;
    },
    head: (count) => {
      const all = tokens();
      return { start: range.start, end: all[Math.min(count, all.length) - 1]?.end ?? range.end };
    },
    list: (within) => splitAtCommas(tokens(within)),
    actions: () => {
      actions ??= splitAtCommas(tokens({ start: actionsStart(tokens()), end: range.end }));
      return actions;
    },
    identifier: (name, within = range) => {
      const all = tokens();
      for (let at = firstFrom(all, within.start); at < all.length; at += 1) {
        const token = all[at];
        if (token === undefined || token.end > within.end) return null;
        if (identifierOf(token) === name) return token;
      }
      return null;
    },
  };
};
