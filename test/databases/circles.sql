-- Objects that need each other, many through parsed bodies (PostgreSQL 14): none can be made before all the others.
create table base (id integer primary key, "Größe" text collate "C");
create view round as select id, "Größe" from base;
create function from_round() returns setof round language sql stable begin atomic select * from round; end;
create or replace view round with (security_barrier = true) as select id, "Größe" from from_round();
create view counts as select count(*) as n from round;
create rule counts_insert as on insert to counts do instead nothing;
comment on view round is 'and round';
comment on column round.id is 'the same';
create function fact(n integer) returns integer language sql immutable begin atomic select n; end;
create or replace function fact(n integer) returns integer language sql immutable
  begin atomic select case when n < 1 then 1 else n * fact(n - 1) end; end;
create function even(n integer) returns boolean language sql immutable return true;
create function odd(n integer) returns boolean language sql immutable
  return case when n = 0 then false else even(n - 1) end;
create or replace function even(n integer) returns boolean language sql immutable
  return case when n = 0 then true else odd(n - 1) end;
create function grown(integer) returns integer language sql immutable begin atomic select $1; end;
create table growing (id integer);
alter table growing add column twice integer generated always as (grown(id)) stored;
create or replace function grown(integer) returns integer language sql immutable
  begin atomic select $1 + coalesce((select max(id) from growing), 0); end;
alter table base add column seen round;
create function name_of(base) returns text language sql immutable as $$ select 'x' $$;
alter table base add column name text default name_of(null::base), add constraint named check (name_of(base) <> '');
create domain positive as integer;
create function is_positive(positive) returns boolean language sql immutable begin atomic select $1 > 0; end;
alter domain positive add constraint positive_check check (is_positive(value));
create function positive_or(positive, positive default 1) returns positive language sql return coalesce($1, $2);
create materialized view kept as select * from round where is_positive(id::positive) with no data;
create view over_kept as select * from kept;
create index kept_idx on kept (grown(id));
create function by_row(base, base) returns boolean language sql immutable as 'select ($1).id < ($2).id';
create function by_row_cmp(base, base) returns integer language sql immutable as 'select ($1).id - ($2).id';
create operator <^ (function = by_row, leftarg = base, rightarg = base);
create operator class base_ops for type base using btree as operator 1 <^, function 1 by_row_cmp(base, base);
create table ordered (b base, constraint apart exclude using gist (int4range((b).id, (b).id, '[]') with &&));
create index ordered_idx on ordered (b base_ops);
