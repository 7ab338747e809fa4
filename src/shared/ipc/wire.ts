import type * as z from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import type { LockstepError } from '../errors.ts';
import type { OperationId } from '../ids.ts';
import type { Result } from '../result.ts';
import type { Events, Operations, Requests } from './contract.ts';

/**
 * How the contract travels. Every name of the contract is one wire channel:
 *
 * - request: `invoke('lockstep:connections.list', input)` resolves with `Result<output, LockstepError>`;
 * - operation: `invoke('lockstep:catalog.introspect', { operationId, input })` resolves with the same when it has ended;
 *   meanwhile `lockstep:operation.progress` delivers `{ operationId, progress }` to the window that started it, and
 *   `invoke('lockstep:operation.cancel', { operationId })` ends it with `{ code: 'cancelled' }`;
 * - event: `lockstep:event.settings.changed` delivers its payload to every window.
 *
 * `invoke` rejects only when main itself is gone or does not trust the sender.
 */

export type RequestName = keyof Requests;
export type OperationName = keyof Operations;
export type EventName = keyof Events;

/** What the window sends; fields with a default may be left out. */
export type RequestInput<C extends RequestName> = z.input<Requests[C]['input']>;
export type RequestOutput<C extends RequestName> = DeepReadonly<z.output<Requests[C]['output']>>;
export type OperationInput<C extends OperationName> = z.input<Operations[C]['input']>;
export type OperationProgress<C extends OperationName> = DeepReadonly<z.output<Operations[C]['progress']>>;
export type OperationOutput<C extends OperationName> = DeepReadonly<z.output<Operations[C]['output']>>;
export type EventPayload<C extends EventName> = DeepReadonly<z.output<Events[C]>>;

/** What a handler in main gets: the input after it was parsed. */
export type ParsedRequest<C extends RequestName> = DeepReadonly<z.output<Requests[C]['input']>>;
export type ParsedOperation<C extends OperationName> = DeepReadonly<z.output<Operations[C]['input']>>;

/** What a running operation gets beside its input: a signal that fires on cancel, and a place for its progress. */
export type OperationContext<C extends OperationName> = {
  readonly signal: AbortSignal;
  readonly report: (progress: OperationProgress<C>) => void;
};

/** One function for each request and each operation of the contract; a missing one does not compile. */
export type Handlers = {
  readonly requests: {
    readonly [C in RequestName]: (input: ParsedRequest<C>) => Promise<Result<RequestOutput<C>, LockstepError>>;
  };
  readonly operations: {
    readonly [C in OperationName]: (
      input: ParsedOperation<C>,
      context: OperationContext<C>,
    ) => Promise<Result<OperationOutput<C>, LockstepError>>;
  };
};

/** Wire name of a request or an operation. */
export const callChannel = (name: RequestName | OperationName): string => `lockstep:${name}`;

/** Wire name of an event. */
export const eventChannel = (name: EventName): string => `lockstep:event.${name}`;

/** Wire name that ends an operation of the same window; its answer is always a success. */
export const cancelChannel = 'lockstep:operation.cancel';

/** Wire name on which the progress of all operations of a window arrives. */
export const progressChannel = 'lockstep:operation.progress';

/** What starts an operation. */
export type OperationStart<C extends OperationName> = {
  readonly operationId: OperationId;
  readonly input: OperationInput<C>;
};

/** What arrives on `progressChannel`. */
export type ProgressMessage = { readonly operationId: OperationId; readonly progress: unknown };

/** What the preload script gives the page as `window.lockstep`; it knows no names. */
export type Bridge = {
  /** Calls main; rejects when the channel does not start with `lockstep:`. */
  readonly invoke: (channel: string, input: unknown) => Promise<unknown>;
  /** Listens until the returned function is called. */
  readonly on: (channel: string, listener: (payload: unknown) => void) => () => void;
};
