import { useCallback, useEffect, useRef, useState } from 'react';
import type { LockstepError } from '../../../shared/errors.ts';
import type { OperationInput, OperationName, OperationOutput, OperationProgress } from '../../../shared/ipc/wire.ts';
import type { Result } from '../../../shared/result.ts';
import { runOperation } from './client.ts';

/** Where an operation is; `cancelling` lasts until main has confirmed that the work has stopped. */
export type OperationState<C extends OperationName> =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running' | 'cancelling';
      readonly progress: OperationProgress<C> | null;
      readonly since: number;
    }
  | { readonly status: 'done'; readonly output: OperationOutput<C>; readonly milliseconds: number }
  | { readonly status: 'failed'; readonly error: LockstepError };

/** One operation of a component: its state, and the functions that start, cancel and forget it. */
export type Operation<C extends OperationName> = {
  readonly state: OperationState<C>;
  readonly isRunning: boolean;
  /** Starts it; a run that is still going is cancelled first. */
  readonly run: (input: OperationInput<C>) => Promise<Result<OperationOutput<C>, LockstepError>>;
  readonly cancel: () => void;
  readonly reset: () => void;
};

/** Runs one operation at a time; leaving the screen cancels it unless `keepRunning` is set. */
export function useOperation<C extends OperationName>(
  name: C,
  { keepRunning = false }: { readonly keepRunning?: boolean } = {},
): Operation<C> {
  const [state, setState] = useState<OperationState<C>>({ status: 'idle' });
  const current = useRef<AbortController | null>(null);

  useEffect(
    () => () => {
      if (!keepRunning) current.current?.abort();
      current.current = null;
    },
    [keepRunning],
  );

  const run = useCallback(
    async (input: OperationInput<C>): Promise<Result<OperationOutput<C>, LockstepError>> => {
      current.current?.abort();
      const controller = new AbortController();
      current.current = controller;
      const since = Date.now();
      const isCurrent = (): boolean => current.current === controller;
      setState({ status: 'running', progress: null, since });
      const result = await runOperation(name, input, {
        signal: controller.signal,
        onProgress: (progress) => {
          if (isCurrent()) setState((old) => ('since' in old ? { ...old, progress } : old));
        },
      });
      if (isCurrent()) {
        current.current = null;
        setState(
          result.ok
            ? { status: 'done', output: result.value, milliseconds: Date.now() - since }
            : { status: 'failed', error: result.error },
        );
      }
      return result;
    },
    [name],
  );

  const cancel = useCallback(() => {
    if (current.current === null) return;
    setState((old) => ('since' in old ? { ...old, status: 'cancelling' } : old));
    current.current.abort();
  }, []);

  const reset = useCallback(() => {
    if (current.current === null) setState({ status: 'idle' });
  }, []);

  return { state, isRunning: state.status === 'running' || state.status === 'cancelling', run, cancel, reset };
}
