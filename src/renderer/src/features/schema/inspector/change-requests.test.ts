import { describe, expect, it } from 'vitest';
import { catalogOf, columnOf, keyOf, tableOf } from '../catalog-fixture.ts';
import { changeRequests, tableInRequest } from './change-requests.ts';

const users = tableOf(
  'app',
  'users',
  [columnOf('id'), columnOf('email', { notNull: false })],
  [keyOf('users_pkey', ['id'])],
);

describe('changeRequests', () => {
  it('speaks of a column that may be changed', () => {
    const requests = changeRequests(catalogOf([users]), users).map(({ request }) => request);
    expect(requests).toContain('rename column email of users to email_new');
    expect(requests).toContain('make email of users not null');
  });

  it('adds the schema where the name alone would be ambiguous', () => {
    expect(tableInRequest(catalogOf([users, { ...users, schema: 'billing' }]), users)).toBe('app.users');
  });

  it('does not offer to forbid null where nothing may be null', () => {
    const strict = tableOf('app', 'strict', [columnOf('id')]);
    expect(changeRequests(catalogOf([strict]), strict).map(({ id }) => id)).not.toContain('not-null');
  });
});
