import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test.each([
  ['an escape sequence', 'a\u001B[2Kb', 'a\uFFFD[2Kb'],
  ['a carriage return and a bell', 'a\rb\u0007', 'a\uFFFDb\uFFFD'],
  ['a control of eight bits', 'a\u009B31mb', 'a\uFFFD31mb'],
  ['another direction of writing', 'a\u202Eb\u2066c', 'a\uFFFDb\uFFFDc'],
  ['what people write', '\tä „é“ 🐘\nשלום', '\tä „é“ 🐘\nשלום'],
])('%s', (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});
