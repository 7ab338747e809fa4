import { describe, expect, it } from 'vitest';
import { compareRows } from './compare-rows.ts';

const columns = ['id', 'name', 'note'];
const before = {
  columns,
  rows: [
    ['1', 'ann', 'x'],
    ['2', 'bob', null],
    ['3', 'cid', 'z'],
  ],
};

describe('compareRows', () => {
  it('finds nothing in the same rows in another order of rows and columns', () => {
    const after = {
      columns: ['note', 'name', 'id'],
      rows: [
        ['z', 'cid', '3'],
        ['x', 'ann', '1'],
        [null, 'bob', '2'],
      ],
    };
    expect(compareRows(before, after, [])).toEqual({ lost: 0, added: 0, columns: new Map() });
  });

  it('counts rows that are gone and new by their key', () => {
    const after = {
      columns,
      rows: [
        ['1', 'ann', 'x'],
        ['9', 'eve', 'y'],
      ],
    };
    expect(compareRows(before, after, ['id'])).toEqual({ lost: 2, added: 1, columns: new Map() });
  });

  it('counts changed values, and those of a column that is gone where there were any', () => {
    const changed = { columns, rows: before.rows.map(([id, name]) => [id ?? null, name?.toUpperCase() ?? null, null]) };
    expect(compareRows(before, changed, ['id']).columns).toEqual(
      new Map([
        ['name', 3],
        ['note', 2],
      ]),
    );
    const without = { columns: ['id', 'name'], rows: before.rows.map((row) => row.slice(0, 2)) };
    expect(compareRows(before, without, ['id']).columns).toEqual(new Map([['note', 2]]));
  });

  it('knows a row again by most of its values where the key changed', () => {
    const rekeyed = { columns, rows: before.rows.map(([, name, note], at) => [`k${at}`, name ?? null, note ?? null]) };
    const changes = compareRows(before, rekeyed, ['id']);
    expect(changes.columns.get('id')).toBe(2);
    expect(changes.lost).toBe(1);
  });

  it('tells equal rows apart by their number', () => {
    const twice = { columns: ['a'], rows: [['1'], ['1']] };
    expect(compareRows(twice, { columns: ['a'], rows: [['1']] }, [])).toMatchObject({ lost: 1, added: 0 });
  });
});
