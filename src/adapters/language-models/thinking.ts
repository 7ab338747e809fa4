import type { MessageCreateParams } from '@anthropic-ai/sdk/resources/messages';

type Thinking = {
  readonly thinking?: NonNullable<MessageCreateParams['thinking']>;
  readonly effort?: 'low' | 'medium' | 'high' | 'xhigh';
  /** Thinking counts as output, so the limit must leave room for it. */
  readonly extraTokens: number;
};

const takesBudget = /^claude-(?:3|(?:opus|sonnet|haiku)-4(?:-[0-5])?(?:-\d{8})?$)/;
const isClaude = /^claude-/;
const smallestBudget = 1024;

/**
 * How a model is told how much to think: older ones take a number of tokens, newer ones decide themselves and take an
 * effort. A model that is not known here is told nothing, because a gateway may refuse what it does not know.
 */
export function thinkingFor(model: string, budget: number): Thinking {
  if (budget <= 0 || !isClaude.test(model)) return { extraTokens: 0 };
  if (takesBudget.test(model)) {
    const tokens = Math.max(smallestBudget, budget);
    return { thinking: { type: 'enabled', budget_tokens: tokens }, extraTokens: tokens };
  }
  const effort = budget <= 2_000 ? 'low' : budget <= 8_000 ? 'medium' : budget <= 32_000 ? 'high' : 'xhigh';
  return { thinking: { type: 'adaptive' }, effort, extraTokens: budget };
}
