import { type Token, tokensOf } from '../sql/tokens.ts';
import type { Routine } from './catalog.ts';

/**
 * An expression as the server wrote it, without what differs between servers although nothing was changed: a list that
 * was cast as a whole (`(ARRAY['a'::character varying])::text[]`) is read back as one whose members are cast, and a name
 * is quoted from the version on in which it became a keyword.
 */
export const comparableExpression = (written: string): string => withCastMembers(withoutNewQuotes(written));

const startOfCastArray = '(ARRAY[';
const endOfCastArray = /^\]\)::((?:[^"(),[\]:\n]|"[^"]*"|\(\d+(?:,\d+)?\))+)\[\]/;

function withCastMembers(text: string): string {
  let result = '';
  let done = 0;
  for (let at = text.indexOf(startOfCastArray); at !== -1; at = text.indexOf(startOfCastArray, at + 1)) {
    if (at < done || !text.includes('])::', at)) continue;
    const list = text.slice(at + startOfCastArray.length);
    const { members, length } = membersOf(list);
    const type = endOfCastArray.exec(list.slice(length))?.[1];
    if (type === undefined) continue;
    result += `${text.slice(done, at)}${castArray(members, type)}`;
    done = at + startOfCastArray.length + length + `])::${type}[]`.length;
  }
  return done === 0 ? text : result + text.slice(done);
}

function castArray(members: readonly string[], type: string): string {
  const cast = members.map((member) => {
    if (!member.startsWith('ARRAY[') || !member.endsWith(']')) return `(${withCastMembers(member)})::${type}`;
    return castArray(membersOf(member.slice('ARRAY['.length)).members, type);
  });
  return `ARRAY[${cast.join(', ')}]`;
}

/** The members of a list up to the bracket that closes it, and where that is. */
function membersOf(list: string): { readonly members: readonly string[]; readonly length: number } {
  const members: string[] = [];
  let depth = 0;
  let start = 0;
  for (const token of tokensOf(list)) {
    const piece = list.slice(token.start, token.end);
    if (depth === 0 && (piece === ',' || piece === ']')) {
      members.push(list.slice(start, token.start).trim());
      start = token.end;
      if (piece === ']') return { members, length: token.start };
    }
    if (piece === '(' || piece === '[') depth += 1;
    else if (piece === ')' || piece === ']') depth -= 1;
  }
  return { members, length: list.length };
}

// Keywords that came with 13 to 18 and are not "unreserved": https://www.postgresql.org/docs/18/sql-keywords-appendix.html
const newKeyword =
  /^"(?:json|json_array|json_arrayagg|json_exists|json_object|json_objectagg|json_query|json_scalar|json_serialize|json_table|json_value|merge_action|normalize|system_user)"$/;

function withoutNewQuotes(text: string): string {
  if (!/"(?:json|merge_action|normalize|system_user)/.test(text)) return text;
  return tokensOf(text)
    .map(({ kind, start, end }) => {
      const piece = text.slice(start, end);
      return kind === 'quoted identifier' && newKeyword.test(piece) ? piece.slice(1, -1) : piece;
    })
    .join('');
}

// The second query of a UNION has columns without a name of their own; read back, a constant there is named by its type.
const constantNamedByType =
  /((?:NULL|'(?:[^']|'')*'|\d+|\(\d+\))::[a-z][a-z ]*(?:\(\d+(?:, ?\d+)?\))?(?:\[\])?) AS (?:bool|int2|int4|int8|float4|float8|numeric|text|varchar|bpchar|date|timetz|timestamptz|uuid|json|jsonb|bytea|"(?:timestamp|time|interval|numeric)")(?![\w$])/g;

/**
 * A view's query without the prefix of its columns where it reads from one relation only: servers before 16 write it
 * there, later ones do not. https://www.postgresql.org/docs/16/release-16.html
 * A list of values in the second query of a UNION is read back as a query of its own, with a space before it.
 */
export function comparableView(text: string): string {
  const expression = comparableExpression(text).replace(constantNamedByType, '$1').replaceAll('( VALUES ', '(VALUES ');
  const words = topLevelWords(expression);
  const alias = onlyRelation(words);
  if (alias === null) return expression;
  let result = '';
  let at = 0;
  words.forEach((word, index) => {
    const [dot, next, afterNext] = [words[index + 1], words[index + 2], words[index + 3]];
    const isPrefix =
      word.text === alias &&
      word.outside &&
      !isPartOfName(words[index - 1]) &&
      dot?.text === '.' &&
      next !== undefined &&
      // Where the relation is called like a schema: the schema of a function, of a type or of the relation itself.
      afterNext?.text !== '.' &&
      afterNext?.text !== '(' &&
      dot.token.start === word.token.end;
    if (!isPrefix) return;
    result += expression.slice(at, word.token.start);
    at = dot.token.end;
  });
  return result + expression.slice(at);
}

/** True after what makes the next word something else than the prefix of a column. */
function isPartOfName(before: Word | undefined): boolean {
  if (before === undefined) return false;
  if (before.text === 'FROM' || before.text === 'ONLY') return before.depth === 0;
  return before.text === '.' || before.text.endsWith(':');
}

type Word = {
  readonly token: Token;
  readonly text: string;
  /** Brackets around it. */
  readonly depth: number;
  /** True when it belongs to the view's own query and not to one inside brackets. */
  readonly outside: boolean;
};

function topLevelWords(text: string): readonly Word[] {
  const tokens = tokensOf(text).filter((token) => token.kind !== 'space' && token.kind !== 'comment');
  const inner: boolean[] = [];
  const words: Word[] = [];
  tokens.forEach((token, index) => {
    const own = text.slice(token.start, token.end);
    if (own === ')') inner.pop();
    words.push({ token, text: own, depth: inner.length, outside: !inner.includes(true) });
    if (own !== '(') return;
    const next = tokens[index + 1];
    const first = next === undefined ? '' : text.slice(next.start, next.end).toUpperCase();
    inner.push(first === 'SELECT' || first === 'WITH' || first === 'VALUES');
  });
  return words;
}

const endsFrom = new Set(['WHERE', 'GROUP', 'HAVING', 'WINDOW', 'ORDER', 'LIMIT', 'OFFSET', 'FETCH', 'FOR', ';']);
const unions = new Set(['UNION', 'INTERSECT', 'EXCEPT']);

/** The name by which a query knows its only relation; null when it has several, or when that is not clear. */
function onlyRelation(words: readonly Word[]): string | null {
  const top = words.filter((word) => word.depth === 0);
  if (top.some((word) => unions.has(word.text))) return null;
  const from = words.findIndex((word) => word.depth === 0 && word.text === 'FROM');
  if (from === -1) return null;
  const rest = words.slice(from + 1);
  const end = rest.findIndex((word) => word.depth === 0 && endsFrom.has(word.text));
  const item = end === -1 ? rest : rest.slice(0, end);
  if (item.some((word) => word.outside && (word.text === 'JOIN' || word.text === 'ROWS'))) return null;
  if (item.some((word) => word.depth === 0 && word.text === ',')) return null;
  // The last name outside of brackets is the alias, or the relation's own name; a list of columns may follow it.
  const sample = item.findIndex((word) => word.depth === 0 && word.text === 'TABLESAMPLE');
  const relation = sample === -1 ? item : item.slice(0, sample);
  const names = relation.filter((word) => word.depth === 0 && /^["\p{L}_]/u.test(word.text));
  return names.at(-1)?.text ?? null;
}

/** How `pg_get_functiondef` quotes a body. */
const bodyQuote = /\$(?:function|procedure)x*\$/g;

/** Languages in which layout and comments mean nothing. */
const freeLayout: ReadonlySet<string> = new Set(['sql', 'plpgsql']);

/**
 * The definition of a routine without the layout, the comments and the case of unquoted words, where its language does
 * not care for them: whoever writes a function back with other line breaks or spelling of keywords has restored it.
 */
export function comparableBody({ language, definition }: Pick<Routine, 'language' | 'definition'>): string {
  if (!freeLayout.has(language)) return definition;
  const text = definition.replaceAll(bodyQuote, ' ');
  return tokensOf(text)
    .filter((token) => token.kind !== 'space' && token.kind !== 'comment')
    .map((token) => {
      const piece = text.slice(token.start, token.end);
      return token.kind === 'word' ? piece.toLowerCase() : piece;
    })
    .join(' ');
}
