import { Check, Eye, FolderOutput, Play } from 'lucide-react';
import type { Catalog } from '../../../../../engine/catalog/catalog.ts';
import type { Migration } from '../../../../../shared/migration.ts';
import { Button } from '../../../components/button.tsx';
import { EnvironmentMark } from '../../../components/environment-mark.tsx';
import { Gate, GateRow } from '../../../components/gate.tsx';
import { Icon } from '../../../components/icon.tsx';
import { shortcuts } from '../../../state/shortcuts.ts';
import { ageText, momentText, shortFingerprint } from '../../schema/quantities.ts';
import type { Gates } from '../model/derive-gates.ts';
import { MigrationTitle } from './migration-title.tsx';
import './migration-header.css';

/** What the text in the editors is: a saved version, or something newer. */
function VersionLine({
  migration,
  edited,
  saving,
}: {
  readonly migration: Migration;
  readonly edited: boolean;
  readonly saving: boolean;
}) {
  const { current } = migration;
  if (saving) return <span>Saving…</span>;
  if (!current) return <span>{edited ? 'Not saved yet' : 'No version yet'}</span>;
  if (edited) return <span className="text-warn text-medium">Edited after version {current.version}</span>;
  return (
    <span>
      Version {current.version}, saved {momentText(current.savedAt, new Date())}
    </span>
  );
}

function BaseLine({ migration, catalog }: { readonly migration: Migration; readonly catalog: Catalog | null }) {
  const base = migration.current?.baseFingerprint ?? catalog?.fingerprint ?? null;
  const isNewest = catalog?.fingerprint === base;
  // What the baseline of a shadow run is known by.
  const shown = migration.current?.portableBaseFingerprint ?? (isNewest ? catalog?.portableFingerprint : null);
  if (base === null) return <span>No catalog has been read yet</span>;
  return (
    <>
      <span>
        Base <span className="mono migration-base">{shortFingerprint(shown ?? base)}</span>
        {catalog && isNewest ? ` read ${ageText(catalog.capturedAt, new Date())}` : ''}
      </span>
      {catalog ? (
        isNewest ? (
          <span className="row row-tight text-ok">
            <Icon of={Check} size={12} />
            equal to the newest catalog
          </span>
        ) : (
          <span className="text-warn">
            {`the catalog that was read ${ageText(catalog.capturedAt, new Date())} is another one`}
          </span>
        )
      ) : null}
    </>
  );
}

/** Title, target, version and base of a migration; the four gates; and the one sentence about what stops the export. */
export function MigrationHeader({
  migration,
  catalog,
  gates,
  edited,
  saving,
  validating,
  onRename,
  onValidate,
  onExport,
  onReview,
}: {
  readonly migration: Migration;
  readonly catalog: Catalog | null;
  readonly gates: Gates;
  readonly edited: boolean;
  readonly saving: boolean;
  readonly validating: boolean;
  readonly onRename: (title: string) => void;
  readonly onValidate: () => void;
  readonly onExport: () => void;
  readonly onReview: () => void;
}) {
  const version = migration.current?.version ?? 1;
  return (
    <header className="migration-header">
      <div className="row">
        <div className="grow">
          <MigrationTitle onRename={onRename} title={migration.title} />
          <div className="migration-meta">
            <EnvironmentMark environment={migration.environment} isLoud />
            <b>{migration.connectionName}</b>
            <i aria-hidden="true">/</i>
            <VersionLine edited={edited} migration={migration} saving={saving} />
            <i aria-hidden="true">/</i>
            <BaseLine catalog={catalog} migration={migration} />
          </div>
        </div>
        <Button
          icon={Play}
          isPending={validating}
          onPress={onValidate}
          shortcut={shortcuts.validate}
          showShortcut
          tooltip="Check the rules, then run up, down and up again on a shadow database"
        >
          Validate
        </Button>
        <Button
          icon={FolderOutput}
          lockedReason={gates.exportLocked}
          onPress={onExport}
          variant={gates.ready ? 'primary' : 'default'}
        >
          Export…
        </Button>
        <Button
          icon={Eye}
          lockedReason={gates.reviewLocked}
          onPress={onReview}
          shortcut={shortcuts.review}
          variant={gates.ready ? 'default' : 'primary'}
        >
          {`Review version ${version}…`}
        </Button>
      </div>
      <div className="migration-gates" role="status">
        <GateRow>
          {gates.gates.map((gate) => (
            <Gate key={gate.id} state={gate.state}>
              {gate.text}
            </Gate>
          ))}
        </GateRow>
        <p className="migration-verdict">
          <b>{gates.verdict}</b> {gates.reason}
        </p>
      </div>
    </header>
  );
}
