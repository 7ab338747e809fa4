import { describe, expect, it } from 'vitest';
import { catalog, column, foreignKey, table } from '../../../test/support/catalog-objects.ts';
import type { Catalog, Dependency, Routine } from './catalog.ts';
import { loadOrder } from './render/load-order.ts';
import { renderCatalog } from './render.ts';

const routine = (name: string, parameters = ''): Routine => ({
  schema: 'public',
  name,
  kind: 'function',
  arguments: parameters,
  result: 'integer',
  language: 'sql',
  volatility: 'volatile',
  strict: false,
  securityDefiner: false,
  definition: `CREATE OR REPLACE FUNCTION public.${name}(${parameters}) RETURNS integer LANGUAGE sql AS $$select 1$$`,
  owner: 'postgres',
  comment: null,
});

const uses = (dependent: [string, string], on: [string, string, string?]): Dependency => ({
  dependent: { kind: dependent[0], schema: 'public', name: dependent[1] },
  on: { kind: on[0], schema: 'public', name: on[1], column: on[2] ?? null },
});

const statements = (parts: Partial<Catalog>) =>
  renderCatalog(catalog({ schemas: [{ name: 'public', owner: 'pg_database_owner', comment: null }], ...parts }), {
    rights: false,
  })
    .filter(({ kind }) => !['setting', 'schema', 'comment'].includes(kind))
    .map(({ sql }) => sql);

describe('a catalog as statements', () => {
  it('quotes every name', () => {
    const odd = table('; drop', { schema: 'A"b', columns: [column('select', { type: 'integer' })] });
    expect(statements({ tables: [odd] })).toEqual(['CREATE TABLE "A""b"."; drop" (\n    "select" integer\n)']);
  });

  it('makes tables first and their foreign keys after, also in a circle', () => {
    const one = table('one', { columns: [column('id')], constraints: [foreignKey('to_two', ['id'], 'two', ['id'])] });
    const two = table('two', { columns: [column('id')], constraints: [foreignKey('to_one', ['id'], 'one', ['id'])] });
    expect(statements({ tables: [one, two] }).map((sql) => sql.split('(')[0])).toEqual([
      'CREATE TABLE public.one ',
      'CREATE TABLE public.two ',
      'ALTER TABLE public.one ADD CONSTRAINT to_two FOREIGN KEY ',
      'ALTER TABLE public.two ADD CONSTRAINT to_one FOREIGN KEY ',
    ]);
  });

  it('makes a function before the default that calls it', () => {
    const items = table('items', { columns: [column('code', { default: 'public.next()' })] });
    const sql = statements({
      tables: [items],
      routines: [routine('next')],
      dependencies: [uses(['column', 'items.code'], ['routine', 'next()'])],
    });
    expect(sql[0]).toContain('FUNCTION public.next');
    expect(sql[1]).toContain('code text DEFAULT public.next()');
  });

  it('sets the default later when the function needs the table', () => {
    const items = table('items', { columns: [column('code', { default: 'public.of_item(NULL::public.items)' })] });
    const sql = statements({
      tables: [items],
      routines: [routine('of_item', 'public.items')],
      dependencies: [
        uses(['column', 'items.code'], ['routine', 'of_item(public.items)']),
        uses(['routine', 'of_item(public.items)'], ['table', 'items']),
      ],
    });
    expect(sql).toEqual([
      'CREATE TABLE public.items (\n    code text\n)',
      expect.stringContaining('FUNCTION public.of_item'),
      'ALTER TABLE ONLY public.items ALTER COLUMN code SET DEFAULT public.of_item(NULL::public.items)',
    ]);
  });

  it('never lets a text of the catalog become a second statement', () => {
    const broken = table('t', { columns: [column('a', { type: 'text); drop table users; --' })] });
    expect(() => statements({ tables: [broken] })).toThrow();
  });
});

describe('the order of loading', () => {
  const node = (key: string, stage: number, ...needs: string[]) => ({
    key,
    stage,
    needs: new Set(needs),
    payload: null,
  });

  it('goes by need, then stage, then name', () => {
    const nodes = [node('view', 3, 'table'), node('b', 1), node('a', 1, 'table'), node('table', 2), node('c', 0)];
    expect(loadOrder(nodes, () => null).map(({ key }) => key)).toEqual(['c', 'b', 'table', 'a', 'view']);
  });

  it('loads everything once even in a circle', () => {
    const nodes = [node('x', 2, 'y'), node('y', 1, 'x'), node('z', 0, 'y', 'unknown')];
    expect(loadOrder(nodes, () => null).map(({ key }) => key)).toEqual(['y', 'z', 'x']);
  });
});
