import { describe, expect, it } from 'vitest';
import { durationRange } from './duration-range.ts';

const words = (from: number, to: number) => durationRange({ duration: 'seconds', range: { from, to }, basis: '' });

describe('durationRange', () => {
  it('never promises more than a figure or two in their own units', () => {
    expect(words(0.01, 0.09)).toBe('under 1 s, estimated');
    expect(words(0.4, 3.6)).toBe('up to 4 s, estimated');
    expect(words(2.2, 20)).toBe('2 to 20 s, estimated');
    expect(words(25, 225)).toBe('25 s to 4 min, estimated');
    expect(words(400, 3599)).toBe('7 to 60 min, estimated');
    expect(words(1800, 16_200)).toBe('30 min to 5 h, estimated');
  });

  it('says of nothing that it is brief, and of an older report its class', () => {
    expect(durationRange({ duration: 'none', basis: '' })).toBe('briefly');
    expect(durationRange({ duration: 'minutes', basis: '' })).toBe('for minutes, estimated');
  });
});
