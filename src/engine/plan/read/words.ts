/** A piece of a request in plain English; `start` and `end` are UTF-16 offsets in the request. */
export type Word = {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol';
  /** The word as written, without quotes and without a possessive ending. */
  readonly text: string;
  /** What patterns are compared with: lower case for words, empty for quoted names and strings. */
  readonly plain: string;
  readonly start: number;
  readonly end: number;
  /** True for "film's". */
  readonly possessive: boolean;
};

const patterns = {
  quoted: /"(?:[^"]|"")+"|`[^`]+`|“[^”]+”/y,
  string: /'(?:[^']|'')*'(?![\p{L}\p{N}])|‘[^’]*’(?![\p{L}\p{N}])/uy,
  number: /\d+(?:\.\d+)?/y,
  word: /[\p{L}_][\p{L}\p{N}_$]*(?:[-'’][\p{L}\p{N}]+)*/uy,
  operator: /<=|>=|<>|!=|::|\|\||[^\s]/uy,
} as const;

const at = (pattern: RegExp, text: string, position: number): string | null => {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0] ?? null;
};

const unquote = (text: string): string => {
  const inner = text.slice(1, -1);
  return text.startsWith('"') ? inner.replaceAll('""', '"') : inner.replaceAll("''", "'");
};

function wordAt(text: string, position: number): Word {
  const make = (kind: Word['kind'], raw: string, value: string, plain: string, possessive = false): Word => ({
    kind,
    text: value,
    plain,
    start: position,
    end: position + raw.length,
    possessive,
  });
  const quoted = at(patterns.quoted, text, position);
  if (quoted !== null) return make('quoted', quoted, unquote(quoted), '');
  const afterWord = /[\p{L}\p{N}]$/u.test(text.slice(0, position));
  const string = afterWord ? null : at(patterns.string, text, position);
  if (string !== null) return make('string', string, unquote(string), '');
  const number = at(patterns.number, text, position);
  if (number !== null) return make('number', number, number, number);
  const word = at(patterns.word, text, position);
  if (word !== null) {
    const stem = word.replace(/['’]s$/iu, '');
    const isContraction = /^(?:it|that|there|let|what|who)$/iu.test(stem);
    const possessive = stem !== word && !isContraction;
    const kept = possessive ? stem : word;
    return make('word', word, kept, kept.toLowerCase().replaceAll('’', "'"), possessive);
  }
  const symbol = at(patterns.operator, text, position) ?? '';
  return make('symbol', symbol, symbol, symbol);
}

/** Cuts a request into words, quoted names, strings, numbers and symbols; white space is dropped. */
export function wordsOf(request: string): readonly Word[] {
  const words: Word[] = [];
  for (let position = 0; position < request.length; ) {
    if (/\s/.test(request[position] ?? '')) {
      position += 1;
      continue;
    }
    const word = wordAt(request, position);
    // The apostrophe that is left of "customers' e-mail" says nothing more than the plural does.
    if (word.kind !== 'symbol' || !/^['’]$/.test(word.text)) words.push(word);
    position = word.end;
  }
  return words;
}
