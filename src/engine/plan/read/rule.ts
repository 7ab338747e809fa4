import type { Intent, Reading } from '../intent.ts';
import type { Input, Parse } from './parse.ts';
import { compile, type Found } from './pattern.ts';
import { type Slots, slots } from './slots.ts';

/** What a rule makes of words that fit its pattern: changes, or the reason why they cannot be meant. */
export type Meaning = { readonly readings: readonly Reading[] } | { readonly reason: string };

/** A way to say a change. */
export type Rule = {
  readonly pattern: Parse<Found<Slots>>;
  readonly mean: (found: Found<Slots>, input: Input) => Meaning;
};

/** Makes a rule from a pattern and what it means. */
export const rule = (pattern: string, mean: Rule['mean']): Rule => ({ pattern: compile(pattern, slots), mean });

/** One change, with what was decided to read it. */
export const one = (intent: Intent, assumptions: readonly string[] = []): Meaning => ({
  readings: [{ intent, assumptions }],
});

/** The words fit, but what they ask for cannot be meant, or not clearly. */
export const unclear = (reason: string): Meaning => ({ reason });

/** The identity of a table or another object, without the rest of it. */
export const nameOf = (object: {
  readonly schema: string;
  readonly name: string;
}): { readonly schema: string; readonly name: string } => ({
  schema: object.schema,
  name: object.name,
});
