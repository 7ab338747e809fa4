import { byObject } from '../sql/by-object.ts';
import { as } from '../sql/nodes.ts';
import { parseScript, type Script, type Statement } from '../sql/parser.ts';
import { type Token, tokensOf } from '../sql/tokens.ts';
import { batchesOf, type TransactionMode } from '../sql/transactions.ts';
import { executedText } from './executed-text.ts';
import type { SourceRange } from './statement-source.ts';

/** A statement in a block: where it stands, and its SQL, which is no longer than that. */
type ReadStatement = SourceRange & { readonly sql: string };

/** A `DO` block as far as its text tells what it runs. */
export type ReadBlock = {
  /** The statements that stand in the block, and what it executes as far as that is known, each with its SQL. */
  readonly statements: readonly ReadStatement[];
  /** True when it also runs what is only known while it runs. */
  readonly dynamic: boolean;
};

const openers: ReadonlySet<string> = new Set(['BEGIN', 'THEN', 'ELSE', 'LOOP']);

const starters: ReadonlySet<string> = new Set(
  'ALTER CREATE DROP UPDATE DELETE INSERT TRUNCATE REINDEX REFRESH CLUSTER LOCK COMMENT GRANT REVOKE MERGE PERFORM'.split(
    ' ',
  ),
);

const meaningful = (text: string, within: SourceRange): readonly Token[] =>
  tokensOf(text, within.start, within.end).filter(({ kind }) => kind !== 'space' && kind !== 'comment');

/** What stands between the quotes of a string token. */
const insideOf = (text: string, token: Token): SourceRange => {
  const tag = /^\$[^$]*\$/.exec(text.slice(token.start, token.end))?.[0].length ?? 1;
  return { start: token.start + tag, end: token.end - tag };
};

const parses = (sql: string): boolean => {
  const script = parseScript(sql);
  return script.ok && script.value.statements.length === 1;
};

/** In a text between single quotes each quote is doubled; one of the two becomes a blank, so that no place moves. */
const undoubled = (sql: string): string => {
  let opens = false;
  return sql.replaceAll("''", () => {
    opens = !opens;
    return opens ? " '" : "' ";
  });
};

/** The tokens of a block's body but for spaces and comments. */
type Words = {
  readonly length: number;
  /** A word or symbol in capitals; empty for other tokens, and beyond the ends. */
  readonly upper: (at: number) => string;
  readonly token: (at: number) => Token | undefined;
  /** From the first of these tokens to before the last. */
  readonly rangeOf: (from: number, to: number) => SourceRange;
  readonly text: (from: number, to: number) => string;
};

const wordsIn = (text: string, inside: SourceRange): Words => {
  const tokens = meaningful(text, inside);
  const uppers = tokens.map(({ kind, start, end }) =>
    kind === 'word' || kind === 'symbol' ? text.slice(start, end).toUpperCase() : '',
  );
  const rangeOf = (from: number, to: number) => ({
    start: tokens[from]?.start ?? inside.end,
    end: tokens[to - 1]?.end ?? inside.end,
  });
  return {
    length: tokens.length,
    token: (at) => tokens[at],
    upper: (at) => uppers[at] ?? '',
    rangeOf,
    text: (from, to) => text.slice(rangeOf(from, to).start, rangeOf(from, to).end),
  };
};

/** The variables that a block gives a text where it declares them, and nowhere else another one. */
const declaredTexts = ({ length, upper, text }: Words): ReadonlyMap<string, string> => {
  const values = new Map<string, string>();
  const changed = new Set<string>();
  let declares = upper(0) === 'DECLARE';
  for (let at = 0; at < length; at += 1) {
    if (upper(at) === 'BEGIN') declares = false;
    if (upper(at) === 'DECLARE') declares = true;
    const name = upper(at).toLowerCase();
    if (upper(at - 1) === 'INTO' || upper(at - 1) === 'FOR' || upper(at - 1) === 'FOREACH') changed.add(name);
    const begins = upper(at - 1) === ';' || openers.has(upper(at - 1)) || upper(at - 1) === 'DECLARE';
    if (!begins) continue;
    let end = at;
    while (end < length && upper(end) !== ';') end += 1;
    const assigns = Array.from({ length: end - at }, (_, i) => at + i).find(
      (i) => upper(i) === ':=' || upper(i) === ':' || (declares && upper(i) === 'DEFAULT'),
    );
    const given = assigns === undefined ? null : /^:?=?\s*'((?:[^']|'')*)'$/.exec(text(assigns + 1, end).trim());
    if (declares && given !== null) values.set(name, (given[1] ?? '').replaceAll("''", "'"));
    else if (!declares && assigns === at + 1) changed.add(name);
  }
  return new Map([...values].filter(([name]) => !changed.has(name)));
};

/** Where a text that is not written out can stand within what it is put together from: on one line of it. */
const placeFor = (text: string, within: SourceRange, sql: string): ReadStatement | null => {
  for (let start = within.start; start < within.end; ) {
    const found = text.slice(start, within.end).search(/[\r\n]/);
    const end = found < 0 ? within.end : start + found;
    if (end - start >= sql.length) return { start, end: within.end, sql };
    start = end + 1;
  }
  return null;
};

/** What an `EXECUTE` runs, the tokens from `at` to before `end`; null when that is not known. */
const executedBy = (
  { upper, token, rangeOf, text }: Words,
  source: string,
  [at, end]: readonly [number, number],
  values: ReadonlyMap<string, string>,
): (ReadStatement & { readonly complete: boolean }) | null => {
  const literal = token(at + 1);
  let to = at + 1;
  let depth = 0;
  for (; to < end && (depth > 0 || !/^(?:INTO|USING)$/.test(upper(to))); to += 1)
    depth += upper(to) === '(' ? 1 : upper(to) === ')' ? -1 : 0;
  if (literal?.kind === 'string' && to === at + 2) {
    const range = insideOf(source, literal);
    const sql = undoubled(source.slice(range.start, range.end));
    return parses(sql) ? { ...range, sql, complete: true } : null;
  }
  const executed = executedText(text(at + 1, to), values);
  if (executed === null) return null;
  const sql = executed.sql.replace(/[\s;]+$/, '').replaceAll(/[\r\n]/g, ' ');
  const within = rangeOf(at, end);
  const placed = placeFor(source, within, sql) ?? placeFor(source, within, sql.replaceAll(/"%[^"]+"/g, '"%"'));
  return placed === null ? null : { ...placed, complete: executed.complete };
};

const readDo = ({ node, text }: Statement): ReadBlock | null => {
  const block = as(node, 'DoStmt');
  if (block === undefined) return null;
  const language = block.args?.map((arg) => as(arg, 'DefElem')).find((option) => option?.defname === 'language');
  const name = as(language?.arg, 'String')?.sval ?? 'plpgsql';
  const body = meaningful(text, { start: 0, end: text.length }).find(({ kind }) => kind === 'string');
  if (name !== 'plpgsql' || body === undefined) return null;
  const words = wordsIn(text, insideOf(text, body));
  const { length, upper, rangeOf } = words;
  const values = declaredTexts(words);
  const statements: ReadStatement[] = [];
  let dynamic = false;
  for (let at = 0; at < length; at += 1) {
    if (at > 0 && upper(at - 1) !== ';' && !openers.has(upper(at - 1))) continue;
    let end = at + 1;
    while (end < length && upper(end) !== ';') end += 1;
    if (end === length) continue;
    if (upper(at) === 'EXECUTE') {
      const executed = executedBy(words, text, [at, end], values);
      if (executed !== null) statements.push(executed);
      dynamic ||= executed?.complete !== true;
    } else if (starters.has(upper(at))) {
      const range = rangeOf(at, end);
      // PERFORM is a SELECT whose rows nobody looks at.
      const sql = undoubled(text.slice(range.start, range.end)).replace(/^PERFORM/i, 'SELECT ');
      if (parses(sql)) statements.push({ ...range, sql });
      else dynamic = true;
    }
  }
  return { statements, dynamic };
};

/**
 * Reads the PL/pgSQL of a `DO` statement, with places in the statement's own text; null for any other statement, and for
 * another language.
 */
export const readBlock = byObject(10, readDo);

/** Where `length` characters follow each other on one line. */
const roomFor = (characters: readonly string[], length: number, from: number, to: number): number | null => {
  for (let at = from; at + length <= to; at += 1)
    if (characters.slice(at, at + length).every((character) => character === ' ')) return at;
  return null;
};

/**
 * The script with its `DO` blocks opened: every other character of a block is blanked, so that the statements in it
 * stand on their own, each in its old place, and in a transaction as the block is one. Null when there is none.
 */
export const openBlocks = (script: Script, mode: TransactionMode): Script | null => {
  if (!script.statements.some(({ node }) => 'DoStmt' in node)) return null;
  const characters = script.text.split('');
  const batches = batchesOf(script.statements, mode);
  let opened = false;
  for (const statement of script.statements) {
    const inside = (readBlock(statement)?.statements ?? []).map(({ sql, start, end }) => ({
      sql,
      start: statement.start + start,
      end: statement.start + end,
    }));
    const [first] = inside;
    const last = inside.at(-1);
    if (first === undefined || last === undefined) continue;
    opened = true;
    for (let at = statement.start; at < statement.end; at += 1)
      if (!/[\r\n]/.test(characters[at] ?? '')) characters[at] = ' ';
    for (const { start, end, sql } of inside) {
      for (let at = start; at < end; at += 1)
        if (!/[\r\n]/.test(characters[at] ?? '')) characters[at] = sql[at - start] ?? ' ';
      const close = script.text.indexOf(';', end);
      characters[close] = ';';
    }
    if (batches[statement.index]?.number != null) continue;
    const begin = roomFor(characters, 5, statement.start, first.start);
    const mark = begin === null ? null : roomFor(characters, 1, begin + 5, first.start);
    const end = roomFor(characters, 3, script.text.indexOf(';', last.end) + 1, statement.end);
    if (begin === null || mark === null || end === null) continue;
    characters.splice(begin, 5, ...'BEGIN');
    characters[mark] = ';';
    characters.splice(end, 3, ...'END');
  }
  if (!opened) return null;
  const parsed = parseScript(characters.join(''));
  return parsed.ok ? parsed.value : null;
};
