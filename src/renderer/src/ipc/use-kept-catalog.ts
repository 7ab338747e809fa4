import { useQuery } from '@tanstack/react-query';
import type { Catalog } from '../../../engine/catalog/catalog.ts';
import type { LockstepError } from '../../../shared/errors.ts';
import type { ConnectionId } from '../../../shared/ids.ts';
import { request } from './client.ts';
import { errorOf, RequestFailure } from './request-failure.ts';
import { requestKey } from './use-request.ts';

/** The catalog that was kept from the last reading of a connection; null when it was never read. */
export type KeptCatalog = {
  readonly data: Catalog | null | undefined;
  readonly error: LockstepError | null;
  readonly isLoading: boolean;
};

/** A catalog as main sends it; main wrote the text itself. */
export const catalogOf = (text: string): Catalog => JSON.parse(text) as Catalog;

/** The object of before when both are the same reading, so that nobody who shows it works again. */
const sameReading = (old: Catalog | null | undefined, now: Catalog | null): Catalog | null =>
  old && now && old.fingerprint === now.fingerprint && old.capturedAt === now.capturedAt ? old : now;

/** Answers from the cache, or asks main; one text is taken apart once for all who show it. Null asks nothing. */
export function useKeptCatalog(connectionId: ConnectionId | null): KeptCatalog {
  const { data, error, isLoading } = useQuery({
    queryKey: connectionId === null ? requestKey('catalog.kept') : requestKey('catalog.kept', { connectionId }),
    enabled: connectionId !== null,
    // To look for equal parts, as is done by default, takes longer than reading the text.
    structuralSharing: (old, now) => sameReading(old as Catalog | null | undefined, now as Catalog | null),
    queryFn: async (): Promise<Catalog | null> => {
      if (connectionId === null) return null;
      const answer = await request('catalog.kept', { connectionId });
      if (!answer.ok) throw new RequestFailure(answer.error);
      return answer.value === null ? null : catalogOf(answer.value);
    },
  });
  return { data, error: error === null ? null : errorOf(error), isLoading };
}
