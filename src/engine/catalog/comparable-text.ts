import { type Token, tokensOf } from '../sql/tokens.ts';
import { unquoteIdentifier } from '../sql/unquote-identifier.ts';
import type { Routine } from './catalog.ts';
import { withoutUnusedAliases } from './without-unused-aliases.ts';

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

// `?column?` is what a column without a name is called; where the server writes it, such as in the second query of a UNION
// or in what a rule inserts, it leaves the name out, and reads back the name of the type that it wrote behind the value.
const namedByType =
  /(::((?:(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\d_$]*)\.)?(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\d_$]*(?: [a-z]+)*(?:\([\d, ]+\))?(?: [a-z]+)*))(?:\[\])*) AS ("(?:[^"]|"")+"|[\p{L}_][\p{L}\d_$]*)/gu;

/** Names in the grammar for types that have another one: https://www.postgresql.org/docs/18/datatype.html */
const typeNames: Readonly<Record<string, string | undefined>> = {
  bigint: 'int8',
  'bit varying': 'varbit',
  boolean: 'bool',
  character: 'bpchar',
  'character varying': 'varchar',
  'double precision': 'float8',
  integer: 'int4',
  real: 'float4',
  smallint: 'int2',
  'time with time zone': 'timetz',
  'time without time zone': 'time',
  'timestamp with time zone': 'timestamptz',
  'timestamp without time zone': 'timestamp',
};

const withoutNamesOfTypes = (text: string): string =>
  text.replace(namedByType, (whole, cast: string, type: string, name: string) => {
    const said = type.replace(/\([\d, ]+\)/, '');
    const own = typeNames[said] ?? (said.startsWith('interval ') ? 'interval' : unquoteIdentifier(lastName(said)));
    return own === unquoteIdentifier(name) ? cast : whole;
  });

const lastName = (path: string): string => /(?:"(?:[^"]|"")+"|[^".]+)$/.exec(path)?.[0] ?? path;

// A space that is there before VALUES where a list was read back, and the default of XMLSERIALIZE, written out since 16.
const withoutNewWords = (text: string): string =>
  text.replaceAll('( VALUES ', '(VALUES ').replaceAll(' NO INDENT)', ')');

/** A query that the server wrote, without the names that it read into it and those that grow with a row type. */
export const comparableQuery = (written: string): string =>
  withoutUnusedAliases(withoutNamesOfTypes(withoutNewWords(comparableExpression(written))));

/**
 * A view's query without the prefix of its columns where it reads from one relation only: servers before 16 write it
 * there, later ones do not. https://www.postgresql.org/docs/16/release-16.html
 * A list of values in the second query of a UNION is read back as a query of its own, with a space before it.
 */
export function comparableView(text: string): string {
  const expression = comparableQuery(text);
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

/**
 * The definition of a routine without what differs between servers in what they wrote of it: the defaults of parameters
 * and a body that is kept as a query. A body that is kept as a text is left as people wrote it.
 */
export function comparableRoutine({ definition }: Pick<Routine, 'definition'>): string {
  const body = definition.search(/^AS [$']/m);
  return body === -1
    ? comparableQuery(definition)
    : comparableExpression(definition.slice(0, body)) + definition.slice(body);
}

/** How `pg_get_functiondef` quotes a body. */
const bodyQuote = /\$(?:function|procedure)x*\$/g;

/** Languages in which layout and comments mean nothing. */
const freeLayout: ReadonlySet<string> = new Set(['sql', 'plpgsql']);

/**
 * The definition of a routine without the layout, the comments and the case of unquoted words, where its language does
 * not care for them: whoever writes a function back with other line breaks or spelling of keywords has restored it.
 */
export function comparableBody(routine: Pick<Routine, 'language' | 'definition'>): string {
  const written = comparableRoutine(routine);
  if (!freeLayout.has(routine.language)) return written;
  const text = written.replaceAll(bodyQuote, ' ');
  return tokensOf(text)
    .filter((token) => token.kind !== 'space' && token.kind !== 'comment')
    .map((token) => {
      const piece = text.slice(token.start, token.end);
      return token.kind === 'word' ? piece.toLowerCase() : piece;
    })
    .join(' ');
}
