import { describe, expect, it } from 'vitest';
import { downNotes } from './down-notes.ts';
import { findingOf, inDirection, statementOf } from './report-fixture.ts';

const drop = statementOf('AlterTable.DropColumn', 'alter table app.users drop a', { dataLoss: 'certain' });

describe('downNotes', () => {
  it('says what a down statement takes away', () => {
    expect(downNotes(inDirection('down', statementOf('DropIndex', 'drop index i'), drop), [])).toEqual([
      {
        statement: 1,
        title: 'Restores the structure, not later values.',
        text: 'What was written to app.users after up is lost by this statement.',
      },
    ]);
  });

  it('does not say it twice', () => {
    const said = findingOf('info', { direction: 'down', category: 'data loss', statement: 0 });
    expect(downNotes(inDirection('down', drop), [said])).toEqual([]);
  });
});
