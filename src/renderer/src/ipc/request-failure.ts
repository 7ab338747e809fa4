import type { LockstepError } from '../../../shared/errors.ts';

/** Carries an expected error through the request cache, which knows only thrown failures. */
export class RequestFailure extends Error {
  readonly error: LockstepError;

  constructor(error: LockstepError) {
    super(error.code);
    this.name = 'RequestFailure';
    this.error = error;
  }
}

/** The expected error inside whatever the request cache caught; anything else counts as a bug of the window. */
export const errorOf = (caught: unknown): LockstepError =>
  caught instanceof RequestFailure ? caught.error : { code: 'bug', incident: 'window' };
