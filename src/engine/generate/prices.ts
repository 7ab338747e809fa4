import type { Usage } from '../ports/language-model.ts';

/** Dollars per million tokens. */
type Price = {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
};

/** The day on which the prices below were looked up: https://platform.claude.com/docs/en/about-claude/pricing */
export const pricesAsOf = '2026-11-22';

const price = (input: number, output: number, readFactor = 0.1): Price => ({
  input,
  output,
  cacheRead: input * readFactor,
  cacheWrite: input * 1.25,
});

// The first entry that a model's name begins with counts; dated names begin with the plain one.
const prices: readonly (readonly [prefix: string, price: Price])[] = [
  ['claude-fable-5-1', price(10, 50, 0.025)],
  ['claude-mythos-5-1', price(10, 50, 0.025)],
  ['claude-opus-5-5', price(4, 20, 0.05)],
  ['claude-opus-5', price(5, 25)],
  ['claude-opus-4-8', price(5, 25)],
  ['claude-opus-4-7', price(5, 25)],
  ['claude-opus-4-6', price(5, 25)],
  ['claude-opus-4-5', price(5, 25)],
  ['claude-sonnet-5-5', price(2, 10, 0.05)],
  ['claude-sonnet-5', price(2, 10)],
  ['claude-sonnet-4-6', price(3, 15)],
  ['claude-sonnet-4-5', price(3, 15)],
  ['claude-haiku-4-5', price(1, 5)],
];

// One model costs more when the prompt is long.
const haiku = { prefix: 'claude-haiku-5-5', longPrompt: 100_000, short: price(0.1, 0.5), long: price(0.5, 2.5) };

function priceOf(model: string, promptTokens: number): Price | null {
  const isIt = (prefix: string): boolean => model === prefix || new RegExp(`^${prefix}-\\d{8}$`).test(model);
  if (isIt(haiku.prefix)) return promptTokens > haiku.longPrompt ? haiku.long : haiku.short;
  return prices.find(([prefix]) => isIt(prefix))?.[1] ?? null;
}

/** What one request costs in dollars by the prices of `pricesAsOf`; null when the model is not in the table. */
export function costOf(model: string, usage: Usage): number | null {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage;
  const price = priceOf(model, inputTokens + cacheReadTokens + cacheWriteTokens);
  if (price === null) return null;
  return (
    (inputTokens * price.input +
      outputTokens * price.output +
      cacheReadTokens * price.cacheRead +
      cacheWriteTokens * price.cacheWrite) /
    1_000_000
  );
}
