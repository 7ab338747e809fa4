create table account (id integer primary key, name text, email varchar(100), status smallint not null default 1, deleted_at timestamptz, rank int, constraint account_rank check (rank > 0));
create unique index account_email on account (email);
create table payment (id bigint primary key, account_id integer, total numeric(10,2) not null, state varchar(20) default 'new', note text, made date);
alter table payment add constraint payment_account foreign key (account_id) references account (id) on delete cascade;
create index payment_state on payment (state) where state <> 'done';
create view open_payment as select id, account_id, total from payment where state <> 'done';
create type level as enum ('low', 'high');
create table ticket (id int generated always as identity primary key, level level not null default 'low', title text not null, weight int generated always as (length(title)) stored);
create sequence ticket_no;
create function slug(t text) returns text immutable language sql as $$ select lower(t) $$;
create index ticket_slug on ticket (slug(title));

-- unsafe: constraint that makes rows unique
-- because: the index is built in place and duplicates make it fail.
CREATE UNIQUE INDEX account_name ON account (name);

-- unsafe: constraint that makes rows unique together
-- because: the index is built in place.
ALTER TABLE payment ADD UNIQUE (account_id, made);

-- unsafe: unique index that becomes narrower
-- because: rows that were different may be alike, and the build locks.
-- given
create unique index payment_pair on payment (account_id, made);
-- migration
DROP INDEX payment_pair;
CREATE UNIQUE INDEX payment_pair ON payment (account_id);

-- unsafe: optional column made required
-- because: the rows are read and nulls make it fail.
ALTER TABLE account ALTER COLUMN email SET NOT NULL;

-- unsafe: required column added
-- because: rows make it fail.
ALTER TABLE account ADD COLUMN kind text NOT NULL;

-- safe: optional column added
-- because: catalog only.
ALTER TABLE account ADD COLUMN kind text NULL;

-- safe: required column added to a table of the same file
-- because: it has no rows.
CREATE TABLE label (id int PRIMARY KEY);
ALTER TABLE label ADD COLUMN kind text NOT NULL;
ALTER TABLE label ADD CONSTRAINT label_kind UNIQUE (kind);

-- unsafe: table dropped
-- because: rows are lost.
DROP TABLE ticket;

-- unsafe: table dropped to which another refers
-- because: the server refuses it.
-- fails: 2BP01
DROP TABLE account;

-- safe: table dropped that the file made
-- because: it never had rows.
CREATE TABLE staging (id int);
INSERT INTO staging VALUES (1);
DROP TABLE staging;

-- unsafe: schema dropped with what it holds
-- because: the rows are lost.
-- given
create schema old;
create table old.thing (id int);
-- migration
DROP SCHEMA old CASCADE;

-- unsafe: schema dropped that is not empty
-- because: the server refuses it.
-- fails: 2BP01
-- given
create schema old;
create table old.thing (id int);
-- migration
DROP SCHEMA old;

-- safe: schema dropped that is empty
-- because: nothing is lost.
-- given
create schema old;
-- migration
DROP SCHEMA old;

-- unsafe: column dropped and its index with it
-- because: values are lost.
ALTER TABLE account DROP COLUMN email;

-- safe: stored expression forgotten, values kept
-- because: the column stays with its values.
ALTER TABLE ticket ALTER COLUMN weight DROP EXPRESSION;

-- unsafe: generated column dropped
-- because: code that reads it fails.
ALTER TABLE ticket DROP COLUMN weight;

-- unsafe: key constraint dropped
-- because: rows that point at nothing go in, and both tables are locked.
ALTER TABLE payment DROP CONSTRAINT payment_account;

-- unsafe: unique constraint's index dropped by hand
-- because: the server refuses it.
-- fails: 2BP01
-- given
alter table account add constraint account_name_once unique (name);
-- migration
DROP INDEX account_name_once;

-- unsafe: column and table renamed together
-- because: both names are in use.
ALTER TABLE payment RENAME COLUMN note TO remark;
ALTER TABLE payment RENAME TO bill;

-- unsafe: table renamed, and a view put in its place
-- because: a view of all columns stands in for it, but the swap is not in one transaction.
-- transaction: none
ALTER TABLE ticket RENAME TO task;
CREATE VIEW ticket AS SELECT * FROM task;

-- safe: table renamed, and a view put in its place at once
-- because: old code reads and writes through the simple view.
BEGIN;
ALTER TABLE payment RENAME TO bill;
CREATE VIEW payment AS SELECT * FROM bill;
COMMIT;

-- unsafe: smallint to integer
-- because: the table is rewritten.
ALTER TABLE account ALTER COLUMN status TYPE integer;

-- unsafe: integer to smallint
-- because: the table is rewritten and large values fail.
ALTER TABLE account ALTER COLUMN rank TYPE smallint;

-- unsafe: integer to text below a check of numbers
-- because: the server cannot compare text with a number.
-- fails: 42883
ALTER TABLE account ALTER COLUMN rank TYPE text USING rank::text;

-- unsafe: text to integer without USING
-- because: there is no cast that applies by itself.
-- fails: 42804
ALTER TABLE account ALTER COLUMN name TYPE integer;

-- unsafe: key made wider with its reference left behind
-- because: the table is rewritten and the other column stays small.
ALTER TABLE account ALTER COLUMN id TYPE bigint;

-- unsafe: date to time
-- because: the table is rewritten.
ALTER TABLE payment ALTER COLUMN made TYPE timestamp;

-- safe: length of a string raised that a view does not show
-- because: stored alike, and the view's columns are others.
ALTER TABLE account ALTER COLUMN email TYPE varchar(320);

-- unsafe: length of a string raised that a view filters by
-- because: the server refuses to alter a column that a view uses.
-- fails: 0A000
ALTER TABLE payment ALTER COLUMN state TYPE varchar(40);

-- safe: label added to an enum
-- because: only the catalog is written.
ALTER TYPE level ADD VALUE 'middle' BEFORE 'high';

-- safe: label added that may be there
-- because: IF NOT EXISTS.
ALTER TYPE level ADD VALUE IF NOT EXISTS 'high';

-- unsafe: label added that is there
-- because: the server refuses it.
-- fails: 42710
ALTER TYPE level ADD VALUE 'high';

-- unsafe: label put beside one that is not there
-- because: the server refuses it.
-- fails: 22023
ALTER TYPE level ADD VALUE 'middle' AFTER 'small';

-- unsafe: label renamed
-- because: old code still writes the old one.
ALTER TYPE level RENAME VALUE 'low' TO 'lowest';

-- unsafe: label used in the transaction that adds it
-- because: the server refuses a label that is not committed.
-- fails: 55P04
BEGIN;
ALTER TYPE level ADD VALUE 'middle';
INSERT INTO ticket (level, title) VALUES ('middle', 'x');
COMMIT;

-- unsafe: enum made again under the name
-- because: the column is rewritten.
ALTER TYPE level RENAME TO level_old;
CREATE TYPE level AS ENUM ('low', 'high', 'top');
ALTER TABLE ticket ALTER COLUMN level DROP DEFAULT;
ALTER TABLE ticket ALTER COLUMN level TYPE level USING level::text::level;
ALTER TABLE ticket ALTER COLUMN level SET DEFAULT 'low';
DROP TYPE level_old;

-- unsafe: type dropped that a column has
-- because: the server refuses it.
-- fails: 2BP01
DROP TYPE level;

-- safe: type made and dropped
-- because: nothing has it.
CREATE TYPE shade AS ENUM ('a');
DROP TYPE shade;

-- safe: check replaced by a wider one without validation
-- because: nothing is read.
ALTER TABLE account DROP CONSTRAINT account_rank, ADD CONSTRAINT account_rank CHECK (rank > -1) NOT VALID;

-- unsafe: check replaced by a wider one with validation
-- because: the table is read.
ALTER TABLE account DROP CONSTRAINT account_rank, ADD CONSTRAINT account_rank CHECK (rank > -1);

-- unsafe: function of an index made anew
-- because: the index holds results of the old one.
CREATE OR REPLACE FUNCTION slug(t text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT upper(t) $$;

-- unsafe: function of an index dropped
-- because: the server refuses it.
-- fails: 2BP01
DROP FUNCTION slug(text);

-- safe: sequence without users dropped together with nothing
-- because: no column takes from it and it was just made.
CREATE SEQUENCE tmp_no;
DROP SEQUENCE tmp_no;

-- safe: sequence counts in larger steps
-- because: only new numbers are concerned.
ALTER SEQUENCE ticket_no INCREMENT BY 10 CACHE 20;

-- unsafe: identity begins again
-- because: numbers that are taken come again.
ALTER TABLE ticket ALTER COLUMN id RESTART WITH 1;

-- safe: identity begins much later
-- because: no number comes twice.
ALTER TABLE ticket ALTER COLUMN id SET INCREMENT BY 2;

-- safe: identity accepts given numbers
-- because: it only becomes laxer.
ALTER TABLE ticket ALTER COLUMN id SET GENERATED BY DEFAULT;

-- unsafe: key dropped
-- because: rows are no longer found quickly nor kept apart.
ALTER TABLE ticket DROP CONSTRAINT ticket_pkey;

-- unsafe: key dropped on which another table relies
-- because: the server refuses it.
-- fails: 2BP01
ALTER TABLE account DROP CONSTRAINT account_pkey;

-- unsafe: view dropped
-- because: those who read it fail.
DROP VIEW open_payment;

-- safe: view dropped and made again in one transaction with the same columns and one more
-- because: readers only wait for a moment and nobody had rights on it.
BEGIN;
DROP VIEW open_payment;
CREATE VIEW open_payment AS SELECT id, account_id, total, made FROM payment WHERE state <> 'done';
COMMIT;

-- unsafe: concurrent index beside another statement in one explicit transaction
-- because: the server refuses it.
-- fails: 25001
-- transaction: file
ALTER TABLE account ADD COLUMN seen date;
CREATE INDEX CONCURRENTLY account_seen ON account (seen);

-- unsafe: indexes for a generated difference
-- because: both are built in place.
-- Create index "payment_made" to table: "payment"
CREATE INDEX "payment_made" ON "payment" ("made");
-- Create index "payment_total"
CREATE INDEX "payment_total" ON "payment" ("total");

-- safe: modified table of a generated difference
-- because: defaults and optional columns only.
-- Modify "payment" table
ALTER TABLE "payment" ALTER COLUMN "state" SET DEFAULT 'open', ADD COLUMN "currency" character(3) NOT NULL DEFAULT 'EUR', ADD COLUMN "paid_at" timestamptz NULL;

-- unsafe: view that selects a column that is not there
-- because: the server refuses it.
-- fails: 42703
CREATE OR REPLACE VIEW late_payment AS SELECT id, due FROM payment;

-- unsafe: table made that is there
-- because: the server refuses it.
-- fails: 42P07
CREATE TABLE "account" ("id" integer NOT NULL, PRIMARY KEY ("id"));

-- unsafe: column added that is there
-- because: the server refuses it.
-- fails: 42701
ALTER TABLE "payment" ADD COLUMN "note" text NULL;

-- safe: column added that is there, if not
-- because: it is left alone.
ALTER TABLE payment ADD COLUMN IF NOT EXISTS note text;

-- unsafe: key to a column that is not unique
-- because: the server refuses it.
-- fails: 42830
ALTER TABLE payment ADD COLUMN account_name text, ADD CONSTRAINT payment_name FOREIGN KEY (account_name) REFERENCES account (name) NOT VALID;

-- safe: key to a column that is unique
-- because: new rows only, the partial types agree.
ALTER TABLE payment ADD COLUMN account_email varchar(100), ADD CONSTRAINT payment_email FOREIGN KEY (account_email) REFERENCES account (email) NOT VALID;
