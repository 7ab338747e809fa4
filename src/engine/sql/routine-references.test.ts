import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalog, Routine } from '../catalog/catalog.ts';
import { catalogAfter } from './catalog-after.ts';
import { emptyCatalog } from './empty-catalog.ts';
import { loadParser } from './parser.ts';
import { routineReferences } from './routine-references.ts';

let catalog: Catalog;
beforeAll(async () => {
  await loadParser();
  catalog = catalogAfter(
    emptyCatalog,
    `create table users (id bigint, email text, "Größe" int, seen timestamptz);
     create table orders (id bigint, user_id bigint, total numeric);
     create function touch() returns trigger language plpgsql as 'begin return new; end';
     create trigger t before update on users for each row execute function touch();`,
  );
});

const routine = (definition: string, language: string, name = 'f'): Routine => ({
  schema: 'public',
  name,
  kind: 'function',
  arguments: '',
  result: null,
  language,
  volatility: 'volatile',
  strict: false,
  securityDefiner: false,
  definition,
  owner: 'postgres',
  comment: null,
});
function uses(one: Routine) {
  const { references, notFollowed } = routineReferences(one, catalog);
  const names = references.map(({ relation, column }) =>
    column === null ? relation.name : `${relation.name}.${column}`,
  );
  return { names: [...new Set(names)].sort(), notFollowed };
}
const plpgsql = (body: string, name?: string, result = 'trigger') =>
  routine(`CREATE FUNCTION ${name ?? 'f'}() RETURNS ${result} LANGUAGE plpgsql AS $x$${body}$x$`, 'plpgsql', name);

describe('routineReferences', () => {
  it('reads the queries, conditions, loops, cursors and defaults of PL/pgSQL', () => {
    expect(
      uses(
        plpgsql(`
          DECLARE n int := (SELECT count("Größe") FROM users); c CURSOR FOR SELECT total FROM orders; r record;
          BEGIN
            IF n > 0 AND EXISTS (SELECT FROM orders o WHERE o.user_id = 1) THEN
              UPDATE users SET email = lower(email);
            END IF;
            FOR r IN SELECT id FROM users LOOP n := n + (SELECT max(orders.id) FROM orders); END LOOP;
            RETURN NULL;
          END`),
      ),
    ).toEqual({
      names: [
        'orders',
        'orders.id',
        'orders.total',
        'orders.user_id',
        'users',
        'users.Größe',
        'users.email',
        'users.id',
      ],
      notFollowed: [],
    });
  });

  it('knows what NEW and OLD are from the triggers that call it, and what is assigned to them', () => {
    const body = 'BEGIN IF NEW.email <> OLD.email THEN NEW.seen := now(); NEW."Größe" = 1; END IF; RETURN NEW; END';
    expect(uses(plpgsql(body, 'touch')).names).toEqual(['users.Größe', 'users.email', 'users.seen']);
    expect(uses(plpgsql(body)).names).toEqual([]);
  });

  it('says what it cannot follow', () => {
    expect(uses(plpgsql("BEGIN EXECUTE 'drop table ' || 'users'; RETURN NULL; END")).notFollowed).toEqual([
      'SQL that it builds while it runs',
    ]);
    expect(uses(plpgsql('BEGIN this is not', 'f')).notFollowed).toEqual(['its body, which cannot be parsed']);
    expect(uses(routine('CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS $$return 1$$', 'plpython3u'))).toEqual({
      names: [],
      notFollowed: ['its body in plpython3u'],
    });
  });

  it('reads SQL bodies as text and as statements, under the search path that the routine sets', () => {
    expect(
      uses(
        routine(
          "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'select id from users; select total from orders'",
          'sql',
        ),
      ).names,
    ).toEqual(['orders', 'orders.total', 'users', 'users.id']);
    expect(
      uses(
        routine(
          'CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT id FROM users; INSERT INTO orders (id) VALUES (1) RETURNING id; END',
          'sql',
        ),
      ).names,
    ).toEqual(['orders', 'orders.id', 'users', 'users.id']);
    expect(
      uses(
        routine(
          "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql SET search_path TO app AS 'select id from users'",
          'sql',
        ),
      ).names,
    ).toEqual(['users']);
  });
});
