create table members (id bigint primary key, email text not null unique, status text, score int default 0, left_at timestamptz);
create table plans (code text primary key, title text not null);
create table visits (id bigint generated always as identity primary key, member bigint references members on delete cascade, at timestamptz not null);
create index visits_member on visits (member);
create table old_visits (like visits);

-- safe: reference rows
-- because: three rows.
INSERT INTO plans VALUES ('free', 'Free'), ('pro', 'Professional'), ('team', 'Team') ON CONFLICT DO NOTHING;

-- safe: one row by its key
-- because: one row is locked.
UPDATE members SET status = 'closed' WHERE id = 42;

-- safe: one row deleted by its key
-- because: one row.
DELETE FROM plans WHERE code = 'trial';

-- safe: a slice by key range
-- because: a bounded number of rows.
UPDATE members SET score = 0 WHERE id BETWEEN 1 AND 1000 AND score IS NULL;

-- safe: a batch by LIMIT
-- because: at most 500 rows, those that others hold are skipped.
DELETE FROM visits WHERE id IN (SELECT id FROM visits WHERE at < '2020-01-01' ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED);

-- safe: rows of a new table
-- because: only this migration knows the table.
CREATE TABLE regions (code text PRIMARY KEY, name text NOT NULL);
INSERT INTO regions SELECT 'r' || i, 'region ' || i FROM generate_series(1, 20) i;
UPDATE regions SET name = upper(name);

-- safe: a new table emptied
-- because: its rows are of this migration.
CREATE TABLE bucket (id int);
INSERT INTO bucket VALUES (1);
TRUNCATE bucket;

-- safe: reading
-- because: nothing is changed.
SELECT count(*) FROM plans;

-- safe: a procedure-like block that commits after each batch
-- because: locks are held for one batch.
DO $$
DECLARE n int;
BEGIN
  LOOP
    UPDATE members SET score = 0 WHERE id IN (SELECT id FROM members WHERE score IS NULL LIMIT 1000);
    GET DIAGNOSTICS n = ROW_COUNT;
    EXIT WHEN n = 0;
    COMMIT;
  END LOOP;
END $$;

-- unsafe: all rows updated
-- because: every row locked and written again in one transaction.
UPDATE members SET score = score + 1;

-- unsafe: all rows with a condition that is always true
-- because: every row.
UPDATE members SET status = 'x' WHERE true;

-- unsafe: rows of an open condition
-- because: possibly all rows in one transaction.
UPDATE members SET score = 0 WHERE score IS NULL;

-- unsafe: joined update of all
-- because: possibly all rows in one transaction.
UPDATE members m SET left_at = v.at FROM visits v WHERE v.member = m.id;

-- unsafe: all rows deleted
-- because: data is lost.
DELETE FROM visits;

-- unsafe: deleted where 1 = 1
-- because: data is lost.
DELETE FROM visits WHERE 1 = 1;

-- unsafe: old rows deleted at once
-- because: possibly most of the table, in one transaction.
DELETE FROM visits WHERE at < now() - interval '1 year';

-- unsafe: truncate
-- because: data is lost under ACCESS EXCLUSIVE.
TRUNCATE TABLE visits RESTART IDENTITY;

-- unsafe: truncate cascade
-- because: other tables are emptied too.
TRUNCATE members CASCADE;

-- unsafe: truncate of a referenced table
-- fails: 0A000
-- because: a foreign key refers to it.
TRUNCATE members;

-- unsafe: a whole table copied
-- because: one long transaction that writes as much as the table holds.
INSERT INTO old_visits SELECT * FROM visits;

-- safe: a table made of a whole table
-- because: long, but it blocks nobody and nothing is lost.
CREATE TABLE visits_copy AS SELECT * FROM visits;

-- unsafe: a delete in a CTE
-- because: every old row in one transaction.
WITH gone AS (DELETE FROM visits WHERE at < '2024-01-01' RETURNING *) INSERT INTO old_visits SELECT * FROM gone;

-- unsafe: an insert without a column that must be there
-- fails: 23502
-- because: email must not be null.
INSERT INTO members (id, status) VALUES (1, 'x');

-- unsafe: an insert with too many values
-- fails: 42601
-- because: it fails.
INSERT INTO plans (code, title) VALUES ('a', 'b', 'c');

-- unsafe: an update of a column that is not there
-- fails: 42703
-- because: it fails.
UPDATE members SET state = 'x' WHERE id = 1;

-- unsafe: an explicit value for an identity that is always generated
-- fails: 428C9
-- because: it fails.
INSERT INTO visits (id, member, at) VALUES (1, 1, now());

-- unsafe: a merge over everything
-- because: every row may be written in one transaction.
MERGE INTO members m USING visits v ON v.member = m.id WHEN MATCHED THEN UPDATE SET score = m.score + 1;

-- unsafe: all rows locked
-- because: every row is locked until the end.
BEGIN;
SELECT * FROM members FOR UPDATE;
COMMIT;

-- unsafe: a truncate in a block
-- because: data is lost all the same.
DO $$ BEGIN EXECUTE 'TRUNCATE visits'; END $$;

-- unsafe: filled and set not null at once
-- because: one long transaction that writes every row, then scans under ACCESS EXCLUSIVE.
BEGIN;
ALTER TABLE members ADD COLUMN region text;
UPDATE members SET region = 'eu' WHERE region IS NULL;
ALTER TABLE members ALTER COLUMN region SET NOT NULL;
COMMIT;
