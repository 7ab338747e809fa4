import type { Script, Statement } from './parser.ts';
import { skipBlank } from './tokens.ts';

/** What a text has in common with what it was before a change: whole statements in front of the change and behind it. */
export type KeptStatements = {
  readonly before: readonly Statement[];
  /** The offset behind the semicolon of the last one of `before`. */
  readonly from: number;
  /** Those that changed: the tree of each may still be that of a statement of the same text. */
  readonly between: readonly Statement[];
  /** The offset at which the part behind the change begins. */
  readonly to: number;
  /** Statements of the earlier text, which stand `shift` further on in this one. */
  readonly after: readonly Statement[];
  readonly shift: number;
};

/** Nothing is kept: all of the text is to be parsed. */
export const nothingKept = (text: string): KeptStatements => ({
  before: [],
  from: 0,
  between: [],
  to: text.length,
  after: [],
  shift: 0,
});

/** The length of what two texts begin with. */
function lengthInCommon(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let length = 0;
  while (length < shorter && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

/** The length of what two texts end with, `most` characters at most. */
function endInCommon(a: string, b: string, most: number): number {
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length += 1;
  return length;
}

/** The offset behind the semicolon that ends a statement; null when it has none, or there is no statement. */
function behind(text: string, statement: Statement | undefined): number | null {
  if (statement === undefined) return null;
  const semicolon = skipBlank(text, statement.end);
  return text[semicolon] === ';' ? semicolon + 1 : null;
}

/** True when nothing but blanks and semicolons, of which one is the last, stands between two offsets. */
function endsInSemicolon(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; ) {
    const semicolon = skipBlank(text, at);
    if (semicolon >= to || text[semicolon] !== ';') return false;
    at = semicolon + 1;
    if (at === to) return true;
  }
  return false;
}

/**
 * What stays of an earlier script in a text. What stands behind their semicolons cannot change the statements in front of
 * the change; those behind it stay as they are only when what is parsed between ends where they begin (`fits`).
 */
export function keptStatements(earlier: Script, text: string): KeptStatements {
  const { statements } = earlier;
  const same = lengthInCommon(earlier.text, text);
  const lastBefore = statements.findLastIndex((statement) => {
    const end = statement.end < same ? behind(earlier.text, statement) : null;
    return end !== null && end <= same;
  });
  const from = behind(earlier.text, statements[lastBefore]) ?? 0;
  const shorter = Math.min(earlier.text.length, text.length);
  const changedUntil = earlier.text.length - endInCommon(earlier.text, text, shorter - from);
  const lastBetween = statements.findIndex(({ end }, index) => index > lastBefore && end >= changedUntil);
  const to = behind(earlier.text, statements[lastBetween]);
  const firstAfter = to === null ? statements.length : lastBetween + 1;
  const shift = text.length - earlier.text.length;
  return {
    before: statements.slice(0, lastBefore + 1),
    from,
    between: statements.slice(lastBefore + 1, firstAfter),
    to: to === null ? text.length : to + shift,
    after: statements.slice(firstAfter),
    shift,
  };
}

/** True when statements that were parsed between what is kept leave the part behind them as it is. */
export const fits = (text: string, { from, to }: KeptStatements, parsed: readonly Statement[]): boolean =>
  to === text.length || endsInSemicolon(text, parsed.at(-1)?.end ?? from, to);
