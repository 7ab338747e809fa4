import { describe, expect, it } from 'vitest';
import { catalog, column, table, uniqueIndex } from '../../../test/support/catalog-objects.ts';
import type { Catalog, Dependency, Policy, View } from './catalog.ts';
import { compareCatalogs } from './compare.ts';
import { groupDifferences } from './group-differences.ts';

const view = (name: string, type: string): View => ({
  ...{ schema: 'Odd', name, materialized: false, definition: ' SELECT email\n   FROM public."user";' },
  ...{ indexes: [], triggers: [], options: [], populated: true, owner: 'postgres', comment: null },
  columns: [{ name: 'email', type, comment: null }],
});
const policy = (using: string): Policy => ({
  ...{ name: 'own', permissive: true, command: 'all', roles: ['public'], check: null, comment: null },
  using,
});
const edge = (kind: string, schema: string, name: string, on: Dependency['on']): Dependency => ({
  dependent: { kind, schema, name },
  on,
});
const email: Dependency['on'] = { kind: 'table', schema: 'public', name: 'user', column: 'email' };
const dependencies = [
  edge('view', 'Odd', 'Emails', email),
  edge('view', 'Odd', 'again', { kind: 'view', schema: 'Odd', name: 'Emails', column: 'email' }),
  edge('policy', 'public', '"user".own', email),
  edge('index', 'public', 'by_email', email),
];
const database = (type: string, using: string, more: Partial<Catalog> = {}): Catalog =>
  catalog({
    tables: [
      table('user', {
        columns: [column('id'), column('email', { type })],
        policies: [policy(using)],
        indexes: [uniqueIndex('by_email', ['email'])],
      }),
      table('orders'),
    ],
    views: [view('Emails', type), view('again', type)],
    dependencies,
    ...more,
  });
const grouped = (before: Catalog, after: Catalog) =>
  groupDifferences(compareCatalogs(before, after), before, after).map(({ object, kind, differences }) => ({
    of: `${kind} ${object}`,
    differences: differences.map(({ difference, consequences }) => [
      `${difference.change} ${difference.object}`,
      ...consequences.map((each) => each.object),
    ]),
  }));

describe('differences by object and cause', () => {
  it('stand with the table that they belong to', () => {
    const before = database('text', 'true');
    const after = database('text', 'false');
    const [first] = after.tables;
    const changed = {
      ...after,
      tables: after.tables.map((each) => (each === first ? { ...each, comment: 'people', indexes: [] } : each)),
    };
    expect(grouped(before, changed)).toEqual([
      {
        of: 'table public."user"',
        differences: [['changed public."user"'], ['changed public."user".own'], ['removed public.by_email']],
      },
    ]);
  });

  it('have what follows from a changed type under it, through views of views', () => {
    const before = database('character varying(100)', '((email)::text = CURRENT_USER)');
    const after = database('text', '(email = CURRENT_USER)');
    expect(grouped(before, after)).toEqual([
      {
        of: 'table public."user"',
        differences: [
          ['changed public."user".email', '"Odd"."Emails".email', '"Odd".again.email', 'public."user".own'],
        ],
      },
    ]);
  });

  it('do not take a change of its own for a consequence', () => {
    const before = database('character varying(100)', '((email)::text = CURRENT_USER)');
    const after = database('text', "(email = 'x'::text)");
    expect(grouped(before, after)[0]?.differences.map(([first]) => first)).toEqual([
      'changed public."user".email',
      'changed public."user".own',
    ]);
  });

  it('have what went with a column or a table under it', () => {
    const before = database('text', 'true');
    const [users, orders] = before.tables;
    if (users === undefined || orders === undefined) throw new Error('two tables');
    const withoutColumn = { ...users, columns: users.columns.slice(0, 1), indexes: [], policies: [] };
    expect(grouped(before, { ...before, tables: [withoutColumn, orders], views: [] })).toEqual([
      {
        of: 'table public."user"',
        differences: [
          ['removed public."user".email', '"Odd"."Emails"', '"Odd".again', 'public."user".own', 'public.by_email'],
        ],
      },
    ]);
    expect(grouped(before, { ...before, tables: [orders], views: [] })).toEqual([
      { of: 'table public."user"', differences: [['removed public."user"', '"Odd"."Emails"', '"Odd".again']] },
    ]);
  });
});
