-- Column properties: types with modifiers, identity, generated, collation, storage, compression, statistics.
create table measurements (
  id integer generated always as identity (minvalue 5 maxvalue 500 start with 7 cycle) primary key,
  small smallserial,
  big bigserial not null,
  code character(5) collate "C" not null,
  label character varying(40) collate "POSIX" default 'x'::character varying,
  price numeric(10, 3) default 1.5,
  tags text[] not null default '{}'::text[],
  matrix integer[][],
  at timestamp(3) with time zone default now(),
  day date default current_date,
  span interval day to second(2),
  flags bit(4) default b'0101',
  body jsonb default '{"a": 1}',
  doubled numeric generated always as (price * 2) stored,
  lower_code text generated always as (lower(code)) stored,
  "char" "char" default 'a',
  ref regclass default 'pg_class'::regclass,
  moment timestamptz default '2020-01-01 00:00:00+02',
  note text
);
alter table measurements alter column note set storage external;
alter table measurements alter column body set storage main;
alter table measurements alter column label set statistics 500;
alter table measurements alter column code set (n_distinct = -0.5);
alter table measurements set (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_vacuum_threshold = 100);
create unlogged table scratch (id integer, payload bytea default '\x00ff');
alter table scratch replica identity full;
create index measurements_expr on measurements (lower(label) collate "C" text_pattern_ops desc nulls last, (price + 1)) with (fillfactor = 60);
create index measurements_gin on measurements using gin (tags) with (fastupdate = off);
create index measurements_brin on measurements using brin (at) with (pages_per_range = 32);
create index measurements_hash on measurements using hash (code);
alter table measurements cluster on measurements_pkey;
create statistics measurements_stats (dependencies, ndistinct) on code, price from measurements;
create table empty ();
create table dropped (a integer, b integer, c integer);
alter table dropped drop column b;
