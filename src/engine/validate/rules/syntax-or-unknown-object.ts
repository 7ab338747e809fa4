import { as } from '../../sql/nodes.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';
import { unknownNames } from '../unknown-names.ts';

/** Statements that may make objects without saying which. */
const makers = ['CreateExtensionStmt', 'SelectStmt', 'ImportForeignSchemaStmt'] as const;

/** True when an earlier DO block speaks of the name: it is there to make what is missing. */
const isInBlock = (context: CheckContext, { start, end }: SourceRange): boolean => {
  const name = context.script.text.slice(start, end).replaceAll('"', '');
  return context.script.statements
    .slice(0, context.statement.index)
    .some(({ node, text }) => as(node, 'DoStmt') !== undefined && text.includes(name));
};

const followsMaker = (context: CheckContext): boolean =>
  context.script.statements
    .slice(0, context.statement.index)
    .some(({ node }) => makers.some((kind) => as(node, kind) !== undefined));

export const syntaxOrUnknownObject = defineRule({
  id: 'syntax-or-unknown-object',
  title: 'Name that does not exist',
  category: 'correctness',
  severity: 'error',
  servers: {},
  needs: 'catalog',
  docs: {
    what: 'A statement names a table, view, index, column, constraint, function or schema that is not in the catalog at this point of the migration.',
    why: 'The statement fails with 42P01, 42703, 42704 or 42883, and the migration stops there.',
    instead: 'Correct the name, name the schema, or create the object first.',
    ignoreWhen: 'the catalog that was checked against is older than the database, or holds only some of its schemas.',
    manual: 'https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH',
  },
  examples: [
    {
      name: 'an unknown table',
      setup: 'create table users (id bigint primary key);',
      up: 'ALTER TABLE usres ADD COLUMN a int;',
      finds: [{ text: 'usres', severity: 'error' }],
      trace: { fails: '42P01' },
    },
    {
      name: 'unknown columns',
      setup: 'create table users (id bigint primary key, email text);',
      up: 'alter table users alter column emial set not null; create index concurrently on users (emial, id); update users set emial = null where id = 1; delete from users where mail is null;',
      finds: [{ text: 'emial' }, { text: 'emial' }, { text: 'emial' }, { text: 'mail' }],
      trace: { fails: '42703' },
    },
    {
      name: 'a foreign key to an unknown table and column',
      setup: 'create table users (id bigint primary key); create table orders (user_id bigint);',
      up: 'alter table orders add foreign key (user_id) references nobody (id) not valid, add foreign key (user_id) references users (no) not valid;',
      finds: [{ text: 'nobody' }, { text: 'no' }],
    },
    {
      name: 'an unknown index and constraint',
      setup: 'create table users (id bigint primary key);',
      up: 'drop index concurrently nothing_here; alter table users drop constraint c;',
      finds: [{ text: 'nothing_here' }, { text: 'c' }],
      trace: { fails: '42704' },
    },
    {
      name: 'a name is only known after it was made',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users drop column late; alter table users add column late int;',
      finds: [{ text: 'late' }],
    },
    {
      name: 'names made by the migration itself',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users add column a int; create index concurrently i on users (a); create table t (a int); alter table t rename a to b; alter table t drop column b; drop index concurrently i;',
      finds: [],
    },
    {
      name: 'the columns of a table made from a query',
      setup: 'create table users (id bigint primary key);',
      up: 'create table copies as select u.*, 1 as one from users u; create index on copies (id, one); update copies set one = 2 where id = 1;',
      finds: [],
    },
    {
      name: 'a block makes a type where it is missing',
      setup: 'create table users (id bigint primary key);',
      up: "do $$ begin create type mood as enum ('ok'); exception when duplicate_object then null; end $$; alter table users add column mood mood;",
      finds: [{ text: 'mood', severity: 'info' }],
    },
    {
      name: 'IF EXISTS',
      setup: 'create table users (id bigint primary key);',
      up: 'drop table if exists nothing_here; alter table if exists nothing_here add a int; alter table users drop column if exists a, drop constraint if exists c;',
      finds: [],
    },
    {
      name: 'columns and tables that a query reads',
      setup: 'create table users (id bigint primary key, email text); create table "Odd" ("Id" bigint);',
      up: 'create view v as select u.mail, o.id from users u join "Odd" o on o."Id" = u.id; insert into users (id) select id from people; update users set email = "new" where id = 1;',
      finds: [{ text: 'mail' }, { text: 'id' }, { text: 'people' }, { text: '"new"' }],
      trace: { fails: '42703' },
    },
    {
      name: 'aliases, common table expressions, rows of VALUES and names of results',
      setup: 'create table users (id bigint primary key, email text);',
      up: "with big as (select id as n, count(*) from users group by n order by n) update users u set email = upper(u.email) from big b where b.n = u.id and u.id = 7; insert into users select v.a, w from (values (1, 'x')) as v (a, w); select users, u from users, lateral (select users.email as e) u order by id; create view v as select k as total from (select id as k from users) s group by total;",
      finds: [],
    },
    {
      name: 'the body of a function',
      setup: 'create table users (id bigint primary key);',
      up: "create function one() returns bigint language sql as 'select nr from users'; create function two(n int) returns void language plpgsql as 'declare m int; begin m := n; update users set id = m where nr = n; end'; create function three(n int) returns void language plpgsql as 'begin create temp table t (a int); insert into t values (n); perform later from users; end'; alter table users add later int;",
      finds: [
        { text: 'one', severity: 'error' },
        { text: 'two', severity: 'warning' },
      ],
    },
    {
      name: 'parameters and variables with the names of their routine and block before them',
      setup: 'create table users (id bigint primary key);',
      up: "create function f(n bigint) returns bigint language plpgsql as 'begin return (select u.id from users u where u.id = f.n); end'; create function g(n bigint) returns bigint language sql as 'select id from users where id = g.n'; create function h() returns bigint language plpgsql as '<<top>> declare n bigint := 1; begin return (select id from users where id = top.n); end';",
      finds: [],
    },
    {
      name: 'columns of NEW that the function of a trigger sets',
      setup: `create table users (id bigint primary key, "Seen" timestamptz); create table pets (id bigint primary key);
        create function touch() returns trigger language plpgsql as 'begin new.seen := now(); return new; end';
        create function either() returns trigger language plpgsql as 'begin if tg_table_name = ''users'' then new.seen := now(); end if; return new; end';
        create function fine() returns trigger language plpgsql as 'begin /* new.x */ new."Seen" := old."Seen" + 1 * interval ''1 d''; return new; end';`,
      up: 'create trigger a before update on users for each row execute function touch(); create trigger b before update on users for each row execute function either(); create trigger c before update on users for each row execute function fine(); create trigger d before update on pets for each row execute function touch(); alter table pets add column seen timestamptz;',
      finds: [{ text: 'touch', severity: 'warning' }],
    },
    {
      name: 'functions that are not there, or not with these arguments',
      setup:
        "create schema app; create function app.two(a int, b int default 1) returns int language sql as 'select a'; create function app.many(variadic a int[]) returns int language sql as 'select 1'; create procedure app.run(n int) language sql as 'select 1';",
      up: "create table t (a int default app.none(), b int check (app.two(b, 2, 3) > 1)); create function app.later() returns void language plpgsql as 'begin perform app.none(); perform app.last(); end'; create function app.last() returns int language sql as 'select app.two()'; select app.two(1), app.two(1, 2), app.two(b => 1, a => 2), app.many(1, 2, 3), app.many(variadic array[1]); call app.run(1); call app.run();",
      finds: [
        { text: 'none', severity: 'error' },
        { text: 'two' },
        { text: 'later', severity: 'warning' },
        { text: 'last', severity: 'error' },
        { text: 'run', severity: 'warning' },
      ],
      trace: { fails: '42883' },
    },
    { name: 'without a catalog nothing is known', up: 'alter table nothing_here add column a int;', finds: [] },
    {
      name: 'system columns and catalogs exist',
      setup: 'create table users (id bigint primary key);',
      up: 'delete from users where ctid is null; update pg_catalog.pg_class set relname = relname where false;',
      finds: [],
    },
  ],
  check: (context) => {
    const unknown = unknownNames(context);
    // Looks back over the whole script, which is not worth it for the many statements that name nothing unknown.
    const follows = unknown.length > 0 && followsMaker(context);
    return unknown.map(({ what, range, sqlstate, object, whenCalled }) => {
      const uncertain = follows || context.isUncertain(object);
      if (whenCalled === true)
        return {
          range,
          severity: 'warning' as const,
          message: `${what} does not exist at this point: calls of the function fail with ${sqlstate}`,
          evidence: { sqlstate },
        };
      return {
        range,
        severity: uncertain ? (isInBlock(context, range) ? 'info' : 'warning') : 'error',
        message: uncertain
          ? `${what} is not known here, unless an earlier statement made it in a way that cannot be followed`
          : `${what} does not exist at this point: the statement fails with ${sqlstate}`,
        evidence: { sqlstate },
      };
    });
  },
});
