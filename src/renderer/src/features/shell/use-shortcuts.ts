import { useEffect } from 'react';
import { activeCommands, type Command, useCommandRegistry } from '../../state/commands.ts';
import { currentPlatform, type KeyPress, matchesShortcut, parseShortcut } from '../../state/shortcut.ts';

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

const chordsOf = (command: Command): readonly string[] => [
  ...(command.shortcut === undefined ? [] : [command.shortcut]),
  ...(command.alsoShortcuts ?? []),
];

/** True for chords that never type a character. */
const isSafeInFields = (chord: string): boolean => {
  const { key, mod } = parseShortcut(chord);
  return mod || /^F\d+$/.test(key);
};

/** The command that a key press runs; null when there is none, it is locked, or the press belongs to a field. */
export function commandFor(
  press: KeyPress,
  commands: readonly Command[],
  inField: boolean,
  platform = currentPlatform(),
): Command | null {
  const command = commands.find((candidate) =>
    chordsOf(candidate).some(
      (chord) =>
        matchesShortcut(press, chord, platform) &&
        (!inField || candidate.worksInFields === true || isSafeInFields(chord)),
    ),
  );
  return command === undefined || command.isEnabled === false ? null : command;
}

/** Runs registered commands by their shortcuts, except while a dialog is open or a component used the key itself. */
export function useShortcuts(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
      const commands = activeCommands(useCommandRegistry.getState().sets);
      const command = commandFor(event, commands, isField(event.target));
      if (command === null) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
