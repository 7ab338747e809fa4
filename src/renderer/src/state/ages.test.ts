import { describe, expect, test } from 'vitest';
import { ageInWords, dayInWords, momentInSentence, momentInWords } from './ages.ts';

const now = new Date('2026-11-22T15:00:00').getTime();
const at = (local: string): string => new Date(local).toISOString();

describe('moments in words', () => {
  test.each([
    ['2026-11-22T14:59:30', 'just now'],
    ['2026-11-22T14:48:00', '12 min'],
    ['2026-11-22T11:30:00', '3 h'],
    ['2026-11-21T14:00:00', '1 day'],
    ['2026-11-02T14:00:00', '20 days'],
    ['2026-11-22T15:00:05', 'just now'],
  ])('%s is %s old', (moment, words) => {
    expect(ageInWords(at(moment), now)).toBe(words);
  });

  test.each([
    ['2026-11-22T00:01:00', 'Today'],
    ['2026-11-21T23:59:00', 'Yesterday'],
    ['2026-11-12T09:00:00', '12 Nov'],
    ['2025-11-12T09:00:00', '12 Nov 2025'],
  ])('%s was %s', (moment, words) => {
    expect(dayInWords(at(moment), now)).toBe(words);
  });

  test('day and clock time stand together', () => {
    expect(momentInWords(at('2026-11-22T09:02:00'), now)).toBe('Today, 09:02');
    expect(momentInSentence(at('2026-11-22T09:02:00'), now)).toBe('09:02 today');
    expect(momentInSentence(at('2026-11-12T09:02:00'), now)).toBe('12 Nov, 09:02');
  });
});
