import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ConnectionId } from '../../../shared/ids.ts';
import { request } from '../ipc/client.ts';
import { invalidateRequest } from '../ipc/use-request.ts';
import { openMigration } from './navigation.ts';
import { showError } from './show-error.ts';
import { draftOnceShown } from './waiting-drafts.ts';

/** True when no model would be asked, so that nothing leaves this computer that somebody had to approve first. */
async function isPlannedHere(): Promise<boolean> {
  const status = await request('secrets.status', {});
  return status.ok && status.value.apiKey === 'none';
}

/**
 * Makes a migration on a connection and shows it; a failure is shown as a message. A request that the built-in planner
 * would answer is drafted at once; a prompt for a model waits until somebody has seen it.
 */
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
      if (words !== '' && (await isPlannedHere())) draftOnceShown(created.value.id);
      openMigration(created.value.id);
    },
    [client],
  );
}
