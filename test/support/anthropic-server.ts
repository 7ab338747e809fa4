import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A request as the server received it. */
export type RecordedRequest = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
};

/** What the server answers to one request. */
export type ScriptedReply =
  /** A streamed message; `pieces` are the deltas of its text. */
  | {
      readonly kind: 'message';
      readonly text: string;
      readonly pieces?: number;
      readonly thinking?: string;
      readonly stopReason?: string;
      readonly stopDetails?: Readonly<Record<string, unknown>>;
      readonly usage?: Readonly<Record<string, number>>;
      /** Milliseconds between two pieces. */
      readonly pause?: number;
    }
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly type: string;
      readonly message: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Sends the beginning of a message, then drops the connection. */
  | { readonly kind: 'cut'; readonly text: string }
  /** Sends the beginning of a message, then nothing for ever. */
  | { readonly kind: 'hang'; readonly text: string }
  /** Never answers. */
  | { readonly kind: 'silence' }
  /** An error event inside a stream that had begun. */
  | { readonly kind: 'stream error'; readonly text: string; readonly type: string; readonly message: string }
  /** Bytes that are no answer of the protocol. */
  | { readonly kind: 'raw'; readonly status: number; readonly contentType: string; readonly body: string };

/** A reply, or a function that makes one from the request. */
export type Script = ScriptedReply | ((request: RecordedRequest, index: number) => ScriptedReply);

export type AnthropicServer = {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** Adds replies; each answers one request, and the last one answers all that come after. */
  readonly reply: (...scripts: readonly Script[]) => void;
  readonly close: () => Promise<void>;
};

const usage = { input_tokens: 1000, output_tokens: 200, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const send = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_test', ...headers });
  response.end(JSON.stringify(body));
};

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

const cutInto = (text: string, pieces: number): readonly string[] => {
  const length = Math.max(1, Math.ceil(text.length / pieces));
  return Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  );
};

async function answer(script: ScriptedReply, request: RecordedRequest, response: ServerResponse): Promise<void> {
  const model = typeof request.body['model'] === 'string' ? request.body['model'] : 'unknown';
  const event = (type: string, data: object): void => {
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  };
  const begin = (counts: object): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_test' });
    const message = {
      id: 'msg_test',
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
    };
    event('message_start', { message: { ...message, usage: { ...usage, ...counts, output_tokens: 1 } } });
  };
  const startText = (index: number): void =>
    event('content_block_start', { index, content_block: { type: 'text', text: '' } });
  const delta = (index: number, text: string): void =>
    event('content_block_delta', { index, delta: { type: 'text_delta', text } });

  switch (script.kind) {
    case 'error':
      send(
        response,
        script.status,
        { type: 'error', error: { type: script.type, message: script.message }, request_id: 'req_test' },
        script.headers,
      );
      return;
    case 'raw':
      response.writeHead(script.status, { 'content-type': script.contentType });
      response.end(script.body);
      return;
    case 'silence':
      return;
    case 'cut':
    case 'hang':
      begin({});
      startText(0);
      delta(0, script.text);
      await wait(20);
      if (script.kind === 'cut') response.destroy();
      return;
    case 'stream error':
      begin({});
      startText(0);
      delta(0, script.text);
      event('error', { error: { type: script.type, message: script.message } });
      response.end();
      return;
    case 'message': {
      const counts = { ...usage, ...script.usage };
      begin(counts);
      let index = 0;
      if (script.thinking !== undefined) {
        event('content_block_start', { index, content_block: { type: 'thinking', thinking: '', signature: '' } });
        event('content_block_delta', { index, delta: { type: 'thinking_delta', thinking: script.thinking } });
        event('content_block_delta', { index, delta: { type: 'signature_delta', signature: 'signed' } });
        event('content_block_stop', { index });
        index += 1;
      }
      startText(index);
      for (const piece of cutInto(script.text, script.pieces ?? 4)) {
        if (response.destroyed) return;
        delta(index, piece);
        if (script.pause !== undefined) await wait(script.pause);
      }
      event('content_block_stop', { index });
      event('message_delta', {
        delta: {
          stop_reason: script.stopReason ?? 'end_turn',
          stop_sequence: null,
          stop_details: script.stopDetails ?? null,
        },
        usage: { output_tokens: counts.output_tokens },
      });
      event('message_stop', {});
      response.end();
    }
  }
}

/** Starts a server on this machine that speaks the wire format of the Messages API and records what it is asked. */
export async function startAnthropicServer(): Promise<AnthropicServer> {
  const requests: RecordedRequest[] = [];
  const scripts: Script[] = [];
  let answered = 0;
  const server = createServer((incoming, response) => {
    void (async () => {
      const request: RecordedRequest = {
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: await readBody(incoming),
      };
      requests.push(request);
      if (request.path.startsWith('/v1/messages/count_tokens')) {
        send(response, 200, { input_tokens: 42 });
        return;
      }
      const script = scripts[Math.min(answered, scripts.length - 1)];
      const index = answered;
      answered += 1;
      if (script === undefined) {
        send(response, 500, { type: 'error', error: { type: 'api_error', message: 'the test scripted no reply' } });
        return;
      }
      await answer(typeof script === 'function' ? script(request, index) : script, request, response);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    reply: (...more) => {
      scripts.push(...more);
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error === undefined ? resolve() : reject(error)));
      }),
  };
}
