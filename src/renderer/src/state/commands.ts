import type { LucideIcon } from 'lucide-react';
import { useEffect } from 'react';
import { create } from 'zustand';
import { useIsTabActive } from './tab-activity.ts';

/** Something the user can do from the palette, by shortcut, or by a button that runs the same function. */
export type Command = {
  readonly id: string;
  readonly title: string;
  /** Heading in the palette; `This migration` stands first. */
  readonly group: 'This migration' | 'Schema' | 'Commands' | 'View';
  /** A few quiet words after the title. */
  readonly detail?: string;
  readonly icon?: LucideIcon;
  readonly shortcut?: string;
  /** Further chords for the same command. */
  readonly alsoShortcuts?: readonly string[];
  /** False locks it; `detail` should then say why. Default true. */
  readonly isEnabled?: boolean;
  /** Runs even while the caret is in a field; chords with Mod and function keys always do. */
  readonly worksInFields?: boolean;
  /** Left out of the palette, for example because it opens the palette. */
  readonly isHidden?: boolean;
  readonly run: () => void;
};

/** Who registered commands: the screen in front comes before the window, whatever came later. */
export type CommandOrigin = 'screen' | 'window';

type CommandSet = { readonly origin: CommandOrigin; readonly commands: readonly Command[] };
type CommandRegistry = { readonly sets: ReadonlyMap<symbol, CommandSet> };

/** All registered commands, by who registered them. */
export const useCommandRegistry = create<CommandRegistry>(() => ({ sets: new Map() }));

/** Registers commands until the returned function is called; where ids or chords repeat, a screen wins, then the newest. */
export function registerCommands(commands: readonly Command[], origin: CommandOrigin = 'screen'): () => void {
  const key = Symbol('commands');
  useCommandRegistry.setState(({ sets }) => ({ sets: new Map([...sets, [key, { origin, commands }]]) }));
  return () =>
    useCommandRegistry.setState(({ sets }) => ({ sets: new Map([...sets].filter(([other]) => other !== key)) }));
}

/** Registers the commands of a component while its tab is in front; memoize the list. */
export function useCommands(commands: readonly Command[], origin: CommandOrigin = 'screen'): void {
  const isTabActive = useIsTabActive();
  useEffect(() => (isTabActive ? registerCommands(commands, origin) : undefined), [commands, origin, isTabActive]);
}

/** The commands in force, those of screens first and the newest first among them, each id once. */
export function activeCommands(sets: CommandRegistry['sets']): readonly Command[] {
  const byId = new Map<string, Command>();
  const newestFirst = [...sets.values()].reverse();
  const of = (origin: CommandOrigin): readonly Command[] =>
    newestFirst.filter((set) => set.origin === origin).flatMap((set) => set.commands);
  for (const command of [...of('screen'), ...of('window')]) {
    if (!byId.has(command.id)) byId.set(command.id, command);
  }
  return [...byId.values()];
}
