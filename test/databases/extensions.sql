-- Extensions in schemas of their own and in public, and what people build on them and change in them.
do $$ begin
  if not exists (select from pg_roles where rolname = 'lockstep_app') then create role lockstep_app; end if;
end $$;
create schema "Ext s";
create extension hstore with schema "Ext s";
create extension citext;
create extension pg_trgm;
create extension btree_gist with schema "Ext s";
create extension ltree with schema "Ext s";
create extension cube;
create extension earthdistance;
create extension pg_stat_statements with schema "Ext s";
create schema app;
create domain app.email as citext check (value ~ '@');
create type app.tagged as (name citext, tags "Ext s".hstore);
create table app.people (
  id integer primary key,
  email app.email not null unique,
  tags "Ext s".hstore default '',
  path "Ext s".ltree,
  at cube default '(1,2)',
  during tsrange,
  one app.tagged,
  many citext[] default array['a'::citext],
  exclude using gist (id "Ext s".gist_int4_ops with =, during with &&)
);
create index on app.people using gin (tags "Ext s".gin_hstore_ops);
create index on app.people using gin (lower(email::text) gin_trgm_ops);
create index on app.people using gist (path "Ext s".gist_ltree_ops) where tags operator("Ext s".?) 'x';
create function app.tag(app.people, text) returns text language sql stable as $$ select ($1).tags operator("Ext s".->) $2 $$;
create view app.found as select p.id, p.tags operator("Ext s".->) 'name' as name, similarity(p.email::text, 'x') as how
  from app.people p where p.email = 'A@b' and "Ext s".akeys(p.tags) is not null;
create view app.statements as select queryid, query from "Ext s".pg_stat_statements;
create function app.merge("Ext s".hstore, "Ext s".hstore) returns "Ext s".hstore language sql immutable
  as $$ select $1 operator("Ext s".||) $2 $$;
create aggregate app.merged("Ext s".hstore) (sfunc = app.merge, stype = "Ext s".hstore, initcond = '');
create cast (citext as app.tagged) with inout;
create operator app.=== (function = citext_eq, leftarg = citext, rightarg = citext, commutator = operator(app.===));
comment on extension hstore is 'pairs of our own';
comment on extension citext is null;
grant select on "Ext s".pg_stat_statements to lockstep_app;
revoke all on function "Ext s".akeys("Ext s".hstore) from public;
grant usage on type "Ext s".hstore to lockstep_app with grant option;
grant usage on schema "Ext s" to lockstep_app;
