import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../catalog/catalog.ts';
import { catalogAfter } from './catalog-after.ts';
import { emptyCatalog } from './empty-catalog.ts';
import { loadParser, parseScript } from './parser.ts';
import { readQuery } from './references.ts';

let catalog: Catalog;
beforeAll(async () => {
  await loadParser();
  catalog = catalogAfter(
    emptyCatalog,
    `create type mood as enum ('sad', 'ok');
     create type place as (street text, zip int);
     create table users (id bigint primary key, name text not null, age int, mood mood, home place, "Größe" int);
     create table orders (id bigint primary key, user_id bigint, total numeric, twice numeric generated always as (total * 2) stored);
     create sequence numbers;
     create function add(a int, b int default 1) returns int language sql as 'select a + b';
     create function rows() returns table (x int, y text) language sql as 'select 1, $$a$$';`,
  );
});

/** What is wrong with a query, as `sqlstate word`, each once. */
function faults(sql: string): readonly string[] {
  const script = parseScript(sql);
  if (!script.ok) throw new Error(script.error.message);
  const found = script.value.statements.flatMap(
    ({ node }) => readQuery(node, { catalog, searchPath: ['public'] })?.faults ?? [],
  );
  return [...new Set(found.map(({ sqlstate, name }) => `${sqlstate} ${name}`.trim()))];
}

describe('what the server has against a query', () => {
  it.each([
    ['a relation', 'select 1 from nosuch', ['42P01 nosuch']],
    ['an alias', 'select o.id from users u', ['42P01 o']],
    ['a column of an alias', 'select u.nosuch from users u', ['42703 nosuch']],
    ['a column of USING', 'select 1 from users join orders using (name)', ['42703 name']],
    ['a column that is written', 'update users set nosuch = 1', ['42703 nosuch']],
    ['a field of a composite type', 'select (home).city from users', ['42703 city']],
    ['a type', 'select 1::nosuch', ['42704 nosuch']],
    ['a sequence in a text', "select nextval('nosuch')", ['42P01 nosuch']],
    ['a function', 'select nosuch(1)', ['42883 nosuch']],
    ['a named argument', 'select add(c => 1)', ['42883 add']],
    [
      'a constraint',
      'insert into users (id, name) values (1, $1) on conflict on constraint nosuch do nothing',
      ['42704 nosuch'],
    ],
    ['a unique index', 'insert into users (id, name) values (1, $1) on conflict (age) do nothing', ['42P10 age']],
    ['a label', "select 1 from users where mood = 'glad'", ['22P02']],
  ])('names %s that is not there', (_, sql, expected) => {
    expect(faults(sql)).toEqual(expected);
  });

  it.each([
    ['two columns of one name', 'select id from users, orders', ['42702 id']],
    ['types without an operator', 'select 1 from users where name = age', ['42883 =']],
    ['branches of two kinds', 'select coalesce(name, age) from users', ['42804']],
    ['a value for a generated column', 'insert into orders (id, twice) values (1, 2)', ['428C9 twice']],
    ['too many values', 'insert into orders values (1, 2, 3, default, 5)', ['42601 orders']],
    ['a row without what it needs', 'insert into users (id) values (1)', ['23502 users']],
    ['sides of a UNION', 'select id, name from users union select id from orders', ['42601']],
    ['a subquery of two columns', 'select 1 from users where id in (select * from orders)', ['42601']],
    ['a column outside of its group', 'select name, count(*) from users group by age', ['42803 name']],
    ['a place that is not there', 'select id from users order by 2', ['42P10']],
    ['a condition that is none', 'select 1 from users where age', ['42804 age']],
    ['a target that a subquery cannot see', 'select 1 from users, (select 1 where age = 1) s', ['42703 age']],
  ])('tells of %s', (_, sql, expected) => {
    expect(faults(sql)).toEqual(expected);
  });

  it.each([
    'select u.id, u.name, count(*) from users u join orders o on o.user_id = u.id group by u.id order by count(*)',
    'select id from users join orders using (id) where "Größe" > 1',
    'select s.n, x from users cross join lateral (select age as n) s, rows()',
    'with recursive t (n) as (select 1 union all select n + 1 from t) select n from t',
    "insert into users (id, name, mood) values ($1, $2, 'ok') on conflict (id) do update set name = excluded.name returning *",
    'insert into orders (id, twice) values (1, default)',
    'merge into orders o using users u on u.id = o.user_id when matched then update set total = u.age when not matched then insert (id) values (u.id)',
    "select add(b => 2, a => 1), nextval('numbers'), (home).zip, users, 'users'::regclass from users",
    'select name as n from users order by n, age',
    'update orders set (total, user_id) = (select age, id from users limit 1) where id = any($1)',
    'select ctid, tableoid::regclass from users for update of users',
    'select 1 from pg_class, information_schema.tables t where t.table_name = relname',
  ])('has nothing against %s', (sql) => {
    expect(faults(sql)).toEqual([]);
  });
});
