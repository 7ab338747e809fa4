import * as z from 'zod';
import type { Finding } from '../../../../../engine/validate/report.ts';

const foldedSchema = z.array(z.object({ rule: z.string(), message: z.string() }));

/** What a finding rests on, for people. */
export type FindingEvidence = {
  /** `name: value`, in the order of the report. */
  readonly facts: readonly string[];
  /** Findings of other rules with the same cause, which are not shown by themselves. */
  readonly folded: readonly { readonly rule: string; readonly message: string }[];
};

/** How much of a list is told: hundreds of names are no evidence that anybody reads. */
const listed = 8;

const inWords = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

function valueText(value: unknown): string {
  if (Array.isArray(value)) {
    const more = value.length > listed ? [`and ${(value.length - listed).toLocaleString('en-US')} more`] : [];
    return [...value.slice(0, listed).map(valueText), ...more].join(', ');
  }
  if (typeof value === 'number') return value.toLocaleString('en-US');
  if (typeof value !== 'object' || value === null) return String(value ?? 'unknown');
  return Object.entries(value)
    .map(([name, inner]) => `${inWords(name)} ${valueText(inner)}`)
    .join(', ');
}

/** Puts the evidence of a finding into words; values that only a program could read do not appear. */
export function findingEvidence({ evidence }: Pick<Finding, 'evidence'>): FindingEvidence {
  const { alsoFoundBy, ...others } = evidence;
  const folded = foldedSchema.safeParse(alsoFoundBy ?? []);
  return {
    facts: Object.entries(others).map(([name, value]) => `${inWords(name)}: ${valueText(value)}`),
    folded: folded.success ? folded.data : [],
  };
}
