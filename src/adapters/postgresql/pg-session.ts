import { setTimeout as pause } from 'node:timers/promises';
import type { CancelSignal } from '../../engine/ports/cancel.ts';
import { type SqlClient, SqlFailure, type SqlRow } from '../../engine/ports/sql-client.ts';
import type { ServerIdentity } from '../../shared/connection-profile.ts';
import { createAbortListeners } from './abort-listeners.ts';
import type { Driver, SessionLimits } from './open-driver.ts';
import { readOnlyVerdict } from './read-only-guard.ts';
import { refusalOf } from './sql-refusal.ts';

/**
 * A read-only session on a PostgreSQL server. Inside a transaction a query is sent without waiting for the answer to the
 * one before. Every query runs in a read-only transaction; failures are `SqlFailure` (a
 * lost connection has SQLSTATE 08006), a cancelled query rejects with its signal's reason.
 */
export interface PgSession extends SqlClient {
  readonly identity: ServerIdentity;
  /** Seconds after which the server ends a statement. */
  readonly statementTimeoutSeconds: number;
  /** Ends the session; safe to call twice, and while a query runs. */
  close(): Promise<void>;
}

/** Milliseconds that a cancelled statement has to end before the connection is cut. */
const cancelPatience = 3000;
/** Milliseconds after which the server is asked again. */
const cancelAgain = 100;

/** Verdicts that are remembered: of the texts that catalogs are read with, which never change, and some others. */
const mostVerdicts = 300;
const verdicts = new Map<string, ReturnType<typeof readOnlyVerdict>>();

/** The guard's verdict on a statement, which depends on its text alone; parsing all texts of a reading takes 70 ms. */
function knownVerdict(text: string): ReturnType<typeof readOnlyVerdict> {
  const known = verdicts.get(text);
  if (known !== undefined) return known;
  const verdict = readOnlyVerdict(text);
  const oldest = verdicts.keys().next();
  if (verdicts.size >= mostVerdicts && oldest.done === false) verdicts.delete(oldest.value);
  verdicts.set(text, verdict);
  return verdict;
}

/** Puts the guards around a connection: our own check of each statement, a read-only transaction, real cancelling. */
export function createPgSession({
  driver,
  identity,
  limits,
  openAnother,
}: {
  readonly driver: Driver;
  readonly identity: ServerIdentity;
  readonly limits: SessionLimits;
  readonly openAnother: () => Promise<Driver>;
}): PgSession {
  let inTransaction = false;
  let closed = false;
  let waiting = 0;
  /** Statements that wait or run and let no other be on its way beside them. */
  let alone = 0;
  // One statement after another, whoever asks: a statement between another's BEGIN and ROLLBACK would be in its hands.
  let turn: Promise<unknown> = Promise.resolve();

  const run = async (text: string, parameters: readonly unknown[] = []): Promise<readonly SqlRow[]> => {
    const gone = driver.lost();
    if (gone !== null) throw new SqlFailure({ sqlstate: '08006', message: gone });
    try {
      return await driver.run(text, parameters);
    } catch (cause) {
      const refusal = refusalOf(cause);
      if (refusal !== null) throw new SqlFailure(refusal);
      const message = driver.lost() ?? (cause instanceof Error ? cause.message : String(cause));
      throw new SqlFailure({ sqlstate: '08006', message });
    }
  };

  const guarded = async (text: string, parameters: readonly unknown[]): Promise<readonly SqlRow[]> => {
    const verdict = knownVerdict(text);
    if (verdict.kind === 'refused') {
      throw new SqlFailure({ sqlstate: '25006', message: `not sent over a read-only session: ${verdict.why}` });
    }
    if (verdict.kind !== 'reads' || inTransaction) {
      const rows = await run(text, parameters);
      if (verdict.kind === 'opens transaction') inTransaction = true;
      if (verdict.kind === 'closes transaction') inTransaction = false;
      return rows;
    }
    await run('begin read only');
    const answer = run(text, parameters);
    // Rolled back, so that no setting outlives its statement; on its way before the answer is there, which may be far.
    // On a dead connection the first failure is the one to tell.
    const undone = run('rollback').catch(() => undefined);
    try {
      return await answer;
    } finally {
      await undone;
    }
  };

  let onItsWay: Promise<unknown> = Promise.resolve();

  /** Ends whatever is on its way; of several statements another may be the running one when the request arrives. */
  const cancel = async (): Promise<void> => {
    const late = setTimeout(() => driver.destroy(), cancelPatience);
    let ended = false;
    const work = onItsWay.then(() => {
      ended = true;
    });
    try {
      const another = await openAnother();
      try {
        while (!ended) {
          await another.run('select pg_catalog.pg_cancel_backend($1)', [driver.processId]);
          await Promise.race([work, pause(cancelAgain)]);
        }
      } finally {
        await another.close();
      }
    } catch {
      // Without a second connection the only way to end the statement is to end its session.
      driver.destroy();
    }
    await work;
    clearTimeout(late);
  };
  let cancelRun: Promise<void> | null = null;
  const abortListeners = createAbortListeners();

  const cancellable = async (
    text: string,
    parameters: readonly unknown[],
    signal: CancelSignal | undefined,
  ): Promise<readonly SqlRow[]> => {
    signal?.throwIfAborted();
    let cancelling: Promise<void> | null = null;
    const onAbort = () => {
      cancelRun ??= cancel().finally(() => {
        cancelRun = null;
      });
      cancelling = cancelRun;
    };
    const stopListening = abortListeners.add(signal, onAbort);
    const work = guarded(text, parameters);
    onItsWay = Promise.allSettled([onItsWay, work]);
    try {
      return await work;
    } catch (cause) {
      signal?.throwIfAborted();
      throw cause;
    } finally {
      stopListening();
      // A cancel request that is still on its way would hit the next statement.
      await cancelling;
    }
  };

  return {
    identity,
    statementTimeoutSeconds: limits.statementTimeoutSeconds,
    close: async () => {
      if (closed) return;
      closed = true;
      if (waiting === 0) await driver.close();
      else driver.destroy();
    },
    query: (text, parameters = [], signal) => {
      const reads = inTransaction && knownVerdict(text).kind === 'reads';
      // Nothing to wait for: the statement is on its way before the caller goes on, who can work while the server does.
      const atOnce = waiting === 0 || (reads && alone === 0);
      waiting += 1;
      if (!reads) alone += 1;
      const begun = atOnce
        ? cancellable(text, parameters, signal)
        : turn.then(() => cancellable(text, parameters, signal));
      const answer = begun.finally(() => {
        waiting -= 1;
        if (!reads) alone -= 1;
      });
      turn = Promise.allSettled([turn, answer]);
      return answer;
    },
  };
}
