-- What statements of their own say of relations beside what makes them.
create extension citext;
create type row_type as (id integer, name text);
create table typed of row_type (primary key (id), name with options default 'x');
create table typed2 of row_type;
create table idx (a integer, b text);
create index idx_expr on idx ((a + 1), lower(b));
alter index idx_expr alter column 2 set statistics 500;
create materialized view mv as select a, b from idx;
alter materialized view mv alter column b set storage external;
alter materialized view mv alter column a set statistics 33;
alter materialized view mv alter column a set (n_distinct = 5);
create function uses_citext() returns integer language sql as 'select 1';
alter function uses_citext() depends on extension citext;
alter index idx_expr depends on extension citext;
alter materialized view mv depends on extension citext;
create trigger "T g" before update on idx for each row execute function suppress_redundant_updates_trigger();
alter trigger "T g" on idx depends on extension citext;
create table vac (a integer) with (autovacuum_enabled = off, toast.autovacuum_enabled = off, parallel_workers = 3);
create view chk as select * from idx where a > 0 with local check option;

create table unsorted (a text) with (fillfactor = 80, autovacuum_enabled = off, toast.autovacuum_enabled = off);
