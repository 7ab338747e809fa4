import { describe, expect, it } from 'vitest';
import { findingOf } from './report-fixture.ts';
import { findingsInWords, nextFinding } from './reports-by-direction.ts';

const first = findingOf('error', { line: 2, column: 1 });
const second = findingOf('warning', { line: 2, column: 9 });
const third = findingOf('info', { direction: 'down', line: 1, column: 1 });
const all = [third, second, first];

describe('nextFinding', () => {
  it('starts at the top and goes on from up to down and round', () => {
    expect(nextFinding(all, null, 1)).toBe(first);
    expect(nextFinding(all, first, 1)).toBe(second);
    expect(nextFinding(all, second, 1)).toBe(third);
    expect(nextFinding(all, third, 1)).toBe(first);
  });

  it('goes back', () => {
    expect(nextFinding(all, null, -1)).toBe(third);
    expect(nextFinding(all, second, -1)).toBe(first);
    expect(nextFinding(all, first, -1)).toBe(third);
  });

  it('has nowhere to go without findings', () => {
    expect(nextFinding([], null, 1)).toBeNull();
  });
});

describe('findingsInWords', () => {
  it('counts each weight', () => {
    expect(findingsInWords([...all, first])).toBe('2 errors, 1 warning, 1 note');
    expect(findingsInWords([])).toBe('');
  });
});
