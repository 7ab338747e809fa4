import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ConnectionId } from '../../../shared/ids.ts';
import { request } from '../ipc/client.ts';
import { invalidateRequest } from '../ipc/use-request.ts';
import { openMigration } from './navigation.ts';
import { showError } from './show-error.ts';

/** Makes an empty migration on a connection and shows it; a failure is shown as a message. */
export function useNewMigration(): (connectionId: ConnectionId, words?: string) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (connectionId, words = '') => {
      const created = await request('migrations.create', { connectionId, request: words });
      if (!created.ok) {
        showError(created.error);
        return;
      }
      invalidateRequest(client, 'migrations.list');
      openMigration(created.value.id);
    },
    [client],
  );
}
