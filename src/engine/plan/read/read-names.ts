import type { Input, Parse, Reading } from './parse.ts';

/** A name as the user wrote it; `words` is how many words it took. */
export type SaidName = { readonly text: string; readonly quoted: boolean; readonly words: number };

// Words that hold a sentence together and are therefore never part of a name, unless it is quoted.
const structural = new Set(
  `a an the of in on from for to into onto with and or is are be been being as at by that which who where when must
  should shall can cannot could may might will would not never no if then also please it its this these those them
  they their our my your column columns field fields table tables called named default defaulting references
  referencing need needs get gets has have having add drop remove create rename delete type set make change so
  between without only unless because but instead index constraint before after`.split(/\s+/),
);

/** True for a word that can be (a part of) a name without quotes. */
export const isNameWord = (input: Input, at: number): boolean => {
  const word = input.words[at];
  return word?.kind === 'word' && !structural.has(word.plain) && !word.plain.includes("'");
};

/** Reads a name: one quoted name, or up to four words, the most words first. */
export const saidName: Parse<SaidName> = function* (input, at): Iterable<Reading<SaidName>> {
  const first = input.words[at];
  if (first === undefined) return;
  if (first.kind === 'quoted') {
    input.reached(at + 1);
    yield { value: { text: first.text, quoted: true, words: 1 }, at: at + 1 };
    return;
  }
  if (first.kind !== 'word') return;
  let count = 0;
  while (count < 4 && isNameWord(input, at + count)) {
    count += 1;
    // "customer's email": the owner and what it owns are two names.
    if (input.words[at + count - 1]?.possessive) break;
  }
  if (count > 0) input.reached(at + 1);
  for (let length = count; length > 0; length--) {
    const parts = input.words.slice(at, at + length).map((word) => word.text);
    yield { value: { text: parts.join('_').replaceAll('-', '_'), quoted: false, words: length }, at: at + length };
  }
};

const touches = (input: Input, at: number): boolean => {
  const [before, dot, after] = [input.words[at - 1], input.words[at], input.words[at + 1]];
  return dot?.plain === '.' && before?.end === dot.start && dot.end === after?.start;
};

/** Reads names joined by dots without spaces, `schema.table.column`; at least two. */
export const dottedName: Parse<readonly SaidName[]> = function* (input, at): Iterable<Reading<readonly SaidName[]>> {
  const names: SaidName[] = [];
  let position = at;
  for (;;) {
    const word = input.words[position];
    if (word?.kind !== 'word' && word?.kind !== 'quoted') break;
    names.push({ text: word.text, quoted: word.kind === 'quoted', words: 1 });
    position += 1;
    if (!touches(input, position)) break;
    position += 1;
  }
  if (names.length < 2) return;
  input.reached(position);
  yield { value: names, at: position };
};

/**
 * The name that PostgreSQL would give to what the user wrote: quoted names as they are, others in lower case, except
 * that capitals inside a word are kept, because somebody who writes `emailVerified` means them.
 */
export function newName(said: SaidName): string {
  if (said.quoted || /[\p{Ll}\p{N}]\p{Lu}/u.test(said.text)) return said.text;
  return said.text.toLowerCase();
}
