-- Indexes and keys of every shape: what is written from the catalog columns and what only the server can say.
create schema "Odd ""Schema";
create type "Odd ""Schema".mood as enum ('sad', 'ok');
create domain "Odd ""Schema".email as text check (value like '%@%');
create type "Odd ""Schema".pair as (a integer, b integer);
create table "Odd ""Schema"."select" (
  "user" integer, "Ünï" text, plain varchar(20) collate "C", mood "Odd ""Schema".mood, mail "Odd ""Schema".email,
  pair "Odd ""Schema".pair, span int4range, tags text[], numbers integer[], place point, doc jsonb, words tsvector,
  network inet, letters char(3), label name, flag boolean, at timestamptz, json_scalar integer, merge_action integer, "values" integer
);
create index on "Odd ""Schema"."select" ("user");
create index on "Odd ""Schema"."select" ("user" desc, "Ünï" nulls first, plain desc nulls last);
create index on "Odd ""Schema"."select" ("Ünï" collate "C", plain, plain collate "POSIX");
create index on "Odd ""Schema"."select" ("Ünï" text_pattern_ops, plain varchar_pattern_ops);
create index on "Odd ""Schema"."select" (plain varchar_ops, plain text_ops, "Ünï" varchar_ops);
create index on "Odd ""Schema"."select" (mood, mail, pair);
create index on "Odd ""Schema"."select" (letters, label, letters bpchar_pattern_ops);
create index on "Odd ""Schema"."select" using hash (span);
create index on "Odd ""Schema"."select" using hash (mood);
create index on "Odd ""Schema"."select" using gist (span);
create index on "Odd ""Schema"."select" using gist (network inet_ops);
create index on "Odd ""Schema"."select" using gist (place);
create index on "Odd ""Schema"."select" using spgist (place kd_point_ops);
create index on "Odd ""Schema"."select" using spgist (place);
create index on "Odd ""Schema"."select" using gin (tags, numbers);
create index on "Odd ""Schema"."select" using gin (doc jsonb_path_ops);
create index on "Odd ""Schema"."select" using gin (doc) with (fastupdate = off);
create index on "Odd ""Schema"."select" using brin (at, "user");
create index on "Odd ""Schema"."select" (numbers, tags);
create index on "Odd ""Schema"."select" (span, flag, at);
create index on "Odd ""Schema"."select" ("user") where flag;
create index on "Odd ""Schema"."select" ("user") where not flag and plain <> 'CASE';
create index on "Odd ""Schema"."select" ("user") where (case when flag then "user" > 1 else "user" < 0 end);
create index on "Odd ""Schema"."select" ("user") include ("Ünï", plain) where "user" is not null;
create unique index on "Odd ""Schema"."select" ("user", lower("Ünï"), (plain || 'x')) where "Ünï" ~ '^a';
create index on "Odd ""Schema"."select" (json_scalar, merge_action, "values");
create index "Odd index" on "Odd ""Schema"."select" (at) with (fillfactor = 70);
create table parted (id integer not null, day date not null, note text, primary key (id, day)) partition by range (day);
create index on parted (note) where note is not null;
create table parted_1 partition of parted for values from ('2024-01-01') to ('2025-01-01');
create index on only parted (day desc);
create table target (a integer, b integer, "C d" text, primary key (a, b), unique ("C d") , unique (b, "C d") deferrable initially deferred);
alter table target add constraint inc unique (a) include (b);
create table source (a integer, b integer, "C d" text,
  foreign key (a, b) references target match full on update cascade on delete set null deferrable initially deferred,
  foreign key ("C d") references target ("C d") on delete restrict on update set default);
alter table source add constraint later foreign key (a, b) references target not valid;
create table parted_target (id integer primary key) partition by hash (id);
create table parted_target_0 partition of parted_target for values with (modulus 2, remainder 0);
create table parted_target_1 partition of parted_target for values with (modulus 2, remainder 1);
create table to_parted (id integer references parted_target);
create table parted_source (id integer references parted_target on delete cascade) partition by list (id);
create table parted_source_1 partition of parted_source for values in (1);
create materialized view kept as select "user", plain from "Odd ""Schema"."select";
create unique index on kept ("user", plain);
create index on kept (upper(plain));
create table generated (a integer, b integer generated always as (a * 2) stored, c text default 'x'::text || 'y', d timestamptz default now() + interval '1 day');
create index on generated (b);
alter index kept_upper_idx alter column 1 set statistics 500;
-- Tables alike: their expressions differ in what no expression itself says, the names of tables, indexes and columns.
create table twin_a (id integer, name text, mail text, price numeric, day date,
  gross numeric generated always as (price * 2) stored, check (price >= 0), check (name <> mail), check (tableoid <> 0));
create table twin_b (id integer, name text, mail text, price numeric, day date,
  gross numeric generated always as (price * 2) stored,
  check (price >= 0), check (name <> mail) no inherit, check (tableoid <> 0), check (twin_b is not null));
create table "Twin ""c"" USING" (id integer, "Name" text, mail text, "price" numeric, "Day" date,
  gross numeric generated always as (price * 2) stored,
  check (price >= 0), check ("Name" <> mail), check ("Twin ""c"" USING" is not null));
create schema twins;
create table twins.twin_a (id integer, name varchar(20), mail text collate "C", price numeric, day date,
  gross numeric generated always as (price * 2) stored, check (price > 0));
alter table twins.twin_a add check (price >= 0) not valid, add check (name <> mail collate "C");
alter table twins.twin_a add constraint again check (price >= 0);
create domain twins.short as text check (length(value) < 9);
create domain twins.small as text check (length(value) < 9);
create index on twin_a (id, lower(name));
create index on twin_b (id, lower(name));
create unique index on twin_b (id desc, lower(name) desc nulls last);
create index on twin_b (lower(name), id);
create index on "Twin ""c"" USING" (id, lower("Name"));
create index on twins.twin_a (id, lower(name));
create index on twin_a (id, lower(name) text_pattern_ops);
create index on twin_b (id, lower(name) text_pattern_ops);
create index on twin_b (id, lower(name) collate "C");
create index on twin_a (lower(name collate "C"));
create index on twin_b (lower(name collate "C")) with (fillfactor = 70);
create index on twin_a (lower(name)) include (id) where price > 10;
create index on twin_b (lower(name)) include (id) where price > 10;
create index on twin_b (lower(name)) include (id) where price > 11;
create index on "Twin ""c"" USING" (lower("Name")) include (id) where price > 10;
create index on twin_a (id) where name is null and (case when day is null then price > 1 else price > 2 end);
create index on "Twin ""c"" USING" (id) where "Name" is null and (case when "Day" is null then price > 1 else price > 2 end);
create index on twin_a (id) where name is null;
create index on twin_b (id) where name is null;
create index on "Twin ""c"" USING" (id) where "Name" is null;
create index on twin_a using hash ((name || mail));
create index on twin_b using hash ((name || mail));
create index on twin_b ((twin_b is null));
create index on "Twin ""c"" USING" (("Twin ""c"" USING" is null));
create index on twin_a using gist (box(point(id, id), point(id, id)));
create index on twin_b using gist (box(point(id, id), point(id, id)));
alter table twin_a add constraint apart exclude using gist (box(point(id, id), point(id, id)) with &&);
alter table twin_b add constraint apart_b exclude using gist (box(point(id, id), point(id, id)) with &&);
