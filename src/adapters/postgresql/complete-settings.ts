import { userInfo } from 'node:os';
import { type ConnectionSettings, connectionSettingsSchema, tlsModeSchema } from '../../shared/connection-profile.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ConnectionParameters } from './read-uri.ts';

/** Settings from libpq's parameters, with libpq's defaults for what is missing. */
export function completeSettings(parameters: ConnectionParameters): Result<ConnectionSettings, LockstepError> {
  const invalid = (reason: string) => err<LockstepError>({ code: 'connection.uri_invalid', reason });
  const port = parameters['port'] ?? '5432';
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    // Not repeated: it may be a part of a password that has a slash in it.
    return invalid('the port is not a number from 1 to 65535');
  }
  const tls = tlsModeSchema.safeParse(parameters['sslmode'] ?? 'prefer');
  if (!tls.success) return invalid(`sslmode is one of ${tlsModeSchema.options.join(', ')}`);
  const user = parameters['user'] ?? userInfo().username;
  const settings = connectionSettingsSchema.safeParse({
    host: parameters['host'] ?? 'localhost',
    port: Number(port),
    // As libpq: the database is named like the user unless something else is said.
    database: parameters['dbname'] ?? user,
    user,
    tls: tls.data,
    rootCertificate: parameters['sslrootcert'] ?? null,
  });
  if (settings.success) return ok(settings.data);
  const [issue] = settings.error.issues;
  return invalid(issue === undefined ? 'it is not complete' : `${issue.path.join('.')}: ${issue.message}`);
}
