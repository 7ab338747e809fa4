import { describe, expect, it } from 'vitest';
import {
  ageText,
  bytesText,
  compactCount,
  countOf,
  dateText,
  durationText,
  momentText,
  shortFingerprint,
} from './quantities.ts';

describe('quantities', () => {
  it.each([
    [0, '0'],
    [1460, '1,460'],
    [38_200, '38.2 k'],
    [186_000, '186 k'],
    [999_600, '1 M'],
    [2_400_000, '2.4 M'],
    [212_408_112, '212 M'],
    [1_200_000_000, '1.2 G'],
  ])('writes %d rows as %s', (count, text) => {
    expect(compactCount(count)).toBe(text);
  });

  it.each([
    [0, '0 bytes'],
    [8192, '8 kB'],
    [1.1 * 1024 ** 3, '1.1 GB'],
    [48 * 1024 ** 3, '48 GB'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  it.each([
    [0, '0 ms'],
    [0.3, '< 1 ms'],
    [312, '312 ms'],
    [1400, '1.4 s'],
    [188_000, '3 min 08 s'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });

  it('says moments as short as it can', () => {
    const now = new Date(2026, 10, 22, 14, 2);
    expect(momentText(new Date(2026, 10, 22, 9, 5).toISOString(), now)).toBe('09:05');
    expect(momentText(new Date(2026, 10, 20, 3, 12).toISOString(), now)).toBe('20 Nov, 03:12');
    expect(momentText('not a date', now)).toBe('not a date');
    expect(dateText(new Date(2026, 10, 20, 3, 12).toISOString())).toBe('20 Nov 03:12');
    expect(ageText(new Date(2026, 10, 22, 13, 50).toISOString(), now)).toBe('12 min ago');
    expect(ageText(now.toISOString(), now)).toBe('just now');
  });

  it('counts in words', () => {
    expect(countOf(1, 'table')).toBe('1 table');
    expect(countOf(2, 'index', 'indexes')).toBe('2 indexes');
    expect(shortFingerprint('9c41e7b2ffff')).toBe('9c41 e7b2');
  });
});
