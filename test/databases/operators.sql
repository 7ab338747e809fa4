-- Operators with their classes and families: on types of people's own, backwards, loose, for GIN, in indexes and keys.
create schema "Op s";
create type "Op s"."Complex" as (r float8, i float8);
create function "Op s".abs_of("Op s"."Complex") returns float8 language sql immutable as 'select sqrt(($1).r*($1).r + ($1).i*($1).i)';
create function "Op s".lt("Op s"."Complex","Op s"."Complex") returns boolean language sql immutable as 'select "Op s".abs_of($1) < "Op s".abs_of($2)';
create function "Op s".le("Op s"."Complex","Op s"."Complex") returns boolean language sql immutable as 'select "Op s".abs_of($1) <= "Op s".abs_of($2)';
create function "Op s".eq("Op s"."Complex","Op s"."Complex") returns boolean language sql immutable as 'select "Op s".abs_of($1) = "Op s".abs_of($2)';
create function "Op s".ge("Op s"."Complex","Op s"."Complex") returns boolean language sql immutable as 'select "Op s".abs_of($1) >= "Op s".abs_of($2)';
create function "Op s".gt("Op s"."Complex","Op s"."Complex") returns boolean language sql immutable as 'select "Op s".abs_of($1) > "Op s".abs_of($2)';
create function "Op s".cmp("Op s"."Complex","Op s"."Complex") returns integer language sql immutable as 'select sign("Op s".abs_of($1) - "Op s".abs_of($2))::integer';
create operator "Op s".<# (leftarg="Op s"."Complex", rightarg="Op s"."Complex", function="Op s".lt, commutator = operator("Op s".>#), negator = operator("Op s".>=#), restrict = scalarltsel, join = scalarltjoinsel);
create operator "Op s".<=# (leftarg="Op s"."Complex", rightarg="Op s"."Complex", function="Op s".le, commutator = operator("Op s".>=#));
create operator "Op s".=# (leftarg="Op s"."Complex", rightarg="Op s"."Complex", function="Op s".eq, commutator = operator("Op s".=#), restrict = eqsel, join = eqjoinsel, merges);
create operator "Op s".>=# (leftarg="Op s"."Complex", rightarg="Op s"."Complex", function="Op s".ge, commutator = operator("Op s".<=#), negator = operator("Op s".<#));
create operator "Op s".># (leftarg="Op s"."Complex", rightarg="Op s"."Complex", function="Op s".gt, commutator = operator("Op s".<#));
create operator class "Op s"."Complex ops" default for type "Op s"."Complex" using btree as
  operator 1 "Op s".<#, operator 2 "Op s".<=#, operator 3 "Op s".=#, operator 4 "Op s".>=#, operator 5 "Op s".>#,
  function 1 "Op s".cmp("Op s"."Complex","Op s"."Complex");
create operator class "Op s".text_backwards for type text using btree as
  operator 1 >, operator 2 >=, operator 3 =, operator 4 <=, operator 5 <, function 1 bttextcmp(text, text);
create operator family "Op s".loose using btree;
create function "Op s".cmp_mixed(integer, "Op s"."Complex") returns integer language sql immutable as 'select 0';
alter operator family "Op s".loose using btree add function 1 (integer, bigint) btint48cmp(integer, bigint), operator 1 < (integer, bigint);
create operator class "Op s".arr for type integer[] using gin as operator 1 && (anyarray, anyarray), function 1 btint4cmp(int4,int4), function 2 ginarrayextract(anyarray, internal, internal), function 3 ginqueryarrayextract(anyarray, internal, smallint, internal, internal, internal, internal), function 4 ginarrayconsistent(internal, smallint, anyarray, integer, internal, internal, internal, internal), storage integer;
create table "Op s".t (c "Op s"."Complex", n text, xs integer[]);
create index on "Op s".t (c);
create index on "Op s".t (n "Op s".text_backwards);
create index on "Op s".t using gin (xs "Op s".arr);
create table "Op s".excl (c "Op s"."Complex", exclude using btree (c with operator("Op s".=#)));
comment on operator "Op s".<# ("Op s"."Complex","Op s"."Complex") is 'less';
comment on operator class "Op s"."Complex ops" using btree is 'cls';
comment on operator family "Op s".loose using btree is 'fam';
do $$ begin
  if not exists (select from pg_roles where rolname = 'Lockstep "Owner"') then create role "Lockstep ""Owner"""; end if;
end $$;
alter operator class "Op s".text_backwards using btree owner to "Lockstep ""Owner""";
alter operator family "Op s".loose using btree owner to "Lockstep ""Owner""";
alter operator "Op s".<# ("Op s"."Complex","Op s"."Complex") owner to "Lockstep ""Owner""";
