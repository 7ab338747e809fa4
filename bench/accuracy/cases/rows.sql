create table users (id bigint generated always as identity primary key, email text, plan text, score int default 0, updated_at timestamptz);
create table plans (id int primary key, name text not null);
create table sessions (id bigint primary key, user_id bigint references users (id), expires_at timestamptz not null);
create table queue (id bigint primary key, parent_id bigint references queue (id) deferrable initially deferred, state text);
create index users_plan_idx on users (plan);

-- unsafe: an update of all rows
-- about: update-without-where
-- because: every row is locked and written again in one transaction.
UPDATE users SET score = 0;

-- unsafe: an update whose condition is always true
-- about: update-without-where
-- because: the same.
UPDATE users SET score = 0 WHERE true;

-- unsafe: a backfill of all rows that lack a value
-- about: unbatched-backfill
-- because: most of a large table in one transaction.
UPDATE users SET plan = 'free' WHERE plan IS NULL;

-- unsafe: a backfill from another table
-- about: unbatched-backfill
-- because: all matching rows in one transaction.
UPDATE sessions s SET expires_at = u.updated_at FROM users u WHERE u.id = s.user_id;

-- safe: one row by its key
-- about: unbatched-backfill
-- because: one row.
UPDATE users SET plan = 'gold' WHERE id = 42;

-- safe: a few rows by their keys
-- about: unbatched-backfill
-- because: three rows.
UPDATE users SET plan = 'gold' WHERE id IN (1, 2, 3);

-- safe: one batch by key range
-- about: unbatched-backfill
-- because: at most five thousand rows.
UPDATE users SET plan = 'free' WHERE id BETWEEN 1 AND 5000 AND plan IS NULL;

-- safe: one batch by half-open key range
-- about: unbatched-backfill
-- because: at most a thousand rows.
UPDATE users SET plan = 'free' WHERE id >= 1000 AND id < 2000 AND plan IS NULL;

-- safe: one batch by LIMIT
-- about: unbatched-backfill
-- because: at most a thousand rows.
UPDATE users SET plan = 'free' WHERE id IN (SELECT id FROM users WHERE plan IS NULL ORDER BY id LIMIT 1000);

-- safe: one batch from a common table expression
-- about: unbatched-backfill
-- because: at most a thousand rows.
WITH batch AS (SELECT id FROM users WHERE plan IS NULL LIMIT 1000 FOR UPDATE SKIP LOCKED)
UPDATE users u SET plan = 'free' FROM batch WHERE batch.id = u.id;

-- unsafe: a delete of all rows
-- about: delete-without-where
-- because: everything is gone.
DELETE FROM sessions;

-- unsafe: a delete by age
-- about: unbatched-backfill
-- because: most of a large table in one transaction.
DELETE FROM sessions WHERE expires_at < now() - interval '1 year';

-- safe: a delete of one row
-- about: delete-without-where
-- because: one row by its key.
DELETE FROM sessions WHERE id = 7;

-- safe: a delete in a batch
-- about: unbatched-backfill
-- because: at most a thousand rows.
DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < now() LIMIT 1000);

-- unsafe: TRUNCATE
-- about: ban-truncate
-- because: everything is gone under ACCESS EXCLUSIVE.
TRUNCATE TABLE sessions;

-- unsafe: TRUNCATE with CASCADE
-- about: ban-truncate-cascade, ban-truncate
-- because: sessions is emptied too.
TRUNCATE users CASCADE;

-- unsafe: TRUNCATE of a table that others refer to
-- about: ban-truncate
-- because: it fails.
-- fails: 0A000
TRUNCATE users;

-- safe: TRUNCATE of a table made in the same file
-- about: ban-truncate
-- because: it is empty.
CREATE TABLE staging (id bigint);
INSERT INTO staging VALUES (1);
TRUNCATE staging;

-- safe: a few new rows
-- about: data-change-mixed-with-ddl
-- because: reference data.
INSERT INTO plans (id, name) VALUES (1, 'free'), (2, 'gold') ON CONFLICT (id) DO NOTHING;

-- safe: rows into a new table
-- about: data-change-mixed-with-ddl
-- because: the table is new.
CREATE TABLE colours (id int primary key, name text not null);
INSERT INTO colours VALUES (1, 'red'), (2, 'green');

-- safe: all rows of a new table are changed
-- about: update-without-where
-- because: the table is new.
CREATE TABLE colours (id int primary key, name text not null);
INSERT INTO colours VALUES (1, 'red'), (2, 'green');
UPDATE colours SET name = upper(name);
DELETE FROM colours;

-- safe: a large table is copied into a new one
-- about: unbatched-backfill
-- because: readers and writers of the old one go on, and nobody uses the new one.
CREATE TABLE users_copy (id bigint primary key, email text, plan text);
INSERT INTO users_copy SELECT id, email, plan FROM users;

-- unsafe: a new column, filled at once in the same transaction
-- about: ddl-and-backfill-same-transaction
-- because: ACCESS EXCLUSIVE is held while all rows are written.
BEGIN;
ALTER TABLE users ADD COLUMN plan_id int;
UPDATE users SET plan_id = 1 WHERE plan = 'free';
COMMIT;

-- unsafe: a new column, filled at once in a file that the runner wraps
-- about: ddl-and-backfill-same-transaction
-- because: the runner makes it one transaction.
-- transaction: file
ALTER TABLE users ADD COLUMN plan_id int;
UPDATE users SET plan_id = 1;

-- safe: a new column with its default, and one row of another table
-- about: ddl-and-backfill-same-transaction
-- because: one row.
ALTER TABLE users ADD COLUMN plan_id int NOT NULL DEFAULT 1;
UPDATE plans SET name = 'basic' WHERE id = 1;

-- unsafe: rows change, then the table with its deferred trigger events
-- about: pending-trigger-events
-- because: it fails with "pending trigger events" as soon as a row was changed.
BEGIN;
INSERT INTO queue (id, parent_id, state) VALUES (1, 1, 'new');
ALTER TABLE queue ADD COLUMN note text;
COMMIT;

-- safe: the deferred constraints are checked first
-- about: pending-trigger-events
-- because: no event is pending.
BEGIN;
INSERT INTO queue (id, parent_id, state) VALUES (1, 1, 'new');
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE queue ADD COLUMN note text;
COMMIT;

-- unsafe: the same column twice
-- about: ban-duplicate-column-assignments
-- because: it fails.
-- fails: 42601
UPDATE users SET plan = 'free', plan = 'gold' WHERE id = 1;

-- unsafe: the same column twice in an INSERT
-- about: ban-duplicate-column-assignments
-- because: it fails.
-- fails: 42701
INSERT INTO plans (id, name, name) VALUES (1, 'free', 'free');

-- unsafe: an unknown column in an UPDATE
-- about: syntax-or-unknown-object
-- because: it fails.
-- fails: 42703
UPDATE users SET plann = 'free' WHERE id = 1;

-- unsafe: a sequence begins again
-- about: sequence-restart-below-max
-- because: the next rows get keys that exist.
ALTER SEQUENCE users_id_seq RESTART WITH 1;

-- unsafe: an identity column begins again
-- about: sequence-restart-below-max
-- because: the next rows get keys that exist.
ALTER TABLE users ALTER COLUMN id RESTART WITH 1;

-- safe: a sequence is moved behind the largest key
-- about: sequence-restart-below-max
-- because: it looks at the rows.
SELECT setval('users_id_seq', (SELECT max(id) FROM users));

-- safe: a select
-- about: unbatched-backfill
-- because: it reads one row.
SELECT * FROM users WHERE id = 1;

-- unsafe: rows of a catalog table
-- about: removing-enum-value
-- because: a label disappears under rows that hold it.
DELETE FROM pg_enum WHERE enumlabel = 'sad';

-- unsafe: an explicit lock on the whole table
-- about: explicit-lock-table
-- because: all readers and writers wait until the end of the transaction.
BEGIN;
LOCK TABLE users IN ACCESS EXCLUSIVE MODE;
UPDATE users SET plan = 'gold' WHERE id = 1;
COMMIT;

-- safe: a weak explicit lock
-- about: explicit-lock-table
-- because: ROW EXCLUSIVE is what every writer takes.
BEGIN;
LOCK TABLE users IN ROW EXCLUSIVE MODE;
UPDATE users SET plan = 'gold' WHERE id = 1;
COMMIT;

-- unsafe: a large table is copied into one that is in use
-- about: unbatched-backfill
-- because: all rows in one transaction, each with its locks.
INSERT INTO plans SELECT id::int, plan FROM users;

-- unsafe: MERGE over the whole table
-- about: unbatched-backfill
-- because: all rows in one transaction.
MERGE INTO users u USING plans p ON u.plan = p.name WHEN MATCHED THEN UPDATE SET score = p.id;

-- safe: an upsert of one row
-- about: unbatched-backfill
-- because: one row.
INSERT INTO plans (id, name) VALUES (3, 'silver') ON CONFLICT (id) DO UPDATE SET name = excluded.name;
