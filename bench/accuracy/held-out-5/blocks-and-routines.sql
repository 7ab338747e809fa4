create schema "In Use";
create table task (id bigserial primary key, title text not null, state text, owner int, done boolean default false, at timestamptz);
create index task_state on task (state);
create table person (id serial primary key, mail text unique, name text);
create table log (id bigserial, line text);
create table "In Use"."Odd" (id int primary key, "Val" text);
create function price_of(n int, tax numeric default 0.19) returns numeric language sql stable as $$ select n * (1 + tax) $$;
create function tell(text) returns void language plpgsql as $$ begin raise notice '%', $1; end $$;
create function task_touch() returns trigger language plpgsql as $$ begin new.at := now(); return new; end $$;
create trigger task_touch before update on task for each row execute function task_touch();
create function slug(text) returns text language sql immutable as $$ select lower($1) $$;
create index task_slug on task (slug(title));
create view open_tasks as select id, title, price_of(1) as p from task where not done;
create procedure nightly() language plpgsql as $$ begin delete from log where id < 100; end $$;

-- unsafe: block that adds a required column with a test
-- because: existing rows have no value.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'task' AND column_name = 'size') THEN
    ALTER TABLE task ADD COLUMN size int NOT NULL;
  END IF;
END
$$;

-- safe: block that adds a column unless it is there
-- because: catalog only.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'task' AND column_name = 'size') THEN
    ALTER TABLE task ADD COLUMN size int;
  END IF;
END
$$;

-- safe: block that makes a type unless it is there
-- because: new.
DO $$ BEGIN
  CREATE TYPE mood AS ENUM ('sad', 'happy');
EXCEPTION
  WHEN duplicate_object THEN NULL;
END $$;

-- unsafe: block that adds a key and swallows what is there
-- because: both tables are locked while rows are compared.
DO $$ BEGIN
  ALTER TABLE task ADD CONSTRAINT task_owner_fk FOREIGN KEY (owner) REFERENCES person (id) ON DELETE no action;
EXCEPTION
  WHEN duplicate_object THEN null;
END $$;

-- safe: block that adds an unvalidated key and swallows what is there
-- because: nothing is read.
DO $$ BEGIN
  ALTER TABLE task ADD CONSTRAINT task_owner_fk FOREIGN KEY (owner) REFERENCES person (id) NOT VALID;
EXCEPTION
  WHEN duplicate_object THEN null;
END $$;

-- unsafe: block that drops what a query finds
-- because: tables are lost, whichever they are.
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE 'DROP TABLE IF EXISTS ' || quote_ident(r.tablename) || ' CASCADE';
  END LOOP;
END $$;

-- unsafe: block that drops a table in a string
-- because: its rows are lost.
DO $$ BEGIN EXECUTE 'drop table log'; END $$;

-- unsafe: block that drops a table in a string of format
-- because: its rows are lost.
DO $$ BEGIN EXECUTE format('DROP TABLE %I.%I', 'public', 'log'); END $$;

-- safe: block that makes a table in a string of format
-- because: new.
DO $$ BEGIN EXECUTE format('CREATE TABLE %I (id int primary key)', 'Log 2026'); END $$;

-- unsafe: block with an index
-- because: writers wait.
DO $do$ BEGIN CREATE INDEX IF NOT EXISTS task_at ON task (at); END $do$;

-- safe: block with an index that is there
-- because: nothing happens.
DO $do$ BEGIN CREATE INDEX IF NOT EXISTS task_state ON task (state); END $do$;

-- unsafe: block with a concurrent index
-- because: a block runs in a transaction.
-- fails: 25001
DO $do$ BEGIN CREATE INDEX CONCURRENTLY task_at ON task (at); END $do$;

-- unsafe: block with all rows changed
-- because: one statement over a large table.
DO LANGUAGE plpgsql $$ BEGIN UPDATE task SET state = 'x'; END $$;

-- safe: block that changes slice by slice and commits
-- because: locks are held for one slice.
DO $$
DECLARE n int;
BEGIN
  LOOP
    UPDATE task SET done = false WHERE id IN (SELECT id FROM task WHERE done IS NULL LIMIT 5000);
    GET DIAGNOSTICS n = ROW_COUNT;
    EXIT WHEN n = 0;
    COMMIT;
  END LOOP;
END $$;

-- unsafe: block that changes slice by slice and never commits
-- because: all rows are locked to the end.
DO $$
DECLARE n int;
BEGIN
  LOOP
    UPDATE task SET done = false WHERE id IN (SELECT id FROM task WHERE done IS NULL LIMIT 5000);
    GET DIAGNOSTICS n = ROW_COUNT;
    EXIT WHEN n = 0;
  END LOOP;
END $$;

-- unsafe: block in an open transaction that commits
-- because: the server refuses it there.
-- fails: 2D000
BEGIN;
DO $$ BEGIN UPDATE task SET done = false WHERE id = 1; COMMIT; END $$;
COMMIT;

-- unsafe: block whose code does not parse
-- because: the server refuses it.
-- fails: 42601
DO $$ BEGIN IF true THEN PERFORM 1; END $$;

-- safe: block that only tells
-- because: nothing changes.
DO $$ BEGIN RAISE NOTICE 'hello'; PERFORM count(*) FROM pg_class; END $$;

-- unsafe: block that stops the migration on purpose
-- because: it fails at once.
-- fails: P0001
-- known: what a block raises is said by its author on purpose.
DO $$ BEGIN RAISE EXCEPTION 'not here'; END $$;

-- safe: block that stops when something is wrong
-- because: a guard that changes nothing.
DO $$ BEGIN IF (SELECT count(*) FROM pg_roles WHERE rolname = 'nobody at all') > 0 THEN RAISE EXCEPTION 'not here'; END IF; END $$;

-- unsafe: block in a branch that is never taken but the other is
-- because: the other branch drops the column.
DO $$ BEGIN IF false THEN NULL; ELSE ALTER TABLE task DROP COLUMN state; END IF; END $$;

-- safe: function made with a dangerous body
-- because: nobody calls it.
CREATE FUNCTION wipe_all() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM task; TRUNCATE log; END $$;

-- unsafe: function made with a dangerous body and called
-- because: all rows are lost.
CREATE FUNCTION wipe_all() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM task; TRUNCATE log; END $$;
SELECT wipe_all();

-- safe: function replaced by one alike
-- because: same arguments, same result.
CREATE OR REPLACE FUNCTION price_of(n int, tax numeric DEFAULT 0.19) RETURNS numeric LANGUAGE sql STABLE AS $$ SELECT n + n * tax $$;

-- unsafe: function replaced with another result
-- because: the server refuses it.
-- fails: 42P13
CREATE OR REPLACE FUNCTION price_of(n int, tax numeric DEFAULT 0.19) RETURNS int LANGUAGE sql STABLE AS $$ SELECT n $$;

-- unsafe: function replaced with another name of an argument
-- because: the server refuses it.
-- fails: 42P13
CREATE OR REPLACE FUNCTION price_of(amount int, tax numeric DEFAULT 0.19) RETURNS numeric LANGUAGE sql STABLE AS $$ SELECT amount * tax $$;

-- unsafe: function replaced without its default
-- because: the server refuses it.
-- fails: 42P13
CREATE OR REPLACE FUNCTION price_of(n int, tax numeric) RETURNS numeric LANGUAGE sql STABLE AS $$ SELECT n * tax $$;

-- unsafe: function replaced that an index stores
-- because: the index keeps what the old one said.
CREATE OR REPLACE FUNCTION slug(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT replace(lower($1), ' ', '-') $$;

-- unsafe: function made that is there
-- because: the server refuses it.
-- fails: 42723
CREATE FUNCTION tell(text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$;

-- safe: function of the same name for other arguments
-- because: nobody calls it yet, and calls of the other stay clear.
CREATE FUNCTION tell(int, int) RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$;

-- unsafe: function dropped that a view calls
-- because: the server refuses it.
-- fails: 2BP01
DROP FUNCTION price_of(int, numeric);

-- unsafe: function dropped that code may call
-- because: calls fail.
DROP FUNCTION tell(text);

-- unsafe: trigger's function dropped with its trigger
-- because: writes go without it.
DROP FUNCTION task_touch() CASCADE;

-- unsafe: index's function dropped with its index
-- because: the index goes under ACCESS EXCLUSIVE.
DROP FUNCTION slug CASCADE;

-- unsafe: trigger by a function without that form
-- because: the server refuses it.
-- fails: 42883
CREATE TRIGGER t AFTER INSERT ON task FOR EACH ROW EXECUTE FUNCTION tell();

-- unsafe: trigger by a function that returns something else
-- because: the server refuses it.
-- fails: 42P17
CREATE FUNCTION plain() RETURNS int LANGUAGE sql AS 'select 1';
CREATE TRIGGER t AFTER INSERT ON task FOR EACH ROW EXECUTE FUNCTION plain();

-- safe: trigger by a function of the file
-- because: a short lock.
CREATE FUNCTION note_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log (line) VALUES (NEW.title); RETURN NULL; END $$;
CREATE TRIGGER note_it AFTER INSERT ON task FOR EACH ROW EXECUTE FUNCTION note_it();

-- unsafe: row trigger before a view's rows
-- because: the server takes only INSTEAD OF there.
-- fails: 42809
CREATE TRIGGER t BEFORE INSERT ON open_tasks FOR EACH ROW EXECUTE FUNCTION task_touch();

-- unsafe: trigger with a condition on rows that are not there
-- because: an insert has no old row.
-- fails: 42P17
CREATE TRIGGER t BEFORE INSERT ON task FOR EACH ROW WHEN (OLD.state IS NULL) EXECUTE FUNCTION task_touch();

-- unsafe: trigger of a name that is taken
-- because: the server refuses it.
-- fails: 42710
CREATE TRIGGER task_touch BEFORE UPDATE ON task FOR EACH ROW EXECUTE FUNCTION task_touch();

-- safe: trigger of a name that is taken, replaced
-- because: the same once more.
CREATE OR REPLACE TRIGGER task_touch BEFORE UPDATE ON task FOR EACH ROW EXECUTE FUNCTION task_touch();

-- unsafe: procedure called that deletes
-- because: rows are lost.
CALL nightly();

-- unsafe: procedure called as a function
-- because: the server refuses it.
-- fails: 42809
SELECT nightly();

-- unsafe: function called as a procedure
-- because: the server refuses it.
-- fails: 42809
CALL tell('x');

-- unsafe: language that is not there
-- because: the server refuses it.
-- fails: 42704
CREATE FUNCTION f() RETURNS int LANGUAGE plrubyx AS 'x';

-- unsafe: function with a variable of an unknown type
-- because: the server refuses it.
-- fails: 42704
-- known: a copy of the schema refuses it, no rule does.
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ DECLARE x nosuchtype; BEGIN END $$;

-- unsafe: function in SQL over a column that is not there
-- because: the server refuses it.
-- fails: 42703
CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'select heading from task limit 1';

-- safe: function in SQL over a column that is not there, bodies unchecked
-- because: nobody calls it before the column is there.
SET check_function_bodies = off;
CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'select heading from task limit 1';
ALTER TABLE task ADD COLUMN heading text;

-- unsafe: unbalanced quotes of a body
-- because: it does not parse.
-- fails: 42601
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $;

-- safe: function's settings changed
-- because: catalog only.
ALTER FUNCTION tell(text) SET search_path = pg_catalog;

-- safe: function's cost
-- because: catalog only.
ALTER FUNCTION price_of(int, numeric) COST 50 PARALLEL SAFE;

-- unsafe: function renamed
-- because: calls fail.
ALTER FUNCTION tell(text) RENAME TO say;

-- unsafe: function renamed that a body of another calls by name
-- because: calls fail.
ALTER ROUTINE price_of(int, numeric) RENAME TO cost_of;
