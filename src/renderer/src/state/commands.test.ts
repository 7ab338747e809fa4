import { afterEach, describe, expect, test } from 'vitest';
import { commandFor } from '../features/shell/use-shortcuts.ts';
import { activeCommands, type Command, registerCommands, useCommandRegistry } from './commands.ts';

const command = (id: string, part: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'Commands',
  run: () => undefined,
  ...part,
});

const now = (): readonly Command[] => activeCommands(useCommandRegistry.getState().sets);
const ctrl = (key: string) => ({ key, ctrlKey: true, metaKey: false, shiftKey: false, altKey: false });
const plain = (key: string) => ({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false });

const stops: (() => void)[] = [];
const register = (...commands: readonly Command[]): (() => void) => {
  const stop = registerCommands(commands);
  stops.push(stop);
  return stop;
};
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

describe('commands', () => {
  test('are in force until they are taken back', () => {
    const stop = register(command('a'));
    expect(now().map(({ id }) => id)).toEqual(['a']);
    stop();
    expect(now()).toEqual([]);
  });

  test('the newest registration of an id wins, and the older one returns', () => {
    register(command('a', { title: 'old' }));
    const stop = register(command('a', { title: 'new' }));
    expect(now().map(({ title }) => title)).toEqual(['new']);
    stop();
    expect(now().map(({ title }) => title)).toEqual(['old']);
  });
});

test('a command of a screen comes before one of the window that was registered later', () => {
  register(command('refresh', { title: 'Read the catalog again', shortcut: 'F5' }));
  stops.push(registerCommands([command('refresh', { title: 'Refresh', shortcut: 'F5' })], 'window'));
  expect(now().map(({ title }) => title)).toEqual(['Read the catalog again']);
});

describe('a key press', () => {
  const find = command('find', { shortcut: 'Mod+F' });
  const help = command('help', { shortcut: '?' });

  test('runs the command with that chord, the newest first', () => {
    register(command('old', { shortcut: 'Mod+F' }));
    register(find);
    expect(commandFor(ctrl('f'), now(), false, 'other')?.id).toBe('find');
  });

  test('that types a character belongs to the field it is typed into', () => {
    expect(commandFor(plain('?'), [help], true, 'other')).toBeNull();
    expect(commandFor(plain('?'), [help], false, 'other')).toBe(help);
    expect(commandFor(ctrl('f'), [find], true, 'other')).toBe(find);
  });

  test('never runs a locked command', () => {
    expect(commandFor(ctrl('f'), [{ ...find, isEnabled: false }], false, 'other')).toBeNull();
  });

  test('finds further chords of a command', () => {
    const palette = command('palette', { shortcut: 'Mod+K', alsoShortcuts: ['Mod+Shift+P'] });
    expect(commandFor({ ...ctrl('P'), shiftKey: true }, [palette], true, 'other')).toBe(palette);
  });
});
