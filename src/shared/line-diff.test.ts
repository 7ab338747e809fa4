import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffWithContext, lineDiff } from './line-diff.ts';

describe('lineDiff', () => {
  it('finds a changed line between equal ones', () => {
    expect(lineDiff('a\nb\nc', 'a\nB\nc').map(({ kind, text }) => [kind, text])).toEqual([
      ['same', 'a'],
      ['removed', 'b'],
      ['added', 'B'],
      ['same', 'c'],
    ]);
  });

  it('gives both texts back, whatever they are', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '', 'select 1'), { maxLength: 12 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after);
        const side = (gone: string) =>
          lines
            .filter((line) => line.kind !== gone)
            .map((line) => line.text)
            .join('\n');
        expect(side('added')).toBe(before);
        expect(side('removed')).toBe(after);
      }),
    );
  });

  it('leaves out what is far from a change', () => {
    const before = Array.from({ length: 9 }, (_, index) => `${index}`).join('\n');
    const shown = diffWithContext(lineDiff(before, before.replace('4', 'x')), 1);
    expect(shown.map((line) => line?.text ?? '…')).toEqual(['…', '3', '4', 'x', '5', '…']);
  });
});
