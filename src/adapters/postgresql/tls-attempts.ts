import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import type { ConnectionSettings } from '../../shared/connection-profile.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** TLS options of one attempt to connect; null is a connection without TLS. */
export type TlsAttempt = ConnectionOptions | null;

/**
 * What to try, in order, for a TLS mode: libpq's meaning of each. The second attempt is made only when the server refused
 * the first for being, or not being, encrypted. https://www.postgresql.org/docs/current/libpq-ssl.html
 */
export async function tlsAttempts(settings: ConnectionSettings): Promise<Result<readonly TlsAttempt[], LockstepError>> {
  // A Unix socket stays inside the machine; libpq does not encrypt it either.
  if (settings.host.startsWith('/')) return ok([null]);
  const unverified: TlsAttempt = { rejectUnauthorized: false };
  switch (settings.tls) {
    case 'disable':
      return ok([null]);
    case 'allow':
      return ok([null, unverified]);
    case 'prefer':
      return ok([unverified, null]);
    case 'require':
      // As in libpq, a certificate that was named is used: the mode is then `verify-ca`.
      return settings.rootCertificate === null ? ok([unverified]) : verified(settings, false);
    case 'verify-ca':
      return verified(settings, false);
    case 'verify-full':
      return verified(settings, true);
  }
}

async function verified(
  settings: ConnectionSettings,
  checkHost: boolean,
): Promise<Result<readonly TlsAttempt[], LockstepError>> {
  const usual = join(homedir(), '.postgresql', 'root.crt');
  const path = settings.rootCertificate ?? usual;
  let ca: string | null;
  try {
    ca = await readFile(path, 'utf8');
  } catch {
    if (settings.rootCertificate !== null) {
      return err({ code: 'connection.tls', reason: `the root certificate ${path} cannot be read` });
    }
    ca = null;
  }
  if (ca === null && !checkHost) {
    // Anyone can get a certificate from a public authority: without the host's name it proves nothing.
    const reason = `verify-ca needs a root certificate: name one, or put it at ${usual}`;
    return err({ code: 'connection.tls', reason });
  }
  return ok([
    {
      rejectUnauthorized: true,
      ...(ca === null ? {} : { ca }),
      ...(checkHost ? {} : { checkServerIdentity: () => undefined }),
    },
  ]);
}
