import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { FirstOf } from './first-of.tsx';

const shown = (count: number): string => {
  const things = Array.from({ length: count }, (_, at) => at);
  const props = { things, atOnce: 3, keyOf: String, children: (thing: number) => `(${thing})` };
  return renderToStaticMarkup(createElement(FirstOf<number>, props)).replaceAll(/<[^>]+>/g, '');
};

it('shows the first of many things and says how many more there are', () => {
  expect(shown(3)).toBe('(0)(1)(2)');
  expect(shown(5)).toBe('(0)(1)(2)Show 2 more');
  expect(shown(300)).toBe('(0)(1)(2)Show 3 of 297 more');
});
