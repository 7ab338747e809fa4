create schema app;
create schema old;
create schema spare;
create table app.users (id bigint primary key, name text not null, mail text, legacy text);
create table app.posts (id bigint primary key, author bigint not null references app.users, title text, body text);
create index posts_author on app.posts (author);
create view app.authors as select u.id, u.name, count(*) as posts from app.users u join app.posts p on p.author = u.id group by u.id, u.name;
create view app.titles as select id, title from app.posts;
create materialized view app.stats as select author, count(*) from app.posts group by author;
create table old.archive (id bigint, what text);
create type app.role as enum ('admin', 'guest');
create type app.unused as enum ('x');
create table app.members (user_id bigint, role app.role not null, check (role <> 'guest' or user_id is not null));
create function app.user_name(bigint) returns text language sql stable as 'select name from app.users where id = $1';
create function app.helper() returns trigger language plpgsql as 'begin return new; end';
create trigger posts_helper before insert on app.posts for each row execute function app.helper();
create sequence app.free_seq;
create sequence app.used_seq;
create table app.tickets (id bigint primary key default nextval('app.used_seq'));
alter table app.users enable row level security;
create policy own on app.users using (name = current_user);
create role reporter;
grant select on app.users to reporter;

-- unsafe: a table dropped
-- because: its rows are gone.
DROP TABLE old.archive;

-- unsafe: a table dropped with cascade
-- because: rows, foreign keys and views go.
DROP TABLE IF EXISTS app.users CASCADE;

-- unsafe: a table that views and keys use
-- fails: 2BP01
-- because: others depend on it.
DROP TABLE app.users;

-- unsafe: a schema dropped with all
-- because: every table of it.
DROP SCHEMA old CASCADE;

-- unsafe: a schema that is not empty
-- fails: 2BP01
-- because: it has a table.
DROP SCHEMA old;

-- safe: an empty schema dropped
-- because: there is nothing in it.
DROP SCHEMA spare;

-- safe: a table dropped that is not there
-- because: a notice.
DROP TABLE IF EXISTS app.nothing;

-- unsafe: a table that is not there
-- fails: 42P01
-- because: it fails.
DROP TABLE app.nothing;

-- safe: a table made and dropped in the same migration
-- because: nobody saw it.
CREATE TABLE app.scratch (id int);
INSERT INTO app.scratch VALUES (1);
DROP TABLE app.scratch;

-- safe: a temporary table dropped
-- because: it is of this session.
CREATE TEMP TABLE t AS SELECT 1 AS a;
DROP TABLE t;

-- unsafe: a view dropped
-- because: queries that read it fail.
DROP VIEW app.titles;

-- unsafe: a materialized view dropped
-- because: queries that read it fail.
DROP MATERIALIZED VIEW app.stats;

-- safe: a view replaced with one more column
-- because: what reads it finds all it did.
CREATE OR REPLACE VIEW app.titles AS SELECT id, title, body FROM app.posts;

-- unsafe: a view replaced with a column fewer
-- fails: 42P16
-- because: columns cannot be taken away.
CREATE OR REPLACE VIEW app.titles AS SELECT id FROM app.posts;

-- unsafe: a view replaced with columns in another order
-- fails: 42P16
-- because: it would rename columns.
CREATE OR REPLACE VIEW app.titles AS SELECT title, id FROM app.posts;

-- safe: a new view
-- because: nothing else changes.
CREATE VIEW app.guests AS SELECT user_id FROM app.members WHERE role = 'guest';

-- unsafe: a column that a view shows
-- fails: 2BP01
-- because: the view depends on it.
ALTER TABLE app.posts DROP COLUMN title;

-- unsafe: a column dropped with its views
-- because: the view goes.
ALTER TABLE app.posts DROP COLUMN title CASCADE;

-- unsafe: a column that nothing in the database uses
-- because: the values are gone and the application may read them.
ALTER TABLE app.users DROP COLUMN legacy;

-- safe: a column added and dropped again
-- because: nothing is left of it.
ALTER TABLE app.users ADD COLUMN trial text;
ALTER TABLE app.users DROP COLUMN trial;

-- unsafe: a table renamed
-- because: queries with the old name fail.
ALTER TABLE app.posts RENAME TO articles;

-- unsafe: a view renamed
-- because: queries with the old name fail.
ALTER VIEW app.titles RENAME TO headlines;

-- unsafe: a schema renamed
-- because: every name in it changes.
ALTER SCHEMA app RENAME TO application;

-- unsafe: a table moved into another schema
-- because: queries with the old name fail.
ALTER TABLE app.posts SET SCHEMA old;

-- unsafe: a table renamed, a view in its place, in two transactions
-- because: between the two the name is gone.
ALTER TABLE app.posts RENAME TO articles;
CREATE VIEW app.posts AS SELECT * FROM app.articles;

-- unsafe: an enum value renamed
-- because: queries and code with the old label fail.
ALTER TYPE app.role RENAME VALUE 'guest' TO 'visitor';

-- unsafe: a type in use dropped
-- fails: 2BP01
-- because: a column has it.
DROP TYPE app.role;

-- unsafe: a type in use dropped with its columns
-- because: the column goes with its values.
DROP TYPE app.role CASCADE;

-- safe: a type nobody uses dropped
-- because: no column, no function has it.
DROP TYPE app.unused;

-- unsafe: a function dropped
-- because: callers fail.
DROP FUNCTION app.user_name(bigint);

-- unsafe: a trigger function in use dropped
-- fails: 2BP01
-- because: a trigger calls it.
DROP FUNCTION app.helper();

-- unsafe: a sequence in use dropped
-- fails: 2BP01
-- because: a default uses it.
DROP SEQUENCE app.used_seq;

-- unsafe: a sequence dropped with cascade
-- because: the default goes, inserts fail.
DROP SEQUENCE app.used_seq CASCADE;

-- unsafe: a trigger dropped
-- because: what it did is no longer done.
DROP TRIGGER posts_helper ON app.posts;

-- unsafe: a policy dropped while row security is on
-- because: those whom it let in see no row.
DROP POLICY own ON app.users;

-- unsafe: a database dropped
-- because: everything is gone.
DROP DATABASE production;

-- unsafe: everything of a role dropped
-- because: all tables of that role are gone.
DROP OWNED BY reporter CASCADE;

-- unsafe: a right taken away
-- because: who reads with it fails.
REVOKE SELECT ON app.users FROM reporter;

-- unsafe: a default dropped from a column that must not be null
-- because: inserts that leave it out fail.
-- given
alter table app.users add column plan text not null default 'free';
-- migration
ALTER TABLE app.users ALTER COLUMN plan DROP DEFAULT;

-- unsafe: an identity dropped
-- because: inserts that leave it out fail.
-- given
create table app.numbered (id bigint generated always as identity primary key, t text);
-- migration
ALTER TABLE app.numbered ALTER COLUMN id DROP IDENTITY;

-- safe: the default of a nullable column dropped
-- because: inserts that leave it out write null.
-- given
alter table app.users add column hint text default 'x';
-- migration
ALTER TABLE app.users ALTER COLUMN hint DROP DEFAULT;

-- safe: a view dropped and made again in one transaction
-- because: nobody sees it missing and it shows the same columns.
BEGIN;
DROP VIEW app.titles;
CREATE VIEW app.titles AS SELECT id, upper(title) AS title FROM app.posts;
COMMIT;

-- unsafe: a renaming within a transaction followed by a use of the old name
-- fails: 42703
-- because: the old name is gone.
BEGIN;
ALTER TABLE app.users RENAME COLUMN mail TO email;
UPDATE app.users SET mail = lower(mail) WHERE id = 1;
COMMIT;

-- unsafe: a table inside a DO block dropped
-- because: the rows are gone all the same.
DO $$ BEGIN DROP TABLE old.archive; END $$;

-- unsafe: an attribute of a type in use by a table dropped
-- because: values are lost.
-- given
create type app.point2 as (x int, y int);
create function app.origin() returns app.point2 language sql as 'select row(0,0)::app.point2';
create table app.shapes (id int, at app.point2);
-- migration
ALTER TYPE app.point2 DROP ATTRIBUTE y;

-- safe: owner and comments
-- because: nothing that clients see.
COMMENT ON TABLE app.posts IS 'articles';
COMMENT ON SCHEMA app IS 'the application';
