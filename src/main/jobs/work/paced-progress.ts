import type { OperationProgress } from '../../../shared/ipc/wire.ts';

type Progress = OperationProgress<'draft.generate'>;

/**
 * Passes progress on at most once in `milliseconds`, because each message repeats the whole text so far and a reply comes
 * in thousands of pieces. Pieces are joined, none is lost once `flush` was called; a new phase is passed on at once.
 */
export function pacedProgress(
  report: (progress: Progress) => void,
  milliseconds: number,
): { readonly report: (progress: Progress) => void; readonly flush: () => void } {
  let waiting: Progress | null = null;
  let timer: NodeJS.Timeout | null = null;
  let phase: string | null = null;

  const send = (): void => {
    timer = null;
    if (waiting === null) return;
    report(waiting);
    waiting = null;
    timer = setTimeout(send, milliseconds);
  };
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting !== null) report(waiting);
    waiting = null;
  };

  return {
    report: (progress) => {
      if (progress.phase !== phase) flush();
      phase = progress.phase;
      waiting = waiting === null ? progress : { ...progress, delta: waiting.delta + progress.delta };
      if (timer === null) send();
    },
    flush,
  };
}
