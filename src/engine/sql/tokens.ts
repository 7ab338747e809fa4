/** What a piece of SQL text is; `comment` covers both `--` and nested block comments. */
export type TokenKind = 'space' | 'comment' | 'word' | 'quoted identifier' | 'string' | 'number' | 'symbol';

/** A piece of SQL text, in UTF-16 offsets. */
export type Token = { readonly kind: TokenKind; readonly start: number; readonly end: number };

const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const number = /(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

// What characters are for: every character of every migration is looked up here, and most more than once.
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const startsWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 0x80;
const continuesWord = (code: number): boolean => startsWord(code) || isDigit(code) || code === 36;

function endOfRun(text: string, at: number, belongs: (code: number) => boolean): number {
  let end = at;
  while (end < text.length && belongs(text.charCodeAt(end))) end += 1;
  return end;
}

function endOfLine(text: string, at: number): number {
  let end = at;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === 10 || code === 13) break;
  }
  return end;
}

function endOfBlockComment(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (text.startsWith('/*', i)) {
      depth += 1;
      i += 1;
    } else if (text.startsWith('*/', i)) {
      depth -= 1;
      i += 1;
      if (depth === 0) return i + 1;
    }
  }
  return text.length;
}

/** The end of a quoted text whose opening quote stands at `at`; a doubled quote stays inside. */
function endOfQuoted(text: string, at: number, quote: string): number {
  let close = text.indexOf(quote, at + 1);
  while (close >= 0 && text[close + 1] === quote) close = text.indexOf(quote, close + 2);
  return close < 0 ? text.length : close + 1;
}

/** The same for the quote of `E'…'`, in which a backslash keeps the next character inside too. */
function endOfEscaped(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const character = text[i];
    if (character === '\\') i += 1;
    else if (character === "'") {
      if (text[i + 1] !== "'") return i + 1;
      i += 1;
    }
  }
  return text.length;
}

const DOUBLE_QUOTE = 34;
const DOLLAR = 36;
const AMPERSAND = 38;
const QUOTE = 39;
const STAR = 42;
const DASH = 45;
const DOT = 46;
const SLASH = 47;

/** The token that a letter before a quote makes, as in `E'…'`; null when it is the first letter of a word. */
function prefixedQuoteAt(text: string, at: number): Token | null {
  const next = text.charCodeAt(at + 1);
  if (next !== QUOTE && next !== AMPERSAND) return null;
  const prefix = text.charAt(at).toLowerCase();
  if (next === QUOTE && prefix === 'e') return { kind: 'string', start: at, end: endOfEscaped(text, at + 1) };
  if (next === QUOTE && 'bxn'.includes(prefix))
    return { kind: 'string', start: at, end: endOfQuoted(text, at + 1, "'") };
  if (next === QUOTE || prefix !== 'u') return null;
  const quote = text.charCodeAt(at + 2);
  if (quote === QUOTE) return { kind: 'string', start: at, end: endOfQuoted(text, at + 2, "'") };
  if (quote !== DOUBLE_QUOTE) return null;
  return { kind: 'quoted identifier', start: at, end: endOfQuoted(text, at + 2, '"') };
}

/** The end of the comment that starts at `at`; `at` when none does. */
function endOfComment(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === DASH && text.charCodeAt(at + 1) === DASH) return endOfLine(text, at);
  return code === SLASH && text.charCodeAt(at + 1) === STAR ? endOfBlockComment(text, at) : at;
}

/** The token that starts at `at`; never throws, and an unfinished quote or comment reaches to the end of the text. */
export function tokenAt(text: string, at: number): Token {
  const code = text.charCodeAt(at);
  const token = (kind: TokenKind, end: number): Token => ({ kind, start: at, end });
  if (isSpace(code)) return token('space', endOfRun(text, at, isSpace));
  if (startsWord(code)) return prefixedQuoteAt(text, at) ?? token('word', endOfRun(text, at, continuesWord));
  const commentEnd = endOfComment(text, at);
  if (commentEnd > at) return token('comment', commentEnd);
  if (code === QUOTE) return token('string', endOfQuoted(text, at, "'"));
  if (code === DOUBLE_QUOTE) return token('quoted identifier', endOfQuoted(text, at, '"'));
  if (code === DOLLAR) {
    const parameterEnd = endOfRun(text, at + 1, isDigit);
    if (parameterEnd > at + 1) return token('number', parameterEnd);
    const tagEnd = match(dollarTag, text, at);
    if (tagEnd === at) return token('symbol', at + 1);
    const tag = text.slice(at, tagEnd);
    const close = text.indexOf(tag, tagEnd);
    return token('string', close < 0 ? text.length : close + tag.length);
  }
  const numberEnd = isDigit(code) || code === DOT ? match(number, text, at) : at;
  return numberEnd > at ? token('number', numberEnd) : token('symbol', at + 1);
}

/** The tokens of `text` between two offsets, spaces and comments included, in order and without gaps. */
export function tokensOf(text: string, from = 0, to = text.length): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = from; at < to; ) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

/** The first offset at or after `from` that is neither white space nor comment, at most `to`. */
export function skipBlank(text: string, from: number, to = text.length): number {
  let at = from;
  while (at < to) {
    const end = isSpace(text.charCodeAt(at)) ? endOfRun(text, at, isSpace) : endOfComment(text, at);
    if (end === at) return at;
    at = end;
  }
  return Math.min(at, to);
}

/** The end of the last token between two offsets that is neither white space nor comment; `from` when there is none. */
export function trimBlankEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && /\s/.test(text[end - 1] ?? '')) end -= 1;
  // Only a text that ends in `*/`, or has `--` in its last line, can end in a comment: the rest is spared the scan.
  const lastLine = text.slice(Math.max(from, text.lastIndexOf('\n', end - 1)), end);
  if (!lastLine.includes('--') && !lastLine.endsWith('*/')) return end;
  let last = from;
  for (const token of tokensOf(text, from, end)) {
    if (token.kind !== 'space' && token.kind !== 'comment') last = token.end;
  }
  return Math.min(last, end);
}
