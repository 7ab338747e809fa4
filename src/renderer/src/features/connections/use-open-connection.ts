import { useState } from 'react';
import type { LockstepError } from '../../../../shared/errors.ts';
import type { ConnectionId } from '../../../../shared/ids.ts';
import { useOperation } from '../../ipc/use-operation.ts';
import { useRequest } from '../../ipc/use-request.ts';
import { openSchema } from '../../state/navigation.ts';
import { wantReading } from '../../state/wanted-readings.ts';

/** Opening a connection: which one, whether it runs and in which phase, the error of the last try, how to start or stop it. */
export type OpeningConnection = {
  /** The connection that the rest speaks about; null before the first try. */
  readonly id: ConnectionId | null;
  readonly isOpening: boolean;
  readonly isCancelling: boolean;
  readonly phase: string | null;
  readonly since: number | null;
  readonly error: LockstepError | null;
  readonly open: (id: ConnectionId) => Promise<void>;
  readonly cancel: () => void;
  readonly reset: () => void;
};

/** Opens a connection and shows its schema, at once when it is open already; leaving the screen cancels it. */
export function useOpenConnection(): OpeningConnection {
  const connections = useRequest('connections.list', {}).data ?? [];
  const operation = useOperation('connections.open');
  const [id, setId] = useState<ConnectionId | null>(null);
  const { state } = operation;
  return {
    id,
    isOpening: operation.isRunning,
    isCancelling: state.status === 'cancelling',
    phase: 'since' in state ? (state.progress?.phase ?? null) : null,
    since: 'since' in state ? state.since : null,
    error: state.status === 'failed' ? state.error : null,
    open: async (chosen) => {
      setId(chosen);
      const isOpen = connections.some((item) => item.id === chosen && item.identity !== null);
      if (!isOpen) {
        if (!(await operation.run({ id: chosen })).ok) return;
        wantReading(chosen);
      }
      openSchema(chosen);
    },
    cancel: operation.cancel,
    reset: operation.reset,
  };
}
