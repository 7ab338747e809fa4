import { describe, expect, it } from 'vitest';
import { catalog, column, foreignKey, table, uniqueIndex } from '../../../test/support/catalog-objects.ts';
import { relationshipsOf } from './relationships.ts';

const customers = table('customers', { columns: [column('id', { notNull: true })] });
const orders = table('orders', {
  columns: [column('id', { notNull: true }), column('customer_id', { notNull: true }), column('gift_for')],
  constraints: [
    foreignKey('orders_customer', ['customer_id'], 'customers', ['id']),
    foreignKey('orders_gift', ['gift_for'], 'customers', ['id']),
  ],
});
const invoices = table('invoices', {
  columns: [column('order_id', { notNull: true }), column('part')],
  indexes: [uniqueIndex('invoices_pkey', ['order_id'])],
  constraints: [foreignKey('invoices_order', ['order_id'], 'orders', ['id'])],
});
const alone = table('alone');
const partition = table('orders_2025', {
  partitionOf: { parent: orders, bound: 'DEFAULT' },
  constraints: [foreignKey('copied', ['customer_id'], 'customers', ['id'])],
});
const graph = relationshipsOf(catalog({ tables: [alone, customers, invoices, orders, partition] }));

describe('the graph of foreign keys', () => {
  it('has an edge for each key, and none for the copies of partitions', () => {
    expect(graph.edges.map(({ name }) => name)).toEqual(['invoices_order', 'orders_customer', 'orders_gift']);
    expect(graph.tables.map(({ name }) => name)).not.toContain('orders_2025');
  });

  it('knows how many rows can stand at each end', () => {
    expect(
      graph.edges.map(({ name, fromCardinality, toCardinality }) => [name, fromCardinality, toCardinality]),
    ).toEqual([
      ['invoices_order', 'zero or one', 'exactly one'],
      ['orders_customer', 'many', 'exactly one'],
      ['orders_gift', 'many', 'zero or one'],
    ]);
  });

  it('does not take a partial, an invalid or a wider unique index for one', () => {
    const only = (index: Parameters<typeof uniqueIndex>[2], columns = ['order_id']) =>
      relationshipsOf(
        catalog({ tables: [orders, { ...invoices, indexes: [uniqueIndex('i', columns, index)] }] }),
      ).edges.find(({ name }) => name === 'invoices_order')?.fromCardinality;
    expect(only({ predicate: '(part IS NULL)' })).toBe('many');
    expect(only({ valid: false })).toBe('many');
    expect(only({}, ['order_id', 'part'])).toBe('many');
  });

  it('finds neighbours in both directions, step by step', () => {
    const start = { schema: 'public', name: 'customers' };
    expect([...graph.neighbours(start, 0)]).toEqual(['public.customers']);
    expect([...graph.neighbours(start, 1)]).toEqual(['public.customers', 'public.orders']);
    expect([...graph.neighbours(start, 2)]).toEqual(['public.customers', 'public.orders', 'public.invoices']);
    expect([...graph.neighbours({ schema: 'public', name: 'alone' }, 5)]).toEqual(['public.alone']);
  });
});
