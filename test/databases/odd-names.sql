-- Names that need quoting, that look like each other, and that look like SQL.
create schema "Sales";
create schema sales;
create schema "select";
create schema "a.b";
create table sales.orders (id bigint primary key, total numeric(12, 2) not null default 0);
create table "Sales".orders (id bigint primary key, "Total" numeric(12, 2) not null default 0);
create table "select"."from" ("where" integer primary key, "Order By" text, "na""me" text default 'it''s', "üñï 名前 🐘" text);
create table "a.b"."c.d" ("e.f" integer primary key, constraint "a.b.c.d.e" check ("e.f" > 0));
create table "; drop table orders; --" ("""" integer, "'" text, "--" text, "/*" text, "$$" text, "$1" text);
create index "; index" on "; drop table orders; --" ("'", "--") include ("$$") where "/*" <> '; -- */';
create table public."user" (id integer generated always as identity primary key, "group" text, "Group" text);
create table "abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_123456789" (
  "abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_123456789" integer primary key
);
create view "select"."View" as select "where", "üñï 名前 🐘" as "Größe" from "select"."from";
create function "Sales"."f(x)"("an arg" integer, out "Out" text) language sql as $$ select "an arg"::text $$;
create type "select"."Enum" as enum ('', 'it''s', 'back\slash', 'comma, space', 'Ünï');
alter table "select"."from" add column "case" "select"."Enum" default 'it''s';
alter table "Sales".orders add constraint "to sales" foreign key (id) references sales.orders (id);
create trigger "Tri gger" before update on public."user" for each row execute function suppress_redundant_updates_trigger();
create sequence "select"."Se.quence" owned by "select"."from"."where";
comment on table "select"."from" is 'It''s a "comment" with \ and ; -- /* $$';
comment on column "select"."from"."üñï 名前 🐘" is E'two\nlines';
