import { Search } from 'lucide-react';
import { Icon } from '../../components/icon.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { openDialog } from '../../state/dialogs.ts';
import { shortcuts } from '../../state/shortcuts.ts';
import { BrandMark } from './brand-mark.tsx';
import { TabStrip } from './tab-strip.tsx';
import './title-bar.css';

/** The top of the window: open tabs, and the field that finds objects and commands. */
export function TitleBar() {
  return (
    <header className="title-bar">
      <div className="title-bar-brand">
        <BrandMark />
      </div>
      <TabStrip />
      <button
        aria-haspopup="dialog"
        className="title-bar-find"
        onClick={() => openDialog({ kind: 'palette', prefix: '' })}
        type="button"
      >
        <Icon of={Search} size={14} />
        <span className="title-bar-find-text">Find object or run command</span>
        <Kbd shortcut={shortcuts.commandPalette} />
      </button>
    </header>
  );
}
