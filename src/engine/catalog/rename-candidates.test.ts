import { describe, expect, it } from 'vitest';
import { catalog, column, foreignKey, table, uniqueIndex } from '../../../test/support/catalog-objects.ts';
import type { Catalog, DatabaseType, Routine, Table } from './catalog.ts';
import { compareCatalogs } from './compare.ts';
import { renameCandidates } from './rename-candidates.ts';

const users = table('users', {
  columns: [
    column('id', { type: 'bigint', notNull: true }),
    column('name', { notNull: true }),
    column('email', { type: 'character varying(100)' }),
    column('note'),
  ],
  indexes: [
    uniqueIndex('users_name_idx', ['name'], {
      definition: 'CREATE INDEX users_name_idx ON public.users USING btree (name)',
    }),
  ],
});
const withUsers = (changes: Partial<Table>, more: Partial<Catalog> = {}) =>
  catalog({ tables: [{ ...users, ...changes }], ...more });
const before = withUsers({});
const renamedColumn = (from: string, to: string, place?: number): Table['columns'] => {
  const columns = users.columns.map((each) => (each.name === from ? { ...each, name: to } : each));
  if (place === undefined) return columns;
  const moved = columns.find(({ name }) => name === to);
  return [...columns.filter(({ name }) => name !== to), ...(moved ? [moved] : [])];
};
const enumOf = (name: string, labels: readonly string[]): DatabaseType => ({
  kind: 'enum',
  schema: 'public',
  name,
  labels,
  owner: 'postgres',
  comment: null,
});
const routine = (name: string, body: string): Routine => ({
  schema: 'public',
  name,
  kind: 'function',
  arguments: 'a integer',
  result: 'integer',
  language: 'plpgsql',
  volatility: 'stable',
  strict: false,
  securityDefiner: false,
  definition: `CREATE OR REPLACE FUNCTION public.${name}(a integer)\n RETURNS integer\n LANGUAGE plpgsql\n STABLE\nAS $function$${body}$function$\n`,
  owner: 'postgres',
  comment: null,
});
const pairs = (one: Catalog, other: Catalog) => renameCandidates(one, other).map(({ from, to }) => [from, to]);

describe('what may have been renamed', () => {
  it('is a column with the type and the place of one that went', () => {
    const after = withUsers({ columns: renamedColumn('name', 'full_name') });
    expect(renameCandidates(before, after)).toEqual([
      {
        kind: 'column',
        from: 'public.users.name',
        to: 'public.users.full_name',
        likeness: expect.closeTo(0.6, 0),
        evidence: expect.arrayContaining(['the same type', 'the same place']),
      },
    ]);
    expect(compareCatalogs(before, after).map(({ change, object }) => [change, object])).toEqual([
      ['added', 'public.users.full_name'],
      ['removed', 'public.users.name'],
    ]);
  });

  it('is no column of another type, nor one at another place with another name', () => {
    const other = users.columns.map((each) => (each.name === 'note' ? column('amount', { type: 'integer' }) : each));
    expect(pairs(before, withUsers({ columns: other }))).toEqual([]);
    expect(pairs(before, withUsers({ columns: renamedColumn('name', 'colour', 3) }))).toEqual([]);
  });

  it('is a table of which a column was retyped as well', () => {
    const columns = users.columns.map((each) => (each.name === 'email' ? { ...each, type: 'text' } : each));
    expect(pairs(before, withUsers({ name: 'people', columns }))).toEqual([['public.users', 'public.people']]);
  });

  it('is a table with the columns of one that went, also in another schema', () => {
    const people = { ...users, name: 'people', indexes: [] };
    expect(pairs(before, catalog({ tables: [people] }))).toEqual([['public.users', 'public.people']]);
    expect(pairs(before, catalog({ tables: [{ ...users, schema: 'Old "one"' }] }))).toEqual([
      ['public.users', '"Old ""one""".users'],
    ]);
    const unlike = table('invoices', { columns: [column('id', { type: 'bigint' }), column('total')] });
    expect(pairs(before, catalog({ tables: [unlike] }))).toEqual([]);
  });

  it('is an index on a column that was renamed too', () => {
    const after = withUsers({
      columns: renamedColumn('name', 'full_name'),
      indexes: [
        uniqueIndex('users_full_name_idx', ['full_name'], {
          definition: 'CREATE INDEX users_full_name_idx ON public.users USING btree (full_name)',
        }),
      ],
    });
    expect(pairs(before, after)).toEqual([
      ['public.users_name_idx', 'public.users_full_name_idx'],
      ['public.users.name', 'public.users.full_name'],
    ]);
  });

  it('is no index on other columns', () => {
    const index = uniqueIndex('users_email_idx', ['email'], {
      definition: 'CREATE INDEX users_email_idx ON public.users USING btree (email)',
    });
    expect(pairs(before, withUsers({ indexes: [index] }))).toEqual([]);
  });

  it('is an enum with the labels and a routine with the body of another', () => {
    const body = "\nbegin\n  if a > 3 then return a + 17; end if;\n  raise notice '%', a;\n  return a * 2;\nend ";
    const one = catalog({ types: [enumOf('mood', ['sad', 'ok', 'happy'])], routines: [routine('f', body)] });
    const other = catalog({
      types: [enumOf('feeling', ['sad', 'ok', 'happy'])],
      routines: [routine('twice', body.replace('17', '18'))],
    });
    expect(pairs(one, other)).toEqual([
      ['public.f(a integer)', 'public.twice(a integer)'],
      ['public.mood', 'public.feeling'],
    ]);
    const unlike = catalog({
      types: [enumOf('colour', ['red', 'green'])],
      routines: [routine('g', ' begin return 1; end ')],
    });
    expect(pairs(one, unlike)).toEqual([]);
  });

  it('pairs each object once, the most alike first', () => {
    const copy = { ...users, name: 'users_2' };
    const half = { ...users, name: 'users_3', columns: [...users.columns, column('more'), column('and_more')] };
    const found = renameCandidates(before, catalog({ tables: [half, copy] }));
    expect(found.map(({ from, to }) => [from, to])).toEqual([['public.users', 'public.users_2']]);
  });

  it('looks for the column of a constraint in the table alone', () => {
    const one = catalog({ tables: [users, table('a', { constraints: [foreignKey('x', ['id'], 'users', ['id'])] })] });
    const other = catalog({
      tables: [{ ...users, constraints: [foreignKey('y', ['id'], 'users', ['id'])] }, table('a', { constraints: [] })],
    });
    expect(pairs(one, other)).toEqual([]);
  });
});
