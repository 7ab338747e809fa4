import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LockstepError } from '../../../../shared/errors.ts';
import type { ConnectionListItem } from '../../../../shared/ipc/contract.ts';
import { AlertDialog } from '../../components/alert-dialog.tsx';
import { EnvironmentMark } from '../../components/environment-mark.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { request } from '../../ipc/client.ts';
import { invalidateRequest } from '../../ipc/use-request.ts';
import { useNavigation } from '../../state/navigation.ts';
import { showToast } from '../../state/toasts.ts';

/** Asks before a connection profile is deleted, and says what stays. */
export function DeleteConnection({
  item,
  onClose,
}: {
  readonly item: ConnectionListItem;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<LockstepError | null>(null);
  const remove = async (): Promise<void> => {
    setIsPending(true);
    const answer = await request('connections.delete', { id: item.id });
    setIsPending(false);
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    useNavigation.getState().forgetConnection(item.id);
    invalidateRequest(client, 'connections.list');
    showToast({ tone: 'ok', title: `Deleted ${item.name}` });
    onClose();
  };
  return (
    <AlertDialog
      action={`Delete ${item.name}`}
      isPending={isPending}
      onClose={onClose}
      onConfirm={() => void remove()}
      title={`Delete the connection ${item.name}?`}
    >
      <p>
        <EnvironmentMark environment={item.environment} isLoud />
      </p>
      <p>
        The profile for <span className="mono">{`${item.host}:${item.port} / ${item.database}`}</span> and its stored
        password are removed from this computer. The database itself is not touched, and migrations made for it stay in
        the history.
      </p>
      {error === null ? null : <ErrorNotice error={error} />}
    </AlertDialog>
  );
}
