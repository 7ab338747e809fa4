import type { RuleExample } from '../rule.ts';

/** Statements that are refused for what a name stands for, and for values that can never be of their column's type. */
export const refusedNameExamples: readonly RuleExample[] = [
  {
    name: 'an object of another kind',
    setup:
      "create table t (id int); create view v as select id from t; create materialized view m as select id from t; create type mood as enum ('ok'); create domain positive as int check (value > 0);",
    up: `comment on view m is 'a';
create index on v (id);
refresh materialized view v;
delete from m;
truncate v;
lock table m;
alter type positive add value 'a';
alter domain mood set not null;
drop domain mood;
create table n of positive;
alter view m alter column id set default 1;
alter type positive add attribute a int;
drop table v;
drop materialized view v;
drop view m;`,
    finds: [
      { text: 'm' },
      { text: 'v' },
      { text: 'v' },
      { text: 'm' },
      { text: 'v' },
      { text: 'm' },
      { text: 'positive' },
      { text: 'mood' },
      { text: 'mood' },
      { text: 'positive' },
      { text: 'm' },
      { text: 'positive' },
      { text: 'v' },
      { text: 'v' },
      { text: 'm' },
    ],
    trace: { fails: '42809' },
  },
  {
    name: 'objects of the kind that is wanted',
    setup:
      "create table t (id int); create view v as select id from t; create materialized view m as select id from t; create type mood as enum ('ok'); create domain positive as int check (value > 0); create type pair as (a int); create sequence s;",
    up: `comment on view v is 'a';
comment on type positive is 'a';
comment on sequence s is 'a';
create unique index on m (id);
refresh materialized view m;
alter table v rename to w;
alter view w alter column id set default 1;
alter table m rename to n;
alter type mood add value if not exists 'ok';
alter domain positive set default 1;
alter type pair add attribute b int;
create table typed of pair;
update w set id = 1 where id = 2;
drop type positive;`,
    finds: [],
  },
  {
    name: 'parts that a table has not got',
    setup:
      'create table t (id int constraint t_id_present check (id > 0)); create index i on t (id); create rule r as on delete to t do also select 1; create policy p on t using (true);',
    up: `alter table t disable trigger gone;
alter table t disable rule gone;
alter table t alter constraint gone deferrable;
alter trigger gone on t rename to other;
alter policy gone on t rename to other;
comment on constraint gone on t is 'a';
comment on trigger gone on t is 'a';
drop rule gone on t;
cluster t using gone;
alter table t alter column gone set (n_distinct = 5);`,
    finds: Array.from({ length: 10 }, () => ({ text: 'gone' })),
    trace: { fails: '42704' },
  },
  {
    name: 'parts that a table has',
    setup:
      'create table t (id int constraint t_id_present check (id > 0)); create index i on t (id); create rule r as on delete to t do also select 1; create policy p on t using (true); create function f() returns trigger language plpgsql as $$begin return new; end$$; create trigger g before insert on t for each row execute function f();',
    up: `alter table t disable trigger g;
alter table t disable trigger user;
alter table t disable rule r;
alter trigger g on t rename to h;
comment on trigger h on t is 'a';
alter policy p on t rename to q;
comment on policy q on t is 'a';
comment on constraint t_id_present on t is 'a';
cluster t using i;
alter table t alter column id set (n_distinct = 5);
create rule s as on update to t do also select 1;
comment on rule s on t is 'a';
drop rule s on t;`,
    finds: [],
  },
  {
    name: 'values of a type that the column never takes',
    setup:
      "create type mood as enum ('ok'); create domain amount as int; create table t (id int, name text, at timestamptz, day date, mood mood, tags text[], key uuid, extra jsonb, spent amount); create table o (number int, label text);",
    up: `alter table t alter column id set default now();
alter table t add column until date default gen_random_uuid();
alter table t alter column spent set default current_date;
update t set id = at;
update t set key = name, mood = name;
update t set tags = name;
update t set id = o.label from o where o.number = t.id;
insert into t (id, day) select label, number from o;
insert into t (key) values (now());
alter table t alter column id type boolean using name;`,
    finds: [
      { text: 'alter column id set default now()' },
      { text: 'add column until date default gen_random_uuid()' },
      { text: 'alter column spent set default current_date' },
      { text: 'id' },
      { text: 'key' },
      { text: 'mood' },
      { text: 'tags' },
      { text: 'id' },
      { text: 'id' },
      { text: 'day' },
      { text: 'insert into' },
      { text: 'alter column id type boolean using name' },
    ],
    trace: { fails: '42804' },
  },
  {
    name: 'values that the server turns into the type of the column',
    setup:
      "create type mood as enum ('ok'); create domain amount as int; create table t (id int, name text, at timestamptz, day date, mood mood, tags text[], key uuid, extra jsonb, spent amount); create table o (number bigint, label varchar(9), born timestamp);",
    up: `alter table t alter column name set default now();
alter table t alter column day set default now();
alter table t alter column spent set default length('a');
update t set name = id, at = day, day = at, id = spent, mood = 'ok', tags = array[name];
update t set name = o.born, day = o.born, id = o.number from o where o.number = t.id;
insert into t (id, name, mood, key) select number, number, 'ok', gen_random_uuid() from o;
alter table t alter column name type varchar(40) using id;`,
    finds: [],
  },
  {
    name: 'definitions that the schema cannot have',
    setup:
      'create table t (id int, name text, number int generated always as identity); create table o (id int); create table l (id int); create table p (id int) partition by range (id);',
    up: `alter table t add constraint x exclude using gist (id with =);
create index on t (id collate "C");
create index on t (lower(id));
create table n (a int) partition by range (b);
create table n () inherits (p);
create table n () inherits (l, l);
create table n (id text) inherits (l);
alter table t no inherit l;
alter table t alter column id set default (select 1);
alter sequence t_number_seq owned by o.id;
alter table t set schema nowhere;`,
    finds: [
      { text: 'add constraint x exclude using gist (id with =)' },
      { text: 'create index' },
      { text: 'create index' },
      { text: 'create table' },
      { text: 'create table' },
      { text: 'create table' },
      { text: 'create table' },
      { text: 'no inherit l' },
      { text: 'alter column id set default (select 1)' },
      { text: 'alter sequence' },
      { text: 'alter table' },
    ],
    trace: { fails: '42704' },
  },
  {
    name: 'definitions beside them that the schema can have',
    setup:
      'create schema there; create table t (id int, name text, span int4range, number int generated always as identity); create table l (id int, name text); create sequence s;',
    up: `alter table t add constraint x exclude using gist (span with &&);
create index on t (name collate "C");
create index on t (lower(name));
alter table t set schema there;
create table n (a int) partition by range (a);
create table m (name text, more text) inherits (l);
alter table m no inherit l;
alter table l add column if not exists id bigint;
alter sequence s owned by l.id;`,
    finds: [],
  },
];
