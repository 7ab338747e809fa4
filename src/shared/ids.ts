import * as z from 'zod';

/** Identifies a saved connection profile; `sample` is the embedded sample database. */
export const connectionIdSchema = z.string().min(1).max(64).brand<'ConnectionId'>();
export type ConnectionId = z.infer<typeof connectionIdSchema>;

/** The embedded sample database is a connection that needs no profile. */
export const sampleConnectionId = connectionIdSchema.parse('sample');

/** Identifies a migration in the local history. */
export const migrationIdSchema = z.string().min(1).max(64).brand<'MigrationId'>();
export type MigrationId = z.infer<typeof migrationIdSchema>;

/** Identifies one running operation of one window; made by the window. */
export const operationIdSchema = z.string().min(1).max(64).brand<'OperationId'>();
export type OperationId = z.infer<typeof operationIdSchema>;
