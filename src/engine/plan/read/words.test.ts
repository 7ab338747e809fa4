import { describe, expect, it } from 'vitest';
import { wordsOf } from './words.ts';

const kinds = (text: string) => wordsOf(text).map((word) => `${word.kind}:${word.text}`);

describe('the words of a request', () => {
  it('keep quoted names, strings and numbers whole', () => {
    expect(kinds(`add "My ""Col""" with default 'it''s' or -2.5`)).toEqual([
      'word:add',
      'quoted:My "Col"',
      'word:with',
      'word:default',
      "string:it's",
      'word:or',
      'symbol:-',
      'number:2.5',
    ]);
  });

  it('see the owner in a possessive, and leave contractions alone', () => {
    const words = wordsOf("film's title can't be customers' fault");
    expect(words.map((word) => [word.plain, word.possessive])).toEqual([
      ['film', true],
      ['title', false],
      ["can't", false],
      ['be', false],
      ['customers', false],
      ['fault', false],
    ]);
  });

  it('take typographic quotes for quotes', () =>
    expect(kinds('“Odd Table” ‘new’')).toEqual(['quoted:Odd Table', 'string:new']));

  it('say where they stand', () => {
    const text = 'größe 😀 "ß"';
    for (const word of wordsOf(text)) expect(text.slice(word.start, word.end)).toContain(word.text);
  });
});
