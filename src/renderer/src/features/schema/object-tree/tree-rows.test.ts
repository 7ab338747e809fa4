import { describe, expect, it } from 'vitest';
import type { TreeNode } from './tree-node.ts';
import { rowTyped, treeKeyAction, treeRows } from './tree-rows.ts';

const node = (label: string, ...children: readonly TreeNode[]): TreeNode => ({
  id: label,
  kind: 'group',
  label,
  detail: '',
  object: null,
  hasChildren: children.length > 0,
  children,
});
const tree = node('shop', node('app', node('orders'), node('users', node('id'))), node('billing', node('invoices')));
const rows = treeRows(tree, ({ id }) => id !== 'billing' && id !== 'users');
const names = rows.map((row) => row.node.label);

describe('treeRows', () => {
  it('lists what is open, with level, parent and place among the siblings', () => {
    expect(names).toEqual(['shop', 'app', 'orders', 'users', 'billing']);
    expect(rows[3]).toMatchObject({ level: 3, parent: 1, position: 2, siblings: 2, isExpanded: false });
    expect(rows[1]).toMatchObject({ level: 2, parent: 0, position: 1, siblings: 2, isExpanded: true });
  });
});

describe('treeKeyAction', () => {
  const press = (key: string, from: string) => {
    const action = treeKeyAction(key, rows, names.indexOf(from), 3);
    return action?.kind === 'go' ? names[action.to] : (action?.kind ?? null);
  };
  it('walks with the arrows, and stops at both ends', () => {
    expect(press('ArrowDown', 'orders')).toBe('users');
    expect(press('ArrowDown', 'billing')).toBe('billing');
    expect(press('ArrowUp', 'shop')).toBe('shop');
    expect(press('PageDown', 'app')).toBe('billing');
    expect(press('Home', 'users')).toBe('shop');
    expect(press('End', 'app')).toBe('billing');
  });
  it('opens to the right and enters, closes to the left and leaves', () => {
    expect(press('ArrowRight', 'billing')).toBe('toggle');
    expect(press('ArrowRight', 'app')).toBe('orders');
    expect(press('ArrowRight', 'orders')).toBeNull();
    expect(press('ArrowLeft', 'app')).toBe('toggle');
    expect(press('ArrowLeft', 'orders')).toBe('app');
  });
  it('chooses with Enter and Space and leaves other keys alone', () => {
    expect([press('Enter', 'app'), press(' ', 'app'), press('F5', 'app')]).toEqual(['choose', 'choose', null]);
  });
});

describe('rowTyped', () => {
  it('finds the next line that begins so, round the end, and stays while more of it is typed', () => {
    expect(names[rowTyped(rows, 2, 'O') ?? -1]).toBe('orders');
    expect(names[rowTyped(rows, 0, 'b') ?? -1]).toBe('billing');
    expect(names[rowTyped(rows, 3, 'us') ?? -1]).toBe('users');
    expect(rowTyped(rows, 0, 'zzz')).toBeNull();
  });
});
