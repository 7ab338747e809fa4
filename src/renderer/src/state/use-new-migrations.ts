import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ConnectionId, MigrationId } from '../../../shared/ids.ts';
import { request } from '../ipc/client.ts';
import { invalidateRequest } from '../ipc/use-request.ts';
import { openMigration } from './navigation.ts';
import { showError } from './show-error.ts';

/** What a migration that is made at once holds. */
export type WrittenMigration = { readonly title: string; readonly up: string; readonly down: string };

/**
 * Puts migrations into the history as drafts, in their order, and shows the first; tells whether all were made. What was
 * made before a failure stays, and the failure is shown as a message.
 */
export function useNewMigrations(): (
  connectionId: ConnectionId,
  migrations: readonly WrittenMigration[],
) => Promise<boolean> {
  const client = useQueryClient();
  return useCallback(
    async (connectionId, migrations) => {
      let first: MigrationId | null = null;
      for (const { title, up, down } of migrations) {
        const created = await request('migrations.create', { connectionId, request: '' });
        const saved = created.ok
          ? await request('migrations.saveText', { id: created.value.id, title: title.slice(0, 200), up, down })
          : created;
        if (!saved.ok) {
          showError(saved.error);
          return false;
        }
        first ??= saved.value.id;
        invalidateRequest(client, 'migrations.list');
      }
      if (first !== null) openMigration(first);
      return true;
    },
    [client],
  );
}
