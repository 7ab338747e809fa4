import { ArrowDownUp, Plus, Search } from 'lucide-react';
import { useState } from 'react';
import type { MigrationSummary } from '../../../../shared/migration.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { EnvironmentMark } from '../../components/environment-mark.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Gate, type GateState } from '../../components/gate.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useRequest } from '../../ipc/use-request.ts';
import { openMigration } from '../../state/navigation.ts';
import { countOf, momentText } from '../schema/quantities.ts';
import { NewMigrationDialog } from './new-migration-dialog.tsx';
import './migrations-list.css';

const states: Readonly<Record<MigrationSummary['status'], GateState>> = {
  draft: 'not-yet',
  validated: 'warning',
  proved: 'passed',
  'not reversible': 'error',
  reviewed: 'passed',
  exported: 'passed',
};

const statusWord = (status: MigrationSummary['status']): string => status.charAt(0).toUpperCase() + status.slice(1);

function Row({ migration }: { readonly migration: MigrationSummary }) {
  const findings = [
    ...(migration.errors > 0 ? [countOf(migration.errors, 'error')] : []),
    ...(migration.warnings > 0 ? [countOf(migration.warnings, 'warning')] : []),
  ].join(', ');
  return (
    <li className="migrations-row">
      <button className="migrations-open" onClick={() => openMigration(migration.id)} type="button">
        <span className="migrations-title">
          <b className="text-ellipsis">{migration.title}</b>
          <span className="text-2 text-small text-ellipsis">
            {migration.request === '' ? 'Written by hand' : `“${migration.request}”`}
          </span>
        </span>
        <span className="migrations-where">
          <EnvironmentMark environment={migration.environment} />
          <span className="text-small text-2 text-ellipsis">{migration.connectionName}</span>
        </span>
        <span>
          <Gate state={states[migration.status]}>{statusWord(migration.status)}</Gate>
        </span>
        <span className={migration.errors > 0 ? 'text-bad' : migration.warnings > 0 ? 'text-warn' : 'text-2'}>
          {migration.status === 'draft' ? 'Not validated' : findings === '' ? 'No errors, no warnings' : findings}
        </span>
        <span className="text-2">
          {momentText(migration.changedAt, new Date())}
          <span className="migrations-versions">{countOf(migration.versions, 'version')}</span>
        </span>
      </button>
    </li>
  );
}

/** All migrations that are kept on this computer, and the way to a new one. */
export function MigrationsList() {
  const { data, error, refetch } = useRequest('migrations.list', {});
  const [filter, setFilter] = useState('');
  const [asks, setAsks] = useState(false);
  const words = filter.toLowerCase();
  const shown = (data ?? []).filter((migration) =>
    [migration.title, migration.request, migration.connectionName, migration.status].some((text) =>
      text.toLowerCase().includes(words),
    ),
  );
  const create = (
    <Button icon={Plus} onPress={() => setAsks(true)} variant="primary">
      New migration
    </Button>
  );
  return (
    <div className="migrations-list">
      <header className="migrations-head">
        <h1>Migrations</h1>
        <span className="text-2 grow">{data ? data.length : ''}</span>
        <TextField
          icon={Search}
          isQuiet
          label="Filter migrations"
          layout="hidden"
          onChange={setFilter}
          placeholder="Filter"
          value={filter}
        />
        {create}
      </header>
      {error ? <ErrorNotice className="migration-notice" error={error} remedies={{ retry: refetch }} /> : null}
      {data && data.length === 0 ? (
        <EmptyState action={create} icon={ArrowDownUp} title="No migrations yet">
          Say what should change, and Lockstep writes up and down, checks both against the rules, and proves on a
          throw-away copy that down brings the database back.
        </EmptyState>
      ) : (
        <div className="migrations-body">
          <div aria-hidden="true" className="migrations-columns">
            <span>Migration, request</span>
            <span>Target</span>
            <span>Status</span>
            <span>Findings</span>
            <span>Changed</span>
          </div>
          <ul>
            {shown.map((migration) => (
              <Row key={migration.id} migration={migration} />
            ))}
          </ul>
          {data && shown.length === 0 ? <p className="tab-empty">Nothing matches “{filter}”.</p> : null}
        </div>
      )}
      {asks ? <NewMigrationDialog connectionId={null} onClose={() => setAsks(false)} request="" /> : null}
    </div>
  );
}
