import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser, parseScript } from './parser.ts';
import {
  batchesOf,
  heldLocks,
  parseTimeout,
  rollbackTargets,
  settingsInForce,
  type TransactionMode,
} from './transactions.ts';

beforeAll(loadParser);

function statementsOf(text: string) {
  const script = parseScript(text);
  if (!script.ok) throw new Error(script.error.message);
  return script.value.statements;
}

const numbers = (text: string, mode: TransactionMode) =>
  batchesOf(statementsOf(text), mode).map(({ number }) => number);

describe('batchesOf', () => {
  it('gives every statement a transaction of its own without BEGIN', () => {
    expect(numbers('select 1; select 2', 'auto')).toEqual([null, null]);
  });

  it('follows BEGIN and COMMIT', () => {
    expect(
      numbers('select 1; begin; select 2; commit; select 3; start transaction; select 4; rollback', 'none'),
    ).toEqual([null, 0, 0, 0, null, 1, 1, 1]);
  });

  it('keeps a transaction through savepoints and a second BEGIN', () => {
    expect(numbers('begin; begin; savepoint s; rollback to s; select 1; end', 'none')).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('opens the next transaction at once with AND CHAIN', () => {
    expect(numbers('begin; commit and chain; select 1; commit', 'none')).toEqual([0, 0, 1, 1]);
  });

  it('puts the whole file into one transaction when the runner does, until the file ends it', () => {
    expect(numbers('select 1; commit; select 2; begin; select 3', 'file')).toEqual([0, 0, null, 1, 1]);
    expect(batchesOf(statementsOf('select 1; begin'), 'file')[0]?.openedBy).toBe('runner');
  });
});

describe('rollbackTargets', () => {
  const targets = (text: string, mode: TransactionMode = 'none') =>
    rollbackTargets(statementsOf(text), batchesOf(statementsOf(text), mode));

  it('goes back to before the transaction began', () => {
    expect(targets('select 1; begin; select 2; rollback; select 3')).toEqual([null, null, null, 0, null]);
    expect(targets('select 1; rollback', 'file')).toEqual([null, -1]);
  });

  it('goes back to a savepoint, which stays', () => {
    expect(targets('begin; savepoint a; select 1; rollback to a; select 2; rollback to a; commit')).toEqual([
      null,
      null,
      null,
      1,
      null,
      1,
      null,
    ]);
  });

  it('knows neither a savepoint that is gone nor one of another transaction', () => {
    expect(targets('begin; savepoint a; savepoint b; release a; rollback to b; commit')[4]).toBeNull();
    expect(targets('begin; savepoint a; savepoint b; rollback to a; rollback to b; commit')[4]).toBeNull();
    expect(targets('begin; savepoint a; commit; begin; rollback to a; commit')[4]).toBeNull();
    expect(targets('savepoint a; rollback to a')).toEqual([null, null]);
  });

  it('goes back to the later one of two of a name', () => {
    expect(targets('begin; savepoint a; savepoint a; rollback to a; release a; rollback to a; commit')).toEqual([
      null,
      null,
      null,
      2,
      null,
      1,
      null,
    ]);
  });
});

describe('heldLocks', () => {
  it('gives back what was locked since a savepoint', () => {
    const statements = statementsOf('begin; select 1; savepoint a; select 2; rollback to a; select 3; commit');
    const lock = (relation: string) => ({ locks: [{ relation, mode: 'SHARE' as const, blocks: '' }] });
    const nothing = { locks: [] };
    const effects = [nothing, lock('a'), nothing, lock('b'), nothing, nothing, nothing];
    const batches = batchesOf(statements, 'none');
    const held = heldLocks(batches, effects, rollbackTargets(statements, batches));
    expect(held.map((locks) => locks.map(({ relation }) => relation))).toEqual([
      [],
      [],
      ['a'],
      ['a'],
      ['a', 'b'],
      ['a'],
      ['a'],
    ]);
  });

  it('keeps the strongest lock per relation to the end of the transaction', () => {
    const statements = statementsOf('begin; select 1; select 2; select 3; commit; select 4');
    const lock = (relation: string, mode: 'SHARE' | 'ACCESS EXCLUSIVE') => ({
      locks: [{ relation, mode, blocks: '' }],
    });
    const nothing = { locks: [] };
    const effects = [nothing, lock('a', 'SHARE'), lock('a', 'ACCESS EXCLUSIVE'), lock('a', 'SHARE'), nothing, nothing];
    expect(heldLocks(batchesOf(statements, 'none'), effects)).toEqual([
      [],
      [],
      [{ relation: 'a', mode: 'SHARE', since: 1 }],
      [{ relation: 'a', mode: 'ACCESS EXCLUSIVE', since: 2 }],
      [{ relation: 'a', mode: 'ACCESS EXCLUSIVE', since: 2 }],
      [],
    ]);
  });
});

describe('settingsInForce', () => {
  const timeouts = (text: string, mode: TransactionMode = 'none') => {
    const statements = statementsOf(text);
    return settingsInForce(statements, batchesOf(statements, mode)).map(({ lockTimeout }) => lockTimeout);
  };

  it('counts from the statement after SET', () => {
    expect(timeouts("set lock_timeout = '2s'; select 1; reset lock_timeout; select 2")).toEqual([
      null,
      2000,
      2000,
      null,
    ]);
  });

  it('forgets SET LOCAL at the end of its transaction', () => {
    expect(timeouts("begin; set local lock_timeout = '2s'; select 1; commit; select 2")).toEqual([
      null,
      null,
      2000,
      2000,
      null,
    ]);
  });

  it('knows that SET LOCAL does nothing outside of a transaction', () => {
    expect(timeouts("set local lock_timeout = '2s'; select 1")).toEqual([null, null]);
    expect(timeouts("set local lock_timeout = '2s'; select 1", 'file')).toEqual([null, 2000]);
  });

  it('takes back SET when its transaction is rolled back', () => {
    expect(timeouts('begin; set lock_timeout = 500; select 1; rollback; select 2')).toEqual([
      null,
      null,
      500,
      500,
      null,
    ]);
  });

  it('reads search_path, the zone and set_config', () => {
    const statements = statementsOf(
      `set search_path to "My App", public; set timezone = 'Europe/Paris'; select set_config('search_path', '', false); select 1`,
    );
    const settings = settingsInForce(statements, batchesOf(statements, 'none'));
    expect(settings[1]?.searchPath).toEqual(['My App', 'public']);
    expect(settings[2]?.timeZone).toBe('Europe/Paris');
    expect(settings[3]?.searchPath).toEqual([]);
  });

  it.each([
    ['2s', 2000],
    ['500', 500],
    ['1 min', 60_000],
    ['0', 0],
    ['1.5s', 1500],
    ['soon', null],
  ])('reads the timeout %s', (text, milliseconds) => {
    expect(parseTimeout(text)).toBe(milliseconds);
  });
});
