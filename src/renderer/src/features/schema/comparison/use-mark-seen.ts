import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ConnectionId } from '../../../../../shared/ids.ts';
import { request } from '../../../ipc/client.ts';
import { invalidateRequest } from '../../../ipc/use-request.ts';
import { showError } from '../../../state/show-error.ts';

/** Remembers that the changes up to a reading were seen. */
export function useMarkSeen(connectionId: ConnectionId): (fingerprint: string) => void {
  const client = useQueryClient();
  return useCallback(
    (fingerprint) => {
      void request('catalog.markSeen', { connectionId, fingerprint }).then((answer) => {
        if (answer.ok) invalidateRequest(client, 'catalog.readings');
        else showError(answer.error);
      });
    },
    [client, connectionId],
  );
}
