import { ArrowUpDown, Clock, type LucideIcon, Plug, SlidersHorizontal, Workflow } from 'lucide-react';
import { Icon } from '../../components/icon.tsx';
import { Tooltip } from '../../components/tooltip.tsx';
import {
  openConnections,
  openHistory,
  openMigrations,
  openSchema,
  openSettings,
  useNavigation,
} from '../../state/navigation.ts';
import { shortcuts } from '../../state/shortcuts.ts';
import { type Area, activeTab, areaOf } from '../../state/tabs.ts';
import { useCurrentConnection } from './use-current-connection.ts';
import './rail.css';

function RailButton({
  area,
  current,
  word,
  icon,
  tooltip,
  onPress,
}: {
  readonly area: Area;
  readonly current: Area | null;
  readonly word: string;
  readonly icon: LucideIcon;
  readonly tooltip: string;
  readonly onPress: () => void;
}) {
  return (
    <Tooltip placement="right" shortcut={shortcuts[area]} text={tooltip}>
      <button
        aria-current={current === area ? 'page' : undefined}
        className="rail-button"
        onClick={onPress}
        type="button"
      >
        <Icon of={icon} size={18} />
        {word}
      </button>
    </Tooltip>
  );
}

/** The five places of the application. */
export function Rail() {
  const current = areaOf(useNavigation(activeTab));
  const connection = useCurrentConnection();
  const showSchema = (): void => (connection === null ? openConnections() : openSchema(connection.id));
  const shared = { current };
  return (
    <nav aria-label="Main" className="rail">
      <RailButton
        {...shared}
        area="connections"
        icon={Plug}
        onPress={openConnections}
        tooltip="Connections"
        word="Connections"
      />
      <RailButton
        {...shared}
        area="schema"
        icon={Workflow}
        onPress={showSchema}
        tooltip={connection === null ? 'Schema: choose a connection first' : `Schema of ${connection.name}`}
        word="Schema"
      />
      <RailButton
        {...shared}
        area="migrations"
        icon={ArrowUpDown}
        onPress={openMigrations}
        tooltip="Migrations"
        word="Migrations"
      />
      <RailButton {...shared} area="history" icon={Clock} onPress={openHistory} tooltip="History" word="History" />
      <span className="rail-space" />
      <RailButton
        {...shared}
        area="settings"
        icon={SlidersHorizontal}
        onPress={() => openSettings()}
        tooltip="Settings"
        word="Settings"
      />
    </nav>
  );
}
