import { ShadowFailure } from '../../engine/ports/shadow-failure.ts';
import { SqlFailure, type SqlRow } from '../../engine/ports/sql-client.ts';
import type { ConnectionSettings } from '../../shared/connection-profile.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Secret } from '../../shared/secret.ts';
import { connectWithTls } from './connect-with-tls.ts';
import { openClient, processIdOf, type StartupSettings } from './open-client.ts';
import { refusalOf } from './sql-refusal.ts';

/**
 * A session that may write: only ever opened for shadow databases. What the server refuses is a `SqlFailure`; a session that
 * is gone is a `ShadowFailure` (`shadow.crashed`).
 */
export interface WritingSession {
  /** The server's process, for cancelling. */
  readonly processId: number;
  query(text: string, parameters?: readonly unknown[]): Promise<readonly SqlRow[]>;
  /** Runs a script as one message and returns what the server said besides, as `NOTICE: …`. */
  execute(script: string): Promise<readonly string[]>;
  /** False once the connection is gone. */
  isOpen(): boolean;
  /** Ends politely, within a second. */
  close(): Promise<void>;
  /** Ends at once. */
  destroy(): void;
}

/** The server ends the session (57P01 and its kin) or speaks of a broken connection. */
const isEnd = (sqlstate: string): boolean => sqlstate.startsWith('57P') || sqlstate.startsWith('08');

const CONNECT_SECONDS = 10;

/** Opens a session that may write, beginning with these settings. */
export async function openWritingSession(
  settings: ConnectionSettings,
  password: Secret | null,
  startup: StartupSettings,
): Promise<Result<WritingSession, LockstepError>> {
  const connected = await connectWithTls({
    settings,
    timeoutSeconds: CONNECT_SECONDS,
    open: (tls) => openClient({ settings, password, tls, startup, connectTimeoutSeconds: CONNECT_SECONDS }),
  });
  if (!connected.ok) return connected;
  const { client, lost, close, destroy } = connected.value.opened;

  let heard: string[] = [];
  client.on('notice', ({ severity, message }) => heard.push(`${severity ?? 'NOTICE'}: ${message ?? ''}`));
  // One after another: two who share a session must not meet in it.
  let turn: Promise<unknown> = Promise.resolve();
  const ask = <T>(work: () => Promise<T>): Promise<T> => {
    const answer = turn.then(() => told(work));
    turn = answer.catch(() => undefined);
    return answer;
  };
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    const gone = lost();
    if (gone !== null) throw new ShadowFailure({ code: 'shadow.crashed', reason: gone });
    heard = [];
    try {
      return await work();
    } catch (cause) {
      const refusal = refusalOf(cause);
      if (refusal !== null && !isEnd(refusal.sqlstate)) throw new SqlFailure(refusal);
      const message = cause instanceof Error ? cause.message : String(cause);
      destroy();
      throw new ShadowFailure({ code: 'shadow.crashed', reason: message });
    }
  };
  return ok({
    processId: processIdOf(client) ?? 0,
    query: (text, parameters = []) =>
      ask(async () => {
        const query = { text, values: [...parameters], queryMode: 'extended' };
        return (await client.query<Record<string, unknown>>(query)).rows;
      }),
    execute: (script) =>
      ask(async () => {
        await client.query(script);
        return heard;
      }),
    isOpen: () => lost() === null,
    close,
    destroy,
  });
}
