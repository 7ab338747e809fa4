import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  type AnthropicServer,
  type ScriptedReply,
  startAnthropicServer,
} from '../../../test/support/anthropic-server.ts';
import type { LanguageModel, ModelRequest } from '../../engine/ports/language-model.ts';
import { Secret } from '../../shared/secret.ts';
import { createAnthropicModel } from './anthropic.ts';

const key = 'sk-ant-test-0123456789';
const reply = z.object({ sql: z.string(), risk: z.number().int().min(1).max(5) });
const request: ModelRequest<z.infer<typeof reply>> = {
  model: 'claude-opus-5-5',
  system: 'You write SQL.',
  prompt: 'Add a column.',
  reply,
  maxOutputTokens: 2000,
  thinkingBudget: 4000,
};
const good = JSON.stringify({ sql: 'SELECT 1;', risk: 2 });

let server: AnthropicServer;
let model: LanguageModel;

beforeEach(async () => {
  server = await startAnthropicServer();
  model = createAnthropicModel({ apiKey: new Secret(key), baseUrl: server.url, timeoutSeconds: 5 });
});
afterEach(() => server.close());

const ask = (script: ScriptedReply, change: Partial<typeof request> = {}) => {
  server.reply(script);
  return model.ask({ ...request, ...change });
};

describe('a reply that is what was asked for', () => {
  it('is streamed as it comes and returned as data with what it cost', async () => {
    const deltas: string[] = [];
    let last = '';
    const result = await ask(
      {
        kind: 'message',
        text: good,
        pieces: 5,
        thinking: 'hm',
        usage: { input_tokens: 77, output_tokens: 9, cache_read_input_tokens: 5 },
      },
      {
        onText: (delta, snapshot) => {
          deltas.push(delta);
          last = snapshot;
        },
      },
    );
    expect(result).toMatchObject({
      ok: true,
      value: {
        value: { sql: 'SELECT 1;', risk: 2 },
        usage: { inputTokens: 77, outputTokens: 9, cacheReadTokens: 5, cacheWriteTokens: 0 },
        model: 'claude-opus-5-5',
        requestId: 'req_test',
      },
    });
    expect(deltas.length).toBeGreaterThan(2);
    expect(deltas.join('')).toBe(good);
    expect(last).toBe(good);
  });

  it('was asked for with the schema, a cacheable system text, and the key only in its header', async () => {
    await ask({ kind: 'message', text: good });
    const [sent] = server.requests;
    expect(sent?.path).toBe('/v1/messages');
    expect(sent?.headers['authorization']).toBe(`Bearer ${key}`);
    expect(sent?.body).toMatchObject({
      model: 'claude-opus-5-5',
      stream: true,
      system: [{ type: 'text', text: 'You write SQL.', cache_control: { type: 'ephemeral' } }],
      messages: [{ role: 'user', content: 'Add a column.' }],
      thinking: { type: 'adaptive' },
      output_config: {
        effort: 'medium',
        format: { type: 'json_schema', schema: { type: 'object', required: ['sql', 'risk'] } },
      },
      max_tokens: 6000,
    });
    expect(JSON.stringify(sent?.body)).not.toContain(key);
  });

  it('may be wrapped in a fence by a gateway', async () => {
    expect(await ask({ kind: 'message', text: `\`\`\`json\n${good}\n\`\`\`` })).toMatchObject({ ok: true });
  });

  it('counts tokens without asking for an answer', async () => {
    expect(await model.countTokens({ model: 'claude-opus-5-5', system: 's', prompt: 'p' })).toEqual({
      ok: true,
      value: 42,
    });
  });
});

describe('thinking', () => {
  it.each([
    ['claude-haiku-4-5', { type: 'enabled', budget_tokens: 4000 }],
    ['claude-sonnet-4-5-20250929', { type: 'enabled', budget_tokens: 4000 }],
    ['claude-sonnet-4-6', { type: 'adaptive' }],
    ['some-gateway-model', undefined],
  ])('is said to %s in the way it understands', async (name, thinking) => {
    await ask({ kind: 'message', text: good }, { model: name });
    expect(server.requests[0]?.body['thinking']).toEqual(thinking);
  });

  it('is not mentioned when it is turned off', async () => {
    await ask({ kind: 'message', text: good }, { thinkingBudget: 0 });
    expect(server.requests[0]?.body['thinking']).toBeUndefined();
    expect(server.requests[0]?.body['max_tokens']).toBe(2000);
  });
});

describe('a gateway that does not know an option', () => {
  it('is asked again without thinking', async () => {
    server.reply({
      kind: 'error',
      status: 400,
      type: 'invalid_request_error',
      message: 'thinking: Extra inputs are not permitted',
    });
    expect(await ask({ kind: 'message', text: good })).toMatchObject({ ok: true });
    expect(server.requests[1]?.body['thinking']).toBeUndefined();
  });

  it('is told the schema in words when it has no structured output', async () => {
    server.reply({
      kind: 'error',
      status: 400,
      type: 'invalid_request_error',
      message: 'output_config.format: not supported',
    });
    expect(await ask({ kind: 'message', text: good })).toMatchObject({ ok: true });
    expect(JSON.stringify(server.requests[1]?.body['system'])).toContain('JSON schema');
  });
});

describe('what can go wrong', () => {
  const error = (status: number, type: string, headers: Record<string, string> = {}): ScriptedReply => ({
    kind: 'error',
    status,
    type,
    message: `no: ${key}`,
    headers,
  });

  it.each([
    [401, 'authentication_error'],
    [403, 'permission_error'],
  ])('a %i means that the key is rejected, and is not tried again', async (status, type) => {
    expect(await ask(error(status, type))).toEqual({
      ok: false,
      error: { code: 'model.key_rejected', requestId: 'req_test' },
    });
    expect(server.requests).toHaveLength(1);
  });

  it('a 429 says when to come back, after the retries', async () => {
    const impatient = createAnthropicModel({ apiKey: new Secret(key), baseUrl: server.url, retries: 0 });
    server.reply(error(429, 'rate_limit_error', { 'retry-after': '17' }));
    expect(await impatient.ask(request)).toEqual({
      ok: false,
      error: { code: 'model.rate_limited', retryAfterSeconds: 17 },
    });
  });

  it('a 529 is tried again and may pass', async () => {
    server.reply(error(529, 'overloaded_error', { 'retry-after-ms': '5' }));
    expect(await ask({ kind: 'message', text: good })).toMatchObject({ ok: true });
    expect(server.requests).toHaveLength(2);
  });

  it('a 529 that stays means overloaded', async () => {
    expect(await ask(error(529, 'overloaded_error', { 'retry-after-ms': '5' }))).toEqual({
      ok: false,
      error: { code: 'model.overloaded' },
    });
    expect(server.requests).toHaveLength(3);
  });

  it('overload inside a stream means the same', async () => {
    const result = await ask({ kind: 'stream error', text: '{"sql"', type: 'overloaded_error', message: 'busy' });
    expect(result).toEqual({ ok: false, error: { code: 'model.overloaded' } });
  });

  it('another refusal keeps its status, message and request id, never the key', async () => {
    const result = await ask(error(400, 'invalid_request_error'));
    expect(result).toEqual({
      ok: false,
      error: { code: 'model.rejected', status: 400, message: 'no: [secret]', requestId: 'req_test' },
    });
  });

  it('a dead server is unreachable, with the address and without what stands before the @', async () => {
    const dead = createAnthropicModel({ apiKey: new Secret(key), baseUrl: 'http://me:hidden@127.0.0.1:9', retries: 0 });
    const result = await dead.ask(request);
    expect(result).toMatchObject({ ok: false, error: { code: 'model.unreachable', baseUrl: 'http://127.0.0.1:9' } });
    expect(JSON.stringify(result)).not.toContain('hidden');
  });

  it('a server that does not answer in time is a timeout', async () => {
    const quick = createAnthropicModel({
      apiKey: new Secret(key),
      baseUrl: server.url,
      timeoutSeconds: 0.1,
      retries: 0,
    });
    server.reply({ kind: 'silence' });
    expect(await quick.ask(request)).toEqual({ ok: false, error: { code: 'model.timeout', seconds: 0.1 } });
  });

  it('a stream that stops moving is a timeout, too', async () => {
    const quick = createAnthropicModel({
      apiKey: new Secret(key),
      baseUrl: server.url,
      timeoutSeconds: 0.2,
      retries: 0,
    });
    server.reply({ kind: 'hang', text: '{"sql"' });
    expect(await quick.ask(request)).toEqual({ ok: false, error: { code: 'model.timeout', seconds: 0.2 } });
  });

  it('a stream that is cut off is unreachable', async () => {
    expect(await ask({ kind: 'cut', text: '{"sql"' })).toMatchObject({
      ok: false,
      error: { code: 'model.unreachable' },
    });
  });

  it('a page of a proxy instead of an answer is no success', async () => {
    const result = await ask({ kind: 'raw', status: 200, contentType: 'text/html', body: '<html>log in</html>' });
    expect(result).toMatchObject({ ok: false, error: { code: 'model.unreachable' } });
  });

  it('a refusal of the model is told in its words', async () => {
    const result = await ask({
      kind: 'message',
      text: '',
      stopReason: 'refusal',
      stopDetails: { type: 'refusal', category: null, explanation: 'Not that.' },
    });
    expect(result).toEqual({ ok: false, error: { code: 'model.refused', message: 'Not that.' } });
  });

  it('an answer that is too long is said to be cut', async () => {
    const result = await ask({ kind: 'message', text: good.slice(0, 9), stopReason: 'max_tokens' });
    expect(result).toEqual({ ok: false, error: { code: 'model.truncated', maxOutputTokens: 2000 } });
  });

  it('an answer that is not JSON is invalid', async () => {
    expect(await ask({ kind: 'message', text: 'Sure! Here you go.' })).toEqual({
      ok: false,
      error: { code: 'model.reply_invalid', issues: ['The reply is not JSON.'] },
    });
  });

  it('an answer that is not the schema names at most five reasons', async () => {
    const many = z.object(Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, z.string()])));
    server.reply({ kind: 'message', text: '{}' });
    const result = await model.ask({ ...request, reply: many });
    expect(result).toMatchObject({ ok: false, error: { code: 'model.reply_invalid' } });
    expect(!result.ok && result.error.code === 'model.reply_invalid' && result.error.issues).toHaveLength(5);
  });

  it('is cancelled at once when asked to', async () => {
    const controller = new AbortController();
    const started = performance.now();
    const running = ask(
      { kind: 'message', text: good, pieces: 20, pause: 200 },
      { signal: controller.signal, onText: () => controller.abort() },
    );
    expect(await running).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(performance.now() - started).toBeLessThan(1500);
  });

  it('does not send what was cancelled before', async () => {
    const controller = new AbortController();
    controller.abort();
    expect(await ask({ kind: 'message', text: good }, { signal: controller.signal })).toEqual({
      ok: false,
      error: { code: 'cancelled' },
    });
    expect(server.requests).toHaveLength(0);
  });
});
