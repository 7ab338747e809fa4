import type * as z from 'zod';
import type { LockstepError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { CancelSignal } from './cancel.ts';

/** Tokens of one or more requests. */
export type Usage = {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
};

/** One request for a structured reply. `system` is the stable, cacheable part. */
export type ModelRequest<T> = {
  readonly model: string;
  readonly system: string;
  readonly prompt: string;
  readonly reply: z.ZodType<T>;
  readonly maxOutputTokens: number;
  /** Tokens the model may think; 0 turns thinking off. */
  readonly thinkingBudget: number;
  readonly signal?: CancelSignal;
  /** Called with the new text and all text so far, as it streams. */
  readonly onText?: (delta: string, snapshot: string) => void;
};

/** A parsed reply with what it cost. `model` is what the provider says answered. */
export type ModelReply<T> = {
  readonly value: T;
  readonly usage: Usage;
  readonly model: string;
  readonly requestId: string | null;
  readonly milliseconds: number;
};

/** A provider of structured replies. Failures are data with a `model.*` code. */
export interface LanguageModel {
  ask<T>(request: ModelRequest<T>): Promise<Result<ModelReply<T>, LockstepError>>;
  /** Counts the input tokens of a request without sending it for an answer. */
  countTokens(request: {
    readonly model: string;
    readonly system: string;
    readonly prompt: string;
    readonly signal?: CancelSignal;
  }): Promise<Result<number, LockstepError>>;
}
