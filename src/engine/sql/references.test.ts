import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../catalog/catalog.ts';
import { catalogAfter } from './catalog-after.ts';
import { emptyCatalog } from './empty-catalog.ts';
import { loadParser, parseScript, type Script } from './parser.ts';
import { referencesIn } from './references.ts';

let catalog: Catalog;
beforeAll(async () => {
  await loadParser();
  catalog = catalogAfter(
    emptyCatalog,
    `create schema app;
     create table users (id bigint, email text, "Größe" int);
     create table orders (id bigint, user_id bigint, total numeric);
     create table app.users (id bigint, phone text);
     create view mails as select email as mail from users;`,
  );
});

/** `relation.column` of every use, the relation alone where only it is named. */
function uses(sql: string, searchPath: readonly string[] = ['public']): readonly string[] | null {
  const script = parseScript(sql);
  if (!script.ok) throw new Error(script.error.message);
  return usesIn(script.value, searchPath);
}

/** As `uses`, of the first statement of a script. */
function usesIn({ statements: [statement] }: Script, searchPath: readonly string[]): readonly string[] | null {
  if (statement === undefined) throw new Error('nothing to read');
  const found = referencesIn(statement.node, {
    catalog,
    searchPath,
    records: new Map([['new', [{ schema: 'public', name: 'users' }]]]),
  });
  if (found === null) return null;
  const names = found.map(({ relation, column }) => {
    const name = relation.schema === 'public' ? relation.name : `${relation.schema}.${relation.name}`;
    return column === null ? name : `${name}.${column}`;
  });
  return [...new Set(names)].sort();
}

describe('referencesIn', () => {
  it('finds whose column an unqualified name is', () => {
    expect(uses('select email, total from users u join orders o on u.id = user_id where o.id > 1')).toEqual([
      'orders',
      'orders.id',
      'orders.total',
      'orders.user_id',
      'users',
      'users.email',
      'users.id',
    ]);
  });

  it('keeps schemas apart, by the search path and by name', () => {
    expect(uses('select id, phone from users', ['app', 'public'])).toEqual([
      'app.users',
      'app.users.id',
      'app.users.phone',
    ]);
    expect(uses('select u.id from app.users u, public.users p where p."Größe" = 1')).toEqual([
      'app.users',
      'app.users.id',
      'users',
      'users.Größe',
    ]);
  });

  it('looks outside a subquery, and not past a common table expression of the same name', () => {
    expect(
      uses('select 1 from users where exists (select from orders where user_id = users.id and total > 0)'),
    ).toEqual(['orders', 'orders.total', 'orders.user_id', 'users', 'users.id']);
    expect(uses('with orders as (select id as total from users) select total from orders')).toEqual([
      'users',
      'users.id',
    ]);
    expect(uses('with recursive t(n) as (select id from users union all select n + 1 from t) select n from t')).toEqual(
      ['users', 'users.id'],
    );
  });

  it('follows renamed columns and lateral subqueries to the table', () => {
    expect(uses('select a from users as u (a, b) where b is null')).toEqual(['users', 'users.email', 'users.id']);
    expect(
      uses('select s.sum from users u cross join lateral (select sum(total) from orders where user_id = u.id) s'),
    ).toEqual(['orders', 'orders.total', 'orders.user_id', 'users', 'users.id']);
    expect(uses('select * from users join orders using (id)')).toContain('orders.id');
  });

  it('says when all columns are used without a name', () => {
    expect(uses('select u.* from users u, orders')).toEqual(['orders', 'users', 'users.*']);
    expect(uses('select row_to_json(u) from users u')).toEqual(['users', 'users.*']);
    expect(uses("insert into users values (1, 'x', 2)")).toEqual(['users', 'users.*']);
    expect(uses('select mail from mails')).toEqual(['mails', 'mails.mail']);
  });

  it('reads what writing statements write', () => {
    expect(
      uses(`insert into users (id, email) select id, total::text from orders
            on conflict (id) do update set email = excluded.email where users."Größe" > 0 returning new.id`),
    ).toEqual(['orders', 'orders.id', 'orders.total', 'users', 'users.Größe', 'users.email', 'users.id']);
    expect(uses('update users set email = null from orders where user_id = users.id')).toEqual([
      'orders',
      'orders.user_id',
      'users',
      'users.email',
      'users.id',
    ]);
    expect(uses('delete from users using orders o where o.user_id = users.id returning *')).toContain('users.*');
    expect(
      uses(`merge into users u using orders o on u.id = o.user_id
            when matched then update set email = o.total::text when not matched then insert (id) values (o.id)`),
    ).toEqual(['orders', 'orders.id', 'orders.total', 'orders.user_id', 'users', 'users.email', 'users.id']);
  });

  it('looks into statements that hold a query', () => {
    for (const sql of [
      'explain select email from users',
      'prepare p as select email from users',
      'copy (select email from users) to stdout',
      'create table t as select email from users',
      'create view v as select email from users',
    ])
      expect(uses(sql)).toEqual(['users', 'users.email']);
    expect(uses('truncate users, app.users')).toEqual(['app.users', 'users']);
  });

  it('knows rows that have a name without a FROM, and leaves out what it cannot know', () => {
    expect(uses('select new.email, old.email')).toEqual(['users.email']);
    expect(uses('select email from generate_series(1, 2) g, nowhere')).toEqual(['nowhere']);
  });

  it('follows or gives up on any nesting that the parser takes, and never fails', () => {
    for (const depth of [500, 1000, 2000, 4000, 6000]) {
      // How deep it goes differs from one time to the next: what was parsed is what is asked about.
      const script = parseScript(`select ${'1 + '.repeat(depth)}id from users`);
      if (script.ok) expect([null, ['users', 'users.id']]).toContainEqual(usesIn(script.value, ['public']));
    }
  });
});
