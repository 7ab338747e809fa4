import * as z from 'zod';
import { differenceSchema } from '../engine/catalog/difference.ts';

const code = <C extends string, S extends z.ZodRawShape>(name: C, shape: S) =>
  z.object({ code: z.literal(name), ...shape });

/**
 * Every expected failure, as data. No error ever carries a secret. `describe-error.ts` turns one into words; bugs are
 * thrown instead and reach the page only as `bug` with an incident number.
 */
export const lockstepErrorSchema = z.discriminatedUnion('code', [
  code('connection.refused', { host: z.string(), port: z.number() }),
  code('connection.host_unknown', { host: z.string() }),
  code('connection.timeout', { host: z.string(), port: z.number(), seconds: z.number() }),
  code('connection.password_missing', { user: z.string() }),
  code('connection.password_rejected', { user: z.string() }),
  code('connection.role_refused', { user: z.string(), reason: z.string() }),
  code('connection.database_unknown', { database: z.string() }),
  code('connection.tls', { reason: z.string() }),
  code('connection.too_many', { reason: z.string() }),
  code('connection.lost', { reason: z.string() }),
  code('connection.version_unsupported', { version: z.number() }),
  code('connection.uri_invalid', { reason: z.string() }),
  code('connection.not_found', { id: z.string() }),
  code('postgres.rejected', {
    sqlstate: z.string(),
    message: z.string(),
    detail: z.string().optional(),
    hint: z.string().optional(),
    /** Characters from 1 in `statement`. */
    position: z.number().optional(),
    statement: z.string().optional(),
  }),
  code('postgres.timeout', { seconds: z.number() }),
  code('sql.syntax', { message: z.string(), line: z.number(), column: z.number() }),
  code('catalog.snapshot_invalid', { path: z.string(), reason: z.string() }),
  code('catalog.schema_file_rejected', {
    path: z.string(),
    sqlstate: z.string(),
    message: z.string(),
    line: z.number(),
  }),
  code('model.key_missing', {}),
  code('model.key_rejected', { requestId: z.string().nullable() }),
  code('model.rate_limited', { retryAfterSeconds: z.number().nullable() }),
  code('model.overloaded', {}),
  code('model.unreachable', { baseUrl: z.string(), reason: z.string() }),
  code('model.timeout', { seconds: z.number() }),
  code('model.rejected', { status: z.number(), message: z.string(), requestId: z.string().nullable() }),
  code('model.refused', { message: z.string() }),
  code('model.truncated', { maxOutputTokens: z.number() }),
  code('model.reply_invalid', { issues: z.array(z.string()) }),
  code('model.budget_exceeded', { spentDollars: z.number(), capDollars: z.number() }),
  code('plan.not_understood', { request: z.string(), reason: z.string(), examples: z.array(z.string()) }),
  code('shadow.unavailable', { reason: z.string() }),
  code('shadow.clone_failed', { object: z.string(), message: z.string() }),
  code('shadow.crashed', { reason: z.string() }),
  code('shadow.timeout', { seconds: z.number() }),
  /** `grant` is the SQL that a superuser runs to change it. */
  code('shadow.no_right', { user: z.string(), host: z.string(), grant: z.string() }),
  code('shadow.not_marked', { database: z.string(), reason: z.string() }),
  code('shadow.not_reversible', { differences: z.array(differenceSchema) }),
  code('secrets.unavailable', { reason: z.string() }),
  code('secrets.locked', {}),
  code('secrets.timeout', { seconds: z.number() }),
  code('disk.full', { path: z.string() }),
  code('disk.denied', { path: z.string() }),
  code('disk.exists', { path: z.string() }),
  code('disk.not_found', { path: z.string() }),
  code('disk.failed', { path: z.string(), reason: z.string() }),
  code('history.newer', { found: z.number(), known: z.number() }),
  code('history.damaged', { path: z.string(), reason: z.string() }),
  code('history.not_found', { id: z.string() }),
  code('input.invalid', { issues: z.array(z.object({ path: z.string(), message: z.string() })) }),
  code('cancelled', {}),
  code('bug', { incident: z.string() }),
]);
export type LockstepError = Readonly<z.infer<typeof lockstepErrorSchema>>;
