import { useQueryClient } from '@tanstack/react-query';
import {
  ArrowUpDown,
  BookOpen,
  CircleHelp,
  Clock,
  Plug,
  Plus,
  RefreshCw,
  Search,
  SlidersHorizontal,
  Workflow,
  X,
} from 'lucide-react';
import { useMemo } from 'react';
import { type Command, useCommands } from '../../state/commands.ts';
import { openDialog } from '../../state/dialogs.ts';
import {
  openConnections,
  openHistory,
  openMigrations,
  openSchema,
  openSettings,
  useNavigation,
} from '../../state/navigation.ts';
import { shortcuts } from '../../state/shortcuts.ts';
import { useNewMigration } from '../../state/use-new-migration.ts';
import { useCurrentConnection } from './use-current-connection.ts';

const palettes: readonly Command[] = [
  {
    id: 'palette.commands',
    title: 'Find object or run command',
    group: 'Commands',
    icon: Search,
    shortcut: shortcuts.commandPalette,
    alsoShortcuts: [shortcuts.commandPaletteToo],
    isHidden: true,
    run: () => openDialog({ kind: 'palette', prefix: '' }),
  },
  {
    id: 'palette.objects',
    title: 'Find object',
    group: 'Commands',
    icon: Search,
    shortcut: shortcuts.objectPalette,
    run: () => openDialog({ kind: 'palette', prefix: '@' }),
  },
  {
    id: 'help.shortcuts',
    title: 'Keyboard shortcuts',
    group: 'Commands',
    icon: CircleHelp,
    shortcut: shortcuts.cheatSheet,
    run: () => openDialog({ kind: 'cheat-sheet' }),
  },
  {
    id: 'help.rules',
    title: 'What the rules look for',
    group: 'Commands',
    icon: BookOpen,
    run: () => openDialog({ kind: 'rules', ruleId: null }),
  },
];

const tabCommands: readonly Command[] = [
  {
    id: 'tab.close',
    title: 'Close tab',
    group: 'View',
    icon: X,
    shortcut: shortcuts.closeTab,
    run: () => useNavigation.getState().close(useNavigation.getState().activeId),
  },
  {
    id: 'tab.reopen',
    title: 'Reopen closed tab',
    group: 'View',
    shortcut: shortcuts.reopenTab,
    run: () => useNavigation.getState().reopen(),
  },
  {
    id: 'tab.next',
    title: 'Next tab',
    group: 'View',
    shortcut: shortcuts.nextTab,
    run: () => useNavigation.getState().step(1),
  },
  {
    id: 'tab.previous',
    title: 'Previous tab',
    group: 'View',
    shortcut: shortcuts.previousTab,
    run: () => useNavigation.getState().step(-1),
  },
];

/** Registers what works on every screen. */
export function useShellCommands(): void {
  const client = useQueryClient();
  const connection = useCurrentConnection();
  const startMigration = useNewMigration();
  const connectionId = connection?.id ?? null;
  const connectionName = connection?.name ?? null;
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'migration.new',
        title: 'New migration',
        group: 'Commands',
        icon: Plus,
        shortcut: shortcuts.newMigration,
        detail: connectionName === null ? 'choose a connection first' : `on ${connectionName}`,
        isEnabled: connectionId !== null,
        run: () => {
          if (connectionId !== null) void startMigration(connectionId);
        },
      },
      {
        id: 'go.connections',
        title: 'Go to connections',
        group: 'Commands',
        icon: Plug,
        shortcut: shortcuts.connections,
        run: openConnections,
      },
      {
        id: 'go.schema',
        title: 'Go to schema',
        group: 'Commands',
        icon: Workflow,
        shortcut: shortcuts.schema,
        detail: connectionName === null ? 'choose a connection first' : `of ${connectionName}`,
        run: () => (connectionId === null ? openConnections() : openSchema(connectionId)),
      },
      {
        id: 'go.migrations',
        title: 'Go to migrations',
        group: 'Commands',
        icon: ArrowUpDown,
        shortcut: shortcuts.migrations,
        run: openMigrations,
      },
      {
        id: 'go.history',
        title: 'Go to history',
        group: 'Commands',
        icon: Clock,
        shortcut: shortcuts.history,
        run: openHistory,
      },
      {
        id: 'go.settings',
        title: 'Go to settings',
        group: 'Commands',
        icon: SlidersHorizontal,
        shortcut: shortcuts.settings,
        run: () => openSettings(),
      },
      {
        id: 'refresh',
        title: 'Refresh',
        group: 'Commands',
        icon: RefreshCw,
        shortcut: shortcuts.refresh,
        run: () => void client.invalidateQueries(),
      },
      ...palettes,
      ...tabCommands,
    ],
    [client, connectionId, connectionName, startMigration],
  );
  useCommands(commands, 'window');
}
