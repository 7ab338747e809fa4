import { ArrowUpDown, Clock, type LucideIcon, Plug, SlidersHorizontal, Sparkle, Workflow, X } from 'lucide-react';
import { type KeyboardEvent, useEffect } from 'react';
import type { ConnectionListItem } from '../../../../shared/ipc/contract.ts';
import type { MigrationSummary } from '../../../../shared/migration.ts';
import { environmentWord } from '../../components/environment-mark.tsx';
import { Icon } from '../../components/icon.tsx';
import { useRequest } from '../../ipc/use-request.ts';
import { useNavigation } from '../../state/navigation.ts';
import type { Tab } from '../../state/tabs.ts';
import { connectionOfTab } from './use-current-connection.ts';

const icons: Readonly<Record<Tab['kind'], LucideIcon>> = {
  start: Sparkle,
  connections: Plug,
  schema: Workflow,
  migrations: ArrowUpDown,
  migration: ArrowUpDown,
  history: Clock,
  settings: SlidersHorizontal,
};

function titleOf(tab: Tab, migrations: readonly MigrationSummary[]): string {
  switch (tab.kind) {
    case 'start':
      return 'Start';
    case 'connections':
      return 'Connections';
    case 'schema':
      return 'Schema';
    case 'migrations':
      return 'Migrations';
    case 'migration':
      return migrations.find((migration) => migration.id === tab.migrationId)?.title ?? 'Migration';
    case 'history':
      return 'History';
    case 'settings':
      return 'Settings';
  }
}

function TabButton({
  tab,
  title,
  connection,
  isActive,
}: {
  readonly tab: Tab;
  readonly title: string;
  readonly connection: ConnectionListItem | null;
  readonly isActive: boolean;
}) {
  const { activate, close } = useNavigation.getState();
  return (
    <div
      className={`tab-strip-tab ${isActive ? 'tab-strip-tab-active' : ''} ${connection === null ? '' : `tab-strip-tab-${connection.environment}`}`}
      onAuxClick={(event) => {
        if (event.button === 1) close(tab.id);
      }}
      role="presentation"
    >
      <button
        aria-controls={`screen-${tab.id}`}
        aria-selected={isActive}
        className="tab-strip-button"
        id={`tab-${tab.id}`}
        onClick={() => activate(tab.id)}
        onKeyDown={(event) => {
          if (event.key === 'Delete') close(tab.id);
        }}
        role="tab"
        tabIndex={isActive ? 0 : -1}
        title={connection === null ? title : `${title}, ${connection.name}, ${environmentWord(connection.environment)}`}
        type="button"
      >
        <Icon of={icons[tab.kind]} size={14} />
        <span className="text-ellipsis">{title}</span>
        {connection === null ? null : <span className="tab-strip-connection">{connection.name}</span>}
      </button>
      {/* For the pointer only: a tab list may hold nothing but tabs, and the keyboard has Delete and a shortcut. */}
      <button
        aria-hidden="true"
        className="tab-strip-close"
        onClick={() => close(tab.id)}
        tabIndex={-1}
        title={`Close ${title}`}
        type="button"
      >
        <Icon of={X} size={12} />
      </button>
    </div>
  );
}

/** Of more tabs than these only the one in front shows its connection; the others have its colour and a tooltip. */
const tabsInFull = 6;

/** The open tabs; arrow keys move along them, Delete closes one. */
export function TabStrip() {
  const tabs = useNavigation((state) => state.tabs);
  const activeId = useNavigation((state) => state.activeId);
  const connections = useRequest('connections.list', {}).data ?? [];
  const migrations = useRequest('migrations.list', {}).data ?? [];

  const front = tabs.find((tab) => tab.id === activeId);
  const frontTitle = front === undefined ? '' : titleOf(front, migrations);
  useEffect(() => {
    document.title = frontTitle === '' ? 'Lockstep' : `${frontTitle} – Lockstep`;
  }, [frontTitle]);
  useEffect(() => {
    // With the next picture, not before it: to measure in between would lay out the page twice.
    const frame = requestAnimationFrame(() =>
      document
        .getElementById(`tab-${activeId}`)
        ?.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    );
    return () => cancelAnimationFrame(frame);
  }, [activeId]);

  const move = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    event.preventDefault();
    useNavigation.getState().step(event.key === 'ArrowRight' ? 1 : -1);
    document.getElementById(`tab-${useNavigation.getState().activeId}`)?.focus();
  };

  return (
    <div
      aria-label="Open tabs"
      className={`tab-strip ${tabs.length > tabsInFull ? 'tab-strip-crowded' : ''}`}
      onKeyDown={move}
      onWheel={(event) => {
        event.currentTarget.scrollLeft += event.deltaX + event.deltaY;
      }}
      role="tablist"
    >
      {tabs.map((tab) => (
        <TabButton
          connection={
            tab.kind === 'schema' || tab.kind === 'migration'
              ? connectionOfTab(tab, null, connections, migrations)
              : null
          }
          isActive={tab.id === activeId}
          key={tab.id}
          tab={tab}
          title={titleOf(tab, migrations)}
        />
      ))}
    </div>
  );
}
