/** A chord such as `Mod+Shift+R`; `Mod` is ⌘ on macOS and Ctrl elsewhere. */
export type Shortcut = {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
};

/** What of a keyboard event decides whether a shortcut matches. */
export type KeyPress = {
  readonly key: string;
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
};

export type Platform = 'mac' | 'other';

/** The platform whose habits the shortcuts follow. */
export const currentPlatform = (): Platform =>
  typeof navigator !== 'undefined' && /mac/i.test(navigator.platform) ? 'mac' : 'other';

/** Reads `Mod+Shift+R`, `F5`, `?`; throws on an unknown modifier or a missing key, which is a bug in our own list. */
export function parseShortcut(text: string): Shortcut {
  const parts = text.endsWith('++') ? [...text.slice(0, -2).split('+'), '+'] : text.split('+');
  const key = parts.at(-1) ?? '';
  if (key === '') throw new Error(`shortcut without a key: ${text}`);
  const modifiers = new Set(parts.slice(0, -1));
  for (const modifier of modifiers) {
    if (!['Mod', 'Shift', 'Alt'].includes(modifier)) throw new Error(`unknown modifier in shortcut: ${text}`);
  }
  return { key, mod: modifiers.has('Mod'), shift: modifiers.has('Shift'), alt: modifiers.has('Alt') };
}

const isPunctuation = (key: string): boolean => key.length === 1 && !/[a-z0-9]/i.test(key);

/** True when the key press is exactly this chord; the other platform's modifier never counts. */
export function matchesShortcut(press: KeyPress, text: string, platform: Platform): boolean {
  const shortcut = parseShortcut(text);
  const mod = platform === 'mac' ? press.metaKey : press.ctrlKey;
  const foreign = platform === 'mac' ? press.ctrlKey : press.metaKey;
  if (mod !== shortcut.mod || foreign) return false;
  // `?` needs Shift on most keyboards and not on others: for punctuation the character itself decides.
  if (!isPunctuation(shortcut.key) && press.shiftKey !== shortcut.shift) return false;
  if (press.altKey !== shortcut.alt) return false;
  // With Alt held, macOS reports another character; the physical key is the one that is meant.
  if (shortcut.alt && press.code === `Key${shortcut.key.toUpperCase()}`) return true;
  return press.key.toLowerCase() === shortcut.key.toLowerCase();
}

const arrows = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };
const macNames: Readonly<Record<string, string>> = { ...arrows, Enter: '↵', Escape: 'Esc' };
const otherNames: Readonly<Record<string, string>> = { ...arrows, Escape: 'Esc' };

/** The keys as they are printed on the keyboard, in the order in which the platform writes them. */
export function shortcutKeys(text: string, platform: Platform): readonly string[] {
  const { key, mod, shift, alt } = parseShortcut(text);
  const mac = platform === 'mac';
  const name = (mac ? macNames : otherNames)[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  const modifiers = mac ? [alt && '⌥', shift && '⇧', mod && '⌘'] : [mod && 'Ctrl', alt && 'Alt', shift && 'Shift'];
  return [...modifiers.filter((value) => value !== false), name];
}

/** The chord as one text: `⌘K` on macOS, `Ctrl+K` elsewhere. */
export const shortcutText = (text: string, platform: Platform): string =>
  shortcutKeys(text, platform).join(platform === 'mac' ? '' : '+');
