import { describe, expect, it } from 'vitest';
import { bytesInWords, bytesSchema, countInWords } from './quantity.ts';

describe('sizes', () => {
  it('are read as PostgreSQL’s settings write them', () => {
    expect(bytesSchema.parse('16 MB')).toBe(16 * 1024 ** 2);
    expect(bytesSchema.parse('1.5GB')).toBe(1.5 * 1024 ** 3);
    expect(bytesSchema.parse(8192)).toBe(8192);
    for (const wrong of ['16', '16 mb', '-1 MB', 'lots', '1 bytes', -1])
      expect(bytesSchema.safeParse(wrong).success).toBe(false);
  });

  it('are said in the unit that keeps them short', () => {
    expect([0, 1023, 1024, 9.96 * 1024, 10 * 1024, 48 * 1024 ** 3].map(bytesInWords)).toEqual([
      '0 bytes',
      '1023 bytes',
      '1 kB',
      '10 kB',
      '10 kB',
      '48 GB',
    ]);
    expect(countInWords(212_000_000)).toBe('212,000,000');
  });
});
