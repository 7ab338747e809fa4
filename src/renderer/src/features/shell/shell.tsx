import { useEffect } from 'react';
import { useMainEvents } from '../../ipc/use-main-events.ts';
import { useRequest } from '../../ipc/use-request.ts';
import { useDialogs } from '../../state/dialogs.ts';
import { CommandPalette } from '../palette/command-palette.tsx';
import { RulesDialog } from '../rules/rules-dialog.tsx';
import { CheatSheet } from './cheat-sheet.tsx';
import { ProductionBand } from './production-band.tsx';
import { Rail } from './rail.tsx';
import { Screens } from './screens.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { Toasts } from './toasts.tsx';
import { useShellCommands } from './use-shell-commands.ts';
import { useShortcuts } from './use-shortcuts.ts';
import './shell.css';

function useTheme(): void {
  const theme = useRequest('settings.get', {}).data?.theme ?? 'system';
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}

/** What the window keeps up to date and listens to; draws nothing, so that its changes draw nothing again. */
function WindowUpkeep() {
  useMainEvents();
  useTheme();
  useShellCommands();
  useShortcuts();
  return null;
}

/** The dialog that floats above everything. */
function FloatingDialog() {
  const dialog = useDialogs((state) => state.open);
  switch (dialog?.kind) {
    case 'palette':
      return <CommandPalette prefix={dialog.prefix} />;
    case 'cheat-sheet':
      return <CheatSheet />;
    case 'rules':
      return <RulesDialog ruleId={dialog.ruleId} />;
    case undefined:
      return null;
  }
}

/** The frame of the window: tabs, band, rail, the screens of the open tabs, status bar, and what floats above them. */
export function Shell() {
  return (
    <div className="shell">
      <WindowUpkeep />
      <TitleBar />
      <ProductionBand />
      <Rail />
      <Screens />
      <StatusBar />
      <Toasts />
      <FloatingDialog />
    </div>
  );
}
