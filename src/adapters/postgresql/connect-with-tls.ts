import type { CancelSignal } from '../../engine/ports/cancel.ts';
import type { ConnectionSettings } from '../../shared/connection-profile.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { connectionErrorOf, refusedForEncryption } from './connection-error.ts';
import { type TlsAttempt, tlsAttempts } from './tls-attempts.ts';

/** Connects as the TLS mode of the settings says, and tells which attempt it was; or says why there is no connection. */
export async function connectWithTls<T>({
  settings,
  timeoutSeconds,
  signal,
  open,
}: {
  readonly settings: ConnectionSettings;
  readonly timeoutSeconds: number;
  readonly signal?: CancelSignal | undefined;
  readonly open: (tls: TlsAttempt) => Promise<T>;
}): Promise<Result<{ readonly opened: T; readonly tls: TlsAttempt }, LockstepError>> {
  const attempts = await tlsAttempts(settings);
  if (!attempts.ok) return attempts;
  for (const [index, tls] of attempts.value.entries()) {
    try {
      return ok({ opened: await open(tls), tls });
    } catch (cause) {
      if (signal?.aborted === true) return err({ code: 'cancelled' });
      if (index + 1 < attempts.value.length && refusedForEncryption(cause)) continue;
      return err(connectionErrorOf(cause, { settings, timeoutSeconds }));
    }
  }
  throw new Error('a TLS mode without an attempt');
}
