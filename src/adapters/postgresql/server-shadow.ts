import type { CancelSignal } from '../../engine/ports/cancel.ts';
import type { ShadowDatabase } from '../../engine/ports/shadow-databases.ts';
import { ShadowFailure } from '../../engine/ports/shadow-failure.ts';
import type { LockstepError } from '../../shared/errors.ts';
import type { WritingSession } from './writing-session.ts';

/** What a shadow database asks of the server that it is on. */
export type ShadowSurroundings = {
  readonly serverVersion: number;
  readonly lacks: readonly string[];
  readonly form: NonNullable<ShadowDatabase['form']>;
  /** Opens a session in this database that has been checked to be a shadow. Throws `ShadowFailure`. */
  readonly openSession: () => Promise<WritingSession>;
  /** Ends what a process of the server is doing; never throws. */
  readonly interrupt: (processId: number) => Promise<void>;
  readonly makeRole: (name: string) => Promise<void>;
  /** As `ShadowDatabase.guardShared`, for what that process of the server does. */
  readonly guardShared: <T>(processId: number, work: () => Promise<T>) => Promise<T>;
  /** Drops the database with all sessions in it; never throws. */
  readonly drop: () => Promise<void>;
};

/**
 * One shadow database on a server, through one session that has been checked. It lives until `close`, its signal or its
 * time limit; whatever ends it, the database is dropped by `close`.
 */
export function createServerShadow(
  session: WritingSession,
  around: ShadowSurroundings,
  options: { readonly signal?: CancelSignal | undefined; readonly timeoutSeconds: number },
): ShadowDatabase {
  const { signal } = options;
  let failure: LockstepError | null = null;
  let closing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  const interrupting: Promise<void>[] = [];
  const waiting = new Set<(error: ShadowFailure) => void>();

  const fail = (error: LockstepError): void => {
    if (failure !== null) return;
    failure = error;
    const busy = waiting.size > 0;
    for (const reject of waiting) reject(new ShadowFailure(error));
    waiting.clear();
    if (busy) interrupting.push(around.interrupt(session.processId));
  };
  const onAbort = (): void => fail({ code: 'cancelled' });
  const limit = (seconds = options.timeoutSeconds): void => {
    clearTimeout(timer);
    if (closing === null) timer = setTimeout(() => fail({ code: 'shadow.timeout', seconds }), seconds * 1000);
  };

  limit();
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });

  /** The answer, or the failure that ends the database before there is one. */
  const call = async <T>(work: () => Promise<T>, callSignal?: CancelSignal): Promise<T> => {
    if (callSignal?.aborted === true) onAbort();
    if (closing !== null) throw new ShadowFailure({ code: 'shadow.unavailable', reason: 'it has been closed' });
    if (failure !== null) throw new ShadowFailure(failure);
    let reject: (error: ShadowFailure) => void = () => undefined;
    const ended = new Promise<never>((_, refuse) => {
      reject = refuse;
    });
    waiting.add(reject);
    const own = callSignal === signal ? undefined : callSignal;
    own?.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([work(), ended]);
    } catch (cause) {
      if (cause instanceof ShadowFailure) fail(cause.error);
      throw cause;
    } finally {
      waiting.delete(reject);
      own?.removeEventListener('abort', onAbort);
    }
  };

  return {
    kind: 'server',
    serverVersion: around.serverVersion,
    lacks: around.lacks,
    form: around.form,
    limit,
    query: (text, parameters, callSignal) => call(() => session.query(text, parameters), callSignal),
    execute: async (script, callSignal) => {
      await call(() => session.execute(script), callSignal);
    },
    observe: (statement, callSignal) => call(() => session.execute(statement), callSignal),
    makeRole: (name) => call(() => around.makeRole(name)),
    guardShared: (work) => call(() => around.guardShared(session.processId, work)),
    openSecond: () =>
      call(async () => {
        const second = await around.openSession();
        return { query: (text, parameters) => second.query(text, parameters), close: () => second.close() };
      }),
    close: () => {
      closing ??= (async () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        await Promise.all(interrupting);
        session.destroy();
        await around.drop();
      })();
      return closing;
    },
  };
}
