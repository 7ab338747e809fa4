import { describe, expect, it } from 'vitest';
import type { ChangePicture } from '../../../../../engine/catalog/change-picture.ts';
import { changeDiagram } from './change-diagram.ts';

type Relation = ChangePicture['relations'][number];

const column = (name: string, more: Partial<Relation['columns'][number]> = {}): Relation['columns'][number] => ({
  name,
  type: 'bigint',
  primaryKey: false,
  foreignKey: false,
  change: 'kept',
  words: [],
  ...more,
});
const relation = (name: string, more: Partial<Relation>): Relation => ({
  schema: 'app',
  name,
  kind: 'table',
  change: 'kept',
  words: [],
  columns: [],
  parts: [],
  ...more,
});
const line: ChangePicture['lines'][number] = {
  kind: 'foreign key',
  id: 'line',
  name: 'orders_user',
  child: 'app.orders',
  parent: 'app.users',
  childColumns: ['user_id'],
  parentColumns: ['id'],
  childEnd: 'many',
  parentEnd: 'zero or one',
  onDelete: 'no action',
  change: 'added',
};

describe('changeDiagram', () => {
  const many = Array.from({ length: 12 }, (_, index) => column(`c${index}`));
  const orders = relation('orders', {
    change: 'changed',
    columns: [
      column('id', { primaryKey: true }),
      ...many,
      column('total', { change: 'changed', words: ['type: integer → bigint'] }),
      column('gone', { change: 'removed' }),
    ],
    parts: [{ kind: 'index', name: 'orders_idx', change: 'added', words: [] }],
  });
  const { cards, edges } = changeDiagram({
    relations: [orders, relation('users', { columns: many })],
    lines: [line],
    neighboursLeftOut: 0,
  });
  const card = cards.get('app.orders');

  it('shows all that changes, and of the rest only so much that it can be read', () => {
    expect(card?.rows.map((row) => [row.column, row.mark?.word])).toEqual([
      ['id', undefined],
      ...['c0', 'c1', 'c2', 'c3', 'c4'].map((name) => [name, undefined]),
      ['total', 'type changed'],
      ['gone', 'removed'],
      ['index orders_idx', 'added'],
    ]);
    expect(card?.moreColumns).toBe(7);
    expect(card?.rows.find((row) => row.column === 'total')?.mark?.title).toContain('type: integer → bigint');
  });

  it('shows a neighbour by its name alone, without a mark', () => {
    expect(cards.get('app.users')).toMatchObject({ rows: [], moreColumns: 0 });
    expect(cards.get('app.users')?.mark).toBeUndefined();
  });

  it('marks the lines that come and go', () => {
    expect(edges.map(({ id, change }) => [id, change])).toEqual([['line', 'added']]);
  });
});
