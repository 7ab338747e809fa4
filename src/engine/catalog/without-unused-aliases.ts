import { type Token, tokensOf } from '../sql/tokens.ts';

/** A function in FROM whose columns have names: `f(…) r(a, b)`. */
const namedColumns = /\) (?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\d_$]*)\((?:"|\p{L}|_)/u;

/**
 * A query as the server wrote it, without the last names that it gives to the columns of a function in FROM and uses
 * nowhere: a query says as many as the row type had when it was made, and the same query made again as many as it has now.
 */
export function withoutUnusedAliases(query: string): string {
  if (!namedColumns.test(query)) return query;
  const words = tokensOf(query)
    .filter(({ kind }) => kind !== 'space' && kind !== 'comment')
    .map((token) => ({ token, text: query.slice(token.start, token.end) }));
  let result = '';
  let done = 0;
  for (const list of aliasLists(words)) {
    const kept = 1 + list.names.findLastIndex(({ text }) => isUsed(text, list, words));
    const [last, from] = [list.names.at(-1), list.names[Math.max(kept, 1) - 1]];
    if (last === undefined || from === undefined || last === from) continue;
    result += query.slice(done, from.token.end);
    done = last.token.end;
  }
  return result + query.slice(done);
}

type Word = { readonly token: Token; readonly text: string };
type AliasList = {
  readonly alias: string;
  readonly start: number;
  readonly end: number;
  readonly names: readonly Word[];
};

function aliasLists(words: readonly Word[]): readonly AliasList[] {
  const open: number[] = [];
  return words.flatMap(({ text }, at): AliasList[] => {
    if (text === '(') open.push(at);
    if (text !== ')') return [];
    const [before, alias] = [words[(open.pop() ?? 0) - 1], words[at + 1]];
    // The server writes keywords in capitals: this is a function's name.
    const isFunction = before !== undefined && isName(before) && /[^A-Z_]/.test(before.text);
    if (!isFunction || alias === undefined || !isName(alias) || words[at + 2]?.text !== '(') return [];
    const names: Word[] = [];
    for (let next = at + 3; ; next += 2) {
      const [name, then] = [words[next], words[next + 1]?.text];
      // With types behind the names they are what makes the columns.
      if (name === undefined || !isName(name) || (then !== ',' && then !== ')')) return [];
      names.push(name);
      if (then === ')') return [{ alias: alias.text, start: at + 3, end: next + 1, names }];
    }
  });
}

const isName = ({ token }: Word): boolean => token.kind === 'word' || token.kind === 'quoted identifier';

/** True where the name stands anywhere else, except as a name for something new or of something else. */
const isUsed = (name: string, list: AliasList, words: readonly Word[]): boolean =>
  words.some(({ text }, at) => {
    if (text !== name || (at >= list.start && at < list.end)) return false;
    const before = words[at - 1]?.text;
    return before === '.' ? words[at - 2]?.text === list.alias : before !== 'AS';
  });
