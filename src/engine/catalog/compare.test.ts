import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog, column, foreignKey, table, uniqueIndex } from '../../../test/support/catalog-objects.ts';
import type { Catalog } from './catalog.ts';
import { compareCatalogs } from './compare.ts';
import { fingerprintCatalog } from './fingerprint.ts';

const users = table('users', {
  columns: [column('id', { type: 'bigint', notNull: true }), column('email')],
  indexes: [uniqueIndex('users_pkey', ['id'])],
});
const before = catalog({ tables: [users] });
const withUsers = (changes: Partial<typeof users>) => catalog({ tables: [{ ...users, ...changes }] });

describe('comparing two catalogs', () => {
  it('finds nothing between equals', () => expect(compareCatalogs(before, before)).toEqual([]));

  it('names the attribute that changed, with both texts', () => {
    const [id] = users.columns;
    const after = withUsers({
      columns: [...(id ? [id] : []), column('email', { notNull: true, default: "''::text" })],
    });
    expect(compareCatalogs(before, after)).toEqual([
      {
        object: 'public.users.email',
        kind: 'column',
        change: 'changed',
        attribute: 'default',
        before: null,
        after: "''::text",
      },
      {
        object: 'public.users.email',
        kind: 'column',
        change: 'changed',
        attribute: 'not null',
        before: 'false',
        after: 'true',
      },
    ]);
  });

  it('says that a column came, and nothing about the order', () => {
    const after = withUsers({
      columns: [...users.columns, column('Odd "name"', { type: 'integer', notNull: true, default: '0' })],
    });
    expect(compareCatalogs(before, after)).toEqual([
      {
        object: 'public.users."Odd ""name"""',
        kind: 'column',
        change: 'added',
        before: null,
        after: 'integer not null default 0',
      },
    ]);
  });

  it('says that columns changed places, unless that is left out', () => {
    const after = withUsers({ columns: [...users.columns].reverse() });
    expect(compareCatalogs(before, after)).toEqual([
      {
        object: 'public.users',
        kind: 'table',
        change: 'changed',
        attribute: 'column order',
        before: 'id, email',
        after: 'email, id',
      },
    ]);
    expect(compareCatalogs(before, after, { ignore: ['column-order'] })).toEqual([]);
  });

  it('lists a table that is gone once, without what belonged to it', () => {
    const grants = [
      {
        kind: 'table',
        schema: 'public',
        name: 'users',
        column: null,
        grantee: 'a',
        privilege: 'select',
        grantable: false,
        revoked: false,
      },
    ] as const;
    for (const ignore of [[], ['column-order']] as const)
      expect(compareCatalogs({ ...before, grants }, catalog(), { ignore })).toEqual([
        { object: 'public.users', kind: 'table', change: 'removed', before: 'table (id, email)', after: null },
      ]);
  });

  it('shows a privilege with whom it was given to', () => {
    const grants = [
      {
        kind: 'table',
        schema: 'public',
        name: 'users',
        column: null,
        grantee: '',
        privilege: 'select',
        grantable: true,
        revoked: false,
      },
    ] as const;
    expect(compareCatalogs(before, { ...before, grants })).toMatchObject([
      {
        object: 'public.users',
        kind: 'privileges',
        change: 'added',
        after: 'select for PUBLIC: granted with grant option',
      },
    ]);
    expect(compareCatalogs(before, { ...before, grants }, { ignore: ['grants'] })).toEqual([]);
  });

  it('does not mix two tables of one name', () => {
    const other = catalog({ tables: [users, { ...users, schema: 'Public', comment: 'the other' }] });
    expect(compareCatalogs(before, other).map(({ object }) => object)).toEqual(['"Public".users']);
  });

  it('finds a difference exactly when the fingerprints differ', () => {
    const anyColumn = fc.record({
      name: fc.constantFrom('a', 'b', 'A', 'x y', ', ', '"'),
      type: fc.constantFrom('integer', 'text'),
      notNull: fc.boolean(),
      default: fc.constantFrom(null, '0', "''::text"),
    });
    const anyTable = fc.record({
      name: fc.constantFrom('t', 'T', 'u'),
      columns: fc.uniqueArray(anyColumn, { selector: ({ name }) => name, maxLength: 3 }),
      linked: fc.boolean(),
      owner: fc.constantFrom('postgres', 'app'),
    });
    const anyCatalog = fc.uniqueArray(anyTable, { selector: ({ name }) => name, maxLength: 3 }).map(
      (tables): Catalog =>
        catalog({
          tables: tables.map(({ name, columns, linked, owner }) =>
            table(name, {
              owner,
              columns: columns.map((own) => column(own.name, own)),
              constraints: linked ? [foreignKey('link', ['a'], 't', ['a'])] : [],
            }),
          ),
        }),
    );
    fc.assert(
      fc.property(anyCatalog, anyCatalog, fc.subarray(['owner', 'column-order'] as const), (one, other, ignore) => {
        const equal = fingerprintCatalog(one, { ignore }) === fingerprintCatalog(other, { ignore });
        expect(compareCatalogs(one, other, { ignore }).length === 0).toBe(equal);
      }),
      { numRuns: 300 },
    );
  });
});
