import type { LockstepError } from '../../shared/errors.ts';

/**
 * Thrown by a shadow database that can no longer answer: it was cancelled, ran out of time, crashed, or could not be
 * made. The database is gone afterwards; `error` is the failure as data.
 */
export class ShadowFailure extends Error {
  readonly error: LockstepError;
  constructor(error: LockstepError) {
    super(error.code);
    this.name = 'ShadowFailure';
    this.error = error;
  }
}
