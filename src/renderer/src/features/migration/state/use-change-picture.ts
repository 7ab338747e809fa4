import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { LockstepError } from '../../../../../shared/errors.ts';
import type { MigrationId } from '../../../../../shared/ids.ts';
import type { OperationOutput } from '../../../../../shared/ipc/wire.ts';
import { runOperation } from '../../../ipc/client.ts';
import { errorOf, RequestFailure } from '../../../ipc/request-failure.ts';

/** What an up makes of the catalog: the newest answer, of the text before while a newer one is being drawn. */
export type ChangePictureState = {
  readonly answer: OperationOutput<'migrations.picture'> | undefined;
  readonly error: LockstepError | null;
};

/** Draws an up again a little after each change of its text; an answer that nobody waits for is cancelled. */
export function useChangePicture(id: MigrationId, up: string): ChangePictureState {
  const wanted = useDeferredValue(up);
  const { data, error } = useQuery({
    queryKey: ['migrations.picture', id, wanted],
    placeholderData: keepPreviousData,
    gcTime: 10_000,
    queryFn: async ({ signal }) => {
      const answer = await runOperation('migrations.picture', { id, up: wanted }, { signal });
      if (!answer.ok) throw new RequestFailure(answer.error);
      return answer.value;
    },
  });
  return { answer: data, error: error === null ? null : errorOf(error) };
}
