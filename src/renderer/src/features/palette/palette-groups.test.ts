import { describe, expect, test } from 'vitest';
import { type PaletteEntry, paletteGroups, readQuery, withScope } from './palette-groups.ts';

const entry = (scope: PaletteEntry['scope'], group: string, title: string): PaletteEntry => ({
  id: title,
  scope,
  group,
  title,
  isEnabled: true,
});

const entries = [
  entry('objects', 'Objects', 'app.reviews'),
  entry('objects', 'Objects', 'app.orders'),
  entry('migrations', 'Migrations', 'Split review text'),
  entry('commands', 'Commands', 'Go to history'),
  entry('commands', 'This migration', 'Review version 4'),
];

const shown = (typed: string): [string, string[]][] =>
  paletteGroups(typed, entries).map((group) => [group.title, group.found.map((found) => found.entry.title)]);

describe('groups of the palette', () => {
  test('come in a fixed order, whatever the order of the entries', () => {
    expect(shown('rev')).toEqual([
      ['This migration', ['Review version 4']],
      ['Objects', ['app.reviews']],
      ['Migrations', ['Split review text']],
    ]);
  });

  test('show commands and migrations, but not every object, before anything is typed', () => {
    expect(shown('').map(([title]) => title)).toEqual(['This migration', 'Commands', 'Migrations']);
  });

  test.each([
    ['>rev', ['This migration']],
    ['@rev', ['Objects']],
    ['#rev', ['Migrations']],
    ['@', ['Objects']],
  ])('%s narrows to %j', (typed, groups) => {
    expect(shown(typed).map(([title]) => title)).toEqual(groups);
  });

  test('keep each group short until a scope is chosen', () => {
    const many = Array.from({ length: 40 }, (_, index) => entry('objects', 'Objects', `app.t${index}`));
    expect(paletteGroups('app', many)[0]?.found).toHaveLength(6);
    expect(paletteGroups('@app', many)[0]?.found).toHaveLength(40);
  });

  test('put the best match first', () => {
    const titles = ['app.forever', 'app.rev', 'app.reviews'].map((title) => entry('objects', 'Objects', title));
    expect(paletteGroups('@rev', titles)[0]?.found[0]?.entry.title).toBe('app.rev');
  });
});

describe('the scope', () => {
  test('is read from the first character and changes without losing the words', () => {
    expect(readQuery('@ord')).toEqual({ scope: 'objects', words: 'ord' });
    expect(readQuery('ord@')).toEqual({ scope: 'all', words: 'ord@' });
    expect(withScope('@ord', 'commands')).toBe('>ord');
    expect(withScope('>ord', 'all')).toBe('ord');
  });
});
