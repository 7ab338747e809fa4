import type { RuleExample } from '../rule.ts';

/** Statements that are refused for options, settings, savepoints, queries of views, rows and objects beside tables. */
export const refusedExamples: readonly RuleExample[] = [
  {
    name: 'a table is not emptied without those that point at it',
    setup:
      'create table people (id int primary key, boss int references people); create table towns (id int primary key); create table homes (owner int references people, town int references towns) partition by range (town); create table homes_rest partition of homes default;',
    up: 'truncate people; truncate only towns, homes_rest; truncate homes, people, towns; truncate people cascade; truncate homes;',
    finds: [{ text: 'people' }, { text: 'towns' }],
  },
  {
    name: 'options that there are not for what they are given to',
    setup:
      'create table t (id int, name text); create index i on t (id); create table p (id int) partition by list (id);',
    up: `alter table t set (fill_factor = 80);
alter table t set (fillfactor = 5);
alter index i set (fastupdate = on);
alter table p set (fillfactor = 80);
create index concurrently j on t (name) with (pages_per_range = 4);
create table n (id int) with (security_barrier);
create view v with (fillfactor = 80) as select id from t;
alter table t alter id set storage external;
alter table t alter id set compression pglz;`,
    finds: [
      { text: 'set (fill_factor = 80)' },
      { text: 'set (fillfactor = 5)' },
      { text: 'alter index i set (fastupdate = on)' },
      { text: 'set (fillfactor = 80)' },
      { text: 'create index' },
      { text: 'create table' },
      { text: 'create view' },
      { text: 'alter id set storage external' },
      { text: 'alter id set compression pglz' },
    ],
    trace: { fails: '22023' },
  },
  {
    name: 'options that there are',
    setup: 'create table t (id int, name text, doc jsonb); create index i on t (id);',
    up: `alter table t set (fillfactor = 80, toast.autovacuum_enabled = off, autovacuum_vacuum_scale_factor = 0.1);
alter index i set (fillfactor = 90, deduplicate_items = off);
create index concurrently g on t using gin (doc) with (fastupdate = off);
create table n (id int) with (autovacuum_enabled = off, parallel_workers = 2);
create view v with (security_barrier = true) as select id from t;
alter table t alter name set storage external, alter id set storage plain;`,
    finds: [],
  },
  {
    name: 'settings that there are not, and values that they do not take',
    up: "set lock_timeouts = '2s'; set statement_timeout = 'a minute'; set work_mem = '64mb'; set lock_timeout = '1.5s'; set local \"app.tenant\" = 'x'; set time zone 'UTC'; reset all; set work_mem = '64MB'; set default_with_oids = false; set transaction isolation level serializable;",
    finds: [
      { text: "set lock_timeouts = '2s'" },
      { text: "set statement_timeout = 'a minute'" },
      { text: "set work_mem = '64mb'" },
    ],
  },
  {
    name: 'savepoints that are not there',
    up: 'savepoint a; begin; savepoint a; release a; rollback to a; rollback; begin; savepoint a; savepoint b; rollback to a; release a; commit;',
    finds: [{ text: 'savepoint a' }, { text: 'rollback to a' }],
  },
  {
    name: 'columns of views that cannot stand beside each other',
    setup: 'create table t (id int primary key, name text, n int); create table u (id int primary key, t_id int);',
    up: `create view a as select t.id, u.id from t join u on u.t_id = t.id;
create view b as select * from t, u;
create view c (x, y, z) as select id, name from t;
create view d as select name, n, count(*) from t group by name;
create view e as select id, max(n) from t;
create materialized view f as select n, n from t with no data;`,
    finds: [
      { text: 'create view' },
      { text: 'create view' },
      { text: 'create view' },
      { text: 'create view' },
      { text: 'create view' },
      { text: 'create materialized' },
    ],
    trace: { fails: '42701' },
  },
  {
    name: 'columns of views that can',
    setup: 'create table t (id int primary key, name text, n int); create table u (id int primary key, t_id int);',
    up: `create view a as select t.*, count(u.id) from t left join u on u.t_id = t.id group by t.id;
create view b as select lower(name) as name, sum(n) as n, max(n) from t group by 1;
create view c (x, y) as select id, id from t;
create view d as select n + 1 as m, count(*) over (partition by name), row_number() over (order by id) from t;
create view e as select name as label, count(*) filter (where n > 1), (select max(u.id) from u) as most from t group by label having max(n) > 3;
create view f as select n + 1 as more, count(*) from t group by n + 1;
create view g as select count(*) as n, min(id) from t;`,
    finds: [],
  },
  {
    name: 'procedures, publications and columns that are not there',
    setup:
      "create table t (id int primary key, name text); create table u (id int primary key); create function f() returns int language sql as 'select 1'; create procedure p(a int, b int default 1) language plpgsql as 'begin end'; create publication pub for table t;",
    up: `grant select (nothing) on t to public;
grant select on nothing to public;
grant usage on table t to public;
alter publication pub drop table u;
alter publication pub add table t;
alter publication none add table t;
create publication pub for table u;
drop publication none;
create publication other for table t (nothing);
create sequence s owned by t.nothing;
alter table t replica identity using index nothing;
alter table t cluster on nothing;
call f();
call p();
call nothing();
call p(1);`,
    finds: [
      { text: 'grant select (nothing) on t to public' },
      { text: 'grant select on nothing to public' },
      { text: 'grant usage on table t to public' },
      { text: 'alter publication pub drop table u' },
      { text: 'alter publication pub add table t' },
      { text: 'alter publication none add table t' },
      { text: 'create publication pub for table u' },
      { text: 'drop publication none' },
      { text: 'create publication other for table t (nothing)' },
      { text: 'create sequence' },
      { text: 'replica identity using index nothing' },
      { text: 'cluster on nothing' },
      { text: 'f' },
      { text: 'p' },
      { text: 'nothing' },
    ],
    trace: { fails: '42703' },
  },
  {
    name: 'constraints, keys of partitions and indexes of another kind',
    setup:
      'create table t (id int primary key, n int constraint c check (n > 0)); create table p (id int, n int) partition by list (id); create table p1 partition of p for values in (1); create index pi on only p (n); create index p1_i on p1 (id); create index p1_n on p1 (n); create schema s; create sequence s.q;',
    up: `alter table t validate constraint t_pkey;
alter table t alter constraint c deferrable;
alter index pi attach partition p1_i;
alter table p alter id type bigint;
alter table p drop column id;
alter sequence s.q owned by t.id;
alter table t validate constraint c;
alter index pi attach partition p1_n;`,
    finds: [
      { text: 'validate constraint t_pkey' },
      { text: 'alter constraint c deferrable' },
      { text: 'alter index pi attach partition p1_i' },
      { text: 'alter id type bigint' },
      { text: 'drop column id' },
      { text: 'alter sequence' },
    ],
    trace: { fails: '42809' },
  },
  {
    name: 'rows that a check refuses',
    setup:
      "create table t (id int primary key, n int check (n > 0), state text check (state in ('new', 'done')), check (n < 10 or state = 'done'));",
    up: "insert into t values (1, 0); insert into t values (2, 5, 'old'); insert into t values (3, 20, 'new'); insert into t values (4, 20, 'done'), (5, null, null), (6, 1 + 1, lower('NEW'));",
    finds: [{ text: 'insert into' }, { text: 'insert into' }, { text: 'insert into' }],
    trace: { fails: '23514' },
  },
  {
    name: 'operator classes for another type, or of nobody',
    setup: 'create table t (id int, name varchar(9), doc jsonb);',
    up: `create index concurrently a on t (id text_pattern_ops);
create index concurrently b on t using gin (doc jsonb_fast_ops);
create index concurrently c on t (name jsonb_path_ops);
create index concurrently d on t (name text_pattern_ops, id int4_ops);
create index concurrently e on t using gin (doc jsonb_path_ops);
create index concurrently f on t using brin (id int4_minmax_multi_ops);`,
    finds: [{ text: 'create index' }, { text: 'create index' }, { text: 'create index' }],
    trace: { fails: '42804' },
  },
  {
    name: 'a trigger that does not see new rows fills none',
    setup:
      "create table t (id bigint primary key, email text not null); create function f() returns trigger language plpgsql as 'begin return new; end'; create trigger u before update on t for each row execute function f();",
    up: 'insert into t (id) values (1);',
    finds: [{ text: 'insert into' }],
    trace: { fails: '23502' },
  },
  {
    name: 'what views and typed tables ask for',
    setup:
      'create type pair as (id int, name text); create table t (id int, name text); create table u (id int, n int); create view v as select id from t;',
    up: 'alter view v set (security = on); alter table u of pair; alter table t of pair; alter view v set (security_barrier = on);',
    finds: [{ text: 'alter view v set (security = on)' }, { text: 'of pair' }],
    trace: { fails: '22023' },
  },
];
