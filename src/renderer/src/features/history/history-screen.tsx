import {
  Clock,
  Eye,
  FileCheck,
  FilePen,
  FilePlus,
  FolderOutput,
  GitCompareArrows,
  type LucideIcon,
  Search,
} from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { HistoryEvent } from '../../../../shared/migration.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { EnvironmentMark } from '../../components/environment-mark.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Icon } from '../../components/icon.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useRequest } from '../../ipc/use-request.ts';
import { timeInWords } from '../../state/ages.ts';
import { openMigration } from '../../state/navigation.ts';
import { useNow } from '../../state/use-now.ts';
import { type HistoryFilter, type HistoryLine, historyDays } from './history-filter.ts';
import './history-screen.css';

const icons: Readonly<Record<HistoryEvent['kind'], LucideIcon>> = {
  created: FilePlus,
  'draft saved': FilePen,
  validated: FileCheck,
  'shadow run': GitCompareArrows,
  reviewed: Eye,
  exported: FolderOutput,
};

const environmentOptions = [
  { id: 'any', label: 'Any environment' },
  { id: 'production', label: 'Production' },
  { id: 'staging', label: 'Staging' },
  { id: 'development', label: 'Development' },
  { id: 'sample', label: 'Sample' },
] as const;

const statusOptions = [
  { id: 'any', label: 'Any status' },
  { id: 'draft', label: 'Draft' },
  { id: 'validated', label: 'Validated' },
  { id: 'proved', label: 'Proved' },
  { id: 'not reversible', label: 'Not reversible' },
  { id: 'reviewed', label: 'Reviewed' },
  { id: 'exported', label: 'Exported' },
] as const;

function Line({ line: { event, migration } }: { readonly line: HistoryLine }) {
  return (
    <li>
      <button className="history-line" onClick={() => openMigration(event.migrationId)} type="button">
        <span className="history-time tabular">{timeInWords(event.at)}</span>
        <Icon className="history-icon" of={icons[event.kind]} size={16} />
        <span className="history-text">
          <span className="text-ellipsis">
            <b className="text-strong">{migration?.title ?? 'Migration'}</b>
            {event.version === null ? null : <span className="text-3"> version {event.version}</span>}
          </span>
          <span className="text-ellipsis text-2 text-small">{event.text}</span>
        </span>
        {migration === null ? null : (
          <>
            <span className="text-small text-ellipsis history-connection">{migration.connectionName}</span>
            <EnvironmentMark environment={migration.environment} />
          </>
        )}
      </button>
    </li>
  );
}

/** Everything that was drafted, checked, proved and exported here; it needs no connection. */
export function HistoryScreen() {
  const now = useNow();
  const [text, setText] = useState('');
  const [connection, setConnection] = useState('any');
  const [filter, setFilter] = useState<HistoryFilter>({ environment: 'any', status: 'any' });
  const searched = useDeferredValue(text);
  const connections = useRequest('connections.list', {}).data ?? [];
  const migrations = useRequest('migrations.list', {}).data ?? [];
  const connectionId = connections.find((item) => item.id === connection)?.id ?? null;
  const events = useRequest('history.events', { text: searched, connectionId });
  const days = historyDays(events.data ?? [], migrations, filter, now);
  const isFiltered = text !== '' || connection !== 'any' || filter.environment !== 'any' || filter.status !== 'any';

  return (
    <div className="history-screen">
      <header className="history-head">
        <h1 className="history-title">History</h1>
        <span className="text-2">{events.data?.length ?? ''}</span>
        <span className="grow" />
        <TextField
          className="history-search"
          icon={Search}
          isQuiet
          label="Search the history"
          layout="hidden"
          onChange={setText}
          placeholder="Search requests, SQL, objects"
          type="search"
          value={text}
        />
        <div className="history-filter">
          <Select
            isQuiet
            label="Connection"
            layout="hidden"
            onChange={setConnection}
            options={[
              { id: 'any', label: 'Any connection' },
              ...connections.map((item) => ({ id: item.id as string, label: item.name })),
            ]}
            value={connection}
          />
        </div>
        <div className="history-filter">
          <Select
            isQuiet
            label="Environment"
            layout="hidden"
            onChange={(environment) => setFilter((old) => ({ ...old, environment }))}
            options={environmentOptions}
            value={filter.environment}
          />
        </div>
        <div className="history-filter">
          <Select
            isQuiet
            label="Status"
            layout="hidden"
            onChange={(status) => setFilter((old) => ({ ...old, status }))}
            options={statusOptions}
            value={filter.status}
          />
        </div>
      </header>
      <div className="history-scroll">
        {events.error === null ? null : (
          <ErrorNotice className="history-error" error={events.error} remedies={{ retry: events.refetch }} />
        )}
        {days.map(({ day, lines }) => (
          <section aria-label={day} key={day}>
            <h2 className="history-day">{day}</h2>
            <ul>
              {lines.map((line) => (
                <Line key={`${line.event.at} ${line.event.kind} ${line.event.migrationId}`} line={line} />
              ))}
            </ul>
          </section>
        ))}
        {days.length > 0 || events.data === undefined ? null : (
          <EmptyState icon={Clock} title={isFiltered ? 'Nothing matches' : 'Nothing has happened yet'}>
            <p>
              {isFiltered
                ? 'Search looks into requests, titles, SQL and reports. Try fewer words or another filter.'
                : 'Every draft, finding report, shadow run and export is kept here, on this computer, and opens without a connection.'}
            </p>
          </EmptyState>
        )}
      </div>
    </div>
  );
}
