import { type QueryClient, useQuery } from '@tanstack/react-query';
import type { LockstepError } from '../../../shared/errors.ts';
import type { RequestInput, RequestName, RequestOutput } from '../../../shared/ipc/wire.ts';
import { request } from './client.ts';
import { errorOf, RequestFailure } from './request-failure.ts';

/** A request as a component sees it: the newest answer, or the newest error, and a way to ask again. */
export type RequestState<C extends RequestName> = {
  readonly data: RequestOutput<C> | undefined;
  readonly error: LockstepError | null;
  readonly isLoading: boolean;
  readonly refetch: () => void;
};

/** The cache key of a request; a key without input means every input of that request. */
export const requestKey = <C extends RequestName>(name: C, input?: RequestInput<C>): readonly unknown[] =>
  input === undefined ? [name] : [name, input];

/** Answers a request from the cache, asks main when the answer is missing or stale, and follows `enabled`. */
export function useRequest<C extends RequestName>(
  name: C,
  input: RequestInput<C>,
  { enabled = true }: { readonly enabled?: boolean } = {},
): RequestState<C> {
  const query = useQuery({
    queryKey: requestKey(name, input),
    enabled,
    queryFn: async (): Promise<RequestOutput<C>> => {
      const answer = await request(name, input);
      if (!answer.ok) throw new RequestFailure(answer.error);
      return answer.value;
    },
  });
  return {
    data: query.data,
    error: query.error === null ? null : errorOf(query.error),
    isLoading: query.isLoading,
    refetch: () => void query.refetch(),
  };
}

/** Marks the answers of a request as stale, so that whoever shows them asks again. */
export const invalidateRequest = (client: QueryClient, name: RequestName): void => {
  void client.invalidateQueries({ queryKey: requestKey(name) });
};
