import { expect, it } from 'vitest';
import { inWords } from './not-modelled.ts';

const of = (kind: string, ...names: readonly string[]) => names.map((name) => ({ kind, name }));

it('says of each kind how many there are, and names a few', () => {
  expect(
    inWords([
      ...of('operator family', 'b', 'a'),
      ...of('index added to the table of an extension', 'one', 'two', 'three', 'four'),
      ...of('large object', '4711'),
      ...of('access method', 'x', 'y'),
      ...of('rule added to the table of an extension', 'r'),
    ]),
  ).toEqual([
    '1 large object (4711)',
    '1 rule added to the table of an extension (r)',
    '2 access methods (x, y)',
    '2 operator families (a, b)',
    '4 indexes added to the table of an extension (four, one, three, …)',
  ]);
});

it('counts what one of them stands for', () => {
  const last = { kind: 'large object', name: '4', count: 1_999_997 };
  expect(inWords([...of('large object', '1', '2', '3'), last])).toEqual(['2000000 large objects (1, 2, 3, …)']);
});

it('speaks of parts as parts', () => {
  expect(inWords(of('the options of a user mapping', 'a'))).toEqual(['the options of 1 user mapping (a)']);
  expect(inWords(of('the options of a user mapping', 'a', 'b'))).toEqual(['the options of 2 user mappings (a, b)']);
});
