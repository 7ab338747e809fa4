import { describe, expect, it } from 'vitest';
import { costOf, pricesAsOf } from './prices.ts';

const usage = { inputTokens: 1_000_000, outputTokens: 1_000_000, cacheReadTokens: 0, cacheWriteTokens: 0 };

describe('what a request costs', () => {
  it('is dated', () => expect(pricesAsOf).toMatch(/^\d{4}-\d{2}-\d{2}$/));
  it('is input plus output', () => expect(costOf('claude-opus-5-5', usage)).toBe(24));
  it('counts reads and writes of the cache at their own price', () =>
    expect(
      costOf('claude-opus-4-5', { inputTokens: 0, outputTokens: 0, cacheReadTokens: 1e6, cacheWriteTokens: 1e6 }),
    ).toBe(0.5 + 6.25));
  it('knows a model by its dated name', () => expect(costOf('claude-haiku-4-5-20251001', usage)).toBe(6));
  it('is higher for a long prompt where the model says so', () => {
    const short = costOf('claude-haiku-5-5', { ...usage, inputTokens: 100_000, outputTokens: 0 }) ?? 0;
    const long = costOf('claude-haiku-5-5', { ...usage, inputTokens: 200_000, outputTokens: 0 }) ?? 0;
    expect(long).toBeCloseTo(short * 10);
  });
  it('is not known for a model that is not in the table', () => {
    expect(costOf('claude-opus-9', usage)).toBeNull();
    expect(costOf('claude-opus-5-5-preview', usage)).toBeNull();
  });
});
