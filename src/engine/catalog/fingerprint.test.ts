import { describe, expect, it } from 'vitest';
import { catalog, column, table } from '../../../test/support/catalog-objects.ts';
import { fingerprintCatalog, fingerprintObjects } from './fingerprint.ts';

const users = table('users', { columns: [column('id', { type: 'bigint', notNull: true }), column('name')] });
const orders = table('orders', { columns: [column('id', { type: 'bigint' })] });
const base = catalog({ tables: [users, orders] });

describe('the fingerprint of a catalog', () => {
  it('is 64 hexadecimal digits', () => expect(fingerprintCatalog(base)).toMatch(/^[0-9a-f]{64}$/));

  it('does not know the order in which things are listed, the server, the time or the facts', () => {
    const other = catalog({
      tables: [orders, users],
      server: { version: 150002, searchPath: ['x'], database: 'elsewhere', timeZone: 'Asia/Tokyo' },
      capturedAt: '2030-01-01T00:00:00Z',
      facts: { capturedAt: '2030-01-01T00:00:00Z', tables: [], indexes: [] },
    });
    expect(fingerprintCatalog(other)).toBe(fingerprintCatalog(base));
  });

  it.each([
    ['a type', { columns: [column('id', { type: 'integer', notNull: true }), column('name')] }],
    [
      'a default',
      { columns: [column('id', { type: 'bigint', notNull: true }), column('name', { default: "''::text" })] },
    ],
    ['the order of columns', { columns: [...users.columns].reverse() }],
    ['an owner', { owner: 'somebody' }],
    ['a comment', { comment: 'people' }],
    ['row security', { rowSecurity: true }],
  ])('changes with %s', (_what, changes) => {
    const changed = catalog({ tables: [{ ...users, ...changes }, orders] });
    expect(fingerprintCatalog(changed)).not.toBe(fingerprintCatalog(base));
  });

  it('leaves out what it is told to', () => {
    const changed = catalog({
      tables: [{ ...users, owner: 'somebody', comment: 'people', columns: [...users.columns].reverse() }, orders],
      grants: [
        {
          kind: 'table',
          schema: 'public',
          name: 'users',
          column: null,
          grantee: 'reader',
          privilege: 'select',
          grantable: false,
          revoked: false,
        },
      ],
    });
    const ignore = ['owner', 'comments', 'column-order', 'grants'] as const;
    expect(fingerprintCatalog(changed, { ignore })).toBe(fingerprintCatalog(base, { ignore }));
    expect(fingerprintCatalog(changed, { ignore: ignore.slice(1) })).not.toBe(
      fingerprintCatalog(base, { ignore: ignore.slice(1) }),
    );
  });

  it('tells names apart that are written alike', () => {
    const one = catalog({ tables: [table('a.b', { schema: 'x' })] });
    const other = catalog({ tables: [table('b', { schema: 'x.a' })] });
    expect(fingerprintCatalog(one)).not.toBe(fingerprintCatalog(other));
  });

  it('is known for each object', () => {
    const changed = catalog({ tables: [users, { ...orders, comment: 'bought' }] });
    const before = fingerprintObjects(base);
    const after = fingerprintObjects(changed);
    expect([...after].filter(([key, value]) => before.get(key) !== value).map(([key]) => key)).toEqual([
      'table public.orders',
    ]);
  });
});
