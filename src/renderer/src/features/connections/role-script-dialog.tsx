import { useState } from 'react';
import type { ConnectionId } from '../../../../shared/ids.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { SqlText } from '../../components/sql-text.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useRequest } from '../../ipc/use-request.ts';

/** Shows the statements that make a role which can only read, to copy and run elsewhere; nothing is sent from here. */
export function RoleScriptDialog({
  connectionId,
  database,
  onClose,
}: {
  /** The connection whose schemas are known from an earlier reading; null for a new one. */
  readonly connectionId: ConnectionId | null;
  readonly database: string;
  readonly onClose: () => void;
}) {
  const [role, setRole] = useState('lockstep_ro');
  const name = role.trim();
  const answer = useRequest('connections.roleScript', {
    role: name === '' ? 'lockstep_ro' : name.slice(0, 63),
    database: database.trim() === '' ? 'postgres' : database.trim().slice(0, 63),
    connectionId,
  });
  const script = name === '' ? null : (answer.data?.script ?? null);
  return (
    <Dialog
      footer={
        <Button onPress={onClose} variant="primary">
          Done
        </Button>
      }
      onClose={onClose}
      title="Script for a read-only role"
      width="wide"
    >
      <div className="stack">
        <p className="text-2">
          Run it as a superuser or as the owner of the database. The role reads the whole catalog and the facts, and not
          one row. Replace the password in it first.
        </p>
        <TextField isMono label="Name of the role" layout="beside" name="role" onChange={setRole} value={role} />
        {script === null ? (
          <p className="text-2">{name === '' ? 'Enter the name of the role.' : null}</p>
        ) : (
          <SqlText label="Script" sql={script} />
        )}
        {answer.error === null ? null : <ErrorNotice error={answer.error} remedies={{}} />}
      </div>
    </Dialog>
  );
}
