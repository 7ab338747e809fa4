import * as z from 'zod';
import { profileSchema } from '../engine/validate/profile.ts';
import { connectionIdSchema } from './ids.ts';

/** Settings of the application; no secret is ever one of them. */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  model: z
    .object({
      baseUrl: z.url().default('https://api.anthropic.com'),
      /** The cheap model that chooses the relevant tables. */
      planning: z.string().min(1).default('claude-haiku-5-5'),
      /** The strong model that writes the SQL. */
      writing: z.string().min(1).default('claude-opus-5-5'),
      thinkingBudget: z.number().int().min(0).max(64_000).default(4_000),
      /** Dollars per calendar month; null means no cap. */
      monthlyCapDollars: z.number().nonnegative().nullable().default(null),
    })
    .prefault({}),
  /** Which rules look at a migration. */
  validationProfile: profileSchema.default('recommended'),
  /** The connection whose server makes shadow databases where the embedded engine lacks something; null: none does. */
  shadowConnectionId: connectionIdSchema.nullable().default(null),
  exportDirectory: z.string().nullable().default(null),
  statementTimeoutSeconds: z.number().int().min(1).max(3600).default(30),
});
export type Settings = Readonly<z.infer<typeof settingsSchema>>;
