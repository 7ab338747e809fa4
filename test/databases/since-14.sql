-- What PostgreSQL 14 and 13 brought: multiranges, parsed bodies, statistics on expressions, members beside a class.
create schema many;
create type float_range as range (subtype = float8, subtype_diff = float8mi, multirange_type_name = "Many Floats");
create type span as range (subtype = float8);
create type elsewhere as range (subtype = text, collation = "C", multirange_type_name = many.elsewhere_many);
create type "a range of ranges" as range (subtype = numeric);
create function first_of("Many Floats") returns float_range language sql immutable return null::float_range;
create table spans (m "Many Floats", o many.elsewhere_many[], s span_multirange default '{}', r nummultirange);
create index on spans using gist (m, s);
create table measured (a text, b integer);
create statistics on_expressions on (lower(a)), (b + 1), b from measured;
alter statistics on_expressions set statistics 77;
create publication by_root for table measured with (publish_via_partition_root = true);
create schema "Op s";
create type "Op s".v as (x integer);
create function "Op s".v_lt("Op s".v, integer) returns boolean language sql immutable as 'select ($1).x < $2';
create function "Op s".v_cmp("Op s".v, integer) returns integer language sql immutable as 'select ($1).x - $2';
create function "Op s".vv_lt("Op s".v, "Op s".v) returns boolean language sql immutable as 'select ($1).x < ($2).x';
create function "Op s".vv_cmp("Op s".v, "Op s".v) returns integer language sql immutable as 'select ($1).x - ($2).x';
create operator "Op s".< (function = "Op s".v_lt, leftarg = "Op s".v, rightarg = integer);
create operator "Op s".< (function = "Op s".vv_lt, leftarg = "Op s".v, rightarg = "Op s".v);
create operator class "Op s".v_ops for type "Op s".v using btree as operator 1 "Op s".<, operator 1 "Op s".< ("Op s".v, integer),
  function 1 "Op s".vv_cmp("Op s".v, "Op s".v), function 1 ("Op s".v, integer) "Op s".v_cmp("Op s".v, integer);
create table ways (a integer, b integer);
create view walks as with recursive w(a, b) as (select a, b from ways union all select ways.a, ways.b from ways join w on ways.a = w.b)
  search depth first by a set place cycle a set again to 'yes' default 'it''s not' using so_far select a, b, again from w order by place;
