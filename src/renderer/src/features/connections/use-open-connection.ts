import type { LockstepError } from '../../../../shared/errors.ts';
import type { ConnectionId } from '../../../../shared/ids.ts';
import { useOperation } from '../../ipc/use-operation.ts';
import { openSchema } from '../../state/navigation.ts';

/** Opening a connection: whether it runs and in which phase, the error of the last try, and how to start or stop it. */
export type OpeningConnection = {
  readonly isOpening: boolean;
  readonly isCancelling: boolean;
  readonly phase: string | null;
  readonly since: number | null;
  readonly error: LockstepError | null;
  readonly open: (id: ConnectionId) => Promise<void>;
  readonly cancel: () => void;
  readonly reset: () => void;
};

/** Opens a connection and shows its schema; leaving the screen cancels it. */
export function useOpenConnection(): OpeningConnection {
  const operation = useOperation('connections.open');
  const { state } = operation;
  return {
    isOpening: operation.isRunning,
    isCancelling: state.status === 'cancelling',
    phase: 'since' in state ? (state.progress?.phase ?? null) : null,
    since: 'since' in state ? state.since : null,
    error: state.status === 'failed' ? state.error : null,
    open: async (id) => {
      const opened = await operation.run({ id });
      if (opened.ok) openSchema(id);
    },
    cancel: operation.cancel,
    reset: operation.reset,
  };
}
