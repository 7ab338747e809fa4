create table users (
  id bigint generated always as identity primary key,
  email text not null,
  legacy text,
  first_name text,
  score int default 0,
  constraint users_email_once unique (email)
);
create index users_legacy_idx on users (legacy);
create table posts (id bigint primary key, user_id bigint references users (id), body text);
create table audit (id bigint primary key, line text);
create view names as select id, first_name from users;
create materialized view scores as select score, count(*) as n from users group by score;
create type mood as enum ('happy', 'sad');
create table diary (id bigint primary key, feeling mood);
create sequence ticket_seq;
create sequence free_seq;
create table tickets (id bigint primary key default nextval('ticket_seq'), user_id bigint);
create schema archive;
create table archive.posts_2019 (id bigint primary key, body text);
create schema nothing_in_it;
create function full_name(u users) returns text language sql stable as $$ select u.first_name $$;
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger users_touch before update on users for each row execute function touch();
create procedure sweep() language plpgsql as $$ begin null; end $$;
create extension if not exists plpgsql;

-- unsafe: a column
-- about: ban-drop-column
-- because: its data is gone and running code still reads it.
ALTER TABLE users DROP COLUMN score CASCADE;

-- unsafe: a column with IF EXISTS that is there
-- about: ban-drop-column
-- because: the guard changes nothing when the column exists.
ALTER TABLE IF EXISTS users DROP COLUMN IF EXISTS legacy;

-- unsafe: two columns
-- about: ban-drop-column
-- because: data of both is gone.
ALTER TABLE users DROP legacy, DROP COLUMN score;

-- unsafe: a column that a view shows
-- about: dependent-view-blocks-alter
-- because: it fails.
-- fails: 2BP01
ALTER TABLE users DROP COLUMN first_name;

-- unsafe: a column with an index on it
-- about: drop-column-drops-dependents, ban-drop-column
-- because: data and index are gone.
ALTER TABLE users DROP COLUMN legacy;

-- safe: a column that is not there, guarded
-- about: ban-drop-column
-- because: nothing happens.
ALTER TABLE users DROP COLUMN IF EXISTS nickname;

-- unsafe: a column that is not there
-- about: syntax-or-unknown-object
-- because: it fails.
-- fails: 42703
ALTER TABLE users DROP COLUMN nickname;

-- safe: a column that the same file added
-- about: ban-drop-column
-- because: nobody has written to it.
ALTER TABLE users ADD COLUMN scratch text;
ALTER TABLE users DROP COLUMN scratch;

-- safe: a column of a table that the same file created
-- about: ban-drop-column
-- because: nobody uses it.
CREATE TABLE drafts (id bigint primary key, a int, b int);
ALTER TABLE drafts DROP COLUMN b;

-- unsafe: a table
-- about: ban-drop-table
-- because: its rows are gone and running code fails.
DROP TABLE audit;

-- unsafe: a table with IF EXISTS that is there
-- about: ban-drop-table
-- because: the guard changes nothing.
drop table if exists "audit" restrict;

-- unsafe: a table that others refer to, with CASCADE
-- about: ban-drop-table, drop-cascade
-- because: the foreign keys of others go with it.
DROP TABLE users CASCADE;

-- unsafe: a table that others refer to
-- about: ban-drop-table
-- because: it fails.
-- fails: 2BP01
DROP TABLE users;

-- unsafe: two tables
-- about: ban-drop-table
-- because: rows of both are gone.
DROP TABLE IF EXISTS audit, posts;

-- safe: a table that is not there, guarded
-- about: ban-drop-table
-- because: nothing happens.
DROP TABLE IF EXISTS no_such_table;

-- safe: a table that the same file created
-- about: ban-drop-table
-- because: it was scratch paper.
CREATE TABLE scratch (id bigint);
DROP TABLE scratch;

-- safe: a temporary table
-- about: ban-drop-table
-- because: it belongs to this session.
CREATE TEMP TABLE scratch AS SELECT id FROM users WHERE false;
DROP TABLE scratch;

-- unsafe: dropped and created again
-- about: ban-drop-table, create-table-force
-- because: the rows are gone.
DROP TABLE IF EXISTS audit;
CREATE TABLE audit (id bigint primary key, line text, at timestamptz);

-- safe: a new table, guarded by a drop that finds nothing
-- about: create-table-force
-- because: there was no such table.
DROP TABLE IF EXISTS webhooks;
CREATE TABLE webhooks (id bigint generated always as identity primary key, url text not null);

-- unsafe: a table of another schema
-- about: ban-drop-table
-- because: its rows are gone.
DROP TABLE archive.posts_2019;

-- unsafe: a schema with a table in it
-- about: ban-drop-schema
-- because: everything in it is gone.
DROP SCHEMA archive CASCADE;

-- unsafe: a schema with a table in it, without CASCADE
-- about: ban-drop-schema
-- because: it fails.
-- fails: 2BP01
DROP SCHEMA archive;

-- safe: an empty schema
-- about: ban-drop-schema
-- because: nothing is in it.
DROP SCHEMA nothing_in_it;

-- unsafe: the database
-- about: ban-drop-database
-- because: everything is gone.
DROP DATABASE IF EXISTS shop;

-- unsafe: a view that code reads
-- about: ban-drop-object
-- because: queries of the running code fail.
DROP VIEW names;

-- safe: a view that the same file makes again
-- about: ban-drop-object, recreate-object-loses-grants
-- because: in one transaction nobody sees it missing; it had no grants.
BEGIN;
DROP VIEW names;
CREATE VIEW names AS SELECT id, first_name, email FROM users;
COMMIT;

-- safe: a view gets another column at its end
-- about: replace-view-incompatible-columns
-- because: CREATE OR REPLACE allows it and keeps grants.
CREATE OR REPLACE VIEW names AS SELECT id, first_name, email FROM users;

-- unsafe: a view loses a column
-- about: replace-view-incompatible-columns
-- because: it fails.
-- fails: 42P16
CREATE OR REPLACE VIEW names AS SELECT id FROM users;

-- unsafe: a materialized view
-- about: ban-drop-object
-- because: queries of the running code fail.
DROP MATERIALIZED VIEW scores;

-- unsafe: a type that a column has
-- about: ban-drop-object
-- because: it fails.
-- fails: 2BP01
DROP TYPE mood;

-- unsafe: a type with CASCADE
-- about: drop-cascade
-- because: the column and its data go with it.
DROP TYPE mood CASCADE;

-- unsafe: a sequence that is a default
-- about: ban-drop-object
-- because: it fails.
-- fails: 2BP01
DROP SEQUENCE ticket_seq;

-- unsafe: a sequence that code may call
-- about: ban-drop-object
-- because: nextval in the running code fails.
DROP SEQUENCE free_seq;

-- unsafe: a function that code may call
-- about: drop-function-or-signature-change
-- because: calls of the running code fail.
DROP FUNCTION full_name(users);

-- unsafe: a procedure that code may call
-- about: drop-function-or-signature-change
-- because: calls of the running code fail.
DROP PROCEDURE IF EXISTS sweep();

-- safe: a function that the same file created
-- about: drop-function-or-signature-change
-- because: it was a helper.
CREATE FUNCTION helper() RETURNS int LANGUAGE sql AS 'select 1';
SELECT helper();
DROP FUNCTION helper();

-- unsafe: a trigger that does work
-- about: drop-trigger
-- because: what it did is no longer done.
DROP TRIGGER users_touch ON users;

-- safe: a trigger that is made anew in one transaction
-- about: drop-trigger
-- because: at no moment a writer goes without it.
BEGIN;
DROP TRIGGER users_touch ON users;
CREATE TRIGGER users_touch BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
COMMIT;

-- safe: a new trigger
-- about: create-trigger-lock
-- because: SHARE ROW EXCLUSIVE for a moment.
CREATE TRIGGER posts_touch BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION touch();

-- unsafe: a column gets another name
-- about: renaming-column
-- because: running code uses the old one.
ALTER TABLE users RENAME COLUMN email TO mail;

-- unsafe: a column gets another name, short form
-- about: renaming-column
-- because: the word COLUMN is optional.
alter table only users rename legacy to old;

-- safe: a column that the same file added gets another name
-- about: renaming-column
-- because: no code knows either.
ALTER TABLE users ADD COLUMN nik text;
ALTER TABLE users RENAME COLUMN nik TO nick;

-- unsafe: a table gets another name
-- about: renaming-table
-- because: running code uses the old one.
ALTER TABLE users RENAME TO members;

-- safe: a table gets another name, a view keeps the old one, in one transaction
-- about: renaming-table
-- because: a simple view is updatable: old code goes on.
BEGIN;
ALTER TABLE audit RENAME TO audit_lines;
CREATE VIEW audit AS SELECT * FROM audit_lines;
COMMIT;

-- unsafe: a table gets another name, the view comes in another transaction
-- about: renaming-table
-- because: between the two, code fails.
ALTER TABLE audit RENAME TO audit_lines;
CREATE VIEW audit AS SELECT * FROM audit_lines;

-- safe: a new table gets another name
-- about: renaming-table
-- because: nobody knows it.
CREATE TABLE new_audit (id bigint primary key);
ALTER TABLE new_audit RENAME TO audit_heads;

-- unsafe: two tables change places
-- about: renaming-table, table-swap-loses-attachments
-- because: grants, views and foreign keys follow the old table.
CREATE TABLE audit_new (id bigint primary key, line text, at timestamptz);
BEGIN;
ALTER TABLE audit RENAME TO audit_old;
ALTER TABLE audit_new RENAME TO audit;
COMMIT;

-- unsafe: a schema gets another name
-- about: renaming-schema
-- because: names that code writes with the schema fail.
ALTER SCHEMA archive RENAME TO attic;

-- safe: a new schema gets another name
-- about: renaming-schema
-- because: nobody knows it.
CREATE SCHEMA attik;
ALTER SCHEMA attik RENAME TO attic;

-- unsafe: a table moves to another schema
-- about: set-schema-moves-object
-- because: code does not find it any more.
ALTER TABLE audit SET SCHEMA archive;

-- unsafe: a view gets another name
-- about: renaming-table
-- because: queries of the running code fail.
ALTER VIEW names RENAME TO user_names;

-- unsafe: a sequence gets another name
-- about: renaming-other-object
-- because: nextval by name fails in running code.
ALTER SEQUENCE free_seq RENAME TO spare_seq;

-- unsafe: a function gets another name
-- about: renaming-other-object
-- because: calls by the old name fail.
ALTER FUNCTION full_name(users) RENAME TO display_name;

-- unsafe: a type gets another name
-- about: renaming-other-object
-- because: casts in running code fail.
ALTER TYPE mood RENAME TO feeling;

-- unsafe: a label of an enum gets another name
-- about: renaming-enum-value
-- because: running code writes the old one.
ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';

-- safe: a trigger gets another name
-- about: renaming-other-object
-- because: no query names a trigger.
ALTER TRIGGER users_touch ON users RENAME TO touch_users;

-- safe: a table changes its owner
-- about: revoke-in-use
-- because: a catalog change under a short lock.
ALTER TABLE audit OWNER TO CURRENT_USER;

-- unsafe: drop an owner's everything
-- about: ban-drop-object
-- because: all objects of the role are gone.
-- given
create role reporting;
-- migration
DROP OWNED BY reporting CASCADE;

-- unsafe: a role
-- about: alter-system-or-role
-- because: whoever logs in with it cannot any more.
-- given
create role reporting2;
-- migration
DROP ROLE reporting2;

-- safe: the down of a new table
-- about: ban-drop-table
-- because: a comment that shows the way back is no statement.
CREATE TABLE webhooks (id bigint generated always as identity primary key, url text not null);
-- down: DROP TABLE webhooks;
