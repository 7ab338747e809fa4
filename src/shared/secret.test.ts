import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './secret.ts';

const secret = new Secret('pa55-wörd');

test('a secret gives its value only when it is asked to reveal it', () => {
  expect(secret.reveal()).toBe('pa55-wörd');
});

test.each([
  ['in a template', `${secret}`],
  ['as JSON', JSON.stringify({ password: secret })],
  ['inspected', inspect({ password: secret }, { showHidden: true, depth: 5 })],
  ['cloned', inspect(structuredClone({ password: secret }))],
  ['spread', JSON.stringify({ ...secret })],
])('a secret does not show %s', (_how, text) => {
  expect(text).not.toContain('pa55');
});
