import { SqlFailure, type SqlRefusal } from '../../engine/ports/sql-client.ts';
import type { LockstepError } from '../../shared/errors.ts';

/**
 * What a failure of an open session means as data; null when it is none of the expected ones. `timeoutSeconds` is the
 * session's statement timeout.
 */
export function sessionErrorOf(cause: unknown, timeoutSeconds: number): LockstepError | null {
  if (cause instanceof SqlFailure) return refusalError(cause.refusal, timeoutSeconds);
  if (cause instanceof Error && cause.name === 'AbortError') return { code: 'cancelled' };
  return null;
}

function refusalError(refusal: SqlRefusal, timeoutSeconds: number): LockstepError {
  const { sqlstate, message } = refusal;
  // 57014 is also a cancelled query, but a session reports its own cancelling as the signal's reason.
  if (sqlstate === '57014') return { code: 'postgres.timeout', seconds: timeoutSeconds };
  if (sqlstate.startsWith('08') || sqlstate.startsWith('57P')) return { code: 'connection.lost', reason: message };
  return { code: 'postgres.rejected', ...refusal };
}
