import { useQuery } from '@tanstack/react-query';
import type { Catalog } from '../../../engine/catalog/catalog.ts';
import type { LockstepError } from '../../../shared/errors.ts';
import type { ConnectionId } from '../../../shared/ids.ts';
import { request } from './client.ts';
import { errorOf, RequestFailure } from './request-failure.ts';
import { unpack } from './unpack.ts';
import { requestKey } from './use-request.ts';

/** The catalog that was kept from the last reading of a connection; null when it was never read. */
export type KeptCatalog = {
  readonly data: Catalog | null | undefined;
  readonly error: LockstepError | null;
  readonly isLoading: boolean;
};

/** The newest kept catalog, asked for once more only when it is another than `old`, the one that the page has. */
async function keptCatalog(connectionId: ConnectionId, old: Catalog | null | undefined): Promise<Catalog | null> {
  const known = old ? { fingerprint: old.fingerprint, capturedAt: old.capturedAt } : null;
  const answer = await request('catalog.kept', { connectionId, known });
  if (!answer.ok) throw new RequestFailure(answer.error);
  switch (answer.value.kind) {
    case 'none':
      return null;
    case 'same':
      return old ?? null;
    case 'catalog':
      return unpack<Catalog>(answer.value.packed);
  }
}

/** Answers from the cache, or asks main; a catalog is taken apart once for all who show it. Null asks nothing. */
export function useKeptCatalog(connectionId: ConnectionId | null): KeptCatalog {
  const queryKey = connectionId === null ? requestKey('catalog.kept') : requestKey('catalog.kept', { connectionId });
  const { data, error, isLoading } = useQuery({
    queryKey,
    enabled: connectionId !== null,
    // To look for equal parts, as is done by default, takes longer than reading it.
    structuralSharing: false,
    queryFn: ({ client }): Promise<Catalog | null> | null =>
      connectionId === null ? null : keptCatalog(connectionId, client.getQueryData<Catalog | null>(queryKey)),
  });
  return { data, error: error === null ? null : errorOf(error), isLoading };
}
