import type { ConnectionListItem } from '../../../../shared/ipc/contract.ts';
import type { MigrationSummary } from '../../../../shared/migration.ts';
import { useRequest } from '../../ipc/use-request.ts';
import { useNavigation } from '../../state/navigation.ts';
import { activeTab, type Tab } from '../../state/tabs.ts';

/** The connection a tab is about: its own, its migration's, else the active one. */
export function connectionOfTab(
  tab: Tab,
  activeConnectionId: string | null,
  connections: readonly ConnectionListItem[],
  migrations: readonly MigrationSummary[],
): ConnectionListItem | null {
  const id =
    tab.kind === 'schema'
      ? tab.connectionId
      : tab.kind === 'migration'
        ? migrations.find((migration) => migration.id === tab.migrationId)?.connectionId
        : activeConnectionId;
  return connections.find((connection) => connection.id === id) ?? null;
}

/** The connection that band and status bar speak of: that of the tab in front. */
export function useCurrentConnection(): ConnectionListItem | null {
  const tab = useNavigation(activeTab);
  const activeConnectionId = useNavigation((state) => state.activeConnectionId);
  const connections = useRequest('connections.list', {}).data ?? [];
  const migrations = useRequest('migrations.list', {}).data ?? [];
  return connectionOfTab(tab, activeConnectionId, connections, migrations);
}
