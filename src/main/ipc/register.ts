import * as z from 'zod';
import type { LockstepError } from '../../shared/errors.ts';
import { type OperationId, operationIdSchema } from '../../shared/ids.ts';
import { contract } from '../../shared/ipc/contract.ts';
import {
  callChannel,
  cancelChannel,
  type Handlers,
  type OperationContext,
  type OperationName,
  progressChannel,
  type RequestName,
} from '../../shared/ipc/wire.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** What is needed of the window that sent a message. */
export interface CallSender {
  readonly id: number;
  send(channel: string, payload: unknown): void;
  isDestroyed(): boolean;
  on(event: 'destroyed' | 'did-navigate' | 'render-process-gone', listener: () => void): unknown;
}

/** What is needed of the event of a message. */
export type CallEvent<S extends CallSender> = {
  readonly sender: S;
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
};

/** The part of Electron's `ipcMain` that is used. */
export interface CallSource<S extends CallSender> {
  handle(channel: string, listener: (event: CallEvent<S>, input: unknown) => Promise<unknown>): void;
}

/** What `register` needs of its surroundings. */
export type Surroundings<S extends CallSender> = {
  readonly source: CallSource<S>;
  readonly handlers: Handlers;
  readonly isTrusted: (event: CallEvent<S>) => boolean;
  /** Whether answers are checked against the contract too: in development and in tests. */
  readonly checkOutputs: boolean;
  /** Writes a bug to the log and returns its incident number. */
  readonly reportBug: (problem: unknown, channel: string) => string;
};

type Answer = Result<unknown, LockstepError>;
type AnyContext = OperationContext<OperationName>;
type Run = (input: unknown, context: AnyContext) => Promise<Answer>;

const startSchema = z.object({ operationId: operationIdSchema, input: z.unknown() });
const cancelSchema = z.object({ operationId: operationIdSchema });

/**
 * Registers every channel of the contract, and nothing else is ever registered. Each call: trusted sender, input parsed,
 * handler, `Result`. A sender that is not trusted gets a rejection without any detail; a bug is logged and crosses only
 * as its incident number. `wire.ts` says how the channels are named.
 */
export function register<S extends CallSender>(surroundings: Surroundings<S>): void {
  const { source, handlers, isTrusted, checkOutputs, reportBug } = surroundings;
  const running = new Map<S, Map<OperationId, AbortController>>();

  const answer = (channel: string, run: (event: CallEvent<S>, input: unknown) => Promise<Answer>): void => {
    source.handle(channel, async (event, input) => {
      if (!isTrusted(event)) throw new Error('refused');
      try {
        return await run(event, input);
      } catch (problem) {
        return err({ code: 'bug', incident: reportBug(problem, channel) } as const);
      }
    });
  };

  const call = async (schemas: Schemas, run: Run, input: unknown, context: AnyContext): Promise<Answer> => {
    const parsed = schemas.input.safeParse(input ?? {});
    if (!parsed.success) return err(invalidInput(parsed.error));
    const result = await run(parsed.data, context);
    if (checkOutputs && result.ok) schemas.output.parse(result.value);
    return result;
  };

  for (const name of Object.keys(contract.requests) as RequestName[]) {
    const run = handlers.requests[name] as Run;
    answer(callChannel(name), (_event, input) => call(contract.requests[name], run, input, idle));
  }

  for (const name of Object.keys(contract.operations) as OperationName[]) {
    const run = handlers.operations[name] as Run;
    const schemas = contract.operations[name];
    answer(callChannel(name), async ({ sender }, input) => {
      const start = startSchema.safeParse(input);
      if (!start.success) return err(invalidInput(start.error));
      const { operationId } = start.data;
      const own = operationsOf(running, sender);
      if (own.has(operationId)) return err(invalid('operationId', 'an operation with this id is running'));
      const controller = new AbortController();
      const report = (progress: unknown): void => {
        if (controller.signal.aborted || sender.isDestroyed()) return;
        if (checkOutputs) schemas.progress.parse(progress);
        sender.send(progressChannel, { operationId, progress });
      };
      own.set(operationId, controller);
      try {
        return await call(schemas, run, start.data.input, { signal: controller.signal, report });
      } catch (problem) {
        // Whatever breaks while an operation is being cancelled is the cancelling.
        if (controller.signal.aborted) return err({ code: 'cancelled' } as const);
        throw problem;
      } finally {
        own.delete(operationId);
      }
    });
  }

  answer(cancelChannel, async ({ sender }, input) => {
    const parsed = cancelSchema.safeParse(input);
    if (!parsed.success) return err(invalidInput(parsed.error));
    running.get(sender)?.get(parsed.data.operationId)?.abort();
    return ok({});
  });
}

type Schemas = { readonly input: z.ZodType; readonly output: z.ZodType };

/** Requests are quick and are not cancelled. */
const idle: AnyContext = { signal: new AbortController().signal, report: () => {} };

/** The operations of one window; they end with it, and when it shows its page anew. */
function operationsOf<S extends CallSender>(
  running: Map<S, Map<OperationId, AbortController>>,
  sender: S,
): Map<OperationId, AbortController> {
  const known = running.get(sender);
  if (known !== undefined) return known;
  const own = new Map<OperationId, AbortController>();
  running.set(sender, own);
  const cancelAll = (): void => {
    for (const controller of own.values()) controller.abort();
  };
  sender.on('destroyed', () => {
    cancelAll();
    running.delete(sender);
  });
  sender.on('did-navigate', cancelAll);
  sender.on('render-process-gone', cancelAll);
  return own;
}

function invalidInput(error: z.ZodError): LockstepError {
  const issues = error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  return { code: 'input.invalid', issues };
}

function invalid(path: string, message: string): LockstepError {
  return { code: 'input.invalid', issues: [{ path, message }] };
}
