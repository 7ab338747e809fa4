import { expect, test } from 'vitest';
import { useNavigation } from './navigation.ts';
import { remedyFor } from './remedies.ts';
import { activeTab } from './tabs.ts';

test('a screen carries out its own remedy with what the error says', () => {
  const asked: string[] = [];
  const run = remedyFor(
    { kind: 'use-request', request: 'add a column' },
    { 'use-request': ({ request }) => asked.push(request) },
  );
  run?.();
  expect(asked).toEqual(['add a column']);
});

test('a remedy that goes somewhere works on every screen', () => {
  remedyFor({ kind: 'enter-api-key' }, {})?.();
  expect(activeTab(useNavigation.getState()).kind).toBe('settings');
  expect(useNavigation.getState().settingsSection).toBe('model');
});

test('a remedy that nobody here can carry out has no button', () => {
  expect(remedyFor({ kind: 'show-differences' }, {})).toBeNull();
});
