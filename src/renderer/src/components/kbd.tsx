import { currentPlatform, shortcutKeys, shortcutText } from '../state/shortcut.ts';
import './kbd.css';

/** A shortcut as it is printed on this platform's keyboard; `apart` draws one cap for each key. */
export function Kbd({ shortcut, apart = false }: { readonly shortcut: string; readonly apart?: boolean }) {
  const platform = currentPlatform();
  if (!apart) return <kbd className="kbd">{shortcutText(shortcut, platform)}</kbd>;
  return (
    <span className="kbd-keys">
      {shortcutKeys(shortcut, platform).map((key) => (
        <kbd className="kbd" key={key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
