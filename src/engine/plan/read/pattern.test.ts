import { describe, expect, it } from 'vitest';
import { emptyCatalog } from '../../sql/empty-catalog.ts';
import type { Input, Parse } from './parse.ts';
import { compile } from './pattern.ts';
import { wordsOf } from './words.ts';

type Slots = { thing: string };
const thing: Parse<string> = function* (input, at) {
  const word = input.words[at];
  if (word !== undefined) yield { value: word.text, at: at + 1 };
};

const read = (pattern: string, text: string) => {
  const words = wordsOf(text);
  const input: Input = {
    request: text,
    words,
    catalog: emptyCatalog,
    context: { table: null, column: null },
    miss: () => {},
    reached: () => {},
  };
  return [...compile<Slots>(pattern, { thing })(input, 0)]
    .filter((reading) => reading.at === words.length)
    .map((reading) => reading.value);
};

describe('a pattern of words', () => {
  it('reads choices, options and repetitions', () => {
    for (const text of ['add x', 'create a x', 'add a new x', 'add a new new x please']) {
      expect(read('(add|create) (a|new)* <thing> please?', text).length, text).toBe(0);
      expect(read('(add|create) (a|new)* <thing> (please)?', text).length, text).toBeGreaterThan(0);
    }
    expect(read('(add|create) <thing>', 'drop x')).toEqual([]);
  });

  it('tells what stood in a slot and under a label', () => {
    const [found] = read('make <thing> {how: very quick|fast}? <thing:other>', 'make a very quick b');
    expect([found?.one('thing'), found?.words('how'), found?.one('thing', 'other')]).toEqual(['a', 'very quick', 'b']);
    expect(read('make <thing> {how: fast}?', 'make a')[0]?.words('how')).toBeNull();
  });

  it('reads the brackets of SQL where the pattern has square ones', () =>
    expect(read('t [ <thing> ]', 't (x)')).toHaveLength(1));

  it('refuses a pattern that is not one', () => {
    expect(() => compile<Slots>('<nothing>', { thing })).toThrow('unknown slot');
    expect(() => compile<Slots>('a)', { thing })).toThrow('bracket');
  });
});
