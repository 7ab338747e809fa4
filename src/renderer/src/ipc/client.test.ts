import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleConnectionId } from '../../../shared/ids.ts';
import type { Bridge } from '../../../shared/ipc/wire.ts';
import { request, runOperation, subscribe } from './client.ts';

type Call = { readonly channel: string; readonly input: unknown };

/** The bridge with a main process that answers when the test says so. */
function fakeMain() {
  const calls: Call[] = [];
  const waiting = new Map<string, (answer: unknown) => void>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const bridge: Bridge = {
    invoke: (channel, input) => {
      calls.push({ channel, input });
      return new Promise((resolve) => waiting.set(channel, resolve));
    },
    on: (channel, listener) => {
      const all = listeners.get(channel) ?? new Set();
      all.add(listener);
      listeners.set(channel, all);
      return () => all.delete(listener);
    },
  };
  return {
    bridge,
    calls,
    answer: (channel: string, value: unknown) => waiting.get(channel)?.(value),
    send: (channel: string, payload: unknown) => {
      for (const listener of listeners.get(channel) ?? []) listener(payload);
    },
    listening: (channel: string) => listeners.get(channel)?.size ?? 0,
  };
}

let main = fakeMain();
beforeEach(() => {
  main = fakeMain();
  Object.assign(globalThis, { window: { lockstep: main.bridge } });
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'window');
});

const operationOf = (call: Call | undefined): unknown =>
  (call?.input as { operationId: string } | undefined)?.operationId;

describe('the client', () => {
  test('asks on the channel of the contract and hands the answer on as it is', async () => {
    const answer = request('connections.list', {});
    expect(main.calls).toEqual([{ channel: 'lockstep:connections.list', input: {} }]);
    const error = { ok: false, error: { code: 'history.damaged', path: 'p', reason: 'r' } };
    main.answer('lockstep:connections.list', error);
    expect(await answer).toEqual(error);
  });

  test('delivers the progress of its own operation only, and stops listening at the end', async () => {
    const seen: string[] = [];
    const outcome = runOperation(
      'connections.open',
      { id: sampleConnectionId },
      { onProgress: ({ phase }) => seen.push(phase) },
    );
    const operationId = operationOf(main.calls[0]);
    main.send('lockstep:operation.progress', { operationId, progress: { phase: 'mine' } });
    main.send('lockstep:operation.progress', { operationId: 'another', progress: { phase: 'not mine' } });
    main.answer('lockstep:connections.open', { ok: true, value: 'done' });
    expect(await outcome).toEqual({ ok: true, value: 'done' });
    expect(seen).toEqual(['mine']);
    expect(main.listening('lockstep:operation.progress')).toBe(0);
  });

  test('cancels the operation that it started, and waits for main to confirm', async () => {
    const controller = new AbortController();
    const outcome = runOperation('connections.open', { id: sampleConnectionId }, { signal: controller.signal });
    controller.abort();
    expect(main.calls[1]).toEqual({
      channel: 'lockstep:operation.cancel',
      input: { operationId: operationOf(main.calls[0]) },
    });
    main.answer('lockstep:connections.open', { ok: false, error: { code: 'cancelled' } });
    expect(await outcome).toEqual({ ok: false, error: { code: 'cancelled' } });
  });

  test('an operation that was cancelled before it began is cancelled at once', () => {
    void runOperation('connections.open', { id: sampleConnectionId }, { signal: AbortSignal.abort() });
    expect(main.calls.map((call) => call.channel)).toEqual(['lockstep:connections.open', 'lockstep:operation.cancel']);
  });

  test('hears events until it stops listening', () => {
    let heard = 0;
    const stop = subscribe('connections.changed', () => {
      heard += 1;
    });
    main.send('lockstep:event.connections.changed', {});
    stop();
    main.send('lockstep:event.connections.changed', {});
    expect(heard).toBe(1);
  });
});
