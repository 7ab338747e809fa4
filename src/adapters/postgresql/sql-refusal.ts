import pg from 'pg';
import type { SqlRefusal } from '../../engine/ports/sql-client.ts';

/** What the server said, or null when the failure did not come from the server. */
export function refusalOf(cause: unknown): SqlRefusal | null {
  if (!(cause instanceof pg.DatabaseError) || cause.code === undefined) return null;
  const position = Number(cause.position);
  return {
    sqlstate: cause.code,
    message: cause.message,
    ...(cause.detail === undefined ? {} : { detail: cause.detail }),
    ...(cause.hint === undefined ? {} : { hint: cause.hint }),
    ...(Number.isInteger(position) && position > 0 ? { position } : {}),
  };
}
