import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pacedProgress } from './paced-progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const piece = (phase: string, delta: string, snapshot: string) => ({ phase, delta, snapshot, up: '', down: '' });

test('thousands of pieces become a few messages, and their deltas still add up to the text', () => {
  const sent: { delta: string; snapshot: string }[] = [];
  const paced = pacedProgress((progress) => sent.push(progress), 50);
  let text = '';
  for (let index = 0; index < 1000; index += 1) {
    const delta = `${index} `;
    text += delta;
    paced.report(piece('writing', delta, text));
    if (index % 100 === 99) vi.advanceTimersByTime(50);
  }
  paced.flush();
  expect(sent.length).toBeLessThan(20);
  expect(sent.map(({ delta }) => delta).join('')).toBe(text);
  expect(sent.at(-1)?.snapshot).toBe(text);
});

test('the first piece and each new phase are passed on at once', () => {
  const phases: string[] = [];
  const paced = pacedProgress(({ phase }) => phases.push(phase), 50);
  paced.report(piece('choosing tables', '', ''));
  paced.report(piece('writing', 'a', 'a'));
  paced.report(piece('writing', 'b', 'ab'));
  paced.report(piece('checking', '', ''));
  expect(phases).toEqual(['choosing tables', 'writing', 'writing', 'checking']);
});

test('nothing comes after the flush', () => {
  const sent: string[] = [];
  const paced = pacedProgress(({ delta }) => sent.push(delta), 50);
  paced.report(piece('writing', 'a', 'a'));
  paced.report(piece('writing', 'b', 'ab'));
  paced.flush();
  vi.advanceTimersByTime(500);
  expect(sent).toEqual(['a', 'b']);
});
