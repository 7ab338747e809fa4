import { type Input, type Parse, phrase, type Reading } from './parse.ts';

/** The things that patterns can name between angle brackets, with what each of them means. */
export type SlotParsers<Slots> = { readonly [Name in keyof Slots]: Parse<Slots[Name]> };

/** What a pattern found. Labels are the slot's name unless the pattern gives another. */
export type Found<Slots> = {
  /** The value of a slot that the pattern always fills. */
  one<Name extends keyof Slots & string>(name: Name, label?: string): Slots[Name];
  /** The value of a slot that the pattern may fill. */
  maybe<Name extends keyof Slots & string>(name: Name, label?: string): Slots[Name] | null;
  /** The words under a `{label: …}`, or null. */
  words(label: string): string | null;
};

type Captures = readonly (readonly [label: string, value: unknown])[];

type Piece =
  | { readonly kind: 'phrase'; readonly text: string }
  | { readonly kind: 'slot'; readonly name: string; readonly label: string }
  | {
      readonly kind: 'group';
      readonly choices: readonly (readonly Piece[])[];
      readonly label: string | null;
      readonly times: '1' | '?' | '*';
    };

// Round brackets group, so square ones stand for the brackets of SQL.
const brackets: Readonly<Record<string, string>> = { '[': '(', ']': ')' };

const symbols = /\(|\)[?*]?|\{[a-z]+:|\}[?*]?|\||<[a-zA-Z]+(?::[a-zA-Z]+)?>|[^\s()|{}<>]+/g;

/**
 * Compiles the small language of request patterns: words stand for themselves, `(a b|c)` is a choice, `?` and `*` make
 * it optional or repeated, `<slot>` and `<slot:label>` read a slot, `{label: a|b}` keeps which words were read.
 */
export function compile<Slots>(source: string, slots: SlotParsers<Slots>): Parse<Found<Slots>> {
  const tokens = source.match(symbols) ?? [];
  let position = 0;

  function readChoices(): (readonly Piece[])[] {
    const choices: Piece[][] = [[]];
    for (;;) {
      const token = tokens[position];
      if (token === undefined || token.startsWith(')') || token.startsWith('}')) return choices;
      position += 1;
      const current = choices.at(-1) ?? [];
      if (token === '|') choices.push([]);
      else if (token === '(' || token.startsWith('{')) {
        const inner = readChoices();
        const close = tokens[position] ?? '';
        position += 1;
        const label = token === '(' ? null : token.slice(1, -1);
        const times = close.endsWith('?') ? '?' : close.endsWith('*') ? '*' : '1';
        current.push({ kind: 'group', choices: inner, label, times });
      } else if (token.startsWith('<')) {
        const [name = '', label = name] = token.slice(1, -1).split(':');
        if (!Object.hasOwn(slots, name)) throw new Error(`the pattern "${source}" names an unknown slot ${name}`);
        current.push({ kind: 'slot', name, label });
      } else current.push({ kind: 'phrase', text: brackets[token] ?? token });
    }
  }

  const choices = readChoices();
  if (position !== tokens.length) throw new Error(`the pattern "${source}" has a bracket too many`);
  const parsers = new Map<string, Parse<unknown>>(Object.entries(slots));

  function* readPiece(input: Input, piece: Piece, at: number): Iterable<Reading<Captures>> {
    switch (piece.kind) {
      case 'phrase':
        for (const read of phrase(piece.text)(input, at)) yield { value: [], at: read.at };
        return;
      case 'slot': {
        const parse = parsers.get(piece.name);
        if (parse === undefined) return;
        for (const read of parse(input, at)) yield { value: [[piece.label, read.value]], at: read.at };
        return;
      }
      case 'group':
        for (const choice of piece.choices) {
          for (const read of readSequence(input, choice, at)) {
            // A repeated group that reads nothing would repeat for ever.
            if (read.at === at && piece.times !== '1') continue;
            const text = input.words
              .slice(at, read.at)
              .map((word) => word.plain)
              .join(' ');
            const value: Captures = piece.label === null ? read.value : [...read.value, [piece.label, text]];
            if (piece.times === '*') {
              for (const more of readPiece(input, piece, read.at))
                yield { value: [...value, ...more.value], at: more.at };
            } else yield { value, at: read.at };
          }
        }
        if (piece.times !== '1') yield { value: [], at };
    }
  }

  function* readSequence(input: Input, pieces: readonly Piece[], at: number): Iterable<Reading<Captures>> {
    const [first, ...rest] = pieces;
    if (first === undefined) {
      yield { value: [], at };
      return;
    }
    for (const read of readPiece(input, first, at)) {
      for (const after of readSequence(input, rest, read.at)) {
        yield { value: [...read.value, ...after.value], at: after.at };
      }
    }
  }

  return function* (input, at) {
    for (const choice of choices) {
      for (const read of readSequence(input, choice, at)) {
        const captured = new Map(read.value);
        yield {
          value: {
            one: (name, label = name) => {
              if (!captured.has(label)) throw new Error(`the pattern "${source}" does not always fill ${label}`);
              return captured.get(label) as Slots[typeof name];
            },
            maybe: (name, label = name) => (captured.get(label) as Slots[typeof name] | undefined) ?? null,
            words: (label) => (captured.get(label) as string | undefined) ?? null,
          },
          at: read.at,
        };
      }
    }
  };
}
