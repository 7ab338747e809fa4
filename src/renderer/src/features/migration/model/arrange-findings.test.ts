import { describe, expect, it } from 'vitest';
import { arrangeFindings } from './arrange-findings.ts';
import { findingOf } from './report-fixture.ts';

const findings = [
  findingOf('warning', { line: 9, message: 'late' }),
  findingOf('error', { direction: 'down', line: 2, message: 'of the down' }),
  findingOf('error', { line: 4, column: 7, message: 'behind' }),
  findingOf('warning', { line: 4, column: 2, message: 'before' }),
  findingOf('info', { line: 1, message: 'remark' }),
];
const arranged = (...how: Parameters<typeof arrangeFindings> extends [unknown, ...infer R] ? R : never) =>
  arrangeFindings(findings, ...how).map((group) => [group.title, group.findings.map(({ message }) => message)]);

describe('arrangeFindings', () => {
  it('groups by weight, the heaviest first, as the report has them', () => {
    expect(arranged({ severity: null, order: 'weight' })).toEqual([
      ['2 errors', ['of the down', 'behind']],
      ['2 warnings', ['late', 'before']],
      ['1 note', ['remark']],
    ]);
  });

  it('orders by place in each of the two texts', () => {
    expect(arranged({ severity: null, order: 'place' })).toEqual([
      ['Up', ['remark', 'before', 'behind', 'late']],
      ['Down', ['of the down']],
    ]);
  });

  it('keeps one severity', () => {
    expect(arranged({ severity: 'error', order: 'place' })).toEqual([
      ['Up', ['behind']],
      ['Down', ['of the down']],
    ]);
    expect(arrangeFindings([], { severity: 'info', order: 'weight' })).toEqual([]);
  });
});
