import { describe, expect, it } from 'vitest';
import { catalogOf } from '../../schema/catalog-fixture.ts';
import { inDirection, lockOf, statementOf } from './report-fixture.ts';
import { shadowReportOf } from './shadow-fixture.ts';
import { strongestLock, timelineRows } from './timeline-rows.ts';

const add = statementOf('AlterTable.AddColumn', 'alter table app.users add column a int', {
  effects: { locks: [lockOf('ACCESS EXCLUSIVE')], rewrites: [], scans: [], transaction: 'allowed' },
});
const seen = (direction: 'up' | 'down', index: number, mode: 'ACCESS EXCLUSIVE' | 'SHARE', ms: number) => ({
  direction,
  index,
  ms,
  locks: [{ relation: 'app.users', mode }],
  rewrites: [],
  scans: [],
  messages: [],
  documented: false,
  error: null,
});

describe('timelineRows', () => {
  it('joins prediction, observation of the same direction, and dated size', () => {
    const catalog = catalogOf([], {
      facts: {
        capturedAt: '2026-11-22T13:50:00Z',
        tables: [{ schema: 'app', name: 'users', rows: 2_400_000, bytes: 1.1 * 1024 ** 3, columns: [] }],
        indexes: [],
      },
    });
    const shadow = shadowReportOf({
      statements: [seen('down', 0, 'SHARE', 9), seen('up', 0, 'ACCESS EXCLUSIVE', 2), seen('up', 0, 'SHARE', 7)],
    });
    const [row] = timelineRows('up', inDirection('up', add), shadow, catalog);
    expect(row).toMatchObject({
      title: 'Add column a',
      object: 'app.users',
      size: '2.4 M, 1.1 GB',
      predicted: 'ACCESS EXCLUSIVE',
      observed: 'ACCESS EXCLUSIVE',
      shadowMs: 2,
      bracket: 'alone',
    });
  });

  it('knows nothing about a run that has not happened, and no size of what does not exist', () => {
    const [row] = timelineRows('up', inDirection('up', add), null, null);
    expect(row).toMatchObject({ observed: undefined, shadowMs: null, size: null });
  });

  it('does not take a table of the same name in another schema for the one that is meant', () => {
    const catalog = catalogOf([], {
      facts: {
        capturedAt: '2026-11-22T13:50:00Z',
        tables: [{ schema: 'billing', name: 'users', rows: 5, bytes: 5, columns: [] }],
        indexes: [],
      },
    });
    expect(timelineRows('up', inDirection('up', add), null, catalog)[0]?.size).toBeNull();
  });

  it('believes the run where a lock was held before and could not be seen again', () => {
    const held = { ...seen('up', 0, 'ACCESS EXCLUSIVE', 2), locks: [], mispredicted: [] };
    const [row] = timelineRows('up', inDirection('up', add), shadowReportOf({ statements: [held] }), null);
    expect(row).toMatchObject({ predicted: 'ACCESS EXCLUSIVE', observed: null, agrees: true, mispredicted: [] });
  });

  it('says in words what was not as predicted', () => {
    const other = {
      ...seen('up', 0, 'SHARE', 2),
      mispredicted: [
        { effect: 'lock' as const, relation: 'app.users', predicted: 'ACCESS EXCLUSIVE', observed: 'SHARE' },
        { effect: 'scan' as const, relation: 'app.users', predicted: null, observed: 'scan' },
      ],
    };
    const [row] = timelineRows('up', inDirection('up', add), shadowReportOf({ statements: [other] }), null);
    expect(row).toMatchObject({
      agrees: false,
      mispredicted: [
        'predicted ACCESS EXCLUSIVE on app.users, took SHARE',
        'read all of app.users, which was not predicted',
      ],
    });
  });

  it('takes what the manual says for no observation', () => {
    const documented = { ...seen('up', 0, 'ACCESS EXCLUSIVE', 2), documented: true };
    const [row] = timelineRows('up', inDirection('up', add), shadowReportOf({ statements: [documented] }), null);
    expect(row).toMatchObject({ predicted: 'ACCESS EXCLUSIVE', observed: undefined, documented: true, shadowMs: 2 });
  });

  it('brackets a transaction over several rows', () => {
    const begin = statementOf('Transaction.Begin', 'begin');
    const commit = statementOf('Transaction.Commit', 'commit');
    const rows = timelineRows('up', inDirection('up', begin, add, commit, add), null, null);
    expect(rows.map((row) => row.bracket)).toEqual(['first', 'middle', 'last', 'alone']);
  });

  it('finds the strongest lock', () => {
    expect(strongestLock([lockOf('SHARE'), lockOf('ACCESS EXCLUSIVE'), lockOf('ROW SHARE')])).toBe('ACCESS EXCLUSIVE');
    expect(strongestLock([])).toBeNull();
  });
});
