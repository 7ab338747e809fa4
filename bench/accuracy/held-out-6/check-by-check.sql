create extension btree_gist;
create domain positive as int check (value > 0);
create domain plain_text as text;
create table parent (id bigint generated always as identity primary key, code text unique, ref_small int);
create table child (id bigint generated always as identity primary key, parent_id bigint references parent (id), amount positive, note text, valid_to date, kind text, small_ref int);
create index child_parent on child (parent_id);
create index child_kind on child (kind);
create table empty_part (a int) partition by list (a);
create table loner (id bigint generated always as identity primary key, v text, w text, deleted boolean default false);
create unique index loner_vw on loner (v, w);
create view loner_v as select id, v from loner;
create materialized view loner_mv as select id, v from loner;
create function slug(t text) returns text language sql immutable as 'select lower(t)';
create index loner_slug on loner (slug(v));
create table slugged (id int primary key, title text, check (slug(title) <> ''));
create type state as enum ('open', 'done');
create table task (id bigint generated always as identity primary key, st state not null default 'open', at timestamptz);
create index task_st on task (st) where st = 'open';
create type pair as (a int, b int);
create table paired (id int primary key, p pair);
create collation if not exists ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create function on_child() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger child_tr before insert on child for each row execute function on_child();
create rule r_loner as on delete to loner do also nothing;

-- unsafe: index of an expression
-- because: writers wait.
CREATE INDEX ON loner (lower(w));

-- unsafe: index with NULLS NOT DISTINCT
-- because: writers wait.
CREATE UNIQUE INDEX loner_w ON loner (w) NULLS NOT DISTINCT;

-- unsafe: unique index concurrently with a function that may change
-- because: the server refuses it.
-- fails: 42P17
CREATE INDEX CONCURRENTLY ON task ((at::date));

-- unsafe: two indexes dropped concurrently at once
-- because: the server refuses it.
-- fails: 0A000
DROP INDEX CONCURRENTLY child_parent, child_kind;

-- unsafe: index of a constraint dropped
-- because: the server refuses it.
-- fails: 2BP01
DROP INDEX CONCURRENTLY parent_code_key;

-- safe: index dropped that another one covers
-- because: the other one serves.
-- given
create index loner_v_only on loner (v);
-- migration
DROP INDEX CONCURRENTLY loner_v_only;

-- safe: index of a materialized view that is new
-- because: nobody knows it.
CREATE MATERIALIZED VIEW few AS SELECT 1 AS id;
CREATE UNIQUE INDEX few_id ON few (id);

-- safe: column of a domain without a check
-- because: catalog only.
ALTER TABLE child ADD COLUMN remark plain_text;

-- unsafe: column of a domain with a check
-- because: every row is written again.
ALTER TABLE child ADD COLUMN size positive;

-- safe: column with an array as its default
-- because: it is kept in the catalog.
ALTER TABLE child ADD COLUMN tags text[] NOT NULL DEFAULT '{}'::text[];

-- safe: column with a cast constant
-- because: it is kept in the catalog.
ALTER TABLE child ADD COLUMN opts jsonb NOT NULL DEFAULT jsonb_build_object('a', 1);

-- unsafe: column with an age of now
-- because: random() differs from row to row.
ALTER TABLE child ADD COLUMN lucky double precision DEFAULT random();

-- safe: column with an immutable function of its own
-- because: it is computed once.
ALTER TABLE child ADD COLUMN s text DEFAULT slug('X');

-- unsafe: column with a volatile function of its own
-- because: it is computed for every row.
-- given
create function next_code() returns text language plpgsql volatile as $$ begin return md5(random()::text); end $$;
-- migration
ALTER TABLE child ADD COLUMN code text DEFAULT next_code();

-- safe: column with the user and the date
-- because: they are stable.
ALTER TABLE child ADD COLUMN made_by text DEFAULT current_user, ADD COLUMN made_on date DEFAULT current_date;

-- unsafe: required column on a table that holds rows
-- because: the server refuses it as soon as there is a row.
ALTER TABLE child ADD COLUMN x int NOT NULL;

-- safe: required column of a table without partitions
-- because: there is no row.
ALTER TABLE empty_part ADD COLUMN b int NOT NULL;

-- unsafe: constraint with a name that is there
-- because: the server refuses it.
-- fails: 42710
ALTER TABLE parent ADD CONSTRAINT parent_code_key CHECK (code <> '') NOT VALID;

-- unsafe: foreign key to a column that is not unique
-- because: the server refuses it.
-- fails: 42830
ALTER TABLE child ADD CONSTRAINT c_k FOREIGN KEY (small_ref) REFERENCES parent (ref_small) NOT VALID;

-- unsafe: foreign key between types that do not go together
-- because: the server refuses it.
-- fails: 42804
ALTER TABLE child ADD CONSTRAINT c_k FOREIGN KEY (note) REFERENCES parent (id) NOT VALID;

-- safe: foreign key by another unique column
-- because: no row is compared.
ALTER TABLE child ADD CONSTRAINT c_k FOREIGN KEY (kind) REFERENCES parent (code) NOT VALID;

-- unsafe: foreign key to the table itself
-- because: all rows are compared.
ALTER TABLE child ADD FOREIGN KEY (small_ref) REFERENCES child (id);

-- unsafe: excluded overlaps
-- because: an index is built under ACCESS EXCLUSIVE.
ALTER TABLE child ADD EXCLUDE USING gist (parent_id WITH =);

-- unsafe: primary key replaced
-- because: the old one goes, and an index is built under ACCESS EXCLUSIVE.
ALTER TABLE loner DROP CONSTRAINT loner_pkey, ADD PRIMARY KEY (v, w);

-- unsafe: domain gets a check
-- because: tables that use it are read while writers wait.
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 1000);

-- safe: domain gets a check that is not validated
-- because: no row is read.
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 1000) NOT VALID;

-- safe: domain that no table uses gets a check
-- because: no row is read.
ALTER DOMAIN plain_text ADD CONSTRAINT small CHECK (length(VALUE) < 1000);

-- unsafe: attribute of a type of a column
-- because: the server refuses it.
-- fails: 0A000
ALTER TYPE pair ALTER ATTRIBUTE a TYPE bigint;

-- safe: label added to an enum
-- because: catalog only.
ALTER TYPE state ADD VALUE 'waiting' BEFORE 'done';

-- unsafe: label taken from an enum by hand
-- because: rows of it can no longer be read.
DELETE FROM pg_enum WHERE enumlabel = 'done';

-- unsafe: label added that is there
-- because: the server refuses it.
-- fails: 42710
ALTER TYPE state ADD VALUE 'done';

-- unsafe: type dropped with its columns
-- because: the values are lost.
DROP TYPE state CASCADE;

-- unsafe: function replaced that an index uses
-- because: the index keeps what the old one said.
CREATE OR REPLACE FUNCTION slug(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ select replace(lower(t), ' ', '-') $$;

-- unsafe: function dropped that a check uses
-- because: the server refuses it.
-- fails: 2BP01
DROP FUNCTION slug(text);

-- unsafe: trigger's function dropped
-- because: the server refuses it.
-- fails: 2BP01
DROP FUNCTION on_child();

-- unsafe: rule dropped
-- because: what it did is not done any more.
DROP RULE r_loner ON loner;

-- unsafe: rule made
-- because: deletions do nothing from then on.
CREATE RULE keep AS ON DELETE TO child DO INSTEAD NOTHING;

-- unsafe: column dropped that an index has
-- because: the unique index goes with it.
ALTER TABLE loner DROP COLUMN w;

-- unsafe: column dropped that a view has
-- because: the server refuses it.
-- fails: 2BP01
ALTER TABLE loner DROP COLUMN v;

-- unsafe: column of a view that is materialized
-- because: the server refuses it.
-- fails: 0A000
ALTER TABLE loner ALTER COLUMN v TYPE varchar(10);

-- unsafe: table dropped that others point to
-- because: the server refuses it.
-- fails: 2BP01
DROP TABLE parent;

-- unsafe: table dropped with the keys of others
-- because: rows are lost.
DROP TABLE parent CASCADE;

-- safe: table dropped that was made here
-- because: nobody used it.
CREATE TABLE tmp_x (id int);
DROP TABLE tmp_x;

-- safe: table dropped that is not there, if it is
-- because: nothing happens.
DROP TABLE IF EXISTS tmp_y;

-- unsafe: table dropped that is there, if it is
-- because: rows are lost.
DROP TABLE IF EXISTS task;

-- unsafe: view dropped with those upon it
-- because: its readers fail.
DROP VIEW loner_v CASCADE;

-- unsafe: materialized view dropped
-- because: its readers fail.
DROP MATERIALIZED VIEW loner_mv;

-- safe: view made
-- because: it is new.
CREATE VIEW tasks_open AS SELECT id FROM task WHERE st = 'open';

-- unsafe: view made that is there
-- because: the server refuses it.
-- fails: 42P07
CREATE VIEW loner_v AS SELECT id FROM loner;

-- unsafe: table made that is there
-- because: the server refuses it.
-- fails: 42P07
CREATE TABLE task (id int);

-- safe: table made that is there, if it is not, with the same columns
-- because: nothing happens.
CREATE TABLE IF NOT EXISTS task (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, st state NOT NULL DEFAULT 'open', at timestamptz);

-- unsafe: table that is there, if it is not, with other columns
-- because: nothing happens, and the columns are missing.
CREATE TABLE IF NOT EXISTS task (id bigint PRIMARY KEY, owner text);

-- unsafe: name too long, cut to one that is there
-- because: it is cut to 63 bytes, and the second is refused.
-- fails: 42P07
CREATE INDEX CONCURRENTLY loner_an_index_with_a_name_that_is_longer_than_sixty_three_bytes_1 ON loner (deleted);
CREATE INDEX CONCURRENTLY loner_an_index_with_a_name_that_is_longer_than_sixty_three_bytes_2 ON loner (w);

-- safe: check that is not enforced
-- because: no row is read.
ALTER TABLE child ADD CONSTRAINT n_ok CHECK (note <> '') NOT ENFORCED;

-- safe: column's storage, statistics and options
-- because: catalog only.
ALTER TABLE child ALTER COLUMN note SET STORAGE EXTERNAL, ALTER COLUMN note SET STATISTICS 500, ALTER COLUMN kind SET (n_distinct = 5);

-- unsafe: moved to another place of files
-- because: every file is copied under ACCESS EXCLUSIVE.
ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE pg_default NOWAIT;

-- safe: place of files that it has
-- because: nothing happens.
ALTER TABLE child SET TABLESPACE pg_default;

-- unsafe: made unlogged
-- because: written again and lost in a crash.
ALTER TABLE loner SET UNLOGGED;

-- safe: made logged, which it is
-- because: nothing happens.
ALTER TABLE loner SET LOGGED;

-- unsafe: foreign key to an unlogged table
-- because: the server refuses it.
-- fails: 42P16
CREATE UNLOGGED TABLE quick (id int PRIMARY KEY);
CREATE TABLE slow (id int REFERENCES quick (id));

-- safe: column dropped and never used, made here
-- because: nobody used it.
CREATE TABLE fresh (id int, junk text);
ALTER TABLE fresh DROP COLUMN junk, ALTER COLUMN id TYPE bigint, ALTER COLUMN id SET NOT NULL;

-- unsafe: database dropped
-- because: all is lost.
DROP DATABASE IF EXISTS shop_old;

-- unsafe: extension dropped
-- because: operator classes and what uses them go.
DROP EXTENSION btree_gist CASCADE;

-- safe: extension that is there, if it is not
-- because: nothing happens.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- unsafe: default that is too long for its column
-- because: inserts with the default fail.
-- given
create table short (v varchar(3));
-- migration
ALTER TABLE short ALTER COLUMN v SET DEFAULT 'abcdef';

-- unsafe: default of a wrong type
-- because: the server refuses it.
-- fails: 22P02
ALTER TABLE child ALTER COLUMN small_ref SET DEFAULT 'none';

-- unsafe: serial on a table with rows
-- because: every row gets a number.
ALTER TABLE child ADD COLUMN nr serial NOT NULL;

-- unsafe: identity on a table with rows
-- because: every row gets a number.
ALTER TABLE child ADD COLUMN nr bigint GENERATED BY DEFAULT AS IDENTITY;

-- safe: inherited from, new
-- because: it is new.
CREATE TABLE loner_more (extra text) INHERITS (loner);

-- safe: comment on everything
-- because: words alone.
COMMENT ON INDEX child_kind IS 'for the list';
COMMENT ON CONSTRAINT parent_code_key ON parent IS 'no code twice';
COMMENT ON FUNCTION slug(text) IS 'for addresses';

-- unsafe: comment on what is not there
-- because: the server refuses it.
-- fails: 42703
COMMENT ON COLUMN child.nothing IS 'x';

-- unsafe: constraint put off that may not be
-- because: the server refuses it.
-- fails: 42809
ALTER TABLE parent ALTER CONSTRAINT parent_code_key DEFERRABLE;

-- safe: foreign key made deferrable
-- because: catalog only.
ALTER TABLE child ALTER CONSTRAINT child_parent_id_fkey DEFERRABLE INITIALLY DEFERRED;

-- safe: constraint renamed
-- because: no query names it.
ALTER TABLE child RENAME CONSTRAINT child_parent_id_fkey TO child_parent_fk;

-- unsafe: schema renamed
-- because: the running code uses the old name.
-- given
create schema crm;
create table crm.lead (id int primary key);
-- migration
ALTER SCHEMA crm RENAME TO sales;

-- unsafe: schema dropped with a table in it
-- because: the server refuses it.
-- fails: 2BP01
-- given
create schema crm;
create table crm.lead (id int primary key);
-- migration
DROP SCHEMA crm;

-- safe: empty schema dropped
-- because: there is nothing in it.
-- given
create schema crm;
-- migration
DROP SCHEMA crm;
