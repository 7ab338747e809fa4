create type public.color as enum ('red', 'green', 'blue');
create type public.address as (street text, city text);
create table public.foobar (id int not null, foo varchar(255) default '' not null, bar timestamptz default current_timestamp not null, fizz json, hue color, shade color, home address, constraint foobar_pkey primary key (id));
create unique index foobar_foo_bar on public.foobar (foo, bar);
create index foobar_fizz on public.foobar ((fizz ->> 'a'));
create table public.fizzbuzz (id serial primary key, a int, b int, foobar_id int references public.foobar (id), constraint fizzbuzz_a_check check (a > 0));
create sequence public.loose;
create sequence public.numbering owned by public.fizzbuzz.b;
create function public.plus(a integer, b integer) returns integer language sql immutable as $$ select a + b $$;
create function public.caller(i integer) returns integer language plpgsql as $$ begin return public.plus(i, 1); end $$;
create table public.counted (id serial primary key, what text);
create view public.fizzview as select id, a, b from public.fizzbuzz;
create materialized view public.fizzmat as select id, a from public.fizzbuzz;
create index fizzmat_a on public.fizzmat (a);
create extension if not exists plpgsql;
create table public.empty_like (like public.foobar including all);

-- unsafe: index column removed with its index
-- because: the index that queries use goes with the column.
ALTER TABLE "public"."foobar" DROP COLUMN "bar";

-- unsafe: index replaced by another
-- because: no index serves while the new one is built.
DROP INDEX CONCURRENTLY public.foobar_foo_bar;
CREATE UNIQUE INDEX CONCURRENTLY foobar_foo_bar ON public.foobar (foo, bar, id);

-- unsafe: unique index replaced by a wider one
-- because: what the old one kept unique is not any more.
CREATE UNIQUE INDEX CONCURRENTLY foobar_foo_bar_id ON public.foobar USING btree (foo, bar, id);
DROP INDEX CONCURRENTLY public.foobar_foo_bar;

-- safe: index swapped by renaming
-- because: the old index serves until the new one stands.
ALTER INDEX public.foobar_fizz RENAME TO foobar_fizz_old;
CREATE INDEX CONCURRENTLY foobar_fizz ON public.foobar ((fizz ->> 'a'), id);
DROP INDEX CONCURRENTLY public.foobar_fizz_old;

-- unsafe: column type by cast
-- because: every row is written again.
ALTER TABLE "public"."foobar" ALTER COLUMN "fizz" SET DATA TYPE jsonb using "fizz"::jsonb;

-- unsafe: column type of a timestamp to text
-- because: every row is written again.
ALTER TABLE public.foobar ALTER COLUMN bar DROP DEFAULT, ALTER COLUMN bar TYPE text;

-- unsafe: default dropped from a required column
-- because: old inserts leave it out and fail.
ALTER TABLE public.foobar ALTER COLUMN bar DROP DEFAULT;

-- safe: default dropped from a nullable column
-- because: it has none, nothing changes.
ALTER TABLE public.fizzbuzz ALTER COLUMN a DROP DEFAULT;

-- unsafe: sequence dropped that a column needs
-- because: PostgreSQL refuses it.
-- fails: 2BP01
DROP SEQUENCE public.fizzbuzz_id_seq;

-- unsafe: sequence dropped with the default that takes from it
-- because: inserts have no key any more.
DROP SEQUENCE public.fizzbuzz_id_seq CASCADE;

-- safe: sequence made and owned
-- because: only the catalog changes.
CREATE SEQUENCE public.fizz_nr AS bigint;
ALTER SEQUENCE public.fizz_nr OWNED BY public.fizzbuzz.a;

-- unsafe: serial to bigint, sequence stays small
-- because: the table is written again, and numbers end where they did.
ALTER TABLE public.counted ALTER COLUMN id TYPE bigint;

-- safe: sequence widened
-- because: only the sequence changes.
ALTER SEQUENCE public.fizzbuzz_id_seq AS bigint;

-- unsafe: sequence restarted
-- because: the next keys collide with those that are there.
ALTER SEQUENCE public.fizzbuzz_id_seq RESTART WITH 1;

-- unsafe: table dropped, references with it
-- because: rows and the foreign key of another table are lost.
DROP TABLE public.foobar CASCADE;

-- unsafe: table dropped that another references
-- because: PostgreSQL refuses it.
-- fails: 2BP01
DROP TABLE public.foobar;

-- unsafe: extension dropped
-- because: functions in that language go or it is refused.
-- fails: 2BP01
DROP EXTENSION plpgsql;

-- unsafe: function dropped that code calls
-- because: another function calls it by name.
DROP FUNCTION public.plus(integer, integer);

-- unsafe: function with another return type
-- because: PostgreSQL refuses it.
-- fails: 42P13
CREATE OR REPLACE FUNCTION public.plus(a integer, b integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ select a::bigint + b $$;

-- unsafe: function with another argument name
-- because: PostgreSQL refuses it.
-- fails: 42P13
CREATE OR REPLACE FUNCTION public.plus(x integer, y integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ select x + y $$;

-- safe: function with a new body
-- because: the callers find what they had.
CREATE OR REPLACE FUNCTION public.plus(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ select b + a $$;

-- safe: function added
-- because: nobody calls it yet.
CREATE FUNCTION public.minus(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN a - b;

-- unsafe: materialized view dropped
-- because: its readers find nothing.
DROP MATERIALIZED VIEW public.fizzmat;

-- unsafe: view dropped
-- because: its readers find nothing.
DROP VIEW public.fizzview;

-- safe: view dropped and made again with more columns in a transaction
-- because: its readers never see it gone.
BEGIN;
CREATE OR REPLACE VIEW public.fizzview AS SELECT id, a, b, foobar_id FROM public.fizzbuzz;
COMMIT;

-- unsafe: type dropped
-- because: PostgreSQL refuses it, a column has it.
-- fails: 2BP01
DROP TYPE public.color;

-- unsafe: type dropped with its columns
-- because: the column goes with its values.
DROP TYPE public.color CASCADE;

-- unsafe: attribute dropped from a composite type
-- because: PostgreSQL refuses it or values are lost.
ALTER TYPE public.address DROP ATTRIBUTE city CASCADE;

-- safe: composite type gets an attribute nobody uses yet
-- because: new type, no column has it.
CREATE TYPE public.place AS (x float8, y float8);
ALTER TYPE public.place ADD ATTRIBUTE z float8;

-- unsafe: enum made again without a label
-- because: every row is written again, rows with the label make it fail.
-- fails: 2BP01
BEGIN;
ALTER TYPE public.color RENAME TO color_old;
CREATE TYPE public.color AS ENUM ('red', 'green');
ALTER TABLE public.foobar ALTER COLUMN hue TYPE public.color USING hue::text::public.color;
DROP TYPE public.color_old;
COMMIT;

-- unsafe: check tightened in place
-- because: all rows are read under ACCESS EXCLUSIVE.
ALTER TABLE public.fizzbuzz DROP CONSTRAINT fizzbuzz_a_check, ADD CONSTRAINT fizzbuzz_a_check CHECK (a > 10);

-- unsafe: check dropped
-- because: the guarantee is gone.
ALTER TABLE public.fizzbuzz DROP CONSTRAINT fizzbuzz_a_check;

-- safe: check dropped that is not there
-- because: nothing happens.
ALTER TABLE public.fizzbuzz DROP CONSTRAINT IF EXISTS fizzbuzz_c_check;

-- unsafe: foreign key dropped
-- because: the guarantee is gone, both tables are locked.
ALTER TABLE public.fizzbuzz DROP CONSTRAINT fizzbuzz_foobar_id_fkey;

-- unsafe: primary key dropped
-- because: rows have no identity any more; another table references it.
ALTER TABLE public.fizzbuzz DROP CONSTRAINT fizzbuzz_pkey;

-- unsafe: index of a primary key dropped
-- because: PostgreSQL refuses it.
-- fails: 2BP01
DROP INDEX public.fizzbuzz_pkey;

-- safe: table renamed and a view in its place
-- because: the view keeps the old name usable.
BEGIN;
ALTER TABLE public.fizzbuzz RENAME TO fizzbuzz_v2;
CREATE VIEW public.fizzbuzz AS SELECT * FROM public.fizzbuzz_v2;
COMMIT;

-- unsafe: identity column made always
-- because: code that writes the key fails.
ALTER TABLE public.foobar ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

-- unsafe: identity on a nullable column
-- because: PostgreSQL refuses it.
-- fails: 55000
ALTER TABLE public.fizzbuzz ALTER COLUMN a ADD GENERATED BY DEFAULT AS IDENTITY;

-- unsafe: default of the wrong type
-- because: PostgreSQL refuses it.
-- fails: 22P02
ALTER TABLE public.fizzbuzz ADD COLUMN c int DEFAULT 'many';

-- unsafe: default that is no label
-- because: PostgreSQL refuses it.
-- fails: 22P02
ALTER TABLE public.foobar ALTER COLUMN hue SET DEFAULT 'pink';

-- safe: default that is a label
-- because: it counts for new rows.
ALTER TABLE public.foobar ALTER COLUMN hue SET DEFAULT 'red';

-- unsafe: generated column from a stable expression
-- because: PostgreSQL wants an immutable one.
-- fails: 42P17
ALTER TABLE public.foobar ADD COLUMN day text GENERATED ALWAYS AS (bar::text) STORED;

-- safe: table copied in shape and filled by nobody
-- because: a new and empty table.
CREATE TABLE public.foobar_copy (LIKE public.foobar INCLUDING ALL EXCLUDING INDEXES);

-- safe: partition of a table made here
-- because: all new.
CREATE TABLE public.events (id bigint, at timestamptz not null) PARTITION BY RANGE (at);
CREATE TABLE public.events_2026 PARTITION OF public.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX ON public.events (at);

-- unsafe: key of a partitioned table without its partition column
-- because: PostgreSQL refuses it.
-- fails: 0A000
CREATE TABLE public.events (id bigint primary key, at timestamptz not null) PARTITION BY RANGE (at);

-- safe: row security of a new table with its policy
-- because: nobody reads it yet.
CREATE TABLE public.secret (id int primary key, owner name not null);
ALTER TABLE public.secret ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON public.secret USING (owner = current_user);

-- unsafe: row security without a policy on a table that is there
-- because: everyone but the owner sees nothing.
ALTER TABLE public.fizzbuzz ENABLE ROW LEVEL SECURITY;

-- safe: statistics object
-- because: SHARE UPDATE EXCLUSIVE, only the catalog.
CREATE STATISTICS fizz_stats (dependencies) ON a, b FROM public.fizzbuzz;

-- unsafe: statement timeout shorter than a concurrent build
-- because: the build is cancelled and leaves an invalid index.
SET statement_timeout = '3s';
CREATE INDEX CONCURRENTLY fizz_b ON public.fizzbuzz (b);

-- safe: statement timeout taken off for a concurrent build
-- because: the build takes the time it needs.
SET SESSION statement_timeout = 0;
SET lock_timeout = 0;
CREATE INDEX CONCURRENTLY fizz_b ON public.fizzbuzz (b);

-- unsafe: not null with a missing column
-- because: PostgreSQL refuses it.
-- fails: 42703
ALTER TABLE public.fizzbuzz ALTER COLUMN zzz SET NOT NULL;

-- unsafe: inheritance taken away
-- because: readers of the parent do not see the rows any more.
-- given
create table public.special () inherits (public.fizzbuzz);
-- migration
ALTER TABLE public.special NO INHERIT public.fizzbuzz;

-- unsafe: column added to a parent whose child has it with another type
-- because: PostgreSQL refuses it.
-- fails: 42804
-- given
create table public.special (c text) inherits (public.fizzbuzz);
-- migration
ALTER TABLE public.fizzbuzz ADD COLUMN c int;

-- unsafe: inherited column dropped from the child
-- because: PostgreSQL refuses it.
-- fails: 42P16
-- given
create table public.special () inherits (public.fizzbuzz);
-- migration
ALTER TABLE public.special DROP COLUMN a;

-- unsafe: table emptied by a type change with USING
-- because: every row is written again with another value.
-- fails: 0A000
ALTER TABLE public.fizzbuzz ALTER COLUMN a TYPE int USING b;
