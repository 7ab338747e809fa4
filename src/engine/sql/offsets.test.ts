import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOffsets } from './offsets.ts';

const byteLength = (text: string) => new TextEncoder().encode(text).length;

describe('createOffsets', () => {
  it.each([
    ['ascii', 'select 1; select 2'],
    ['two bytes', 'é; ü select ß'],
    ['three bytes', '漢字; € select'],
    ['four bytes', '😀; 𝄞 select 😀😀'],
    ['all at once', 'aé漢😀b\n😀漢éa\r\n'],
  ])('converts bytes and characters back to units: %s', (_name, text) => {
    const offsets = createOffsets(text);
    let unit = 0;
    let character = 0;
    for (const symbol of text) {
      expect(offsets.fromByte(byteLength(text.slice(0, unit)))).toBe(unit);
      expect(offsets.fromCharacter(character)).toBe(unit);
      expect(offsets.toByte(unit)).toBe(byteLength(text.slice(0, unit)));
      unit += symbol.length;
      character += 1;
    }
    expect(offsets.fromByte(byteLength(text))).toBe(text.length);
    expect(offsets.fromCharacter(character)).toBe(text.length);
  });

  it('counts lines and columns from 1', () => {
    const offsets = createOffsets('ab\n😀c\r\n\nd');
    expect(offsets.lineColumn(0)).toEqual({ line: 1, column: 1 });
    expect(offsets.lineColumn(3)).toEqual({ line: 2, column: 1 });
    expect(offsets.lineColumn(5)).toEqual({ line: 2, column: 3 });
    expect(offsets.lineColumn(8)).toEqual({ line: 3, column: 1 });
    expect(offsets.lineColumn(9)).toEqual({ line: 4, column: 1 });
  });

  it('clamps positions outside the text', () => {
    const offsets = createOffsets('é');
    expect(offsets.fromByte(99)).toBe(1);
    expect(offsets.fromByte(-5)).toBe(0);
    expect(offsets.fromCharacter(99)).toBe(1);
    expect(offsets.lineColumn(99)).toEqual({ line: 1, column: 2 });
  });

  it('agrees with the encoder on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const offsets = createOffsets(text);
        let unit = 0;
        for (const symbol of text) {
          expect(offsets.fromByte(byteLength(text.slice(0, unit)))).toBe(unit);
          unit += symbol.length;
        }
      }),
      { numRuns: 300 },
    );
  });
});
