import { describe, expect, it } from 'vitest';
import { dataFacts, failedStatements, fidelityFacts, proofVerdict, queryFacts, shadowServer } from './proof-facts.ts';
import { statementOf } from './report-fixture.ts';
import { shadowReportOf } from './shadow-fixture.ts';

describe('proof facts', () => {
  it('never calls a loss of values green', () => {
    expect(proofVerdict(shadowReportOf())).toEqual({ tone: 'passed', word: 'Passed' });
    const lossy = shadowReportOf({
      data: { rowsSeeded: 240, lost: [{ table: 'app.users', column: 'flag', rows: 12 }] },
    });
    expect(proofVerdict(lossy)).toEqual({ tone: 'warning', word: 'Passed, structure only' });
    expect(dataFacts(lossy, [])).toEqual([
      { tone: 'warning', title: 'app.users.flag is not brought back.', text: '12 of 240 synthetic rows lost by down.' },
    ]);
  });

  it('says what a statement is predicted to lose when no rows were tried', () => {
    const drop = statementOf('AlterTable.DropColumn', 'ALTER TABLE app.users DROP COLUMN flag', {
      direction: 'down',
      dataLoss: 'certain',
      objects: [{ schema: 'app', name: 'users' }],
    });
    expect(dataFacts(shadowReportOf(), [drop])).toEqual([
      { tone: 'warning', title: 'Down 1 loses values.', text: 'app.users: predicted, no rows were tried.' },
    ]);
  });

  it('names a failed statement and puts the failure above everything', () => {
    const failed = shadowReportOf({
      statements: [
        {
          direction: 'up',
          index: 1,
          ms: 2,
          locks: [],
          rewrites: [],
          scans: [],
          messages: [],
          documented: false,
          error: { sqlstate: '42703', message: 'column "x" does not exist', line: 2, column: 1 },
        },
      ],
    });
    expect(proofVerdict(failed).word).toBe('Failed');
    expect(failedStatements(failed)[0]?.title).toBe('Up statement 2 failed.');
  });

  it('says nothing about what was not tried', () => {
    expect(dataFacts(shadowReportOf(), [statementOf('CreateIndex', 'CREATE INDEX …')])).toEqual([]);
    expect(queryFacts(shadowReportOf())).toBeNull();
  });

  it('names the server and what the copy lacks', () => {
    expect(shadowServer(shadowReportOf())).toBe('Embedded PostgreSQL 18.6');
    const partial = shadowReportOf({
      clone: { ms: 1, fidelity: 'partial', differences: [], stubbed: ['extension pg_cron'] },
    });
    expect(fidelityFacts(partial).map((fact) => fact.title)).toEqual(['The copy is partial:', 'Replaced by a stub:']);
  });
});
