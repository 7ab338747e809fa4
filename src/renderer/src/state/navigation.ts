import { create } from 'zustand';
import type { ConnectionId, MigrationId } from '../../../shared/ids.ts';
import {
  activateTab,
  closeConnectionTabs,
  closeTab,
  initialTabs,
  openTab,
  reopenTab,
  stepTab,
  type TabContent,
  type TabsState,
} from './tabs.ts';

/** An object that the schema screen of a connection is asked to show; `request` grows with each asking. */
export type ObjectRequest = {
  readonly connectionId: ConnectionId;
  readonly object: { readonly schema: string; readonly name: string };
  readonly request: number;
};

export type SettingsSection = 'model' | 'validation' | 'shadow' | 'appearance' | 'export' | 'sessions' | 'about';

type Navigation = TabsState & {
  /** The connection that new work starts on; a tab that carries its own connection is never retargeted by it. */
  readonly activeConnectionId: ConnectionId | null;
  readonly objectRequest: ObjectRequest | null;
  /** The section of the settings that was asked for last. */
  readonly settingsSection: SettingsSection;
  readonly open: (content: TabContent) => void;
  readonly activate: (id: string) => void;
  readonly close: (id: string) => void;
  readonly reopen: () => void;
  readonly step: (step: 1 | -1) => void;
  readonly chooseConnection: (connectionId: ConnectionId | null) => void;
  readonly forgetConnection: (connectionId: ConnectionId) => void;
};

/** Where the user is: open tabs, the one in front, and the active connection. */
export const useNavigation = create<Navigation>((set) => ({
  ...initialTabs,
  activeConnectionId: null,
  objectRequest: null,
  settingsSection: 'model',
  open: (content) => set((state) => openTab(state, content)),
  activate: (id) => set((state) => activateTab(state, id)),
  close: (id) => set((state) => closeTab(state, id)),
  reopen: () => set((state) => reopenTab(state)),
  step: (step) => set((state) => stepTab(state, step)),
  chooseConnection: (activeConnectionId) => set({ activeConnectionId }),
  forgetConnection: (connectionId) =>
    set((state) => ({
      ...closeConnectionTabs(state, connectionId),
      activeConnectionId: state.activeConnectionId === connectionId ? null : state.activeConnectionId,
    })),
}));

/** Shows the schema of a connection, with one object selected if it is given, and makes the connection the active one. */
export function openSchema(connectionId: ConnectionId, object?: ObjectRequest['object']): void {
  useNavigation.setState((state) => ({
    ...openTab(state, { kind: 'schema', connectionId }),
    activeConnectionId: connectionId,
    ...(object === undefined
      ? {}
      : { objectRequest: { connectionId, object, request: (state.objectRequest?.request ?? 0) + 1 } }),
  }));
}

/** Shows a migration. */
export const openMigration = (migrationId: MigrationId): void =>
  useNavigation.getState().open({ kind: 'migration', migrationId });

/** Shows the list of connections. */
export const openConnections = (): void => useNavigation.getState().open({ kind: 'connections' });

/** Shows the list of migrations. */
export const openMigrations = (): void => useNavigation.getState().open({ kind: 'migrations' });

/** Shows the history. */
export const openHistory = (): void => useNavigation.getState().open({ kind: 'history' });

/** Shows the settings, at one section if it is given. */
export function openSettings(section?: SettingsSection): void {
  useNavigation.setState((state) => ({
    ...openTab(state, { kind: 'settings' }),
    ...(section === undefined ? {} : { settingsSection: section }),
  }));
}
