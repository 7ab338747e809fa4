import type { Catalog, ObjectName } from '../../catalog/catalog.ts';
import type { Word } from './words.ts';

/** What is being read, and what was learned on the way about why it could not be read. */
export type Input = {
  readonly request: string;
  readonly words: readonly Word[];
  readonly catalog: Catalog;
  /** The table and column that "it" means. */
  readonly context: { readonly table: ObjectName | null; readonly column: string | null };
  /** Remembers a reason that reading stopped at a word; the furthest one is told to the user. */
  readonly miss: (at: number, reason: string) => void;
  /** Remembers how far any reading came. */
  readonly reached: (at: number) => void;
};

/** One way to read the words from some position: what it means, and the position after it. */
export type Reading<T> = { readonly value: T; readonly at: number };

/** Yields every way to read something at a position, the likeliest first; nothing when it cannot be read. */
export type Parse<T> = (input: Input, at: number) => Iterable<Reading<T>>;

/** Reads one phrase of plain words. */
export function phrase(text: string): Parse<string> {
  const parts = text.split(' ');
  return function* (input, at) {
    for (const [index, part] of parts.entries()) {
      if (input.words[at + index]?.plain !== part) return;
      input.reached(at + index + 1);
    }
    yield { value: text, at: at + parts.length };
  };
}

/** Reads any of several things, in the order given. */
export function either<T>(...choices: readonly Parse<T>[]): Parse<T> {
  return function* (input, at) {
    for (const choice of choices) yield* choice(input, at);
  };
}

/** Turns what was read into something else; `null` drops the reading. */
export function map<T, U>(parse: Parse<T>, change: (value: T, input: Input, at: number) => U | null): Parse<U> {
  return function* (input, at) {
    for (const reading of parse(input, at)) {
      const value = change(reading.value, input, at);
      if (value !== null) yield { value, at: reading.at };
    }
  };
}

/** Reads one or more things with a separator between them, the longest list first; `limit` bounds the search. */
export function list<T>(item: Parse<T>, separator: Parse<unknown>, limit = 24): Parse<readonly T[]> {
  return function* read(input, at): Iterable<Reading<readonly T[]>> {
    for (const first of item(input, at)) {
      if (limit > 1) {
        for (const between of separator(input, first.at)) {
          for (const rest of list(item, separator, limit - 1)(input, between.at)) {
            yield { value: [first.value, ...rest.value], at: rest.at };
          }
        }
      }
      yield { value: [first.value], at: first.at };
    }
  };
}
