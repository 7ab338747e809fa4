create table job (id bigint generated always as identity primary key, queue text not null, state text not null default 'new', tries int, run_at timestamptz, payload jsonb);
create index job_queue on job (queue);
create table worker (id int primary key, name text);
create function bump(j bigint) returns void language plpgsql as $$ begin update job set tries = tries + 1 where id = j; end $$;
create procedure sweep() language plpgsql as $$ begin delete from job; end $$;
create table done_job (like job);

-- safe: block that adds a column
-- because: catalog only.
DO $$ BEGIN ALTER TABLE job ADD COLUMN priority int; END $$;

-- unsafe: block that rewrites
-- because: all rows are written again.
DO $$ BEGIN ALTER TABLE job ALTER COLUMN tries TYPE bigint; END $$;

-- unsafe: block that builds an index
-- because: writers wait.
DO $body$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_indexes WHERE indexname = 'job_state') THEN
    CREATE INDEX job_state ON job (state);
  END IF;
END
$body$;

-- unsafe: block that builds an index concurrently
-- because: the server refuses it.
-- fails: 25001
DO $$ BEGIN EXECUTE 'CREATE INDEX CONCURRENTLY job_state ON job (state)'; END $$;

-- unsafe: block that deletes in one go
-- because: all rows are lost.
DO $$ BEGIN DELETE FROM job; END $$;

-- safe: block that deletes nothing but says so
-- because: it only says something.
DO $$ BEGIN RAISE NOTICE 'DELETE FROM job'; END $$;

-- unsafe: block that loops over all rows in one transaction
-- because: all rows are changed in one transaction.
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT id FROM job LOOP
    UPDATE job SET tries = 0 WHERE id = r.id;
  END LOOP;
END $$;

-- safe: block in batches that commits
-- because: each batch is its own transaction.
-- transaction: none
DO $$
DECLARE n int;
BEGIN
  LOOP
    UPDATE job SET tries = 0 WHERE id IN (SELECT id FROM job WHERE tries IS NULL LIMIT 1000);
    GET DIAGNOSTICS n = ROW_COUNT;
    EXIT WHEN n = 0;
    COMMIT;
  END LOOP;
END $$;

-- unsafe: block in batches that never commits
-- because: it is one transaction after all.
DO $$
DECLARE n int;
BEGIN
  LOOP
    UPDATE job SET tries = 0 WHERE id IN (SELECT id FROM job WHERE tries IS NULL LIMIT 1000);
    GET DIAGNOSTICS n = ROW_COUNT;
    EXIT WHEN n = 0;
  END LOOP;
END $$;

-- unsafe: block that drops what it finds
-- because: all rows are lost.
DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE 'DROP TABLE ' || quote_ident(t) || ' CASCADE';
  END LOOP;
END $$;

-- unsafe: block that puts a statement together
-- because: all rows are read under ACCESS EXCLUSIVE.
DO $$ BEGIN EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET NOT NULL', 'job', 'run_at'); END $$;

-- safe: block that puts a quick statement together
-- because: catalog only.
DO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN %I int', 'job', 'priority'); END $$;

-- safe: block that makes a role if it is missing
-- because: it can do nothing yet.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'reader_x') THEN
    CREATE ROLE reader_x NOLOGIN;
  END IF;
END $$;

-- safe: block that makes a type if it is missing
-- because: it is new.
DO $$ BEGIN
  CREATE TYPE job_state AS ENUM ('new', 'done');
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

-- safe: block that makes a constraint that is not validated
-- because: no row is read.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'tries_ok') THEN
    ALTER TABLE job ADD CONSTRAINT tries_ok CHECK (tries >= 0) NOT VALID;
  END IF;
END $$;

-- unsafe: block that makes a constraint
-- because: all rows are read under ACCESS EXCLUSIVE.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'tries_ok') THEN
    ALTER TABLE job ADD CONSTRAINT tries_ok CHECK (tries >= 0);
  END IF;
END $$;

-- safe: block that renames if the old name is there, which it is not
-- because: nothing happens.
DO $$ BEGIN
  ALTER TABLE IF EXISTS old_jobs RENAME TO older_jobs;
END $$;

-- unsafe: block that renames
-- because: the running code uses the old name.
DO $$ BEGIN
  ALTER TABLE job RENAME COLUMN payload TO body;
EXCEPTION WHEN undefined_column THEN NULL;
END $$;

-- unsafe: procedure called that deletes
-- because: all rows are lost.
CALL sweep();

-- safe: function called for one row
-- because: one row.
SELECT bump(7);

-- unsafe: function called for all rows
-- because: every row is changed.
SELECT bump(id) FROM job;

-- safe: function made that would delete
-- because: it is not called.
CREATE FUNCTION clear_jobs() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM job; END $$;

-- unsafe: function made that deletes, and called
-- because: all rows are lost.
CREATE FUNCTION clear_jobs() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM job; END $$;
SELECT clear_jobs();

-- safe: procedure made with batches and commits
-- because: it is new.
CREATE PROCEDURE trim_jobs() LANGUAGE plpgsql AS $$
BEGIN
  LOOP
    DELETE FROM job WHERE id IN (SELECT id FROM job WHERE state = 'done' LIMIT 1000);
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
END $$;

-- unsafe: block with a wait under a lock
-- because: all wait.
DO $$ BEGIN
  ALTER TABLE job ADD COLUMN priority int;
  PERFORM pg_sleep(20);
END $$;

-- unsafe: block with a lock of its own
-- because: writers wait while all rows are counted.
DO $$ BEGIN
  LOCK TABLE job IN SHARE MODE;
  PERFORM count(*) FROM job;
END $$;

-- unsafe: block in another language
-- because: what it does is not known... and the language is missing.
-- known: languages are not looked up, and a block in another language is not read.
-- fails: 42704
DO LANGUAGE plperl $$ spi_exec_query('drop table job'); $$;

-- unsafe: block with a mistake of spelling
-- because: it cannot be parsed.
-- fails: 42601
DO $$ BEGIN UPDTE job SET tries = 0; END $$;

-- unsafe: block with a loop that is not closed
-- because: it cannot be parsed.
-- fails: 42601
DO $$ BEGIN FOR i IN 1..10 LOOP PERFORM i; END $$;

-- safe: transaction with savepoints around a quick change
-- because: it is small.
BEGIN;
SAVEPOINT s;
ALTER TABLE job ADD COLUMN priority int;
RELEASE SAVEPOINT s;
COMMIT;

-- safe: dropped, and taken back to a savepoint
-- because: nothing is lost.
BEGIN;
SAVEPOINT s;
DROP TABLE worker;
ROLLBACK TO s;
COMMIT;

-- unsafe: savepoint, then all rows
-- because: all rows in one statement.
BEGIN;
SAVEPOINT s;
UPDATE job SET tries = 0;
RELEASE s;
COMMIT;

-- unsafe: locked in the strongest way and left open for a question
-- because: all wait.
BEGIN;
LOCK TABLE job IN ACCESS EXCLUSIVE MODE;
SELECT count(*) FROM worker;
COMMIT;

-- safe: locked in the weakest way
-- because: readers and writers go on.
BEGIN;
LOCK TABLE job IN ACCESS SHARE MODE;
COMMIT;

-- safe: timeout of locks, quick change, timeout back
-- because: as careful as can be.
SET lock_timeout = '2s';
ALTER TABLE job ADD COLUMN priority int;
SET lock_timeout = DEFAULT;

-- unsafe: timeout of locks, long scan
-- because: it ends the wait and not the scan.
SET lock_timeout = '2s';
ALTER TABLE job ADD CONSTRAINT tries_ok CHECK (tries >= 0);

-- unsafe: constraints put off and all foreign keys off
-- because: keys and triggers do not hold.
SET session_replication_role = replica;
UPDATE job SET tries = 0 WHERE id = 1;

-- unsafe: fsync switched off for the server
-- because: a crash loses data.
ALTER SYSTEM SET fsync = off;

-- safe: more memory for a build
-- because: for this session.
SET maintenance_work_mem = '1GB';
CREATE INDEX CONCURRENTLY job_state ON job (state);
RESET maintenance_work_mem;

-- unsafe: prepared and run
-- because: all rows are lost.
-- known: what EXECUTE runs is not followed to its PREPARE.
PREPARE gone AS DELETE FROM job;
EXECUTE gone;

-- safe: prepared and run for one row
-- because: one row.
PREPARE one (bigint) AS UPDATE job SET tries = 0 WHERE id = $1;
EXECUTE one (7);
DEALLOCATE one;

-- unsafe: rows returned to another table
-- because: all rows are moved in one transaction.
WITH moved AS (DELETE FROM job WHERE state = 'done' RETURNING *) INSERT INTO done_job SELECT * FROM moved;

-- safe: isolation said
-- because: catalog only.
BEGIN ISOLATION LEVEL SERIALIZABLE;
ALTER TABLE worker ADD COLUMN born date;
COMMIT;

-- unsafe: a transaction that only reads, with a change
-- because: the server refuses it.
-- known: a copy of the schema refuses it, no rule does.
-- fails: 25006
BEGIN READ ONLY;
ALTER TABLE worker ADD COLUMN born date;
COMMIT;

-- safe: work for later
-- because: it is a message.
NOTIFY jobs, 'ready';
LISTEN jobs;
UNLISTEN jobs;

-- unsafe: cursor over all rows held
-- because: all rows are read and kept.
-- known: the query of a cursor is not looked at.
BEGIN;
ALTER TABLE job ADD COLUMN priority int;
DECLARE c CURSOR WITH HOLD FOR SELECT * FROM job;
COMMIT;

-- unsafe: trigger with a function whose body is wrong
-- because: every update fails from then on.
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.touched_at := now(); RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE ON job FOR EACH ROW EXECUTE FUNCTION touch();

-- safe: trigger with a function whose body is right
-- because: a short lock.
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.run_at := now(); RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE ON job FOR EACH ROW EXECUTE FUNCTION touch();
