import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { subscribe } from './client.ts';
import { invalidateRequest, requestKey } from './use-request.ts';

/** Keeps the request cache true while the window lives: what main says has changed is asked again. */
export function useMainEvents(): void {
  const client = useQueryClient();
  useEffect(() => {
    const stop = [
      subscribe('connections.changed', () => {
        invalidateRequest(client, 'connections.list');
        invalidateRequest(client, 'catalog.kept');
        invalidateRequest(client, 'catalog.readings');
        invalidateRequest(client, 'secrets.status');
      }),
      subscribe('migrations.changed', () => {
        for (const name of ['migrations.list', 'migrations.get', 'migrations.versions', 'history.events'] as const) {
          invalidateRequest(client, name);
        }
        invalidateRequest(client, 'export.preview');
      }),
      subscribe('settings.changed', (settings) => {
        client.setQueryData(requestKey('settings.get', {}), settings);
        invalidateRequest(client, 'secrets.status');
      }),
    ];
    return () => {
      for (const unsubscribe of stop) unsubscribe();
    };
  }, [client]);
}
