import type { LockstepError } from '../../../shared/errors.ts';
import type { OperationId } from '../../../shared/ids.ts';
import {
  type Bridge,
  callChannel,
  cancelChannel,
  type EventName,
  type EventPayload,
  eventChannel,
  type OperationInput,
  type OperationName,
  type OperationOutput,
  type OperationProgress,
  type OperationStart,
  type ProgressMessage,
  progressChannel,
  type RequestInput,
  type RequestName,
  type RequestOutput,
} from '../../../shared/ipc/wire.ts';
import type { Result } from '../../../shared/result.ts';

declare global {
  interface Window {
    readonly lockstep: Bridge;
  }
}

/** What a caller of an operation may bring: a place for progress, and a signal that cancels it. */
export type OperationOptions<C extends OperationName> = {
  readonly onProgress?: (progress: OperationProgress<C>) => void;
  readonly signal?: AbortSignal;
};

// Types of answers hold by construction: main parses every input and output by the same contract.
const call = (channel: string, input: unknown): Promise<Result<unknown, LockstepError>> =>
  window.lockstep.invoke(channel, input) as Promise<Result<unknown, LockstepError>>;

const newOperationId = (): OperationId => crypto.randomUUID() as OperationId;

/** Asks main one question; resolves with the answer or the error as data, rejects only when main itself is gone. */
export const request = <C extends RequestName>(
  name: C,
  input: RequestInput<C>,
): Promise<Result<RequestOutput<C>, LockstepError>> =>
  call(callChannel(name), input) as Promise<Result<RequestOutput<C>, LockstepError>>;

/** Starts long work and resolves when it has ended; aborting the signal ends it with `cancelled`. */
export async function runOperation<C extends OperationName>(
  name: C,
  input: OperationInput<C>,
  { onProgress, signal }: OperationOptions<C> = {},
): Promise<Result<OperationOutput<C>, LockstepError>> {
  const operationId = newOperationId();
  const stopListening = window.lockstep.on(progressChannel, (payload) => {
    const message = payload as ProgressMessage;
    if (message.operationId === operationId) onProgress?.(message.progress as OperationProgress<C>);
  });
  const cancel = (): void => void call(cancelChannel, { operationId });
  try {
    const start: OperationStart<C> = { operationId, input };
    const outcome = call(callChannel(name), start);
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    return (await outcome) as Result<OperationOutput<C>, LockstepError>;
  } finally {
    signal?.removeEventListener('abort', cancel);
    stopListening();
  }
}

/** Listens to an event of main until the returned function is called. */
export const subscribe = <C extends EventName>(name: C, listener: (payload: EventPayload<C>) => void): (() => void) =>
  window.lockstep.on(eventChannel(name), (payload) => listener(payload as EventPayload<C>));
