create table job (id bigserial primary key, queue text not null, run_at timestamptz, state text default 'ready', tries int not null default 0, body jsonb);
create table worker (id int primary key, name text, seen timestamptz);
create index job_queue on job (queue);
create table tariff (singleton boolean primary key default true check (singleton), rate numeric);
create function job_count(q text) returns bigint language sql stable as $$ select count(*) from job where queue = q $$;
create procedure prune(days int) language plpgsql as $$ begin delete from worker where seen < now() - make_interval(days => days); end $$;

-- safe: all timeouts and a quick change
-- because: catalog only.
SET lock_timeout = '2s';
SET statement_timeout = '5s';
SET idle_in_transaction_session_timeout = '10s';
ALTER TABLE job ADD COLUMN priority int;
RESET lock_timeout;
RESET statement_timeout;

-- unsafe: concurrent build under a short statement timeout
-- because: it is cancelled and leaves an invalid index.
SET statement_timeout = '5s';
CREATE INDEX CONCURRENTLY job_state ON job (state);

-- safe: concurrent build with the timeout lifted
-- because: nothing cancels it.
SET statement_timeout = '5s';
ALTER TABLE job ADD COLUMN priority int;
SET statement_timeout = 0;
CREATE INDEX CONCURRENTLY job_state ON job (state);
SET statement_timeout = '5s';

-- unsafe: validation under a short statement timeout
-- because: it is cancelled.
-- known: how long the scan takes is not known.
-- given
alter table job add constraint job_tries check (tries < 100) not valid;
-- migration
SET statement_timeout = '500ms';
ALTER TABLE job VALIDATE CONSTRAINT job_tries;

-- safe: savepoint and its release around a quick change
-- because: catalog only.
BEGIN;
SAVEPOINT a;
ALTER TABLE job ADD COLUMN priority int;
RELEASE SAVEPOINT a;
COMMIT;

-- safe: drop that is rolled back to a savepoint
-- because: nothing is dropped.
BEGIN;
SAVEPOINT a;
DROP TABLE worker;
ROLLBACK TO SAVEPOINT a;
ALTER TABLE worker ADD COLUMN host text;
COMMIT;

-- unsafe: column that a rollback to a savepoint has taken away
-- because: the server does not find it.
-- fails: 42703
BEGIN;
SAVEPOINT a;
ALTER TABLE worker ADD COLUMN host text;
ROLLBACK TO a;
COMMENT ON COLUMN worker.host IS 'dns name';
COMMIT;

-- unsafe: savepoint that is not there
-- because: the server refuses it.
-- fails: 3B001
BEGIN;
ALTER TABLE worker ADD COLUMN host text;
ROLLBACK TO SAVEPOINT before_host;
COMMIT;

-- unsafe: savepoint outside of a transaction
-- because: the server refuses it.
-- fails: 25P01
-- transaction: none
SAVEPOINT a;
ALTER TABLE worker ADD COLUMN host text;

-- safe: everything rolled back
-- because: nothing stays.
BEGIN;
DELETE FROM tariff;
ROLLBACK;

-- safe: same column again after a rollback to a savepoint
-- because: the first one is gone.
BEGIN;
SAVEPOINT s;
ALTER TABLE job ADD COLUMN priority text;
ROLLBACK TO s;
ALTER TABLE job ADD COLUMN priority int;
COMMIT;

-- unsafe: same column twice
-- because: the server refuses the second.
-- fails: 42701
BEGIN;
ALTER TABLE job ADD COLUMN priority text;
ALTER TABLE job ADD COLUMN priority int;
COMMIT;

-- unsafe: index built in place by a block
-- because: writers wait.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_indexes WHERE indexname = 'job_state') THEN
    CREATE INDEX job_state ON job (state);
  END IF;
END
$$;

-- unsafe: index built in place by the text of a block
-- because: writers wait.
DO $do$
BEGIN
  EXECUTE 'CREATE INDEX job_state ON job (state)';
END
$do$;

-- unsafe: names put together in a block
-- because: the table is dropped.
DO $$
DECLARE t text := 'worker';
BEGIN
  EXECUTE format('DROP TABLE %I', t);
END $$;

-- unsafe: names put together in a block, all columns
-- because: every column named so is retyped, a rewrite each.
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT table_name FROM information_schema.columns WHERE column_name = 'seen' LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN seen TYPE text', r.table_name);
  END LOOP;
END $$;

-- safe: quick change in a block that asks first
-- because: catalog only.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'job' AND column_name = 'priority') THEN
    ALTER TABLE job ADD COLUMN priority int;
  END IF;
END $$;

-- safe: block that only tells
-- because: it reads the catalog.
DO $$ BEGIN RAISE NOTICE 'tables: %', (SELECT count(*) FROM pg_class); END $$;

-- unsafe: block that does not parse
-- because: the server refuses it.
-- fails: 42601
DO $$ BEGIN ALTER TABLE job ADD COLUMN priority; END $$;

-- unsafe: concurrent build in a block
-- because: a block is a transaction.
-- fails: 25001
DO $$ BEGIN EXECUTE 'CREATE INDEX CONCURRENTLY job_state ON job (state)'; END $$;

-- safe: one row by its key
-- because: one row.
UPDATE job SET tries = 0 WHERE id = 9000;

-- safe: a table of one row by its check
-- because: there is one row.
UPDATE tariff SET rate = rate * 1.1;

-- unsafe: rows that have the default value
-- because: most rows have what the column gets by itself, and all are locked in one statement.
UPDATE job SET state = 'ready' WHERE state = 'ready';

-- unsafe: rows deleted by their age
-- because: many rows in one transaction.
DELETE FROM job WHERE run_at < now() - interval '30 days';

-- safe: rows deleted in a limited number
-- because: a thousand rows by their key.
DELETE FROM job WHERE id IN (SELECT id FROM job WHERE state = 'done' ORDER BY id LIMIT 1000);

-- safe: rows locked by those that take them without waiting
-- because: a few rows, taken past what others hold.
WITH next AS (SELECT id FROM job WHERE state = 'ready' ORDER BY id LIMIT 50 FOR UPDATE SKIP LOCKED)
UPDATE job SET state = 'taken' FROM next WHERE job.id = next.id;

-- unsafe: every row merged
-- because: all rows of the source may be written in one statement.
MERGE INTO worker w USING job j ON w.id = j.id WHEN MATCHED THEN UPDATE SET name = j.queue;

-- unsafe: merge on a server that has none
-- because: MERGE is new in 15.
-- server: 14
MERGE INTO tariff t USING (VALUES (true, 1.5)) v (s, r) ON t.singleton = v.s WHEN MATCHED THEN UPDATE SET rate = v.r;

-- safe: merge of one row
-- because: the values are one row.
MERGE INTO worker w USING (VALUES (1, 'first')) v (id, name) ON w.id = v.id WHEN MATCHED THEN UPDATE SET name = v.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (v.id, v.name);

-- unsafe: procedure called that is not there with these arguments
-- because: the server finds none.
-- fails: 42883
CALL prune('2026-01-01'::date, 3);

-- unsafe: function called as a procedure
-- because: the server refuses it.
-- fails: 42809
CALL job_count('mail');

-- unsafe: function replaced that returns something else
-- because: the server refuses it.
-- fails: 42P13
CREATE OR REPLACE FUNCTION job_count(q text) RETURNS int LANGUAGE sql STABLE AS $$ SELECT 1 $$;

-- unsafe: parameter renamed in place
-- because: the server refuses it.
-- fails: 42P13
CREATE OR REPLACE FUNCTION job_count(queue_name text) RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT count(*) FROM job WHERE queue = queue_name $$;

-- safe: body replaced alike
-- because: the signature and its attributes stay.
CREATE OR REPLACE FUNCTION job_count(q text) RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT count(*) FROM job j WHERE j.queue = q AND j.state <> 'done' $$;

-- unsafe: body replaced by what selects from a table that is not there
-- because: the server checks the body.
-- fails: 42P01
CREATE OR REPLACE FUNCTION job_count(q text) RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT count(*) FROM jobs WHERE queue = q $$;

-- safe: function's attributes changed by its bare name
-- because: one function has the name, and it only gets cheaper to plan.
ALTER FUNCTION job_count COST 500 PARALLEL SAFE;

-- unsafe: function altered by a bare name that two have
-- because: the server refuses what is ambiguous.
-- fails: 42725
-- given
create function job_count(a int, b int) returns int language sql as 'select 1';
-- migration
ALTER FUNCTION job_count STABLE;

-- unsafe: function renamed by its bare name
-- because: callers use the old name.
ALTER FUNCTION job_count RENAME TO jobs_in;

-- unsafe: function dropped by its bare name
-- because: callers fail.
DROP FUNCTION job_count;

-- safe: function dropped that is not there
-- because: IF EXISTS.
DROP FUNCTION IF EXISTS job_counter(text);

-- unsafe: procedure dropped as a function
-- because: the server refuses it.
-- fails: 42809
DROP FUNCTION prune(int);

-- unsafe: syntax error
-- because: the server refuses it.
-- fails: 42601
ALTER TABLE job ADD COLUM priority int;

-- unsafe: comma left over
-- because: the server refuses it.
-- fails: 42601
CREATE TABLE note (id int, body text,);

-- unsafe: two transactions, the first never closed before the second
-- because: the second BEGIN only warns, so all is one transaction.
BEGIN;
ALTER TABLE job ADD COLUMN a int;
BEGIN;
CREATE INDEX job_tries ON job (tries);
COMMIT;

-- safe: prepared and run for one row
-- because: one row by its key.
PREPARE fix (bigint) AS UPDATE job SET tries = 0 WHERE id = $1;
EXECUTE fix (17);
DEALLOCATE fix;

-- unsafe: advisory lock waited for in a transaction that holds a strong lock
-- because: readers wait as long as the advisory lock is not free.
BEGIN;
ALTER TABLE job ADD COLUMN a int;
SELECT pg_advisory_xact_lock(4711);
COMMIT;

-- safe: advisory lock taken first
-- because: nothing is locked while it waits.
SELECT pg_advisory_lock(4711);
ALTER TABLE job ADD COLUMN a int;
SELECT pg_advisory_unlock(4711);

-- unsafe: pause under a strong lock
-- because: readers wait for the pause.
BEGIN;
ALTER TABLE job ADD COLUMN a int;
SELECT pg_sleep(30);
COMMIT;

-- unsafe: setting of the whole server
-- because: a migration changes the server for everybody.
ALTER SYSTEM SET max_connections = 500;

-- unsafe: setting that is not there
-- because: the server refuses it.
-- fails: 42704
SET lock_timeouts = '2s';

-- unsafe: value that the setting cannot have
-- because: the server refuses it.
-- fails: 22023
SET lock_timeout = 'two seconds';
