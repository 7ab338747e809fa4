import { beforeAll, describe, expect, it } from 'vitest';
import { newerInText } from './newer-in-text.ts';
import { newerNames, ownNames } from './newer-names.ts';
import { newerSyntax } from './newer-syntax.ts';
import { loadParser, parseScript } from './parser.ts';

beforeAll(loadParser);

/** The major versions with which came what servers before `major` refuse in a text. */
function newer(text: string, major: number): readonly number[] {
  const script = parseScript(text);
  if (!script.ok) throw new Error(script.error.message);
  const own = ownNames({ routines: [] }, script.value.statements);
  return script.value.statements.flatMap((statement) => [
    ...newerSyntax(statement.node, major).map(({ since }) => since),
    ...newerNames(statement.node, major, own).map(({ since }) => since),
    ...newerInText(statement, major).map(({ since }) => since),
  ]);
}

describe('what came with a version', () => {
  it.each<[number, string]>([
    [13, 'select gen_random_uuid()'],
    [14, 'create table t (a int4multirange)'],
    [14, 'select 1 from a join b using (id) as j'],
    [15, 'alter view v set (security_invoker = true)'],
    [15, 'merge into t using u on t.a = u.a when matched then delete'],
    [16, "update t set j = json_object('x': 1)"],
    [16, 'delete from t where a is not json'],
    [16, 'delete from t where a in (select x from (select 1 as x))'],
    [16, 'alter table t alter a set default 1_000'],
    [16, 'alter table t alter a set default 0xff'],
    [16, 'create view v as select any_value(a) from t'],
    [16, 'create statistics on a, b from t'],
    [16, 'alter table t alter a set storage default'],
    [16, 'grant a to b with inherit false'],
    [16, 'vacuum (only_database_stats)'],
    [16, "create function f() returns int language sql as 'select 1 from (select 1)'"],
    [17, "delete from t where json_value(j, '$.x') = '1'"],
    [17, 'revoke select, maintain on t from a'],
    [17, 'alter default privileges grant maintain on tables to a'],
    [17, 'grant select on t to pg_maintain'],
    [17, 'set transaction_timeout = 0'],
    [17, "alter function f() set transaction_timeout = '1s'"],
    [17, 'merge into t using u on t.a = u.a when matched then delete returning t.a'],
    [17, 'create event trigger e on login execute function f()'],
    [17, "create collation c (provider = builtin, locale = 'C.UTF-8')"],
    [17, 'create table t (a int, exclude (a with =)) partition by list (a)'],
    [18, 'alter table t alter a set default uuidv7()'],
    [18, 'update t set a = 1 returning old.a'],
    [18, 'do $$ begin alter table t add constraint n not null a; end $$'],
    [18, 'alter table t set (vacuum_max_eager_freeze_failure_rate = 0.1)'],
    [18, 'alter default privileges grant select on large objects to a'],
    [18, 'create publication p for all tables with (publish_generated_columns = stored)'],
    [18, 'analyze only t'],
  ])('%i: %s', (since, text) => {
    expect(newer(text, since - 1)).toEqual([since]);
    expect(newer(text, since)).toEqual([]);
  });

  it.each([
    'create function s.any_value(a int) returns int language sql as $$ select a $$; select any_value(1)',
    'select mine.array_sort(a) from t',
    "select '1_000', a1_2, 0 x, 1.5e3 from t",
    'update old set a = 1 returning old.a',
    'create function f() returns trigger language plpgsql as $$ begin update t set a = 1 returning new.a into new.b; return new; end $$',
    'vacuum t; analyze t; reindex table t',
    'grant maintain to b',
    "set my.transaction_timeout = '1'",
    'create table t (id int generated always as identity) partition by list (id)',
  ])('is not in: %s', (text) => {
    expect(newer(text, 12)).toEqual([]);
  });
});
