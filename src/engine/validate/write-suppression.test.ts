import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser } from '../sql/parser.ts';
import { validateMigration } from './validate-migration.ts';
import { writeSuppression } from './write-suppression.ts';

beforeAll(loadParser);

const acceptance = { rule: 'ban-drop-table', reason: 'archived\n in S3 ', until: '2027-01-31' };
/** The text after the first finding of the rule was accepted. */
function accept(up: string): string {
  const report = validateMigration({ name: 'm', up, down: '' }, { today: '2026-11-22' });
  const finding = report.findings.find(({ rule }) => rule === acceptance.rule);
  const statement = report.statements.find(({ index }) => index === finding?.statement);
  if (statement === undefined) throw new Error('there is no such finding');
  return writeSuppression(up, statement, acceptance);
}
const rules = (up: string, today: string) =>
  validateMigration({ name: 'm', up, down: '' }, { today }).findings.map(({ rule }) => rule);

describe('writeSuppression', () => {
  it('silences the rule for that statement until the day is over', () => {
    const up = accept('select 1;\n\n  drop table a;\ndrop table b;\n');
    expect(up).toBe(
      'select 1;\n\n  -- lockstep:ignore ban-drop-table archived in S3 until 2027-01-31\n  drop table a;\ndrop table b;\n',
    );
    expect(rules(up, '2026-11-22').filter((rule) => rule === 'ban-drop-table')).toHaveLength(1);
    expect(rules(up, '2027-02-01')).toContain('invalid-suppression');
  });

  it('gives a statement behind another one a line of its own', () => {
    const up = accept("select 'é😀'; drop table a; select 2;");
    expect(up).toBe(
      "select 'é😀';\n-- lockstep:ignore ban-drop-table archived in S3 until 2027-01-31\ndrop table a; select 2;",
    );
    expect(rules(up, '2026-11-22')).not.toContain('ban-drop-table');
  });
});
