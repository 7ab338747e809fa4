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

  it('makes an extension after those that it needs', () => {
    const extension = (name: string, schema: string) => ({ name, version: '1', schema });
    const sql = statements({
      extensions: [extension('pgrouting', 'public'), extension('postgis', 'gis')],
      dependencies: [
        {
          dependent: { kind: 'extension', schema: '', name: 'pgrouting' },
          on: { kind: 'extension', schema: '', name: 'postgis', column: null },
        },
      ],
    });
    expect(sql.map((text) => text.split(' ')[5])).toEqual(['postgis', 'pgrouting']);
  });

  it('makes a view twice when a parsed body needs it before it can be made', () => {
    const view = {
      schema: 'public',
      name: 'v',
      materialized: false,
      definition: ' SELECT public.f() AS n;',
      columns: [{ name: 'n', type: 'text', collation: 'pg_catalog."C"', comment: null }],
      indexes: [],
      triggers: [],
      options: [],
      populated: true,
      owner: 'postgres',
      comment: null,
    };
    const definition =
      'CREATE FUNCTION public.f()\n RETURNS text\n LANGUAGE sql\nBEGIN ATOMIC\n SELECT v.n FROM public.v;\nEND';
    const sql = statements({
      views: [view],
      routines: [{ ...routine('f'), definition }],
      dependencies: [uses(['view', 'v'], ['routine', 'f()']), uses(['routine', 'f()'], ['view', 'v', 'n'])],
    });
    expect(sql).toEqual([
      'CREATE VIEW public.v AS\nSELECT NULL::text COLLATE pg_catalog."C" AS n',
      definition,
      'CREATE OR REPLACE VIEW public.v AS\nSELECT public.f() AS n',
    ]);
  });

  it('gives a function that calls itself an empty body first', () => {
    const body = 'BEGIN ATOMIC\n SELECT public.f();\nEND';
    const head = 'CREATE OR REPLACE FUNCTION public.f()\n RETURNS integer\n LANGUAGE sql';
    expect(statements({ routines: [{ ...routine('f'), definition: `${head}\n${body}` }] })).toEqual([
      `${head}\nAS ''`,
      `${head}\n${body}`,
    ]);
  });

  it('makes a role a superuser when it owns what only a superuser may own', () => {
    const other = (kind: string, owner: string) => ({
      kind,
      schema: '',
      name: kind,
      table: null,
      definition: `CREATE ${kind}`,
      owner,
      comment: null,
    });
    const sql = renderCatalog(
      catalog({ schemas: [], otherObjects: [other('event trigger', 'boss'), other('server', 'app')] }),
    );
    const roles = sql.filter(({ kind }) => kind === 'role').map(({ sql: text }) => text);
    expect(roles.find((text) => text.includes('CREATE ROLE boss'))).toContain('CREATE ROLE boss SUPERUSER');
    expect(roles.find((text) => text.includes('CREATE ROLE app'))).not.toContain('SUPERUSER');
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
