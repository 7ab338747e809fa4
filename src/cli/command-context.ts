import type { Clock } from '../engine/ports/clock.ts';
import type { LockstepError } from '../shared/errors.ts';

/** The world as a command sees it. */
export type CommandContext = {
  /** The answer, and nothing else, goes here. */
  readonly print: (text: string) => void;
  /** Progress and notes, for a person. */
  readonly note: (text: string) => void;
  readonly clock: Clock;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
  /**
   * Does work that makes things elsewhere and takes them away again: after Ctrl+C it is waited for some seconds longer than
   * all else, until somebody presses it once more. It has to end soon after `signal` by itself.
   */
  readonly toItsEnd: <T>(work: () => Promise<T>) => Promise<T>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** True when the answer goes to a terminal that shows colours. */
  readonly colour: boolean;
};

/** Ends a command with an error that is data; the message and the exit code are derived from it. */
export class CommandFailure extends Error {
  readonly error: LockstepError;
  constructor(error: LockstepError) {
    super(error.code);
    this.name = 'CommandFailure';
    this.error = error;
  }
}

/** A wrong option or argument, said in words. */
export const wrongUsage = (path: string, message: string): CommandFailure =>
  new CommandFailure({ code: 'input.invalid', issues: [{ path, message }] });
