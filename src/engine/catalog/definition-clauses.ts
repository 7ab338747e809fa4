import { type Token, tokensOf } from '../sql/tokens.ts';

/** A clause of a definition: what it is about, and its text. */
export type Clause = readonly [about: string, text: string];

/** How a clause begins: keywords outside brackets, or an opening bracket. */
type Beginning = readonly [about: string, ...openings: readonly string[]];

const checked: readonly Beginning[] = [
  ['deferrable', 'NOT DEFERRABLE', 'DEFERRABLE'],
  ['initially', 'INITIALLY'],
  ['enforced', 'NOT ENFORCED', 'ENFORCED'],
  ['validated', 'NOT VALID'],
];

const storage: readonly Beginning[] = [
  ['include', 'INCLUDE'],
  ['nulls not distinct', 'NULLS NOT DISTINCT'],
  ['storage options', 'WITH'],
  ['tablespace', 'USING INDEX TABLESPACE', 'TABLESPACE'],
  ['predicate', 'WHERE'],
];

/** In the order in which the server writes them. */
const beginnings: Readonly<Record<string, readonly Beginning[] | undefined>> = {
  constraint: [
    ['expression', 'CHECK'],
    ['columns', 'FOREIGN KEY', 'PRIMARY KEY', 'UNIQUE', 'NOT NULL', 'EXCLUDE'],
    ['references', 'REFERENCES'],
    ['match', 'MATCH'],
    ['on update', 'ON UPDATE'],
    ['on delete', 'ON DELETE'],
    ['no inherit', 'NO INHERIT'],
    ...storage,
    ...checked,
  ],
  index: [['unique', 'UNIQUE'], ['definition', 'INDEX'], ['method', 'USING'], ['keys', '('], ...storage],
  trigger: [
    ['timing', 'BEFORE', 'AFTER', 'INSTEAD OF'],
    ['definition', 'ON'],
    ['from', 'FROM'],
    ...checked,
    ['transition tables', 'REFERENCING'],
    ['level', 'FOR EACH'],
    ['condition', 'WHEN'],
    ['function', 'EXECUTE'],
  ],
};

const routine: readonly Beginning[] = [
  ['arguments', '('],
  ['result', 'RETURNS'],
  ['transforms', 'TRANSFORM'],
  ['language', 'LANGUAGE'],
  ['window', 'WINDOW'],
  ['volatility', 'IMMUTABLE', 'STABLE', 'VOLATILE'],
  ['parallel', 'PARALLEL'],
  ['leakproof', 'LEAKPROOF'],
  ['strict', 'STRICT'],
  ['security', 'SECURITY'],
  ['cost', 'COST'],
  ['rows', 'ROWS'],
  ['support', 'SUPPORT'],
  ['settings', 'SET'],
  ['body', 'AS', 'RETURN', 'BEGIN'],
];

/** Kinds whose clauses follow each other in no fixed order. */
const freeOrder: Readonly<Record<string, readonly Beginning[] | undefined>> = {
  function: routine,
  procedure: routine,
  'window function': routine,
};

/**
 * The definition as PostgreSQL wrote it, cut where a clause begins; the clauses in their order make up the whole text. The
 * server writes keywords in upper case and names in lower case or in quotes, so that one is never taken for the other.
 * What comes before the first clause, or is of a kind that is not cut, is called `definition`.
 */
export function clausesOf(kind: string, definition: string): readonly Clause[] {
  const fixed = beginnings[kind];
  const known = fixed ?? freeOrder[kind];
  if (known === undefined) return [['definition', definition]];
  const clauses: Clause[] = [];
  let about = 'definition';
  let start = 0;
  let next = 0;
  const seen = new Set<string>();
  for (const { at, words } of openings(definition)) {
    const found = known.findIndex(
      ([name, ...texts], index) =>
        (fixed === undefined ? !seen.has(name) : index >= next) && texts.some((text) => words.startsWith(`${text} `)),
    );
    const beginning = known[found];
    if (beginning === undefined) continue;
    if (at > start) clauses.push([about, definition.slice(start, at)]);
    [about] = beginning;
    seen.add(about);
    start = at;
    next = found + 1;
    if (about === 'body') break;
  }
  clauses.push([about, definition.slice(start)]);
  return clauses;
}

/** Where something stands outside brackets that may begin a clause, with the words that follow. */
function openings(text: string): readonly { readonly at: number; readonly words: string }[] {
  const tokens = tokensOf(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const textOf = (token: Token | undefined): string => (token === undefined ? '' : text.slice(token.start, token.end));
  const found: { at: number; words: string }[] = [];
  let depth = 0;
  tokens.forEach((token, index) => {
    const own = textOf(token);
    if (depth === 0 && (own === '(' || (token.kind === 'word' && /^[A-Z]+$/.test(own)))) {
      const words = [token, tokens[index + 1], tokens[index + 2]].map(textOf).join(' ');
      found.push({ at: token.start, words: `${words} ` });
    }
    if (own === '(' || own === '[') depth += 1;
    if (own === ')' || own === ']') depth -= 1;
  });
  return found;
}
