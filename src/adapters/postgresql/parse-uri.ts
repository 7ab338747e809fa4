import type { ConnectionSettings } from '../../shared/connection-profile.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Secret } from '../../shared/secret.ts';
import { completeSettings } from './complete-settings.ts';
import { readUri } from './read-uri.ts';

/**
 * Takes a `postgres://` or `postgresql://` URI apart, as libpq reads it, without looking at anything outside it. The
 * password leaves it as a `Secret`. Errors are `connection.uri_invalid` and never repeat the URI.
 */
export function parseUri(
  uri: string,
): Result<{ readonly settings: ConnectionSettings; readonly password: Secret | null }, LockstepError> {
  const parts = readUri(uri);
  if (!parts.ok) return parts;
  const settings = completeSettings(parts.value.parameters);
  return settings.ok ? ok({ settings: settings.value, password: parts.value.password }) : err(settings.error);
}
