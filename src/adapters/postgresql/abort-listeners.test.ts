import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createAbortListeners } from './abort-listeners.ts';

describe('createAbortListeners', () => {
  it('tells everybody who still waits, with one listener on the signal', () => {
    const { add } = createAbortListeners();
    const controller = new AbortController();
    const told: string[] = [];
    const stops = ['a', 'b', 'c'].map((name) => add(controller.signal, () => told.push(name)));
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    stops[1]?.();
    controller.abort();
    expect(told).toEqual(['a', 'c']);
  });

  it('leaves nothing on the signal when nobody waits any more, and begins anew', () => {
    const { add } = createAbortListeners();
    const controller = new AbortController();
    let told = 0;
    add(controller.signal, () => (told += 1))();
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    add(controller.signal, () => (told += 1));
    controller.abort();
    expect(told).toBe(1);
  });

  it('keeps signals apart, and does nothing without one', () => {
    const { add } = createAbortListeners();
    const [one, other] = [new AbortController(), new AbortController()];
    const told: string[] = [];
    add(one.signal, () => told.push('one'));
    add(other.signal, () => told.push('other'));
    add(undefined, () => told.push('none'))();
    other.abort();
    expect(told).toEqual(['other']);
  });
});
