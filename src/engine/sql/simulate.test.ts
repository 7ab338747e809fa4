import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../catalog/catalog.ts';
import { catalogLookup } from './catalog-lookup.ts';
import { emptyCatalog } from './empty-catalog.ts';
import { loadParser, parseScript } from './parser.ts';
import { simulate } from './simulate.ts';

beforeAll(loadParser);

function run(text: string, start: Catalog = emptyCatalog) {
  const script = parseScript(text);
  if (!script.ok) throw new Error(script.error.message);
  const uncertain: string[] = [];
  let unknown = false;
  const catalog = script.value.statements.reduce((before, statement) => {
    const result = simulate(before, statement);
    uncertain.push(...result.uncertain.map(({ schema, name }) => `${schema}.${name}`));
    unknown ||= result.unknown;
    return result.catalog;
  }, start);
  return { catalog, uncertain, unknown };
}

const table = (text: string, name = 't', schema = 'public') => catalogLookup(run(text).catalog).table({ schema, name });

describe('simulate', () => {
  it('gives constraints and indexes the names that the server chooses', () => {
    const found = table(`
      create table other (id int primary key);
      create table t (id serial primary key, a int unique, b int references other, c int check (c > 0),
        check (a > b), unique (b, c), foreign key (a) references other);
      create index on t (a, lower(b::text)); create index on t (a, lower(b::text)); create unique index on t (c desc)`);
    expect(found?.constraints.map((constraint) => constraint.name)).toEqual([
      't_pkey',
      't_a_key',
      't_b_fkey',
      't_c_check',
      't_check',
      't_b_c_key',
      't_a_fkey',
    ]);
    expect(found?.indexes.map((index) => index.name)).toEqual([
      't_a_key',
      't_a_lower_idx',
      't_a_lower_idx1',
      't_b_c_key',
      't_c_idx',
      't_pkey',
    ]);
    expect(found?.columns[0]).toMatchObject({
      type: 'integer',
      notNull: true,
      default: "nextval('public.t_id_seq'::regclass)",
    });
  });

  it('shortens the names that it chooses to 63 bytes, between characters', () => {
    const long = 'é'.repeat(31);
    const found = table(`create table "${long}" (id int primary key, "${long}" int unique)`, long);
    for (const { name } of found?.constraints ?? [])
      expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(63);
    expect(found?.constraints[0]?.name).toBe(`${'é'.repeat(29)}_pkey`);
  });

  it('keeps the text of defaults, checks and predicates, behind characters of several bytes too', () => {
    const found = table(`
      -- é 😀
      create table t (a text default 'é;, --' || 'x' not null, b int constraint "odd name" check (b in (1, 2)) default (3));
      create index i on t (b) where a <> 'where' and b > 0;
      alter table t alter column b set default now()::text`);
    expect(found?.columns[0]?.default).toBe("'é;, --' || 'x'");
    expect(found?.columns[1]?.default).toBe('now()::text');
    expect(found?.constraints[0]).toMatchObject({
      name: 'odd name',
      columns: ['b'],
      definition: 'check (b in (1, 2))',
    });
    expect(found?.indexes[0]?.predicate).toBe("a <> 'where' and b > 0");
  });

  it('keeps two tables of one name apart', () => {
    const { catalog } = run(
      'create schema s; create table t (a int); create table s.t (b int); alter table s.t add c int',
    );
    const lookup = catalogLookup(catalog);
    expect(lookup.table({ schema: 'public', name: 't' })?.columns).toHaveLength(1);
    expect(lookup.table({ schema: 's', name: 't' })?.columns).toHaveLength(2);
  });

  it('follows a rename wherever the table is named', () => {
    const { catalog } = run(`
      create table a (id int primary key); create table b (a_id int references a (id));
      create view v as select id from a; alter table a rename to "A"; alter table "A" rename column id to key`);
    const lookup = catalogLookup(catalog);
    expect(lookup.referencesTo({ schema: 'public', name: 'A' })).toMatchObject([
      { table: { name: 'b' }, constraint: { references: { columns: ['key'] } } },
    ]);
    expect(catalog.dependencies[0]?.on.name).toBe('A');
    expect(lookup.table({ schema: 'public', name: 'a' })).toBeUndefined();
  });

  it('leaves undone what the server would refuse', () => {
    const start = run('create table t (a int)').catalog;
    expect(run('create table t (b int)', start).catalog).toBe(start);
    expect(run('create table if not exists t (b int)', start).catalog).toBe(start);
    expect(run('alter table missing add column a int', start).catalog).toBe(start);
    expect(run('alter table t add column if not exists a text', start).catalog).toBe(start);
    expect(run('drop table if exists missing', start).catalog).toBe(start);
  });

  it('gives the very same catalog back when nothing changes, and shares what stays', () => {
    const start = run("create table t (a int); create type mood as enum ('x'); create table u (b int)").catalog;
    expect(run('select 1; update t set a = 1; analyze t; set lock_timeout = 1', start).catalog).toBe(start);
    const next = run('alter table t add column c int', start).catalog;
    expect(next.types).toBe(start.types);
    expect(next.tables[1]).toBe(start.tables[1]);
  });

  it('says what it does not know rather than guess', () => {
    expect(run('create table t as select * from elsewhere.x').uncertain).toEqual(['public.t']);
    expect(run('do $$ begin end $$').unknown).toBe(true);
    expect(run('create table t (a int, b text); create table c as select a, b as x, a + 1 from t').uncertain).toEqual(
      [],
    );
  });

  it('puts a new label where it belongs', () => {
    const { catalog } = run(`create type mood as enum ('a', 'c'); alter type mood add value 'b' before 'c';
      alter type mood add value 'd'; alter type mood add value if not exists 'a'; alter type mood rename value 'c' to 'C'`);
    expect(catalog.types[0]).toMatchObject({ labels: ['a', 'b', 'C', 'd'] });
  });

  it('keeps a temporary table apart from the one of the same name that it hides', () => {
    const after = run('create table t (a int); create temp table t (b int); alter table t add c int;').catalog;
    const columns = (schema: string) =>
      after.tables.find((table) => table.schema === schema)?.columns.map(({ name }) => name);
    expect(columns('public')).toEqual(['a']);
    expect(columns('pg_temp')).toEqual(['b', 'c']);
  });
});
