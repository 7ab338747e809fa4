import { describe, expect, it } from 'vitest';
import { rateOf } from './throughput.ts';
import { throughputOf } from './throughput-of.ts';

const megabyte = 1024 ** 2;

describe('the rate of a kind of work', () => {
  it('is assumed where nothing is said of it', () => {
    expect(rateOf('rewrite', { read: megabyte })).toEqual({ bytes: 40 * megabyte, rows: 150_000, source: 'assumed' });
  });

  it('takes rows to be as much slower as bytes are', () => {
    expect(rateOf('read', { read: 100 * megabyte })).toMatchObject({ rows: 1_000_000, source: 'given' });
  });

  it('says where it was measured', () => {
    const measured = { on: 'db1:5432', at: '2026-03-18' };
    expect(rateOf('read', { rows: { read: 7 }, measured })).toEqual({
      bytes: 200 * megabyte,
      rows: 7,
      source: 'measured on db1:5432 on 2026-03-18',
    });
  });
});

describe('what estimates take from a measurement', () => {
  const rate = { bytes: 900 * megabyte, rows: 3_000_000 };
  const size = { rows: 1, bytes: 1 };
  const measure = (read: number, inMemory: boolean) =>
    throughputOf(
      {
        rates: { read: { ...rate, bytes: read }, rewrite: rate, 'index-build': rate, 'change-rows': rate },
        rounds: 3,
        wide: size,
        narrow: size,
        inMemory,
        seconds: 1,
      },
      { on: 'db1:5432', at: '2026-03-18' },
    ).read;

  it('is no speed of a disk where the table lay in memory', () => {
    expect(measure(900 * megabyte, true)).toBeUndefined();
    expect(measure(900 * megabyte, false)).toBe(900 * megabyte);
    expect(measure(50 * megabyte, true)).toBe(50 * megabyte);
  });
});
