import Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import type { Message, MessageCreateParams } from '@anthropic-ai/sdk/resources/messages';
import type * as z from 'zod';
import type { CancelSignal } from '../../engine/ports/cancel.ts';
import type { LanguageModel, ModelReply, ModelRequest, Usage } from '../../engine/ports/language-model.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Secret } from '../../shared/secret.ts';
import { type GaveUp, modelError, refusedOption, shownAddress } from './model-error.ts';
import { thinkingFor } from './thinking.ts';

type Options = {
  readonly apiKey: Secret;
  readonly baseUrl: string;
  /** How long to wait for an answer to begin, and between two pieces of it. 600 when absent. */
  readonly timeoutSeconds?: number;
  /** How often a request is repeated after a failure that may pass. 2 when absent. */
  readonly retries?: number;
};

const mostIssues = 5;

const usageOf = (message: Message): Usage => ({
  inputTokens: message.usage.input_tokens,
  outputTokens: message.usage.output_tokens,
  cacheReadTokens: message.usage.cache_read_input_tokens ?? 0,
  cacheWriteTokens: message.usage.cache_creation_input_tokens ?? 0,
});

/** Some gateways wrap the object in a fence of Markdown although they were asked for JSON. */
const withoutFence = (text: string): string => /^\s*```(?:json)?\s*\n([\s\S]*?)\n```\s*$/.exec(text)?.[1] ?? text;

function readReply<T>(text: string, schema: z.ZodType<T>): Result<T, LockstepError> {
  let value: unknown;
  try {
    value = JSON.parse(withoutFence(text));
  } catch {
    return err({ code: 'model.reply_invalid', issues: ['The reply is not JSON.'] });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'reply'}: ${issue.message}`);
  return err({ code: 'model.reply_invalid', issues: issues.slice(0, mostIssues) });
}

/** Why a message that arrived whole is still not an answer; null when it is one. */
function stopProblem(message: Message, requestId: string | null, maxOutputTokens: number): LockstepError | null {
  switch (message.stop_reason) {
    case 'refusal': {
      const details = message.stop_details;
      return { code: 'model.refused', message: details?.explanation ?? 'The model declined to answer this request.' };
    }
    case 'max_tokens':
      return { code: 'model.truncated', maxOutputTokens };
    case 'model_context_window_exceeded':
      return {
        code: 'model.rejected',
        status: 400,
        message: 'The prompt and the answer together are longer than the model can hold.',
        requestId,
      };
    default:
      return null;
  }
}

/** Ends a request when the caller cancels it, or when nothing came for too long. */
class Watch {
  readonly controller = new AbortController();
  gaveUp: GaveUp = null;
  readonly #signal: CancelSignal | undefined;
  readonly #milliseconds: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(signal: CancelSignal | undefined, milliseconds: number) {
    this.#signal = signal;
    this.#milliseconds = milliseconds;
    if (signal?.aborted === true) this.#cancel();
    else signal?.addEventListener('abort', this.#cancel, { once: true });
  }

  readonly #cancel = (): void => {
    this.gaveUp ??= 'cancelled';
    this.controller.abort();
  };

  /** Something came: the wait begins anew. */
  alive(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.gaveUp ??= 'timeout';
      this.controller.abort();
    }, this.#milliseconds);
  }

  done(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#cancel);
  }
}

type Answer = { readonly message: Message; readonly requestId: string | null };

/** Options that a gateway may not know; what it refuses by name is left out of a second try. */
type Features = { readonly thinking: boolean; readonly format: boolean };

function parametersOf<T>(request: ModelRequest<T>, features: Features): MessageCreateParams {
  const { type, schema } = zodOutputFormat(request.reply);
  const thinking = features.thinking ? thinkingFor(request.model, request.thinkingBudget) : { extraTokens: 0 };
  const spoken = `\n\nAnswer with one JSON object and nothing else. It must fit this JSON schema:\n${JSON.stringify(schema)}`;
  const output = {
    ...(features.format ? { format: { type, schema } } : {}),
    ...(thinking.effort === undefined ? {} : { effort: thinking.effort }),
  };
  return {
    model: request.model,
    max_tokens: request.maxOutputTokens + thinking.extraTokens,
    system: [
      {
        type: 'text',
        text: features.format ? request.system : `${request.system}${spoken}`,
        cache_control: { type: 'ephemeral' },
      },
    ],
    messages: [{ role: 'user', content: request.prompt }],
    ...(Object.keys(output).length === 0 ? {} : { output_config: output }),
    ...(thinking.thinking === undefined ? {} : { thinking: thinking.thinking }),
  };
}

/**
 * Claude, or a gateway that speaks its protocol, as a language model. Only the given key and address are used, never the
 * environment or a profile on the disk; the key is in no error.
 */
export function createAnthropicModel(options: Options): LanguageModel {
  const timeoutSeconds = options.timeoutSeconds ?? 600;
  const key = options.apiKey.reveal();
  const client = new Anthropic({
    apiKey: key,
    // A fetch refuses an address with a user name and a password in it, and says so with both.
    baseURL: shownAddress(options.baseUrl),
    maxRetries: options.retries ?? 2,
    timeout: timeoutSeconds * 1000,
    logLevel: 'off',
  });
  const clean = (text: string): string => (key === '' ? text : text.replaceAll(key, '[secret]'));
  const failure = (error: unknown, gaveUp: GaveUp): Result<never, LockstepError> =>
    err(modelError(error, { baseUrl: options.baseUrl, timeoutSeconds, gaveUp, clean }));

  async function send<T>(request: ModelRequest<T>, features: Features, watch: Watch): Promise<Answer> {
    const stream = client.messages.stream(parametersOf(request, features), { signal: watch.controller.signal });
    stream.on('streamEvent', () => watch.alive());
    let text = '';
    stream.on('text', (delta) => {
      text += delta;
      request.onText?.(delta, text);
    });
    const message = await stream.finalMessage();
    return { message, requestId: stream.request_id ?? null };
  }

  async function sendWithFallback<T>(request: ModelRequest<T>, watch: Watch): Promise<Answer> {
    let features: Features = { thinking: true, format: true };
    for (;;) {
      try {
        return await send(request, features, watch);
      } catch (error) {
        if (features.thinking && refusedOption(error, /thinking|effort|budget_tokens/i)) {
          features = { ...features, thinking: false };
        } else if (
          features.format &&
          refusedOption(error, /output_config|output_format|json_schema|structured output/i)
        ) {
          features = { ...features, format: false };
        } else throw error;
      }
    }
  }

  return {
    async ask<T>(request: ModelRequest<T>): Promise<Result<ModelReply<T>, LockstepError>> {
      // The client itself limits the wait for the first byte, retries included.
      const watch = new Watch(request.signal, timeoutSeconds * 1000);
      const started = performance.now();
      try {
        const { message, requestId } = await sendWithFallback(request, watch);
        const problem = stopProblem(message, requestId, request.maxOutputTokens);
        if (problem !== null) return err(problem);
        const text = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
        const value = readReply(text, request.reply);
        if (!value.ok) return value;
        return ok({
          value: value.value,
          usage: usageOf(message),
          model: message.model,
          requestId,
          milliseconds: Math.round(performance.now() - started),
        });
      } catch (error) {
        return failure(error, watch.gaveUp);
      } finally {
        watch.done();
      }
    },

    async countTokens({ model, system, prompt, signal }) {
      const watch = new Watch(signal, timeoutSeconds * 1000);
      try {
        const count = await client.messages.countTokens(
          { model, system, messages: [{ role: 'user', content: prompt }] },
          { signal: watch.controller.signal },
        );
        return ok(count.input_tokens);
      } catch (error) {
        return failure(error, watch.gaveUp);
      } finally {
        watch.done();
      }
    },
  };
}
