import { describe, expect, it } from 'vitest';
import { statementOf } from './report-fixture.ts';
import { transactionGroups, transactionsInWords } from './transaction-groups.ts';

const plain = statementOf('AlterTable.AddColumn', 'alter table t add a int');
const concurrent = statementOf('CreateIndex', 'create index concurrently i on t (a)', {
  effects: { locks: [], rewrites: [], scans: [], transaction: 'forbidden' },
});
const begin = statementOf('Transaction.Begin', 'begin');
const commit = statementOf('Transaction.Commit', 'commit');

describe('transactionGroups', () => {
  it('gives every statement a transaction of its own, or none where it cannot have one', () => {
    expect(transactionGroups([plain, plain, concurrent])).toEqual([
      { kind: 'transaction', first: 0, last: 0 },
      { kind: 'transaction', first: 1, last: 1 },
      { kind: 'outside', first: 2, last: 2 },
    ]);
  });

  it('honours BEGIN and COMMIT as they are written', () => {
    expect(transactionGroups([begin, plain, commit, plain, begin, plain, commit])).toEqual([
      { kind: 'transaction', first: 0, last: 2 },
      { kind: 'transaction', first: 3, last: 3 },
      { kind: 'transaction', first: 4, last: 6 },
    ]);
  });

  it('shows a forbidden statement inside BEGIN where it stands, because there it fails', () => {
    expect(transactionGroups([begin, concurrent, commit])).toEqual([{ kind: 'transaction', first: 0, last: 2 }]);
  });

  it('counts in words', () => {
    expect(transactionsInWords([plain, concurrent])).toBe('2 statements, 1 transaction + 1 outside');
    expect(transactionsInWords([concurrent])).toBe('1 statement, 1 outside');
    expect(transactionsInWords([])).toBe('no statements');
  });
});
