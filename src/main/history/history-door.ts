import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ReadableHistory, WritableHistory } from './handles.ts';
import { historyFailure } from './history-failure.ts';
import { type OpenedHistory, openHistory } from './open-history.ts';

/** The way to the local history: opens it at first use and turns what the disk refuses into data. */
export interface HistoryDoor {
  readonly file: string;
  read<T>(question: (history: ReadableHistory) => T): Promise<Result<T, LockstepError>>;
  write<T>(change: (history: WritableHistory) => T): Promise<Result<T, LockstepError>>;
  close(): Promise<void>;
}

/** Makes the door to the history in a file. `onDamage` hears once of a damaged file that was moved aside. */
export function createHistoryDoor(
  file: string,
  now: () => string,
  onDamage: (damage: LockstepError) => void,
): HistoryDoor {
  let opening: Promise<Result<OpenedHistory, LockstepError>> | null = null;

  const open = async (): Promise<Result<OpenedHistory, LockstepError>> => {
    const first = opening === null;
    opening ??= openHistory(file, now);
    const opened = await opening;
    // What could not be opened is tried again by the next call: a disk may be freed, a folder given back.
    if (!opened.ok) opening = null;
    else if (first && opened.value.damage !== null) onDamage(opened.value.damage);
    return opened;
  };

  const use = async <T>(work: (history: WritableHistory) => T): Promise<Result<T, LockstepError>> => {
    const opened = await open();
    if (!opened.ok) return opened;
    try {
      return ok(work(opened.value.history));
    } catch (problem) {
      const failure = historyFailure(problem, file);
      if (failure === null) throw problem;
      return err(failure);
    }
  };

  return {
    file,
    read: use,
    write: use,
    close: async () => {
      const opened = await opening;
      opening = null;
      if (opened?.ok === true) opened.value.history.close();
    },
  };
}
