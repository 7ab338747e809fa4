/** What a piece of SQL text is; `comment` covers both `--` and nested block comments. */
export type TokenKind = 'space' | 'comment' | 'word' | 'quoted identifier' | 'string' | 'number' | 'symbol';

/** A piece of SQL text, in UTF-16 offsets. */
export type Token = { readonly kind: TokenKind; readonly start: number; readonly end: number };

const spaces = /[ \t\n\r\f\v]+/y;
const lineComment = /--[^\n\r]*/y;
const word = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const number = /(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;
const parameter = /\$\d+/y;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
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
function endOfQuoted(text: string, at: number, quote: string, backslashEscapes: boolean): number {
  for (let i = at + 1; i < text.length; i++) {
    const character = text[i];
    if (character === '\\' && backslashEscapes) i += 1;
    else if (character === quote) {
      if (text[i + 1] !== quote) return i + 1;
      i += 1;
    }
  }
  return text.length;
}

/** The token that starts at `at`; never throws, and an unfinished quote or comment reaches to the end of the text. */
export function tokenAt(text: string, at: number): Token {
  const token = (kind: TokenKind, end: number): Token => ({ kind, start: at, end });
  const character = text[at] ?? '';
  const spaceEnd = match(spaces, text, at);
  if (spaceEnd > at) return token('space', spaceEnd);
  if (text.startsWith('--', at)) return token('comment', match(lineComment, text, at));
  if (text.startsWith('/*', at)) return token('comment', endOfBlockComment(text, at));
  if (character === "'") return token('string', endOfQuoted(text, at, "'", false));
  if (character === '"') return token('quoted identifier', endOfQuoted(text, at, '"', false));
  if (/[eE]/.test(character) && text[at + 1] === "'") return token('string', endOfQuoted(text, at + 1, "'", true));
  if (/[bBxXnN]/.test(character) && text[at + 1] === "'") return token('string', endOfQuoted(text, at + 1, "'", false));
  if (/[uU]/.test(character) && text[at + 1] === '&' && (text[at + 2] === "'" || text[at + 2] === '"')) {
    const quote = text[at + 2] ?? '';
    return token(quote === "'" ? 'string' : 'quoted identifier', endOfQuoted(text, at + 2, quote, false));
  }
  const tagEnd = match(dollarTag, text, at);
  if (tagEnd > at) {
    const tag = text.slice(at, tagEnd);
    const close = text.indexOf(tag, tagEnd);
    return token('string', close < 0 ? text.length : close + tag.length);
  }
  const wordEnd = match(word, text, at);
  if (wordEnd > at) return token('word', wordEnd);
  const numberEnd = Math.max(match(number, text, at), match(parameter, text, at));
  if (numberEnd > at) return token('number', numberEnd);
  return token('symbol', at + 1);
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
    const token = tokenAt(text, at);
    if (token.kind !== 'space' && token.kind !== 'comment') return at;
    at = token.end;
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
