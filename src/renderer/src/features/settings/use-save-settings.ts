import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { RequestOutput } from '../../../../shared/ipc/wire.ts';
import { request } from '../../ipc/client.ts';
import { requestKey } from '../../ipc/use-request.ts';
import { showError } from '../../state/show-error.ts';

export type SavedSettings = RequestOutput<'settings.get'>;

/** Saves settings at once; what main keeps is what the window then shows, and a failure is shown as a message. */
export function useSaveSettings(): (settings: SavedSettings) => Promise<boolean> {
  const client = useQueryClient();
  return useCallback(
    async (settings) => {
      const answer = await request('settings.save', settings);
      if (!answer.ok) {
        showError(answer.error);
        return false;
      }
      client.setQueryData(requestKey('settings.get', {}), answer.value);
      return true;
    },
    [client],
  );
}
