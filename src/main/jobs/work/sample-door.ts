import type { EmbeddedShadowDatabases } from '../../../adapters/pglite/embedded-shadow.ts';
import {
  openSampleDatabase,
  type SampleDatabase,
  type SampleProgress,
} from '../../../adapters/pglite/sample-database.ts';
import { ShadowFailure } from '../../../engine/ports/shadow-failure.ts';
import type { LockstepError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';

/** The way to the sample database: opened at first use, then kept, because opening takes longer than reading. */
export interface SampleDoor {
  /**
   * Works with the open sample database. `ShadowFailure` and everything else that `work` throws passes through; after a
   * `ShadowFailure` the next use opens the database anew.
   */
  use<T>(
    options: { readonly signal: AbortSignal; readonly onProgress: (progress: SampleProgress) => void },
    work: (sample: SampleDatabase) => Promise<Result<T, LockstepError>>,
  ): Promise<Result<T, LockstepError>>;
}

/** Makes the door to the sample database whose image is in `folder`. */
export function createSampleDoor(folder: string, databases: EmbeddedShadowDatabases): SampleDoor {
  let opened: SampleDatabase | null = null;
  return {
    use: async (options, work) => {
      if (opened === null) {
        const opening = await openSampleDatabase({ folder, databases, ...options });
        if (!opening.ok) return opening;
        opened = opening.value;
      }
      const sample = opened;
      try {
        return await work(sample);
      } catch (problem) {
        if (problem instanceof ShadowFailure) opened = null;
        throw problem;
      }
    },
  };
}
