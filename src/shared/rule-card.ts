import * as z from 'zod';
import { ruleCategorySchema } from '../engine/validate/report.ts';
import { severitySchema } from '../engine/validate/severity-schema.ts';

/** What the window shows of a rule: its page, without the code that checks. */
export const ruleCardSchema = z.object({
  id: z.string(),
  title: z.string(),
  category: ruleCategorySchema,
  severity: severitySchema,
  /** Major versions of PostgreSQL, both ends included; null: unbounded. */
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
  /** True: silent under the recommended profile. */
  optIn: z.boolean(),
  what: z.string(),
  why: z.string(),
  instead: z.string(),
  ignoreWhen: z.string(),
  manual: z.string(),
  /** SQL that the rule reports, and the same after its fix; null where it has no such example or no fix. */
  example: z.string().nullable(),
  fixed: z.string().nullable(),
});
export type RuleCard = Readonly<z.infer<typeof ruleCardSchema>>;
