import { describe, expect, it } from 'vitest';
import { findTables } from './find-tables.ts';

describe('findTables', () => {
  const tables = ['app.order_items', 'app.orders', 'billing.orders', 'app."Order"', 'app.users'];

  it('puts the best match first', () => {
    expect(findTables(tables, 'ORDERS')).toEqual(['app.orders', 'billing.orders']);
    expect(findTables(tables, 'order')[0]).toBe('app."Order"');
    expect(findTables(tables, 'billing.')).toEqual(['billing.orders']);
  });

  it('finds nothing for what is not there, and stays short', () => {
    expect(findTables(tables, 'zzz')).toEqual([]);
    expect(
      findTables(
        Array.from({ length: 1000 }, (_, index) => `a.t${index}`),
        '',
      ),
    ).toHaveLength(40);
  });
});
