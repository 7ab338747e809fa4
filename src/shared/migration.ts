import * as z from 'zod';
import { draftSchema } from '../engine/generate/draft.ts';
import { shadowRunReportSchema } from '../engine/shadow/report.ts';
import { migrationReportSchema } from '../engine/validate/report.ts';
import { environmentSchema } from './connection-profile.ts';
import type { DeepReadonly } from './deep-readonly.ts';
import { connectionIdSchema, migrationIdSchema } from './ids.ts';

/** One saved version of a migration's text; versions count from 1 and are never changed. */
export const migrationVersionSchema = z.object({
  version: z.number().int().positive(),
  savedAt: z.string(),
  draft: draftSchema,
  /** Fingerprint of the catalog that it was written for; null when there was none. */
  baseFingerprint: z.string().nullable(),
  /** What a faithful copy of that catalog has too, as the baseline of a shadow run; null when it is not known. */
  portableBaseFingerprint: z.string().nullable(),
  /** The newest report of each kind for exactly this version. */
  validation: z.object({ at: z.string(), report: migrationReportSchema }).nullable(),
  shadowRun: z.object({ at: z.string(), report: shadowRunReportSchema }).nullable(),
  reviewedAt: z.string().nullable(),
  exports: z.array(z.object({ at: z.string(), directory: z.string(), files: z.array(z.string()) })),
});
export type MigrationVersion = DeepReadonly<z.infer<typeof migrationVersionSchema>>;

/** A migration as the history lists it. */
export const migrationSummarySchema = z.object({
  id: migrationIdSchema,
  title: z.string(),
  request: z.string(),
  connectionId: connectionIdSchema,
  connectionName: z.string(),
  environment: environmentSchema,
  createdAt: z.string(),
  changedAt: z.string(),
  versions: z.number().int(),
  status: z.enum(['draft', 'validated', 'proved', 'not reversible', 'reviewed', 'exported']),
  errors: z.number().int(),
  warnings: z.number().int(),
});
export type MigrationSummary = DeepReadonly<z.infer<typeof migrationSummarySchema>>;

/** A migration with its newest version. */
export const migrationSchema = migrationSummarySchema.extend({ current: migrationVersionSchema.nullable() });
export type Migration = DeepReadonly<z.infer<typeof migrationSchema>>;

/** One line of the append-only timeline. */
export const historyEventSchema = z.object({
  at: z.string(),
  migrationId: migrationIdSchema,
  version: z.number().int().nullable(),
  kind: z.enum(['created', 'draft saved', 'validated', 'shadow run', 'reviewed', 'exported']),
  text: z.string(),
});
export type HistoryEvent = DeepReadonly<z.infer<typeof historyEventSchema>>;
