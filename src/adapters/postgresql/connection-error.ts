import type { ConnectionSettings } from '../../shared/connection-profile.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { refusalOf } from './sql-refusal.ts';

/** Thrown inside the driver when the server asks for a password and there is none. */
export class PasswordMissing extends Error {}

/** What a failed attempt to connect means. Never holds a password. */
export function connectionErrorOf(
  cause: unknown,
  context: { readonly settings: ConnectionSettings; readonly timeoutSeconds: number },
): LockstepError {
  const { settings } = context;
  if (cause instanceof PasswordMissing) return { code: 'connection.password_missing', user: settings.user };
  const refusal = refusalOf(cause);
  if (refusal !== null) return refusedByServer(refusal.sqlstate, refusal.message, settings);

  const { code, message } = systemErrorOf(cause);
  const { host, port } = settings;
  if (message === 'timeout expired' || code === 'ETIMEDOUT') {
    return { code: 'connection.timeout', host, port, seconds: context.timeoutSeconds };
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_FAIL') {
    return { code: 'connection.host_unknown', host };
  }
  if (isTlsProblem(code, message)) return { code: 'connection.tls', reason: message };
  if (code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'EACCES' || code?.endsWith('UNREACH')) {
    return { code: 'connection.refused', host, port };
  }
  return { code: 'connection.lost', reason: message };
}

/** True when the server refused an attempt for being, or not being, encrypted: another attempt may succeed. */
export function refusedForEncryption(cause: unknown): boolean {
  // 28000 is what `pg_hba.conf` answers when no line fits; its lines can ask for or forbid TLS.
  if (refusalOf(cause)?.sqlstate === '28000') return true;
  return systemErrorOf(cause).message === 'The server does not support SSL connections';
}

function refusedByServer(sqlstate: string, message: string, settings: ConnectionSettings): LockstepError {
  if (sqlstate === '28P01') return { code: 'connection.password_rejected', user: settings.user };
  // Which of its reasons a 28000 has, only the server's own words say: no line of `pg_hba.conf` that fits, a directory that
  // refused the password, no such role, one that may not log in.
  if (sqlstate === '28000') {
    if (/pg_hba\.conf|SSL|encrypt/i.test(message)) return { code: 'connection.tls', reason: message };
    if (/authentication failed/i.test(message)) return { code: 'connection.password_rejected', user: settings.user };
    return { code: 'connection.role_refused', user: settings.user, reason: message };
  }
  if (sqlstate === '3D000') return { code: 'connection.database_unknown', database: settings.database };
  if (sqlstate === '53300') return { code: 'connection.too_many', reason: message };
  // 57P03: the server starts, stops or recovers.
  if (sqlstate.startsWith('08') || sqlstate.startsWith('57P')) return { code: 'connection.lost', reason: message };
  return { code: 'postgres.rejected', sqlstate, message };
}

function isTlsProblem(code: string | undefined, message: string): boolean {
  if (message.includes('SSL') || message.includes('TLS') || message.includes('certificate')) return true;
  return code !== undefined && /^(ERR_(TLS|SSL)|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO$)/.test(code);
}

function systemErrorOf(cause: unknown): { readonly code: string | undefined; readonly message: string } {
  // A name with several addresses fails with one error for each.
  const first = cause instanceof AggregateError ? (cause.errors[0] ?? cause) : cause;
  if (!(first instanceof Error)) return { code: undefined, message: String(first) };
  const code = 'code' in first && typeof first.code === 'string' ? first.code : undefined;
  return { code, message: first.message };
}
