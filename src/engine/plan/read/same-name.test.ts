import { describe, expect, it } from 'vitest';
import { looksLike, nameFit, nameKey, singular, stemKey } from './same-name.ts';

describe('names in the words of people', () => {
  it.each([
    ['customers', 'customer'],
    ['categories', 'category'],
    ['addresses', 'address'],
    ['boxes', 'box'],
    ['people', 'person'],
    ['status', 'status'],
    ['class', 'class'],
    ['bus', 'bus'],
  ])('knows the singular of %s', (many, one) => expect(singular(many)).toBe(one));

  it('sees the words in every way of writing them', () => {
    for (const name of ['OrderItems', 'order_items', 'order item', 'Order-Items'])
      expect(nameKey(name)).toBe('order_item');
  });

  it('prefers the exact name', () => {
    expect(nameFit('Users', 'Users')).toBe(0);
    expect(nameFit('users', 'Users')).toBe(1);
    expect(nameFit('user', 'Users')).toBe(2);
    expect(nameFit('usage', 'Users')).toBeNull();
  });

  it('takes a slip for a slip, and not another word', () => {
    expect(looksLike('emial', 'email')).toBe(true);
    expect(looksLike('usrs', 'users')).toBe(true);
    expect(looksLike('name', 'note')).toBe(false);
  });

  it('knows that shipping and shipped are of one stem', () =>
    expect(stemKey('shipping date')).toBe(stemKey('shipped_date')));
});
