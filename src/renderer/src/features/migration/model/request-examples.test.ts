import { describe, expect, it } from 'vitest';
import { catalogOf, columnOf, foreignKeyOf, keyOf, tableOf } from '../../schema/catalog-fixture.ts';
import { requestExamples } from './request-examples.ts';

const users = tableOf(
  'app',
  'users',
  [columnOf('id'), columnOf('email', { type: 'text' }), columnOf('confirmed_at', { notNull: false })],
  [keyOf('users_pkey', ['id'])],
);
const orders = tableOf(
  'app',
  'orders',
  [columnOf('id'), columnOf('user_id')],
  [keyOf('orders_pkey', ['id']), foreignKeyOf('orders_user', ['user_id'], 'app', 'users', ['id'])],
);

describe('requestExamples', () => {
  it('speaks of tables and columns that are there', () => {
    expect(requestExamples(catalogOf([users, orders]))).toEqual([
      'add email_verified boolean to users',
      'add index on orders (user_id)',
      'make confirmed_at of users not null',
      'rename column email of users to email_text',
    ]);
  });

  it('does not offer a column that exists', () => {
    const verified = { ...users, columns: [...users.columns, columnOf('email_verified')] };
    expect(requestExamples(catalogOf([verified]))[0]).toBe('add is_archived boolean to users');
  });

  it('leaves out names that two schemas share or that need quotes', () => {
    expect(requestExamples(catalogOf([users, { ...users, schema: 'billing' }]))).toEqual([]);
    expect(requestExamples(catalogOf([tableOf('app', 'Users', [columnOf('id')])]))).toEqual([]);
    expect(requestExamples(catalogOf([]))).toEqual([]);
  });
});
