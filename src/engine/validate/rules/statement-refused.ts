import { refusedExamples } from '../refused/refused-examples.ts';
import { refusedNameExamples } from '../refused/refused-name-examples.ts';
import { refusals, refusedKinds } from '../refused/refused-statement.ts';
import { defineRule } from '../rule.ts';

export const statementRefused = defineRule({
  id: 'statement-refused',
  title: 'Statement that PostgreSQL refuses on this schema',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: refusedKinds,
  foldsUnder: ['syntax-or-unknown-object'],
  docs: {
    what: 'A default or a value that is none of its column, an object of another kind than the statement is for, a trigger, rule or constraint that the table has not got, an INSERT that leaves out a required column, an index, a generated column or a check of expressions that cannot stand there, an index that its method cannot make, an index that cannot back what it is asked to back, a trigger without its function, a DROP of a trigger, policy or extension that is not there, a DROP without CASCADE of what is in use, options and settings that there are not, a view of columns that cannot stand beside each other, a savepoint, publication, procedure or column of a GRANT that is not there.',
    why: 'The statement fails whatever the rows are, and the migration stops there.',
    instead: 'Write what the message says is missing, or cast the value.',
    ignoreWhen: 'the catalog that was checked against is older than the database.',
    manual: 'https://www.postgresql.org/docs/current/errcodes-appendix.html',
  },
  examples: [
    {
      name: 'a default of another type',
      setup: 'create table users (id bigint primary key);',
      up: 'ALTER TABLE users ADD COLUMN active boolean NOT NULL DEFAULT 0;',
      finds: [{ text: 'ADD COLUMN active boolean NOT NULL DEFAULT 0', severity: 'error' }],
      trace: { fails: '42804' },
    },
    {
      name: 'a default that is no label of the enum',
      setup: "create type mood as enum ('ok'); create table users (id bigint primary key, mood mood);",
      up: "alter table users alter mood set default 'fine';",
      finds: [{ text: "alter mood set default 'fine'" }],
      trace: { fails: '22P02' },
    },
    {
      name: 'a required column is left out',
      setup: 'create table users (id bigint primary key, email text not null);',
      up: 'insert into users (id) values (1);',
      finds: [{ text: 'insert into' }],
      trace: { fails: '23502' },
    },
    {
      name: 'more values than columns',
      setup: 'create table users (id bigint primary key, email text not null);',
      up: "insert into users (id, email) values (1, 'a', 2);",
      finds: [{ text: 'insert into' }],
      trace: { fails: '42601' },
    },
    {
      name: 'a value for an identity that is always generated',
      setup: 'create table users (id bigint generated always as identity primary key);',
      up: 'insert into users (id) values (7);',
      finds: [{ text: 'insert into' }],
      trace: { fails: '428C9' },
    },
    {
      name: 'a query in a check',
      setup: 'create table users (id bigint primary key); create table gone (id bigint);',
      up: 'alter table users add constraint c check (id in (select id from gone)) not valid;',
      finds: [{ text: 'add constraint c check (id in (select id from gone)) not valid' }],
      trace: { fails: '0A000' },
    },
    {
      name: 'conditions that compare what cannot be compared, or are none',
      setup: 'create table t (a int, b text, c bigint, d timestamptz, e boolean, f varchar(9), g uuid, h numeric);',
      up: 'alter table t add constraint x check (a = b) not valid; alter table t add constraint x check (count(a) > 0) not valid; alter table t add constraint x check (a + 1) not valid; create policy p on t using (g = upper(b)); create table n (a int, b date, check (a > b)); alter table t add column z int check (b);',
      finds: [
        { text: 'add constraint x check (a = b) not valid' },
        { text: 'add constraint x check (count(a) > 0) not valid' },
        { text: 'add constraint x check (a + 1) not valid' },
        { text: 'p' },
        { text: 'create table' },
        { text: 'add column z int check (b)' },
      ],
      trace: { fails: '42883' },
    },
    {
      name: 'conditions that the server takes',
      setup: 'create table t (a int, b text, c bigint, d timestamptz, e boolean, f varchar(9), g uuid, h numeric);',
      up: "alter table t add constraint x check (a = c and c > h and b <> f and d > '2020-01-01'::date and e and b = upper(f) and d - interval '1 day' < now() and a > '1') not valid; alter table t add constraint y check (e) not valid; create policy p on t using (exists (select count(*) from t) and b = current_user);",
      finds: [],
    },
    {
      name: 'a table and those below it have the same columns',
      setup:
        'create table l (a int, b int); create table k (z text) inherits (l); create table o (b int); create table p (a int, b int) partition by list (a); create table p1 partition of p for values in (1);',
      up: 'alter table only l add column c int; alter table only p drop column b; alter table only l add constraint x check (a > 0) not valid; alter table l add column z int; alter table o inherit l; alter table only l alter column b type bigint;',
      finds: [
        { text: 'add column c int' },
        { text: 'drop column b' },
        { text: 'add constraint x check (a > 0) not valid' },
        { text: 'add column z int' },
        { text: 'inherit l' },
        { text: 'alter column b type bigint' },
      ],
      trace: { fails: '42P16' },
    },
    {
      name: 'a table alone may have',
      setup:
        'create table l (a int, b int); create table k (z text) inherits (l); create table p (a int) partition by list (a);',
      up: 'alter table only l drop column b; alter table only l add constraint x check (a > 0) no inherit not valid; alter table only p add column b int; alter table l add column z text; alter table only k add column own int;',
      finds: [],
    },
    {
      name: 'foreign keys to rows that do not last as long',
      setup: 'create unlogged table u (id int primary key); create table t (id int primary key, u int);',
      up: 'alter table t add foreign key (u) references u (id) not valid; create table n (u int references u (id)); create temporary table s (t int references t (id));',
      finds: [
        { text: 'add foreign key (u) references u (id) not valid' },
        { text: 'create table' },
        { text: 'create temporary' },
      ],
      trace: { fails: '42P16' },
    },
    {
      name: 'foreign keys to rows that last longer',
      setup: 'create unlogged table u (id int primary key, t int); create table t (id int primary key);',
      up: 'alter table u add foreign key (t) references t (id) not valid; create unlogged table n (u int references u (id)); create temporary table s (id int primary key, up int references s (id));',
      finds: [],
    },
    {
      name: 'a partial index as constraint',
      setup: 'create table users (id bigint, email text); create unique index part on users (email) where id > 0;',
      up: 'alter table users add constraint part unique using index part;',
      finds: [{ text: 'add constraint part unique using index part' }],
      trace: { fails: '42809' },
    },
    {
      name: 'a replica identity that may be NULL',
      setup: 'create table users (id bigint, email text unique);',
      up: 'alter table users replica identity using index users_email_key;',
      finds: [{ text: 'replica identity using index users_email_key' }],
      trace: { fails: '42809' },
    },
    {
      name: 'a volatile function in an index',
      setup:
        "create table users (id bigint); create function dice() returns int language plpgsql as 'begin return 1; end';",
      up: 'create index concurrently i on users ((id + dice()));',
      finds: [{ text: 'create index' }],
    },
    {
      name: 'a trigger whose function is not there',
      setup: 'create table users (id bigint);',
      up: 'create trigger t before insert on users for each row execute function "Stamp"();',
      finds: [{ text: '"Stamp"' }],
      trace: { fails: '42883' },
    },
    {
      name: 'a trigger and a policy that are not there',
      setup: 'create table users (id bigint); create policy "P" on users;',
      up: 'drop trigger t on users; drop policy p on users; drop policy "P" on users; drop trigger if exists t on users;',
      finds: [{ text: 't' }, { text: 'p' }],
      trace: { fails: '42704' },
    },
    {
      name: 'what an index method cannot do',
      setup: 'create table users (id bigint, name text, doc json, point point);',
      up: `create index concurrently a on users using hash (id, name);
create unique index concurrently b on users using gin (name);
create index concurrently c on users using gist (point desc);
create index concurrently d on users (doc);
create index concurrently e on users using gin (name);
create index concurrently f on users using brin (id text_pattern_ops);
create index concurrently g on users using btee (id);`,
      finds: [
        { text: 'create index' },
        { text: 'create unique index' },
        { text: 'create unique index' },
        { text: 'create index' },
        { text: 'create index' },
        { text: 'create index' },
        { text: 'create index' },
        { text: 'create index' },
      ],
      trace: { fails: '0A000' },
    },
    {
      name: 'what an index takes for changing',
      setup:
        "create type mood as enum ('ok'); create table users (id bigint, born date, at timestamptz, mood mood, doc jsonb);",
      up: `create index concurrently a on users ((at::date));
create index concurrently b on users (date_trunc('month', born));
create index concurrently c on users ((mood::text));
create index concurrently d on users (id) where at > now();
create index concurrently e on users (((doc->>'at')::timestamp));
create index concurrently f on users (to_tsvector(doc->>'text'));
alter table users add column age interval generated always as (age(born)) virtual;`,
      finds: [
        { text: 'create index' },
        { text: 'create index' },
        { text: 'create index' },
        { text: 'create index' },
        { text: 'create index' },
        { text: 'create index' },
        { text: 'add column age interval generated always as (age(born)) virtual' },
      ],
      trace: { fails: '42P17' },
    },
    {
      name: 'what an index takes for the same for ever',
      setup:
        "create table users (id bigint, name text, tags text[], born date, at timestamptz, doc jsonb, said tsvector); create function bare(t text) returns text language sql stable as 'select lower(t)';",
      up: `create index concurrently a on users (((at at time zone 'UTC')::date), date_trunc('hour', at at time zone 'UTC'));
create index concurrently b on users using gin (to_tsvector('english', name), tags, doc);
create index concurrently c on users (bare(name) desc nulls last) where at > '2020-01-01' and born < date '2020-01-01';
create index concurrently d on users using hash (lower(name));
create index concurrently e on users ((doc->>'a'), ((doc->>'n')::int), extract(year from born));
create index concurrently f on users using gist (said);
create index concurrently g on users using brin (at) include (id);`,
      finds: [{ text: 'create index' }],
    },
    {
      name: 'a primary key in another order',
      setup: 'create table users (id bigint not null); create unique index down on users (id desc);',
      up: 'alter table users add primary key using index down;',
      finds: [{ text: 'add primary key using index down' }],
      trace: { fails: '42809' },
    },
    {
      name: 'triggers that cannot be',
      setup:
        "create table users (id bigint, name text); create view names as select name from users; create function f() returns trigger language plpgsql as 'begin return new; end'; create function one() returns int language sql as 'select 1';",
      up: `create trigger a before insert on users for each row execute function one();
create trigger b instead of insert on users for each row execute function f();
create trigger c after insert on names for each row execute function f();
create trigger d before truncate on users for each row execute function f();
create trigger e before insert on users for each row when (old.id > 1) execute function f();
create trigger g before update of mail on users for each row execute function f();
create trigger h before update of name on users for each row when (old.name is distinct from new.name) execute function f();
create trigger i instead of update on names for each row execute function f();`,
      finds: [
        { text: 'one' },
        { text: 'create trigger' },
        { text: 'create trigger' },
        { text: 'create trigger' },
        { text: 'create trigger' },
        { text: 'create trigger' },
      ],
      trace: { fails: '42P17' },
    },
    {
      name: 'policies that cannot be',
      setup: 'create table users (id bigint, tenant int); create policy seen on users for select using (tenant = 1);',
      up: `create policy a on users using (owner = current_user);
create policy b on users for insert using (tenant = 1);
create policy c on users for delete with check (tenant = 1);
alter policy d on users using (true);
alter policy seen on users with check (tenant = 1);
alter policy seen on users using (tenant = 2 and id in (select other from users as o(other)));`,
      finds: [{ text: 'a' }, { text: 'b' }, { text: 'c' }, { text: 'd' }, { text: 'seen' }],
      trace: { fails: '42703' },
    },
    {
      name: 'partitions that cannot be',
      setup:
        'create table logs (id int, at date) partition by range (at); create table logs_1 partition of logs for values from (minvalue) to (maxvalue); create table plain (id int, at date); create table shards (id int) partition by hash (id);',
      up: `create table logs_2 partition of logs for values in (1);
create table logs_3 partition of logs for values from ('2025-02-01') to ('2025-01-01');
create table plain_1 partition of plain for values from (1) to (2);
create table shards_1 partition of shards for values with (modulus 2, remainder 2);
create table shards_2 partition of shards default;
alter table logs detach partition plain;
alter table logs attach partition logs_1 for values from ('2027-01-01') to ('2028-01-01');`,
      finds: [
        { text: 'partition of' },
        { text: 'partition of' },
        { text: 'partition of' },
        { text: 'partition of' },
        { text: 'partition of' },
        { text: 'detach partition plain' },
        { text: "attach partition logs_1 for values from ('2027-01-01') to ('2028-01-01')" },
      ],
      trace: { fails: '42P16' },
    },
    {
      name: 'an index that another constraint has, and an attribute in use',
      setup: 'create type place as (x int); create table users (id bigint primary key, home place);',
      up: 'alter table users add constraint again unique using index users_pkey; alter type place alter attribute x type text;',
      finds: [
        { text: 'add constraint again unique using index users_pkey' },
        { text: 'alter type place alter attribute x type text' },
      ],
      trace: { fails: '55000' },
    },
    {
      name: 'labels that are not there',
      setup: "create type mood as enum ('ok', 'sad');",
      up: `alter type mood add value 'glad' after 'happy';
alter type mood rename value 'bad' to 'awful';
alter type mood rename value 'sad' to 'ok';
alter type mood add value if not exists 'ok' before 'none';`,
      finds: [
        { text: "alter type mood add value 'glad' after 'happy'" },
        { text: "alter type mood rename value 'bad' to 'awful'" },
        { text: "alter type mood rename value 'sad' to 'ok'" },
      ],
      trace: { fails: '22023' },
    },
    {
      name: 'two indexes at once without locking',
      setup: 'create table users (id bigint, name text); create index a on users (id); create index b on users (name);',
      up: 'drop index concurrently a, b;',
      finds: [{ text: 'drop index concurrently a, b' }],
      trace: { fails: '0A000' },
    },
    {
      name: 'what is in use',
      setup:
        "create type mood as enum ('ok'); create sequence s; create function f() returns trigger language plpgsql as 'begin return new; end'; create table users (id bigint default nextval('s'), mood mood[]); create trigger t before insert on users for each row execute function f(); create type free as enum ('ok');",
      up: 'drop type mood; drop sequence s; drop function f(); drop type free;',
      finds: [{ text: 'drop type mood' }, { text: 'drop sequence s' }, { text: 'drop function f()' }],
      trace: { fails: '2BP01' },
    },
    {
      name: 'a required part of the key',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users alter id drop not null;',
      finds: [{ text: 'alter id drop not null' }],
      trace: { fails: '42P16' },
    },
    {
      name: 'functions made twice, replaced by what they cannot become, or with errors in their bodies',
      setup:
        "create function f(a int, b text default 'x') returns int language sql as 'select 1'; create function \"F\"() returns int language sql as 'select 1';",
      up: `create function f(int, text) returns int language sql as 'select 2';
create or replace function f(c int, b text default 'x') returns int language sql as 'select 2';
create or replace function f(a int, b text) returns int language sql as 'select 2';
create or replace procedure f(a int, b text default 'x') language sql as 'select 2';
create function g() returns int language plpgsql as 'begin if true return 1; end if; end';
create function h() returns int language sql as 'selec 1';
create function t(a int) returns trigger language plpgsql as 'begin return new; end';
create function v() returns int language plv8 as 'return 1';
do $$ begin if true then null; end $$;`,
      finds: [
        { text: 'f' },
        { text: 'f' },
        { text: 'f' },
        { text: 'f' },
        { text: 'g' },
        { text: 'h' },
        { text: 't' },
        { text: 'v' },
        { text: 'do' },
      ],
    },
    {
      name: 'functions named by arguments that none has, or not told apart',
      setup:
        "create function f(a int) returns int language sql as 'select 1'; create function f(a text) returns int language sql as 'select 1';",
      up: "drop function f(uuid); drop function f; comment on function f(bigint) is 'x'; drop procedure f(int); drop function if exists f(uuid); comment on function f(int) is 'y'; drop function f(a text);",
      finds: [{ text: 'f' }, { text: 'f' }, { text: 'f' }, { text: 'f' }],
      trace: { fails: '42883' },
    },
    {
      name: 'functions of another kind of arguments, and replaced with their own',
      setup: "create function f(a int, out b int, out c text) language sql as 'select 1, 2::text';",
      up: `create function f(a text) returns int language sql as 'select 1';
create or replace function f(a integer, out b int, out c text) language plpgsql as 'declare n int; begin b := a; c := n; end';
do $$ begin null; end $$;
do $$ declare r record; begin for r in select 1 as a loop raise notice '%', r.a; end loop; exception when others then null; end $$;
create function t() returns trigger language plpgsql as 'begin if tg_op = ''DELETE'' then return old; end if; return new; end';`,
      finds: [],
    },
    {
      name: 'keys, identities, references and sequences that cannot be',
      setup:
        'create table users (id bigint primary key, n int default 1); create view v as select id from users; create table p (a int, b int, unique (a, b));',
      up: `create table a (id int primary key, b int primary key);
create table b (id int null primary key);
create table c (id text generated always as identity);
create table d (id bigint references v);
create table e (id int, foreign key (id) references p (a, b));
create table nowhere.f (id int);
create sequence s as text;
alter table users alter n add generated always as identity;
alter table users alter id drop identity;
alter table users alter id drop identity if exists;
comment on column users.nothing is 'x';`,
      finds: [
        { text: 'create table' },
        { text: 'create table' },
        { text: 'create table' },
        { text: 'create table' },
        { text: 'create table' },
        { text: 'create table' },
        { text: 'create sequence' },
        { text: 'alter n add generated always as identity' },
        { text: 'alter id drop identity' },
        { text: 'comment on' },
      ],
      trace: { fails: '42P16' },
    },
    {
      name: 'rows that are too long, out of range, twice, or in conflict with nothing',
      setup: 'create table users (id int primary key, code varchar(3), day date, tags text[]);',
      up: `insert into users (id, code) values (1, 'long');
insert into users (id) values (3000000000);
insert into users (id, day) values (1, '2025-02-30');
insert into users (id, tags) values (1, '[]');
insert into users (id) values (1), (1);
insert into users (id) values (1), (1) on conflict (id) do update set code = 'a';
insert into users (id, code) values (1, 'a') on conflict (code) do nothing;
insert into users (id) values (1), (1) on conflict do nothing;
insert into users (id, code, day, tags) values (1, 'a  ', '2024-02-29', '{}'), (2, 'abc', 'today', '[0:0]={x}') on conflict (id) do nothing;`,
      finds: [
        { text: 'insert into' },
        { text: 'insert into' },
        { text: 'insert into' },
        { text: 'insert into' },
        { text: 'insert into' },
        { text: 'insert into' },
        { text: 'on conflict' },
      ],
      trace: { fails: '22001' },
    },
    {
      name: 'what the server takes',
      setup:
        "create type mood as enum ('ok'); create table users (id bigint generated by default as identity, email text not null, mood mood default 'ok', doc jsonb, \"On\" boolean);",
      up: `alter table users add a boolean default 'yes', add b text default 5, add c jsonb default '[]', add d int[] default '{}', add e int default '7', add f uuid default '00000000-0000-0000-0000-000000000000';
insert into users (email, mood, doc, "On") values ('a', 'ok', '{"a": 1}', true), ('b', default, null, 'off');
insert into users values (5, 'c');`,
      finds: [],
    },
    {
      name: 'a trigger may fill the column',
      setup:
        "create table users (id bigint primary key, email text not null); create function fill() returns trigger language plpgsql as 'begin new.email := ''x''; return new; end'; create trigger t before insert on users for each row execute function fill();",
      up: 'insert into users (id) values (1);',
      finds: [],
    },
    {
      name: 'a routine without a body, or with one that its language does not take',
      up: 'create function f() returns int language plpgsql; create function g() returns int language plpgsql begin atomic select 1; end;',
      finds: [{ text: 'f' }, { text: 'g' }],
    },
    ...refusedExamples,
    ...refusedNameExamples,
    { name: 'without a catalog nothing is known', up: 'insert into users (id) values (1);', finds: [] },
  ],
  check: (context) =>
    refusals(context).map(({ range, sqlstate, reason }) => ({
      range,
      message: `The statement fails with ${sqlstate}: ${reason}`,
      evidence: { sqlstate },
    })),
});
