import * as z from 'zod';
import type { DeepReadonly } from '../../shared/deep-readonly.ts';
import { objectNameSchema } from '../catalog/catalog.ts';

/** What was sent to a model and what it cost; `null` for the built-in planner and for hand-written SQL. */
export const receiptSchema = z.object({
  models: z.array(
    z.object({
      purpose: z.enum(['choose tables', 'write', 'repair']),
      model: z.string(),
      inputTokens: z.number().int(),
      outputTokens: z.number().int(),
      cacheReadTokens: z.number().int(),
      cacheWriteTokens: z.number().int(),
      milliseconds: z.number(),
      requestId: z.string().nullable(),
    }),
  ),
  promptVersion: z.string(),
  tablesSent: z.array(objectNameSchema),
  redacted: z.array(z.string()),
  /** In dollars by the price table of this version; null when a model's price is not known. */
  costDollars: z.number().nullable(),
  milliseconds: z.number(),
});
export type Receipt = DeepReadonly<z.infer<typeof receiptSchema>>;

/** A proposed migration: text that has not been validated. */
export const draftSchema = z.object({
  planner: z.enum(['built-in', 'anthropic', 'hand-written']),
  /** A file-name slug, `[a-z0-9_]+`, at most 60 characters. */
  slug: z.string(),
  title: z.string(),
  up: z.string(),
  down: z.string(),
  assumptions: z.array(z.string()),
  questions: z.array(z.string()),
  risks: z.array(z.string()),
  /** The model's opinion in words, or null. */
  estimatedLockTime: z.string().nullable(),
  receipt: receiptSchema.nullable(),
});
export type Draft = DeepReadonly<z.infer<typeof draftSchema>>;
