import { tokensOf } from '../../engine/sql/tokens.ts';

/**
 * How libraries and query builders write a value that is filled in later: `:name`, `:'name'`, `?`, `%s`, `%(name)s`,
 * `#{name}`, `${name}`, `{name}`. A colon that follows another one is a cast.
 */
const placeholder = /(?<!:):(?:[A-Za-z_]\w*|'[^']*'|"[^"]*")|\?|%s\b|%\(\w+\)[a-z]|[#$]?\{[^{}]*\}|\{\{[^{}]*\}\}/g;

/** Those that a parser takes for operators or functions: `@name`, and `sqlc.arg(name)` of the tool of this name. */
const hidden = /(?<![\w@<>=!~?*+/%^&|#-])@[A-Za-z_]\w*|\bsqlc\.(?:n?arg|slice)\(\s*\w+\s*\)/g;

type Piece = { readonly start: number; readonly end: number; readonly isText: boolean };

/** The stretches of a text that are strings or comments, and those that are neither. */
function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let last = 0;
  const add = (start: number, end: number, isText: boolean): void => {
    if (end > start) pieces.push({ start, end, isText });
    last = end;
  };
  for (const { kind, start, end } of tokensOf(text)) {
    // psql fills in a variable that is quoted behind a colon.
    const isFilledIn = text[start - 1] === ':' && text[start - 2] !== ':';
    if ((kind !== 'string' && kind !== 'comment' && kind !== 'quoted identifier') || isFilledIn) continue;
    add(last, start, false);
    add(start, end, true);
  }
  add(last, text.length, false);
  return pieces;
}

/** A query with PostgreSQL's own parameters, `$1`, in place of those of a library; one name is one number. */
export const numberedParameters = (text: string): string => numbered(text, placeholder);

/** The same for parameters that would be read as something else: to be replaced before a text is parsed. */
export const withoutHiddenParameters = (text: string): string =>
  text.includes('@') || text.includes('sqlc.') ? numbered(text, hidden) : text;

function numbered(text: string, written: RegExp): string {
  const numbers = new Map<string, number>();
  const numberOf = (found: string): number => {
    const name = /^(?:\?|%s)$/.test(found) ? `${found} ${numbers.size}` : found;
    const number = numbers.get(name) ?? numbers.size + 1;
    numbers.set(name, number);
    return number;
  };
  return piecesOf(text)
    .map(({ start, end, isText }) => {
      const piece = text.slice(start, end);
      return isText ? piece : piece.replace(written, (found) => `$${numberOf(found)}`);
    })
    .join('');
}
