import { useCallback, useDeferredValue, useEffect, useRef } from 'react';
import type { Catalog } from '../../../../engine/catalog/catalog.ts';
import type { LockstepError } from '../../../../shared/errors.ts';
import type { ConnectionId } from '../../../../shared/ids.ts';
import { useKeptCatalog } from '../../ipc/use-kept-catalog.ts';
import { type Operation, useOperation } from '../../ipc/use-operation.ts';
import { readingBegan, useWantedReadings } from '../../state/wanted-readings.ts';

/** The catalog of a database: the one that was kept, until it is read again. */
export type CatalogState = {
  readonly catalog: Catalog | null;
  readonly error: LockstepError | null;
  readonly isLoading: boolean;
  readonly reading: Operation<'catalog.introspect'>;
  readonly refresh: () => void;
};

/** Gives the kept catalog at once; reads it from the server when there is none, after a connection was opened, and when asked to. */
export function useCatalog(connectionId: ConnectionId): CatalogState {
  const kept = useKeptCatalog(connectionId);
  const reading = useOperation('catalog.introspect');
  const { run } = reading;
  const refresh = useCallback(() => {
    // What was read is kept, and main then says that there is something new to ask for.
    void run({ connectionId });
  }, [connectionId, run]);
  const isWanted = useWantedReadings(({ wanted }) => wanted.has(connectionId));
  const asked = useRef(false);
  useEffect(() => {
    const isFirst = kept.data === null && !asked.current;
    if (kept.data === undefined || (!isFirst && !isWanted)) return;
    asked.current = true;
    readingBegan(connectionId);
    refresh();
  }, [kept.data, isWanted, connectionId, refresh]);
  const failed = reading.state.status === 'failed' ? reading.state.error : null;
  // Tree, diagram and inspector of a large one are drawn in steps, between which the window answers.
  const catalog = useDeferredValue(kept.data ?? null, null);
  // After a reading, what was read is on its way.
  const isOnItsWay = kept.data != null || reading.state.status === 'done';
  const isLoading = kept.isLoading || (catalog === null && isOnItsWay);
  return { catalog, error: failed ?? kept.error, isLoading, reading, refresh };
}
