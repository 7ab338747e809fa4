import { describe, expect, test } from 'vitest';
import { type KeyPress, matchesShortcut, parseShortcut, shortcutKeys, shortcutText } from './shortcut.ts';
import { cheatSheet, shortcuts } from './shortcuts.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('a shortcut', () => {
  test('is read with its modifiers', () => {
    expect(parseShortcut('Mod+Shift+R')).toEqual({ key: 'R', mod: true, shift: true, alt: false });
    expect(parseShortcut('F5')).toEqual({ key: 'F5', mod: false, shift: false, alt: false });
    expect(parseShortcut('Mod++').key).toBe('+');
  });

  test.each(['', 'Mod+', 'Hyper+K'])('that is misspelt (%j) is refused', (text) => {
    expect(() => parseShortcut(text)).toThrow(/shortcut/);
  });

  test('uses the modifier of the platform and never the other one', () => {
    const control = press('k', { ctrlKey: true });
    const command = press('k', { metaKey: true });
    expect(matchesShortcut(control, 'Mod+K', 'other')).toBe(true);
    expect(matchesShortcut(command, 'Mod+K', 'other')).toBe(false);
    expect(matchesShortcut(command, 'Mod+K', 'mac')).toBe(true);
    expect(matchesShortcut(control, 'Mod+K', 'mac')).toBe(false);
    expect(matchesShortcut(press('k', { ctrlKey: true, metaKey: true }), 'Mod+K', 'mac')).toBe(false);
  });

  test('needs exactly its modifiers', () => {
    expect(matchesShortcut(press('P', { ctrlKey: true, shiftKey: true }), 'Mod+P', 'other')).toBe(false);
    expect(matchesShortcut(press('P', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+P', 'other')).toBe(true);
    expect(matchesShortcut(press('F8', { shiftKey: true }), 'F8', 'other')).toBe(false);
  });

  test('made of a character follows the character, whatever the keyboard needs for it', () => {
    expect(matchesShortcut(press('?', { shiftKey: true }), '?', 'other')).toBe(true);
    expect(matchesShortcut(press('?'), '?', 'other')).toBe(true);
    expect(matchesShortcut(press('?', { ctrlKey: true }), '?', 'other')).toBe(false);
  });

  test('with Alt is found by its physical key where the character changes', () => {
    expect(matchesShortcut(press('ƒ', { altKey: true, code: 'KeyF' }), 'Alt+F', 'mac')).toBe(true);
  });

  test('is written as the platform writes it', () => {
    expect(shortcutText('Mod+Shift+R', 'mac')).toBe('⇧⌘R');
    expect(shortcutText('Mod+Shift+R', 'other')).toBe('Ctrl+Shift+R');
    expect(shortcutKeys('Mod+Enter', 'mac')).toEqual(['⌘', '↵']);
    expect(shortcutKeys('Escape', 'other')).toEqual(['Esc']);
  });
});

describe('the list of shortcuts', () => {
  test('has no chord twice', () => {
    const chords = Object.values(shortcuts);
    expect(new Set(chords).size).toBe(chords.length);
  });

  test('can be read', () => {
    for (const chord of Object.values(shortcuts)) expect(() => parseShortcut(chord)).not.toThrow();
  });

  test('stands in the cheat sheet, the second chord for the palette aside', () => {
    const shown = cheatSheet.flatMap((group) => group.rows.map((row) => row.name));
    expect([...shown, 'commandPaletteToo'].sort()).toEqual(Object.keys(shortcuts).sort());
  });
});
