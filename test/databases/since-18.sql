-- What PostgreSQL 18 brought.
create extension if not exists btree_gist;
create table prices (
  item integer,
  valid daterange,
  amount numeric not null,
  tax numeric generated always as (amount * 0.2) virtual,
  primary key (item, valid without overlaps)
);
create table orders (
  item integer,
  during daterange,
  constraint orders_price foreign key (item, period during) references prices (item, period valid)
);
create table named (
  a integer constraint a_must_be_there not null,
  b integer,
  c integer constraint c_only_here not null no inherit
);
alter table named add constraint b_later not null b not valid;
alter table named add constraint a_positive check (a > 0) not enforced;
create table named_too (a integer check (a > 0));
create table renamed (x integer not null);
alter table renamed rename to has_new_name;
create publication generated for table prices with (publish_generated_columns = stored);
create collation built_in (provider = builtin, locale = 'C.UTF-8');
create collation ruled (provider = icu, locale = 'de', rules = '&a < g, ''x'' << y');
create domain must as integer constraint "must be" not null default 1;
comment on constraint "must be" on domain must is 'always there';
alter default privileges grant select on large objects to public;
create table bookings (room integer, during tsrange,
  constraint "no two" exclude using gist (room with =, during with &&) with (fillfactor = 70)) partition by list (room);
create table bookings_one partition of bookings for values in (1);
create table bookings_rest partition of bookings default partition by list (room);
create table bookings_rest_2 partition of bookings_rest for values in (2);
create table above (a integer, b integer, c integer);
create table below () inherits (above);
create table beside (c integer, own integer) inherits (above);
create table lowest (x integer) inherits (below);
alter table above add constraint a_later not null a not valid, add constraint c_later not null c not valid;
alter table below add constraint "b only here" not null b not valid;
alter table beside alter column c set not null;
create table made_later () inherits (above);
create table made_later_too (a integer not null) inherits (above);
create table parted (a integer, b integer) partition by list (a);
create table parted_1 partition of parted for values in (1);
create table parted_2 (b integer, a integer not null);
alter table parted attach partition parted_2 for values in (2);
create table parted_3 (b integer, a integer, constraint "b is there" not null b);
alter table parted attach partition parted_3 for values in (3);
alter table parted add constraint "b is there" not null b not valid, add constraint "a is there" not null a;
create table said (a integer not null, b integer constraint b_said not null);
create table said_below () inherits (said);
comment on constraint said_a_not_null on said is 'the server named it';
comment on constraint said_a_not_null on said_below is 'and its parent gave it';
