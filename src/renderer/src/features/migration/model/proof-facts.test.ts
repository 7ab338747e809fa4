import { describe, expect, it } from 'vitest';
import {
  dataFacts,
  failedStatements,
  fidelityFacts,
  proofVerdict,
  queryFacts,
  shadowPlace,
  shadowServer,
} from './proof-facts.ts';
import { statementOf } from './report-fixture.ts';
import { shadowReportOf } from './shadow-fixture.ts';

describe('proof facts', () => {
  it('never calls a loss of values green', () => {
    expect(proofVerdict(shadowReportOf())).toEqual({ tone: 'passed', word: 'Passed' });
    const lossy = shadowReportOf({
      data: {
        rowsSeeded: 240,
        lost: [{ table: 'app.users', column: 'flag', rows: 12, statement: { direction: 'up', index: 1 } }],
      },
    });
    expect(proofVerdict(lossy)).toEqual({ tone: 'warning', word: 'Passed, structure only' });
    expect(dataFacts(lossy, [])).toEqual([
      {
        tone: 'warning',
        title: 'app.users.flag is not brought back.',
        text: '12 of 240 synthetic rows, taken by Up 2.',
      },
    ]);
  });

  it('never calls a migration green that fails on some rows or breaks a query', () => {
    const wouldFail = [
      {
        direction: 'up' as const,
        statement: 0,
        condition: 'app.users.email holds a null',
        sqlstate: '23502',
        message: 'column "email" of relation "users" contains null values',
      },
    ];
    const picky = shadowReportOf({ data: { rowsSeeded: 24, lost: [], wouldFail } });
    expect(proofVerdict(picky)).toEqual({ tone: 'warning', word: 'Passed, depends on rows' });
    expect(dataFacts(picky, []).map(({ title, text }) => `${title} ${text}`)).toEqual([
      'Nothing was lost of 24 synthetic rows that were there before up.',
      'Up 1 would fail if app.users.email holds a null.',
    ]);
    const broken = [{ source: 'view' as const, query: 'select id from app.v', error: 'relation does not exist' }];
    const breaking = shadowReportOf({ queries: { checked: 3, broken } });
    expect(proofVerdict(breaking)).toEqual({ tone: 'warning', word: 'Passed, queries break' });
    expect(queryFacts(breaking)?.[0]).toEqual({
      tone: 'error',
      title: '1 break',
      text: 'after up, of 3 known queries.',
    });
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

  it('never shows a green sign for queries that nobody knows', () => {
    const [fact, ...others] = queryFacts(shadowReportOf({ queries: { checked: 0, broken: [] } })) ?? [];
    expect(others).toEqual([]);
    expect(fact).toMatchObject({ tone: 'note', title: 'No query of this database is known.' });
    expect(fact?.text).toContain('pg_stat_statements');
    const notCheckable = [{ source: 'view' as const, query: 'select 1', reason: 'no such column' }];
    const unknown = queryFacts(shadowReportOf({ queries: { checked: 0, broken: [], notCheckable } })) ?? [];
    expect(unknown.map(({ tone }) => tone)).toEqual(['note', 'warning']);
  });

  it('says of a down that takes values what no row of before can show', () => {
    const drop = statementOf('AlterTable', 'ALTER TABLE …', { direction: 'down', dataLoss: 'certain' });
    const facts = dataFacts(shadowReportOf({ data: { rowsSeeded: 24, lost: [] } }), [drop]);
    expect(facts.map(({ tone, title }) => [tone, title])).toEqual([
      ['ok', 'Nothing was lost'],
      ['warning', 'Down 1 loses later values:'],
    ]);
  });

  it('says nothing about what was not tried', () => {
    expect(dataFacts(shadowReportOf(), [statementOf('CreateIndex', 'CREATE INDEX …')])).toEqual([]);
    expect(queryFacts(shadowReportOf())).toBeNull();
  });

  it('names the server and what the copy lacks', () => {
    const report = shadowReportOf();
    expect(shadowServer(report)).toBe('Embedded PostgreSQL 18.6');
    expect(shadowPlace(report)).toBe('Embedded PostgreSQL 18.6.');
    const shadow = {
      kind: 'server',
      version: 150_018,
      why: ['The target is PostgreSQL 15, the embedded one 18'],
    } as const;
    expect(shadowPlace({ ...report, shadow })).toBe(
      'Server PostgreSQL 15.18. The target is PostgreSQL 15, the embedded one 18.',
    );
    const partial = shadowReportOf({
      clone: { ms: 1, fidelity: 'partial', differences: [], stubbed: ['extension pg_cron'] },
    });
    expect(fidelityFacts(partial).map((fact) => fact.title)).toEqual(['The copy is partial:', 'Replaced by a stub:']);
    const part = { ...partial.clone, stubbed: [], part: { tables: 3, of: 2_300 } };
    expect(fidelityFacts({ ...partial, clone: part })).toEqual([
      {
        tone: 'warning',
        title: 'The copy is partial:',
        text: '3 of 2300 tables, those that the migration touches and what belongs to them.',
      },
    ]);
  });
});
