import { useState } from 'react';
import type { ConnectionListItem } from '../../../../shared/ipc/contract.ts';
import { Button } from '../../components/button.tsx';
import { EnvironmentShape } from '../../components/environment-mark.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { SegmentedControl } from '../../components/segmented-control.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { type ConnectionForm, tlsModes, wantsRootCertificate } from './connection-form.ts';
import { PasswordField } from './password-field.tsx';
import { RoleScriptDialog } from './role-script-dialog.tsx';
import type { ConnectionEditor } from './use-connection-editor.ts';

const environments = [
  { id: 'development', label: 'Development', mark: <EnvironmentShape environment="development" /> },
  { id: 'staging', label: 'Staging', mark: <EnvironmentShape environment="staging" /> },
  { id: 'production', label: 'Production', mark: <EnvironmentShape environment="production" /> },
] as const;

const environmentHelp: Readonly<Record<ConnectionForm['environment'], string>> = {
  development: 'Development: questions are short.',
  staging: 'Staging: questions come with a summary.',
  production: 'Production: a red band stays in sight, and Cancel is the default button of every question.',
};

/** The fields of the connection form. */
export function ConnectionFields({
  saved,
  editor,
}: {
  readonly saved: ConnectionListItem | null;
  readonly editor: ConnectionEditor;
}) {
  const { form, change, problems } = editor;
  const [showsScript, setShowsScript] = useState(false);
  const tls = tlsModes.find((mode) => mode.id === form.tls);
  return (
    <>
      <TextField
        autoFocus={saved === null}
        error={problems.name ?? null}
        label="Name"
        layout="beside"
        name="name"
        onChange={(name) => change({ name })}
        value={form.name}
      />
      <SegmentedControl
        help={environmentHelp[form.environment]}
        isWide
        label="Environment"
        layout="beside"
        onChange={(environment) => change({ environment })}
        segments={environments}
        value={form.environment}
      />
      <div className="connection-form-host">
        <TextField
          error={problems.host ?? null}
          isMono
          label="Host"
          layout="beside"
          name="host"
          onChange={(host) => change({ host })}
          value={form.host}
        />
        <NumberField
          error={problems.port ?? null}
          isMono
          label="Port"
          layout="hidden"
          maximum={65_535}
          minimum={1}
          onChange={(port) => change({ port })}
          value={form.port}
        />
      </div>
      <TextField
        error={problems.database ?? null}
        isMono
        label="Database"
        layout="beside"
        name="database"
        onChange={(database) => change({ database })}
        value={form.database}
      />
      <TextField
        error={problems.user ?? null}
        help={
          <>
            A role that can only read is enough.{' '}
            <Button aria-haspopup="dialog" onPress={() => setShowsScript(true)} variant="link">
              Script that creates it
            </Button>
          </>
        }
        isMono
        label="User"
        layout="beside"
        name="user"
        onChange={(user) => change({ user })}
        value={form.user}
      />
      {showsScript ? (
        <RoleScriptDialog
          connectionId={saved?.id ?? null}
          database={form.database}
          onClose={() => setShowsScript(false)}
        />
      ) : null}
      <PasswordField editor={editor} saved={saved} />
      <Select
        help={`${tls?.more ?? ''} As in libpq.`}
        isMono
        label="TLS"
        layout="beside"
        onChange={(mode) => change({ tls: mode })}
        options={tlsModes}
        value={form.tls}
      />
      {wantsRootCertificate(form) ? (
        <TextField
          help="Path of a PEM file. Leave it empty to trust the authorities that this computer trusts."
          isMono
          label="Root CA"
          layout="beside"
          name="rootCertificate"
          onChange={(rootCertificate) => change({ rootCertificate })}
          placeholder="/etc/ssl/certs/corporate-ca.pem"
          value={form.rootCertificate}
        />
      ) : null}
    </>
  );
}
