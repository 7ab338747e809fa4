import type { LockstepError } from '../../shared/errors.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import { ShadowFailure } from '../ports/shadow-failure.ts';
import { SqlFailure } from '../ports/sql-client.ts';

/** What ended a shadow run, as data. A bug is thrown on. */
export function shadowErrorOf(cause: unknown, signal: CancelSignal | undefined): LockstepError {
  if (cause instanceof ShadowFailure) return cause.error;
  // Our own reading of the copy was refused: the engine no longer works, whatever the migration did to it.
  if (cause instanceof SqlFailure) return { code: 'shadow.crashed', reason: cause.message };
  if (signal?.aborted === true) return { code: 'cancelled' };
  throw cause;
}
