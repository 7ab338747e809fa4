import type { CancelSignal } from '../../engine/ports/cancel.ts';
import { loadParser } from '../../engine/sql/parser.ts';
import type { ConnectionSettings } from '../../shared/connection-profile.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Secret } from '../../shared/secret.ts';
import { connectWithTls } from './connect-with-tls.ts';
import { connectionErrorOf } from './connection-error.ts';
import { openDriver } from './open-driver.ts';
import { createPgSession, type PgSession } from './pg-session.ts';
import { proveIdentity } from './prove-identity.ts';

export type ConnectOptions = {
  readonly signal?: CancelSignal | undefined;
  /** Seconds until an unanswered attempt is given up. Default 10. */
  readonly connectTimeoutSeconds?: number;
  /** Seconds that one statement may take. Default 60. */
  readonly statementTimeoutSeconds?: number;
  /** Seconds that a statement may wait for a lock. Default 5. */
  readonly lockTimeoutSeconds?: number;
};

const oldestVersion = 120000;

/** Opens a read-only session, or says why it cannot be opened. A null password is right for servers that ask for none. */
export async function connectPostgresql(
  settings: ConnectionSettings,
  password: Secret | null,
  options: ConnectOptions = {},
): Promise<Result<PgSession, LockstepError>> {
  const { signal } = options;
  const limits = {
    connectTimeoutSeconds: options.connectTimeoutSeconds ?? 10,
    statementTimeoutSeconds: options.statementTimeoutSeconds ?? 60,
    lockTimeoutSeconds: options.lockTimeoutSeconds ?? 5,
  };
  // Each statement of the session is judged by its parse tree.
  await loadParser();
  const connected = await connectWithTls({
    settings,
    timeoutSeconds: limits.connectTimeoutSeconds,
    signal,
    open: (tls) => openDriver({ settings, password, tls, limits, signal }),
  });
  if (!connected.ok) return connected;
  const { opened: driver, tls } = connected.value;
  try {
    const identity = await proveIdentity(driver);
    if (identity.version < oldestVersion) {
      await driver.close();
      return err({ code: 'connection.version_unsupported', version: identity.version });
    }
    const openAnother = () => openDriver({ settings, password, tls, limits });
    return ok(createPgSession({ driver, identity, limits, openAnother }));
  } catch (cause) {
    await driver.close();
    if (signal?.aborted === true) return err({ code: 'cancelled' });
    return err(connectionErrorOf(cause, { settings, timeoutSeconds: limits.connectTimeoutSeconds }));
  }
}
