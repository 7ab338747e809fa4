import { type Match, matchWords } from './match-words.ts';

/** What the palette can show; the prefix that narrows the search to it stands in the scope row. */
export type PaletteScope = 'all' | 'commands' | 'objects' | 'migrations';

export type PaletteEntry = {
  readonly id: string;
  readonly scope: Exclude<PaletteScope, 'all'>;
  readonly group: string;
  readonly title: string;
  readonly detail?: string;
  /** False: shown, cannot be run. */
  readonly isEnabled: boolean;
};

export type FoundEntry<E extends PaletteEntry> = { readonly entry: E; readonly match: Match };
export type PaletteGroup<E extends PaletteEntry> = {
  readonly title: string;
  readonly found: readonly FoundEntry<E>[];
};

const prefixes: Readonly<Record<string, PaletteScope>> = { '>': 'commands', '@': 'objects', '#': 'migrations' };

/** Splits what was typed into the scope that its first character chooses and the words to look for. */
export function readQuery(typed: string): { readonly scope: PaletteScope; readonly words: string } {
  const scope = prefixes[typed[0] ?? ''];
  return scope === undefined ? { scope: 'all', words: typed } : { scope, words: typed.slice(1) };
}

/** Replaces the scope of what was typed and keeps the words. */
export function withScope(typed: string, scope: PaletteScope): string {
  const prefix = Object.keys(prefixes).find((key) => prefixes[key] === scope) ?? '';
  return `${prefix}${readQuery(typed).words.trimStart()}`;
}

const groupOrder = ['This migration', 'Schema', 'Commands', 'View', 'Objects', 'Migrations'];
const order = (title: string): number => {
  const position = groupOrder.indexOf(title);
  return position === -1 ? groupOrder.length : position;
};
const limitInAll = 6;
const limitInScope = 100;

/** The entries that match, best first, in groups of a fixed order; without a scope each group is kept short. */
export function paletteGroups<E extends PaletteEntry>(
  typed: string,
  entries: readonly E[],
): readonly PaletteGroup<E>[] {
  const { scope, words } = readQuery(typed);
  const groups = new Map<string, FoundEntry<E>[]>();
  for (const entry of entries) {
    if (scope !== 'all' && entry.scope !== scope) continue;
    // With nothing typed yet, a thousand objects would hide the commands.
    if (scope === 'all' && words.trim() === '' && entry.scope === 'objects') continue;
    const match = matchWords(words, entry.title);
    if (match === null) continue;
    const group = groups.get(entry.group);
    if (group === undefined) groups.set(entry.group, [{ entry, match }]);
    else group.push({ entry, match });
  }
  const limit = scope === 'all' && words.trim() !== '' ? limitInAll : limitInScope;
  return [...groups]
    .sort(([a], [b]) => order(a) - order(b))
    .map(([title, found]) => ({ title, found: sortFound(found, words).slice(0, limit) }));
}

const sortFound = <E extends PaletteEntry>(found: readonly FoundEntry<E>[], words: string): readonly FoundEntry<E>[] =>
  words.trim() === '' ? found : [...found].sort((a, b) => b.match.score - a.match.score);
