import type { ConnectionId, MigrationId } from '../../../shared/ids.ts';

/** What a tab shows; a schema or migration tab carries its connection or migration for its whole life. */
export type TabContent =
  | { readonly kind: 'start' }
  | { readonly kind: 'connections' }
  | { readonly kind: 'schema'; readonly connectionId: ConnectionId }
  | { readonly kind: 'migrations' }
  | { readonly kind: 'migration'; readonly migrationId: MigrationId }
  | { readonly kind: 'history' }
  | { readonly kind: 'settings' };

export type Area = 'connections' | 'schema' | 'migrations' | 'history' | 'settings';

/** An open tab; its id follows from its content, so the same thing is never open twice. */
export type Tab = TabContent & { readonly id: string };

/** The open tabs in order, which one is in front, and those closed last (newest first). */
export type TabsState = {
  readonly tabs: readonly Tab[];
  readonly activeId: string;
  readonly closed: readonly Tab[];
};

const tabId = (content: TabContent): string => {
  switch (content.kind) {
    case 'schema':
      return `schema:${content.connectionId}`;
    case 'migration':
      return `migration:${content.migrationId}`;
    default:
      return content.kind;
  }
};

const startTab: Tab = { kind: 'start', id: 'start' };
const rememberedTabs = 20;

/** One tab: the start page. */
export const initialTabs: TabsState = { tabs: [startTab], activeId: startTab.id, closed: [] };

/** Brings a tab to the front, opening it behind the active one when it is not open; opening leaves an untouched start page. */
export function openTab(state: TabsState, content: TabContent): TabsState {
  const id = tabId(content);
  const closed = state.closed.filter((tab) => tab.id !== id);
  if (state.tabs.some((tab) => tab.id === id)) return { ...state, activeId: id, closed };
  const tab: Tab = { ...content, id };
  const position = state.tabs.findIndex((other) => other.id === state.activeId) + 1;
  const tabs = [...state.tabs.slice(0, position), tab, ...state.tabs.slice(position)];
  return { tabs: tabs.filter((other) => other.kind !== 'start'), activeId: id, closed };
}

/** Brings an open tab to the front; an unknown id changes nothing. */
export const activateTab = (state: TabsState, id: string): TabsState =>
  state.tabs.some((tab) => tab.id === id) ? { ...state, activeId: id } : state;

/** Closes a tab; its right neighbour comes to the front, else its left one; the last tab gives way to the start page. */
export function closeTab(state: TabsState, id: string): TabsState {
  const position = state.tabs.findIndex((tab) => tab.id === id);
  const tab = state.tabs[position];
  if (tab === undefined) return state;
  const tabs = state.tabs.filter((other) => other.id !== id);
  const closed = tab.kind === 'start' ? state.closed : [tab, ...state.closed].slice(0, rememberedTabs);
  if (tabs.length === 0) return { tabs: [startTab], activeId: startTab.id, closed };
  const neighbour = tabs[Math.min(position, tabs.length - 1)] ?? startTab;
  return { tabs, activeId: state.activeId === id ? neighbour.id : state.activeId, closed };
}

/** Opens the tab that was closed last. */
export function reopenTab(state: TabsState): TabsState {
  const [newest] = state.closed;
  return newest === undefined ? state : openTab(state, newest);
}

/** Goes to the next tab, or with -1 to the one before, around the ends. */
export function stepTab(state: TabsState, step: 1 | -1): TabsState {
  const position = state.tabs.findIndex((tab) => tab.id === state.activeId);
  const next = state.tabs[(position + step + state.tabs.length) % state.tabs.length];
  return next === undefined ? state : { ...state, activeId: next.id };
}

/** The tab in front. */
export const activeTab = (state: TabsState): Tab =>
  state.tabs.find((tab) => tab.id === state.activeId) ?? state.tabs[0] ?? startTab;

/** The entry of the left rail that a tab belongs to; the start page belongs to none. */
export function areaOf(tab: TabContent): Area | null {
  switch (tab.kind) {
    case 'start':
      return null;
    case 'migration':
      return 'migrations';
    default:
      return tab.kind;
  }
}

/** Closes the tabs of a connection that no longer exists. */
export const closeConnectionTabs = (state: TabsState, connectionId: ConnectionId): TabsState =>
  closeTab(state, tabId({ kind: 'schema', connectionId }));
