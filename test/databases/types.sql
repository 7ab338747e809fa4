-- Enums, domains, composites and ranges that build on one another, and the functions they need.
create schema kinds;
create type kinds.mood as enum ('sad', 'ok', 'happy');
alter type kinds.mood add value 'so-so' before 'ok';
create type kinds.pair as (left_side integer, right_side text collate "C", moods kinds.mood[]);
create type kinds.nothing as ();
create function kinds.is_even(value integer) returns boolean language sql immutable strict as 'select value % 2 = 0';
create domain kinds.even as integer default 2 constraint even_check check (kinds.is_even(value)) not null;
create domain kinds.small_even as kinds.even constraint small check (value < 100);
create domain kinds.words as text[] collate "C" check (array_length(value, 1) < 5);
alter domain kinds.words add constraint later check (value[1] <> '') not valid;
create type kinds.nested as (pair kinds.pair, evens kinds.even[]);
create function kinds.text_gap(text, text) returns double precision language sql immutable as 'select 0.0::float8';
create type kinds.text_range as range (subtype = text, collation = "C", subtype_diff = kinds.text_gap);
create type kinds.float_range as range (subtype = float8, subtype_diff = float8mi);
create table kinds.holder (
  id serial primary key,
  mood kinds.mood not null default 'ok'::kinds.mood,
  moods kinds.mood[] default array['ok', 'sad']::kinds.mood[],
  pair kinds.pair default row(1, 'x', null)::kinds.pair,
  nested kinds.nested,
  even kinds.small_even default 4,
  range kinds.text_range
);
create table kinds.of_rows (row_of kinds.holder, rows_of kinds.holder[]);
comment on type kinds.mood is 'how one feels';
comment on column kinds.pair.right_side is 'the other one';
comment on domain kinds.even is 'no odd ones';
