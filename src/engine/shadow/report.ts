import * as z from 'zod';
import type { DeepReadonly } from '../../shared/deep-readonly.ts';
import { differenceSchema } from '../catalog/difference.ts';
import { lockModeSchema } from '../sql/lock-mode.ts';
import { queriesReportSchema } from './queries/queries-report.ts';
import { dataReportSchema } from './rows/rows-report.ts';

export const shadowStepNameSchema = z.enum(['baseline', 'up', 'down', 'up-again']);
export type ShadowStepName = z.infer<typeof shadowStepNameSchema>;

const errorSchema = z.object({
  sqlstate: z.string(),
  message: z.string(),
  line: z.number().int(),
  column: z.number().int(),
});

/** What `shadow-run --json` prints: the proof that up works and down restores, or what differs. */
export const shadowRunReportSchema = z.object({
  version: z.literal(1),
  shadow: z.object({
    kind: z.enum(['embedded', 'server']),
    version: z.number().int(),
    /**
     * On a server, whether the copy was a database of its own or only schemas in one that was lent; absent in reports of
     * before there was a choice.
     */
    form: z.enum(['database', 'schema-only']).optional(),
    /** Why it ran there, and what that place lacks, in sentences; absent in reports of before there was a choice. */
    why: z.array(z.string()).optional(),
    /** The older server that statements were held to; absent where the shadow takes nothing that the target refuses. */
    target: z.object({ major: z.number().int(), isAssumed: z.boolean() }).optional(),
  }),
  clone: z.object({
    ms: z.number(),
    fidelity: z.enum(['exact', 'partial']),
    differences: z.array(differenceSchema),
    stubbed: z.array(z.string()),
    /** How many tables were copied, and of how many, where only what the migration touches was; absent for all. */
    part: z.object({ tables: z.number().int(), of: z.number().int() }).optional(),
  }),
  steps: z.array(
    z.object({
      name: shadowStepNameSchema,
      fingerprint: z.string(),
      /** The earlier step whose fingerprint this one equals, column order aside. */
      equalTo: z.enum(['baseline', 'up']).nullable(),
      ms: z.number(),
      /** Why the step stopped; absent when it did not. Steps after it were not run. */
      error: errorSchema.optional(),
    }),
  ),
  restored: z.boolean(),
  /**
   * Why the run says nothing about the migration, in a sentence: it stopped for want of what an extension brings that the
   * shadow database does not have. Absent where it says something.
   */
  unproved: z.string().optional(),
  columnOrder: z.enum(['same', 'changed']),
  differences: z.array(differenceSchema),
  statements: z.array(
    z.object({
      direction: z.enum(['up', 'down']),
      index: z.number().int(),
      ms: z.number(),
      locks: z.array(z.object({ relation: z.string(), mode: lockModeSchema })),
      rewrites: z.array(z.string()),
      scans: z.array(z.string()),
      messages: z.array(z.string()),
      /** True when the modes come from the manual because one session cannot observe them (concurrent forms). */
      documented: z.boolean(),
      error: errorSchema.nullable(),
      /** What the statement was predicted to do; absent for one that was left out, or when the text is not SQL. */
      predicted: z
        .object({
          locks: z.array(z.object({ relation: z.string(), mode: lockModeSchema })),
          rewrites: z.array(z.string()),
          scans: z.array(z.string()),
          /** What could not be known before it ran, in words. */
          unsure: z.array(z.string()),
        })
        .optional(),
      /**
       * Where prediction and observation disagree: the lock mode, or the word of the effect, and null for none. Absent
       * where nothing was observed.
       */
      mispredicted: z
        .array(
          z.object({
            effect: z.enum(['lock', 'rewrite', 'scan']),
            relation: z.string(),
            predicted: z.string().nullable(),
            observed: z.string().nullable(),
          }),
        )
        .optional(),
    }),
  ),
  /** Null when no rows were tried. */
  data: dataReportSchema.nullable(),
  /** Null when none were checked. */
  queries: queriesReportSchema.nullable(),
  /**
   * A down that Lockstep worked out because the one that is there does not restore, or there is none; null when it is not
   * wanted, or could not be worked out. `restored` says whether it did on the same shadow database.
   */
  computedDown: z
    .object({ sql: z.string(), restored: z.boolean(), loses: z.array(z.string()) })
    .nullable()
    .optional(),
  elapsedMs: z.number(),
});
export type ShadowRunReport = DeepReadonly<z.infer<typeof shadowRunReportSchema>>;
