import type { EmbeddedShadowDatabases } from '../../../adapters/pglite/embedded-shadow.ts';
import {
  openSampleDatabase,
  type SampleDatabase,
  type SampleProgress,
} from '../../../adapters/pglite/sample-database.ts';
import { ShadowFailure } from '../../../engine/ports/shadow-failure.ts';
import type { LockstepError } from '../../../shared/errors.ts';
import { err, type Result } from '../../../shared/result.ts';

/** The way to the sample database: opened at first use, then kept, because opening takes longer than reading. */
export interface SampleDoor {
  /**
   * Works with the open sample database; all who come while it is being opened wait for the one opening, and one who
   * cancels does not end it for the others. What `work` throws passes through; after a `ShadowFailure` the next use opens
   * the database anew.
   */
  use<T>(
    options: { readonly signal: AbortSignal; readonly onProgress: (progress: SampleProgress) => void },
    work: (sample: SampleDatabase) => Promise<Result<T, LockstepError>>,
  ): Promise<Result<T, LockstepError>>;
}

type Opening = Promise<Result<SampleDatabase, LockstepError>>;

/** Makes the door to the sample database; `place` says where its image is, or is made. */
export function createSampleDoor(place: {
  readonly folder: string;
  readonly shippedFolder: string;
  readonly databases: EmbeddedShadowDatabases;
}): SampleDoor {
  let opening: Opening | null = null;
  const listeners = new Set<(progress: SampleProgress) => void>();

  // It has one session, so one works with it after another: a statement between another's BEGIN and ROLLBACK would break both.
  let turn: Promise<unknown> = Promise.resolve();

  const open = async (): Opening => {
    try {
      const opened = await openSampleDatabase({
        ...place,
        onProgress: (progress) => {
          for (const listener of listeners) listener(progress);
        },
      });
      if (!opened.ok) opening = null;
      return opened;
    } catch (problem) {
      opening = null;
      throw problem;
    }
  };

  return {
    use: async ({ signal, onProgress }, work) => {
      opening ??= open();
      const mine = opening;
      listeners.add(onProgress);
      const opened = await Promise.race([mine, cancelled(signal)]).finally(() => listeners.delete(onProgress));
      if (!opened.ok) return opened;
      const done = turn.then(() => (signal.aborted ? cancelled(signal) : work(opened.value)));
      turn = done.catch(() => undefined);
      try {
        return await done;
      } catch (problem) {
        if (problem instanceof ShadowFailure && opening === mine) opening = null;
        throw problem;
      }
    },
  };
}

function cancelled(signal: AbortSignal): Promise<Result<never, LockstepError>> {
  return new Promise((resolve) => {
    const cancel = (): void => resolve(err({ code: 'cancelled' }));
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
}
