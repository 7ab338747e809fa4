import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { contract } from '../../shared/ipc/contract.ts';
import { callChannel, cancelChannel, type Handlers, progressChannel } from '../../shared/ipc/wire.ts';
import { ok } from '../../shared/result.ts';
import { type CallEvent, type CallSender, register } from './register.ts';

class FakeWindow extends EventEmitter implements CallSender {
  readonly id = 1;
  readonly sent: { channel: string; payload: unknown }[] = [];
  send(channel: string, payload: unknown): void {
    this.sent.push({ channel, payload });
  }
  isDestroyed(): boolean {
    return false;
  }
}

const frame = { url: 'app://lockstep/index.html', parent: null };

/** Handlers of which only the given ones may be called. */
function handlersWith(given: Record<string, unknown>): Handlers {
  const all = (names: readonly string[]) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        given[name] ??
          (() => {
            throw new Error(`${name} was called`);
          }),
      ]),
    );
  return {
    requests: all(Object.keys(contract.requests)),
    operations: all(Object.keys(contract.operations)),
  } as unknown as Handlers;
}

function setUp(given: Record<string, unknown>, { trusted = true, checkOutputs = true } = {}) {
  const channels = new Map<string, (event: CallEvent<FakeWindow>, input: unknown) => Promise<unknown>>();
  const bugs: unknown[] = [];
  const window = new FakeWindow();
  register<FakeWindow>({
    source: { handle: (channel, listener) => channels.set(channel, listener) },
    handlers: handlersWith(given),
    isTrusted: () => trusted,
    checkOutputs,
    reportBug: (problem) => {
      bugs.push(problem);
      return 'inc-1';
    },
  });
  const invoke = (channel: string, input: unknown): Promise<unknown> => {
    const listener = channels.get(channel);
    if (listener === undefined) throw new Error(`no channel ${channel}`);
    return listener({ sender: window, senderFrame: frame }, input);
  };
  return { channels, bugs, window, invoke };
}

const info = { version: '1', electron: '1', platform: 'linux', historyPath: '/h' };

describe('registration', () => {
  test('covers every name of the contract and the cancel channel, and nothing else', () => {
    const { channels } = setUp({});
    const names = [...Object.keys(contract.requests), ...Object.keys(contract.operations)].map((name) =>
      callChannel(name as 'app.info'),
    );
    expect([...channels.keys()].sort()).toEqual([...names, cancelChannel].sort());
  });
});

describe('a request', () => {
  test('answers what its handler answers', async () => {
    const { invoke } = setUp({ 'app.info': async () => ok(info) });
    expect(await invoke('lockstep:app.info', {})).toEqual({ ok: true, value: info });
  });

  test('from a sender that is not trusted is rejected before its handler runs', async () => {
    const { invoke, bugs } = setUp({}, { trusted: false });
    await expect(invoke('lockstep:app.info', {})).rejects.toThrow('refused');
    expect(bugs).toEqual([]);
  });

  test('with bad input is refused with the path of what is wrong, not its value', async () => {
    const { invoke } = setUp({});
    const input = { value: 12, storage: 'my-secret' };
    const answer = await invoke('lockstep:secrets.setApiKey', input);
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'input.invalid', issues: [{ path: 'value' }, { path: 'storage' }] },
    });
    expect(JSON.stringify(answer)).not.toContain('my-secret');
  });

  test('that hits a bug says only the incident number', async () => {
    const { invoke, bugs } = setUp({
      'app.info': async () => {
        throw new Error('detail of the bug');
      },
    });
    expect(await invoke('lockstep:app.info', {})).toEqual({ ok: false, error: { code: 'bug', incident: 'inc-1' } });
    expect(bugs).toHaveLength(1);
  });

  test('whose answer breaks the contract is a bug where answers are checked', async () => {
    const { invoke } = setUp({ 'app.info': async () => ok({ version: 1 }) });
    expect(await invoke('lockstep:app.info', {})).toEqual({ ok: false, error: { code: 'bug', incident: 'inc-1' } });
  });
});

describe('an operation', () => {
  const opening = { operationId: 'op-1', input: { id: 'sample' } };
  type Context = { signal: AbortSignal; report: (progress: unknown) => void };
  const untilAborted = ({ signal }: Context) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));

  test('reports progress to the window that started it, under its id', async () => {
    const { invoke, window } = setUp(
      {
        'connections.open': async (_input: unknown, { report }: Context) => {
          report({ phase: 'connecting' });
          return ok({});
        },
      },
      { checkOutputs: false },
    );
    expect(await invoke('lockstep:connections.open', opening)).toEqual({ ok: true, value: {} });
    expect(window.sent).toEqual([
      { channel: progressChannel, payload: { operationId: 'op-1', progress: { phase: 'connecting' } } },
    ]);
  });

  test('ends as cancelled when it is cancelled', async () => {
    const { invoke, bugs } = setUp({
      'connections.open': (_input: unknown, context: Context) => untilAborted(context),
    });
    const ending = invoke('lockstep:connections.open', opening);
    await invoke(cancelChannel, { operationId: 'op-1' });
    expect(await ending).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(bugs).toEqual([]);
  });

  test.each(['destroyed', 'did-navigate', 'render-process-gone'])(
    'is cancelled when its window reports %s',
    async (event) => {
      const { invoke, window } = setUp({
        'connections.open': (_input: unknown, context: Context) => untilAborted(context),
      });
      const ending = invoke('lockstep:connections.open', opening);
      await Promise.resolve();
      window.emit(event);
      expect(await ending).toEqual({ ok: false, error: { code: 'cancelled' } });
    },
  );

  test('may not run twice under one id', async () => {
    const { invoke } = setUp({ 'connections.open': (_input: unknown, context: Context) => untilAborted(context) });
    const first = invoke('lockstep:connections.open', opening);
    expect(await invoke('lockstep:connections.open', opening)).toMatchObject({
      ok: false,
      error: { code: 'input.invalid', issues: [{ path: 'operationId' }] },
    });
    await invoke(cancelChannel, { operationId: 'op-1' });
    await first;
  });

  test('without an id is refused', async () => {
    const { invoke } = setUp({});
    expect(await invoke('lockstep:connections.open', { input: { id: 'sample' } })).toMatchObject({
      ok: false,
      error: { code: 'input.invalid', issues: [{ path: 'operationId' }] },
    });
  });

  test('cannot be cancelled under an id that is not running, and that is no error', async () => {
    const { invoke } = setUp({});
    expect(await invoke(cancelChannel, { operationId: 'unknown' })).toEqual({ ok: true, value: {} });
  });
});
