import { describe, expect, it } from 'vitest';
import { findingEvidence } from './finding-evidence.ts';

describe('findingEvidence', () => {
  it('puts names and values into words', () => {
    const evidence = { sqlstate: '42703', rowEstimate: 2_400_000, usedBy: ['app.v', 'app.w'], size: { totalBytes: 5 } };
    expect(findingEvidence({ evidence }).facts).toEqual([
      'sqlstate: 42703',
      'row estimate: 2,400,000',
      'used by: app.v, app.w',
      'size: total bytes 5',
    ]);
  });

  it('tells the first of many values, and how many more there are', () => {
    const things = Array.from({ length: 340 }, (_, at) => `c${at}`);
    expect(findingEvidence({ evidence: { things } }).facts).toEqual([
      'things: c0, c1, c2, c3, c4, c5, c6, c7, and 332 more',
    ]);
  });

  it('keeps what was folded under the finding apart', () => {
    const folded = [{ rule: 'trigger-fires-on-backfill', message: 'users_touch runs for each row' }];
    expect(findingEvidence({ evidence: { alsoFoundBy: folded } })).toEqual({ facts: [], folded });
    expect(findingEvidence({ evidence: { alsoFoundBy: 'garbage' } }).folded).toEqual([]);
  });
});
