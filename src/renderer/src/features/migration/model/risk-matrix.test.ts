import { describe, expect, it } from 'vitest';
import { lockOf, statementOf } from './report-fixture.ts';
import { lockSeverity, riskLevel, riskMatrix } from './risk-matrix.ts';

describe('riskMatrix', () => {
  it('puts each statement into one cell', () => {
    const drop = statementOf('AlterTable.DropColumn', 'alter table users drop column a', {
      direction: 'down',
      dataLoss: 'certain',
      effects: { locks: [lockOf('ACCESS EXCLUSIVE')], rewrites: [], scans: [], transaction: 'allowed' },
    });
    const update = statementOf('Update', 'update users set a = 1', {
      effects: { locks: [lockOf('ROW EXCLUSIVE')], rewrites: [], scans: [], transaction: 'allowed' },
    });
    const matrix = riskMatrix([drop, update]);
    expect(matrix['everything waits'].certain).toEqual([{ direction: 'down', index: 0, title: 'Drop column a' }]);
    expect(matrix['nothing waits'].none).toHaveLength(1);
    expect(Object.values(matrix).flatMap((row) => Object.values(row).flat())).toHaveLength(2);
  });

  it('ranks what waits', () => {
    expect(lockSeverity(null)).toBe('nothing waits');
    expect(lockSeverity('SHARE ROW EXCLUSIVE')).toBe('writes wait');
    expect(riskLevel('nothing waits', 'none')).toBe(0);
    expect(riskLevel('nothing waits', 'possible')).toBe(1);
    expect(riskLevel('nothing waits', 'certain')).toBe(2);
    expect(riskLevel('everything waits', 'none')).toBe(1);
  });
});
