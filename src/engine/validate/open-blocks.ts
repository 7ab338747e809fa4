import { as } from '../sql/nodes.ts';
import { parseScript, type Script, type Statement } from '../sql/parser.ts';
import { type Token, tokensOf } from '../sql/tokens.ts';
import { batchesOf, type TransactionMode } from '../sql/transactions.ts';
import type { SourceRange } from './statement-source.ts';

/** A `DO` block as far as its text tells what it runs. */
export type ReadBlock = {
  /** The statements that stand in the block, those of `EXECUTE 'text'` included. */
  readonly statements: readonly SourceRange[];
  /** True when it also runs what is only put together while it runs. */
  readonly dynamic: boolean;
};

const openers: ReadonlySet<string> = new Set(['BEGIN', 'THEN', 'ELSE', 'LOOP']);

const starters: ReadonlySet<string> = new Set(
  'ALTER CREATE DROP UPDATE DELETE INSERT TRUNCATE REINDEX REFRESH CLUSTER LOCK COMMENT GRANT REVOKE MERGE'.split(' '),
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

/** Reads the PL/pgSQL of a `DO` statement; null for any other statement, and for another language. */
export const readBlock = (text: string, statement: Statement): ReadBlock | null => {
  const block = as(statement.node, 'DoStmt');
  if (block === undefined) return null;
  const language = block.args?.map((arg) => as(arg, 'DefElem')).find((option) => option?.defname === 'language');
  const name = as(language?.arg, 'String')?.sval ?? 'plpgsql';
  const body = meaningful(text, statement).find(({ kind }) => kind === 'string');
  if (name !== 'plpgsql' || body === undefined) return null;
  const inside = insideOf(text, body);
  const tokens = meaningful(text, inside);
  const upper = (at: number) => {
    const token = tokens[at];
    return token?.kind === 'word' || token?.kind === 'symbol' ? text.slice(token.start, token.end).toUpperCase() : '';
  };
  const statements: SourceRange[] = [];
  let dynamic = false;
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i];
    if (token === undefined || (i > 0 && upper(i - 1) !== ';' && !openers.has(upper(i - 1)))) continue;
    let end = i + 1;
    while (end < tokens.length && upper(end) !== ';') end += 1;
    const last = tokens[end - 1];
    if (end === tokens.length || last === undefined) continue;
    const literal = tokens[i + 1];
    if (upper(i) === 'EXECUTE' && literal?.kind === 'string' && end === i + 2) {
      statements.push(insideOf(text, literal));
    } else if (upper(i) === 'EXECUTE') dynamic = true;
    else if (starters.has(upper(i))) statements.push({ start: token.start, end: last.end });
  }
  const readable = statements.filter((range) => parses(undoubled(text.slice(range.start, range.end))));
  return { statements: readable, dynamic: dynamic || readable.length < statements.length };
};

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
    const block = readBlock(script.text, statement);
    const [first] = block?.statements ?? [];
    const last = block?.statements.at(-1);
    if (block === null || first === undefined || last === undefined) continue;
    opened = true;
    for (let at = statement.start; at < statement.end; at += 1)
      if (!/[\r\n]/.test(characters[at] ?? '')) characters[at] = ' ';
    for (const { start, end } of block.statements) {
      const sql = undoubled(script.text.slice(start, end));
      for (let at = start; at < end; at += 1) characters[at] = sql[at - start] ?? ' ';
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
