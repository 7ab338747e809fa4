create table people (id bigserial primary key, email text not null, lower_email text, country text, active boolean default true, score int, company_id int, profile jsonb, created_at timestamptz default now());
create index people_country on people (country);
create table companies (id serial primary key, name text, country text);
create table settings (key text primary key, value text);
create table archive (like people);
create table dupes (id bigint primary key, a int, b int);

-- unsafe: all rows updated
-- because: one transaction, all row locks, twice the size.
UPDATE people SET lower_email = lower(email);

-- unsafe: all rows updated that are null
-- because: after ADD COLUMN these are all.
UPDATE "people" SET "active" = TRUE WHERE "active" IS NULL;

-- unsafe: rows updated by joining
-- because: as many rows as people has.
UPDATE people p SET country = c.country FROM companies c WHERE c.id = p.company_id;

-- safe: batch by key range
-- because: ten thousand rows by the primary key.
UPDATE people SET lower_email = lower(email) WHERE id BETWEEN 1 AND 10000 AND lower_email IS NULL;

-- safe: batch by limited subquery
-- because: a thousand rows, found with SKIP LOCKED.
UPDATE people SET lower_email = lower(email)
WHERE id IN (SELECT id FROM people WHERE lower_email IS NULL ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED);

-- safe: one setting changed
-- because: one row by its key.
UPDATE settings SET value = 'on' WHERE key = 'feature.new_checkout';

-- safe: a setting added
-- because: one row.
INSERT INTO settings (key, value) VALUES ('limits.max_upload', '25MB') ON CONFLICT DO NOTHING;

-- unsafe: rows deleted without a condition
-- because: all rows are gone.
DELETE FROM archive;

-- unsafe: old rows deleted at once
-- because: no index on created_at, rows without number in one transaction.
DELETE FROM people WHERE created_at < now() - interval '2 years';

-- safe: one row deleted by its key
-- because: one row lock.
DELETE FROM settings WHERE key = 'feature.old_checkout';

-- safe: a few rows deleted by their keys
-- because: three row locks.
DELETE FROM companies WHERE id IN (17, 23, 42);

-- safe: limited delete by key
-- because: five hundred rows.
DELETE FROM dupes WHERE id IN (SELECT id FROM dupes WHERE a = b LIMIT 500);

-- unsafe: duplicates deleted by a self join
-- because: the whole table is joined with itself in one transaction.
DELETE FROM dupes d USING dupes e WHERE d.id > e.id AND d.a = e.a AND d.b = e.b;

-- unsafe: everything copied
-- because: all rows in one transaction.
INSERT INTO archive SELECT * FROM people;

-- unsafe: loop in a do block without commits
-- because: one transaction, whatever the loop.
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT id FROM people LOOP
    UPDATE people SET score = 0 WHERE id = r.id;
  END LOOP;
END $$;

-- safe: loop in a do block that commits each batch
-- because: batches of a thousand with COMMIT between.
-- transaction: none
DO $$
DECLARE n int;
BEGIN
  LOOP
    UPDATE people SET score = 0 WHERE id IN (SELECT id FROM people WHERE score IS NULL LIMIT 1000);
    GET DIAGNOSTICS n = ROW_COUNT;
    EXIT WHEN n = 0;
    COMMIT;
  END LOOP;
END $$;

-- unsafe: column, backfill and not null in one go
-- because: a full update and a scan under ACCESS EXCLUSIVE.
ALTER TABLE people ADD COLUMN plan text;
UPDATE people SET plan = 'free';
ALTER TABLE people ALTER COLUMN plan SET NOT NULL;

-- safe: rows of a table of the same file
-- because: nobody else sees them.
CREATE TABLE countries (code char(2) PRIMARY KEY, name text NOT NULL);
INSERT INTO countries VALUES ('DE', 'Germany'), ('FR', 'France');
UPDATE countries SET name = upper(name);
DELETE FROM countries;

-- unsafe: column set twice
-- because: PostgreSQL refuses.
-- fails: 42601
UPDATE people SET score = 1, score = 2 WHERE id = 1;

-- unsafe: unknown column updated
-- because: there is no such column.
-- fails: 42703
UPDATE people SET lowered = lower(email) WHERE id = 1;

-- unsafe: more values than columns
-- because: PostgreSQL refuses.
-- fails: 42601
INSERT INTO settings (key) VALUES ('a', 'b');

-- unsafe: required column left out
-- because: email has no default.
-- fails: 23502
INSERT INTO people (country) VALUES ('DE');

-- unsafe: condition over everything
-- because: true for all rows.
UPDATE people SET score = coalesce(score, 0) WHERE true;

-- unsafe: updated with a common table expression of all rows
-- because: as many rows as the table has.
WITH ranked AS (SELECT id, row_number() OVER (PARTITION BY company_id ORDER BY created_at) AS n FROM people)
UPDATE people SET score = ranked.n FROM ranked WHERE ranked.id = people.id;

-- unsafe: merged whole table
-- because: every row of archive is joined and inserted in one transaction.
MERGE INTO people p USING archive a ON p.id = a.id
WHEN MATCHED THEN UPDATE SET score = a.score
WHEN NOT MATCHED THEN INSERT (id, email) VALUES (a.id, a.email);

-- safe: read only
-- because: an aggregate of a few rows by key.
SELECT count(*) FROM companies WHERE id < 10;
