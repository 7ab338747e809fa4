import { as } from '../sql/nodes.ts';
import { parseScript, type Statement } from '../sql/parser.ts';
import { tokensOf } from '../sql/tokens.ts';
import type { SourceRange } from './statement-source.ts';

/** A change of rows that a loop in a `DO` block repeats, none of them committed before the block ends. */
export type LoopedChange = { readonly node: Statement['node']; readonly range: SourceRange };

type Word = SourceRange & { readonly text: string };

const changes: ReadonlySet<string> = new Set(['UPDATE', 'DELETE', 'INSERT', 'MERGE']);

/** Loops over what is written out, over a few numbers or over catalogs go round a few times. */
const isShort = (header: string): boolean => {
  if (/^FOREACH\b|\bpg_|\binformation_schema\b|\bunnest\b|\bVALUES\b|\bARRAY\b/i.test(header)) return true;
  const [, from, to] = /\bIN\s+(\d+)\s*\.\.\s*(\d+)\s*$/i.exec(header) ?? [];
  return from !== undefined && Number(to) - Number(from) < 100;
};

const beginners: ReadonlySet<string> = new Set([';', 'BEGIN', 'LOOP', 'THEN']);
const openers: ReadonlySet<string> = new Set([...beginners, 'ELSE']);

/** What stands between the start of a loop's statement and its `LOOP`, the word at `at`. */
const headerOf = (text: string, words: readonly Word[], at: number): string => {
  let first = at;
  while (first > 0 && !beginners.has(words[first - 1]?.text ?? '')) first -= 1;
  return text.slice(words[first]?.start ?? 0, words[at]?.start).trim();
};

const wordsOf = (text: string, within: SourceRange): readonly Word[] =>
  tokensOf(text, within.start, within.end)
    .filter(({ kind }) => kind !== 'space' && kind !== 'comment')
    .map(({ start, end }) => ({ start, end, text: text.slice(start, end).toUpperCase() }));

/**
 * The changes of rows that a `DO` block makes again and again in one transaction. None when the block commits between
 * them, and none for a block in another language.
 */
export function loopedChanges(text: string, statement: Statement): readonly LoopedChange[] {
  if (as(statement.node, 'DoStmt') === undefined) return [];
  const body = tokensOf(text, statement.start, statement.end).find(({ kind }) => kind === 'string');
  if (body === undefined) return [];
  const tag = /^\$[^$]*\$/.exec(text.slice(body.start, body.end))?.[0].length ?? 1;
  const words = wordsOf(text, { start: body.start + tag, end: body.end - tag });
  if (words.some((word, at) => word.text === 'COMMIT' && words[at + 1]?.text === ';')) return [];
  const found: LoopedChange[] = [];
  let long = 0;
  const open: boolean[] = [];
  for (const [at, word] of words.entries()) {
    const previous = words[at - 1]?.text ?? '';
    if (word.text === 'LOOP') {
      if (previous === 'END') long -= open.pop() === true ? 1 : 0;
      else {
        const isLong = !isShort(headerOf(text, words, at));
        open.push(isLong);
        long += isLong ? 1 : 0;
      }
    }
    if (long === 0 || !openers.has(previous) || !changes.has(word.text)) continue;
    let end = at + 1;
    while (end < words.length && words[end]?.text !== ';') end += 1;
    const last = words[end - 1];
    if (end === words.length || last === undefined) continue;
    const range = { start: word.start, end: last.end };
    const script = parseScript(text.slice(range.start, range.end));
    const node = script.ok ? script.value.statements[0]?.node : undefined;
    if (node !== undefined) found.push({ node, range });
  }
  return found;
}
