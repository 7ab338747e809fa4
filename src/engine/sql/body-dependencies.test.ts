import { beforeAll, expect, it } from 'vitest';
import type { Catalog } from '../catalog/catalog.ts';
import { columnObject, dependencyGraph, pathOf } from '../catalog/dependency-graph.ts';
import { bodyDependencies } from './body-dependencies.ts';
import { catalogAfter } from './catalog-after.ts';
import { emptyCatalog } from './empty-catalog.ts';
import { loadParser } from './parser.ts';

beforeAll(loadParser);

it('adds to the graph what bodies kept as texts use, apart from what the server knows', () => {
  const made = catalogAfter(
    emptyCatalog,
    `create table users (id integer primary key, "E mail" text);
     create view active as select id from users;
     create function write_to(who integer) returns void language plpgsql
       as 'begin update users set "E mail" = null where id = who; end';
     create function all_of_them() returns setof active language sql as 'select * from active';
     create function unrelated() returns text language plpgsql as 'begin return ''users''; end';`,
  );
  const users = { schema: 'public', name: 'users' };
  const catalog: Catalog = {
    ...made,
    dependencies: [
      {
        dependent: { kind: 'view', schema: 'public', name: 'active' },
        on: { kind: 'table', ...users, column: 'id' },
      },
    ],
  };
  const told = (bodies = bodyDependencies(catalog)) =>
    dependencyGraph(catalog, bodies)
      .dependentsOf(columnObject(users, 'id'), { transitive: true })
      .map(({ object, isParsed }) => `${pathOf(object)}${isParsed ? ', by its text' : ''}`);
  expect(told()).toEqual([
    'public.active',
    'public.write_to(who integer), by its text',
    'public.all_of_them(), by its text',
  ]);
  expect(told([])).toEqual(['public.active']);
  const [mail] = dependencyGraph(catalog, bodyDependencies(catalog)).dependentsOf(columnObject(users, 'E mail'));
  expect(mail).toMatchObject({ object: { kind: 'routine', name: 'write_to(who integer)' }, isParsed: true });
});
