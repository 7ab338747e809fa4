create schema app;
create table app.member (id bigint generated always as identity primary key, email text not null, nick text, born date, plan text not null default 'free', points int);
create index member_plan on app.member (plan);
create table app.visit (id bigint generated always as identity primary key, member_id bigint not null, at timestamptz not null, page text);
create table app.setting (name text primary key, value text);
create table flyway_schema_history (installed_rank int primary key, version varchar(50), description varchar(200));
create function app.points_of(m bigint) returns int language sql stable as 'select points from app.member where id = m';

-- safe: goose, one statement up
-- because: catalog only.
-- +goose Up
ALTER TABLE app.member ADD COLUMN phone text;

-- unsafe: goose, block of a statement
-- because: all rows in one statement.
-- +goose Up
-- +goose StatementBegin
UPDATE app.member SET points = 0;
-- +goose StatementEnd

-- safe: goose, without a transaction
-- because: nobody waits.
-- transaction: none
-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY member_born ON app.member (born);

-- unsafe: goose, concurrent index within its transaction
-- because: the server refuses it.
-- transaction: file
-- fails: 25001
-- +goose Up
CREATE INDEX CONCURRENTLY member_born ON app.member (born);

-- safe: goose, function between marks
-- because: it is new.
-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION app.hello() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  RETURN 'hello; world';
END;
$$;
-- +goose StatementEnd

-- safe: dbmate, up
-- because: catalog only.
-- migrate:up
ALTER TABLE app.member ADD COLUMN phone text;
ALTER TABLE app.member ADD COLUMN fax text;

-- safe: dbmate, no transaction
-- because: nobody waits.
-- transaction: none
-- migrate:up transaction:false
CREATE UNIQUE INDEX CONCURRENTLY member_email ON app.member (email);

-- unsafe: dbmate, unique index
-- because: writers wait while it is built.
-- migrate:up
create unique index member_email on app.member (email);

-- safe: liquibase, a change set with a precondition
-- because: catalog only.
--liquibase formatted sql
--changeset ada:1 labels:v1 context:prod
--preconditions onFail:MARK_RAN
ALTER TABLE app.member ADD phone text;
--rollback ALTER TABLE app.member DROP COLUMN phone;

-- unsafe: liquibase, default and required in two change sets
-- because: all rows are read under ACCESS EXCLUSIVE.
--liquibase formatted sql
--changeset ada:1
ALTER TABLE app.member ALTER COLUMN points SET DEFAULT 0;
--changeset ada:2
ALTER TABLE app.member ALTER COLUMN points SET NOT NULL;

-- unsafe: liquibase, column dropped
-- because: its values are lost.
--liquibase formatted sql
--changeset ada:3 splitStatements:true endDelimiter:;
ALTER TABLE app.member DROP COLUMN nick;

-- safe: flyway, table and rows of it
-- because: it is new.
CREATE TABLE app.country (code char(2) PRIMARY KEY, name varchar(80) NOT NULL);
INSERT INTO app.country (code, name) VALUES ('at', 'Austria'), ('ch', 'Switzerland');

-- unsafe: flyway, cleaned up
-- because: everything is lost.
DROP SCHEMA app CASCADE;

-- unsafe: flyway, repeatable view that is not replaced
-- because: it goes with those who read it, or is refused; the name is free only once.
-- given
create view app.free_member as select id, email from app.member where plan = 'free';
-- migration
DROP VIEW IF EXISTS app.free_member;

-- safe: flyway, repeatable view
-- because: columns and their order stay.
-- given
create view app.free_member as select id, email from app.member where plan = 'free';
-- migration
CREATE OR REPLACE VIEW app.free_member AS SELECT id, email FROM app.member WHERE plan = 'free' AND points IS NOT NULL;

-- unsafe: flyway, repeatable view without a column
-- because: the server refuses it.
-- fails: 42P16
-- given
create view app.free_member as select id, email from app.member where plan = 'free';
-- migration
CREATE OR REPLACE VIEW app.free_member AS SELECT id FROM app.member WHERE plan = 'free';

-- safe: golang-migrate, guarded
-- because: it is new.
CREATE TABLE IF NOT EXISTS app.tag (id bigserial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE INDEX IF NOT EXISTS tag_name_low ON app.tag (lower(name));

-- unsafe: golang-migrate, transaction around a rewrite
-- because: every row is written again.
BEGIN;
ALTER TABLE app.member ALTER COLUMN points TYPE bigint;
COMMIT;

-- unsafe: golang-migrate, BEGIN without COMMIT
-- because: what it did is taken back when the session ends.
BEGIN;
ALTER TABLE app.member ADD COLUMN phone text;

-- safe: sqitch, deploy
-- because: it is new.
-- Deploy app:tag to pg
-- requires: appschema
BEGIN;
CREATE TABLE app.tag (id bigint PRIMARY KEY, name text NOT NULL);
COMMIT;

-- unsafe: sqitch, revert
-- because: rows are lost.
-- Revert app:member from pg
BEGIN;
DROP TABLE app.visit;
COMMIT;

-- safe: sqitch, verify
-- because: reading.
-- Verify app:member on pg
BEGIN;
SELECT id, email FROM app.member WHERE FALSE;
ROLLBACK;

-- safe: refinery, comments at the end, a semicolon too many
-- because: catalog only.
ALTER TABLE app.member ADD COLUMN phone text;;
-- done, for now,

-- safe: sqlx, a comment with statements in it
-- because: a comment does nothing.
/* DROP TABLE app.member;
   /* nested: TRUNCATE app.visit; */
*/
ALTER TABLE app.member ADD COLUMN phone text; -- DELETE FROM app.member;

-- unsafe: sqlx, a danger after a comment
-- because: every row is lost.
/* harmless */ -- harmless too
TRUNCATE /* all of it */ app.visit;

-- safe: diesel, up
-- because: it is new.
CREATE TABLE app.post (
  id SERIAL PRIMARY KEY,
  title VARCHAR NOT NULL,
  published BOOLEAN NOT NULL DEFAULT FALSE
);
SELECT set_config('search_path', 'app, public', false);

-- unsafe: diesel, index on a table that is there, in one file with a new table
-- because: writers wait while it is built.
CREATE TABLE app.post (id serial PRIMARY KEY, title varchar NOT NULL);
CREATE INDEX post_title ON app.post (title);
CREATE INDEX visit_page ON app.visit (page);

-- safe: text with dangers in it
-- because: they are text.
INSERT INTO app.setting (name, value) VALUES ('help', 'DROP TABLE app.member; TRUNCATE app.visit;');

-- safe: rows of a long list, keyed
-- because: few.
INSERT INTO app.setting (name, value) VALUES ('a', '1'), ('b', '2'), ('c', '3') ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- unsafe: dollar quoted text that never ends
-- because: it cannot be parsed.
-- fails: 42601
DO $$ BEGIN PERFORM 1; END;

-- unsafe: a word of MySQL
-- because: it cannot be parsed.
-- fails: 42601
ALTER TABLE app.member ADD COLUMN phone varchar(20) AFTER email;

-- unsafe: a word of MySQL's for numbers
-- because: it cannot be parsed.
-- fails: 42601
CREATE TABLE app.tag (id int AUTO_INCREMENT PRIMARY KEY);

-- unsafe: backticks
-- because: they cannot be parsed.
-- fails: 42601
ALTER TABLE `member` ADD COLUMN phone text;

-- unsafe: a comma too many
-- because: it cannot be parsed.
-- fails: 42601
CREATE TABLE app.tag (id bigint PRIMARY KEY, name text,);

-- unsafe: search path set, then a large table is rewritten
-- because: member is app.member there.
SET search_path TO app;
ALTER TABLE member ALTER COLUMN points TYPE numeric(20,2);

-- safe: search path set, then a quick change
-- because: catalog only.
SET search_path = app, public;
ALTER TABLE member ADD COLUMN phone text;
RESET search_path;

-- unsafe: search path not set
-- because: there is no such table in public.
-- fails: 42P01
ALTER TABLE member ADD COLUMN phone text;

-- safe: upper case throughout
-- because: names fold to small letters.
ALTER TABLE APP.MEMBER ADD COLUMN PHONE TEXT DEFAULT 'NONE';

-- unsafe: upper case throughout, in quotes
-- because: there is no such schema.
-- fails: 3F000
ALTER TABLE "APP"."MEMBER" ADD COLUMN "PHONE" TEXT;

-- safe: Windows ends of lines and tabs
-- because: catalog only.
ALTER	TABLE	app.member	ADD	COLUMN	phone	text;	

-- unsafe: the second of two statements on one line
-- because: the column is lost.
SELECT 1; ALTER TABLE app.member DROP nick;

-- unsafe: a long file with one danger in it
-- because: all rows are read under ACCESS EXCLUSIVE.
ALTER TABLE app.member ADD COLUMN a1 text;
ALTER TABLE app.member ADD COLUMN a2 text;
COMMENT ON COLUMN app.member.a1 IS 'one';
COMMENT ON COLUMN app.member.a2 IS 'two';
ALTER TABLE app.member ALTER born SET NOT NULL;
ALTER TABLE app.member ADD COLUMN a3 text;

-- safe: set-up of the session
-- because: nothing is changed.
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET check_function_bodies = false;
SET client_min_messages = warning;
SELECT pg_catalog.set_config('search_path', '', false);

-- safe: guarded by a block that asks the catalog
-- because: a column is added at most.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'app' AND table_name = 'member' AND column_name = 'phone') THEN
    ALTER TABLE app.member ADD COLUMN phone text;
  END IF;
END $$;

-- unsafe: guarded by a block that asks the catalog, and dangerous
-- because: the column is there, and it is dropped.
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'app' AND table_name = 'member' AND column_name = 'nick') THEN
    ALTER TABLE app.member DROP COLUMN nick;
  END IF;
END $$;
