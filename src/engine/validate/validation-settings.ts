import * as z from 'zod';
import type { DeepReadonly } from '../../shared/deep-readonly.ts';
import { throughputSchema } from '../throughput/throughput.ts';
import { allRules } from './all-rules.ts';
import { conventionsSchema } from './conventions.ts';
import { profileSchema } from './profile.ts';
import type { Finding, Severity } from './report.ts';
import type { Rule } from './rule.ts';
import { severitySchema } from './severity-schema.ts';
import { thresholdsSchema } from './standing.ts';

/** How a team wants its migrations checked; every part has a default. */
export const validationSettingsSchema = z.strictObject({
  profile: profileSchema.default('recommended'),
  /** By rule: `off`, or the severity on a large or unknown table; facts may still lower it. */
  rules: z.record(z.string(), z.union([severitySchema, z.literal('off')])).default({}),
  thresholds: thresholdsSchema.prefault({}),
  throughput: throughputSchema.default({}),
  /** Schemas of which nothing is reported. */
  ignoredSchemas: z.array(z.string()).default([]),
  conventions: conventionsSchema.prefault({}),
});
export type ValidationSettings = DeepReadonly<z.infer<typeof validationSettingsSchema>>;

/** What holds when nobody says anything. */
export const defaultSettings: ValidationSettings = validationSettingsSchema.parse({});

const inForce = new WeakMap<ValidationSettings, readonly Rule[]>();

/**
 * The rules that the settings ask for: those of the profile, those named with a severity, without those named `off`; the
 * same list for the same settings.
 */
export const rulesInForce = (settings: ValidationSettings): readonly Rule[] => {
  const known = inForce.get(settings);
  if (known !== undefined) return known;
  const rules = allRules.filter(({ id, optIn }) => {
    const chosen = settings.rules[id];
    return chosen === undefined ? optIn !== true || settings.profile === 'strict' : chosen !== 'off';
  });
  inForce.set(settings, rules);
  return rules;
};

const ranks: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** The severity of a finding under the settings: the chosen one, unless facts have already lowered it further. */
export const severityUnder = (settings: ValidationSettings, rule: Rule, finding: Finding): Severity => {
  const chosen = settings.rules[rule.id];
  if (chosen === undefined || chosen === 'off') return finding.severity;
  const loweredByFacts = ranks[finding.severity] < ranks[rule.severity] && ranks[finding.severity] < ranks[chosen];
  return loweredByFacts ? finding.severity : chosen;
};
