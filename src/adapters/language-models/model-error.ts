import Anthropic, {
  AnthropicError,
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
} from '@anthropic-ai/sdk';
import type { LockstepError } from '../../shared/errors.ts';

/** Why a request was given up on our side, if it was. */
export type GaveUp = 'cancelled' | 'timeout' | null;

type Context = {
  readonly baseUrl: string;
  readonly timeoutSeconds: number;
  readonly gaveUp: GaveUp;
  /** Takes the key out of a text that a server, a proxy or a library wrote. */
  readonly clean: (text: string) => string;
};

/** The address without user name and password, which may be part of it. */
export function shownAddress(baseUrl: string): string {
  try {
    const url = new URL(baseUrl);
    url.username = '';
    url.password = '';
    url.search = '';
    return url.toString().replace(/\/$/, '');
  } catch {
    return 'an invalid address';
  }
}

function retryAfter(headers: Headers | undefined): number | null {
  const milliseconds = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds / 1000);
  const said = headers?.get('retry-after') ?? null;
  if (said === null) return null;
  const seconds = Number(said);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(said);
  return Number.isNaN(at) ? null : Math.max(0, Math.round((at - Date.now()) / 1000));
}

/** The innermost reason of a failed connection, such as `ECONNREFUSED`. */
function connectionReason(error: unknown): string {
  let current: unknown = error;
  let reason = 'no connection';
  for (let depth = 0; depth < 6 && current instanceof Error; depth++) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    reason = current.message;
    current = current.cause;
  }
  return reason;
}

function fromStatus(error: APIError, context: Context): LockstepError {
  const requestId = error.requestID ?? null;
  const message = context.clean(error.apiMessage ?? error.message).slice(0, 1000);
  const status: number = error.status ?? 0;
  // An error inside a stream has a type and no status.
  if (status === 401 || status === 403 || error.type === 'authentication_error' || error.type === 'permission_error') {
    return { code: 'model.key_rejected', requestId };
  }
  if (status === 429 || error.type === 'rate_limit_error') {
    return { code: 'model.rate_limited', retryAfterSeconds: retryAfter(error.headers as Headers | undefined) };
  }
  if (status === 529 || status === 503 || error.type === 'overloaded_error') return { code: 'model.overloaded' };
  if (status === 408 || status === 504 || error.type === 'timeout_error') {
    return { code: 'model.timeout', seconds: context.timeoutSeconds };
  }
  return { code: 'model.rejected', status: status === 0 ? 500 : status, message, requestId };
}

/** Every way in which a request to the provider can fail, as data; throws what is a bug. */
export function modelError(error: unknown, context: Context): LockstepError {
  if (context.gaveUp === 'cancelled') return { code: 'cancelled' };
  if (context.gaveUp === 'timeout') return { code: 'model.timeout', seconds: context.timeoutSeconds };
  if (error instanceof APIUserAbortError) return { code: 'cancelled' };
  if (error instanceof APIConnectionTimeoutError) return { code: 'model.timeout', seconds: context.timeoutSeconds };
  const baseUrl = shownAddress(context.baseUrl);
  if (error instanceof APIConnectionError) {
    return { code: 'model.unreachable', baseUrl, reason: context.clean(connectionReason(error.cause ?? error)) };
  }
  if (error instanceof APIError) return fromStatus(error, context);
  if (error instanceof AnthropicError) {
    // What is left is a stream that ended early or was not what the protocol says.
    return { code: 'model.unreachable', baseUrl, reason: context.clean(connectionReason(error)) };
  }
  if (error instanceof TypeError || error instanceof SyntaxError || (error instanceof Error && 'code' in error)) {
    return { code: 'model.unreachable', baseUrl, reason: context.clean(connectionReason(error)) };
  }
  throw error;
}

/** True when the provider refused the request because of one of its options, not because of its content. */
export const refusedOption = (error: unknown, option: RegExp): boolean =>
  error instanceof Anthropic.BadRequestError && option.test(error.apiMessage ?? error.message);
