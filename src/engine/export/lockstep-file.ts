import * as z from 'zod';
import type { DeepReadonly } from '../../shared/deep-readonly.ts';
import { directionSchema } from '../validate/report.ts';
import { severitySchema } from '../validate/severity-schema.ts';

/** What `NAME.lockstep.json` holds: where the two SQL files beside it come from and what was found about them. */
export const lockstepFileSchema = z.object({
  version: z.literal(1),
  name: z.string(),
  title: z.string(),
  createdAt: z.string(),
  request: z.string(),
  planner: z.enum(['built-in', 'anthropic', 'hand-written']),
  /** The model that wrote the SQL; null without a model. */
  model: z.string().nullable(),
  promptVersion: z.string().nullable(),
  baseFingerprint: z.string().nullable(),
  /** As `portableFingerprint` of the catalog: the baseline of a shadow run has it. Absent in files of earlier versions. */
  portableBaseFingerprint: z.string().nullable().optional(),
  usage: z
    .object({
      inputTokens: z.number().int(),
      outputTokens: z.number().int(),
      cacheReadTokens: z.number().int(),
      cacheWriteTokens: z.number().int(),
      costDollars: z.number().nullable(),
    })
    .nullable(),
  assumptions: z.array(z.string()),
  questions: z.array(z.string()),
  risks: z.array(z.string()),
  /** Null when the migration was exported without validation. */
  findings: z
    .array(
      z.object({
        rule: z.string(),
        severity: severitySchema,
        direction: directionSchema,
        line: z.number().int(),
        column: z.number().int(),
        message: z.string(),
      }),
    )
    .nullable(),
  notChecked: z.array(z.string()),
  /** Null when there was no shadow run. */
  shadowRun: z
    .object({
      kind: z.enum(['embedded', 'server']),
      serverVersion: z.number().int(),
      restored: z.boolean(),
      columnOrder: z.enum(['same', 'changed']),
      differences: z.number().int(),
    })
    .nullable(),
});
export type LockstepFile = DeepReadonly<z.infer<typeof lockstepFileSchema>>;
