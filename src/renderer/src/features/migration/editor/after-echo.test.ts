import { expect, it } from 'vitest';
import { afterEcho } from './after-echo.ts';

it('takes a text that was typed here for an echo, also when more has been typed since', () => {
  expect(afterEcho(['a', 'ab', 'abc'], 'a')).toEqual(['ab', 'abc']);
  // Some echoes never come: several keys may be drawn at once.
  expect(afterEcho(['ab', 'abc'], 'abc')).toEqual([]);
});

it('takes every other text for news', () => {
  expect(afterEcho(['a', 'ab'], 'select 1;')).toBeNull();
  expect(afterEcho([], '')).toBeNull();
});
