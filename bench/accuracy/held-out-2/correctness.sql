create table members (id bigint primary key, email text not null, phone text, plan_id int, referrer_id bigint, status varchar(20) not null default 'new', seen_at timestamptz, score int default 0, team_id bigint);
create unique index members_email on members (email);
create table plans (id int primary key, name text not null, price numeric not null);
alter table members add constraint members_plan_fk foreign key (plan_id) references plans (id);
create index members_plan on members (plan_id);
create table teams (id bigint primary key, name text, owner_id bigint references members (id) deferrable initially deferred);
create index teams_owner on teams (owner_id);
create table bans (member_id bigint, reason text);
create type state as enum ('draft', 'live');
create table pages (id bigint primary key, state state not null default 'draft', slug text unique);
create materialized view counts as select plan_id, count(*) as n from members group by plan_id;
create unique index counts_plan on counts (plan_id);
create table regions (id int primary key, name text) partition by list (id);

-- unsafe: a comma before the closing parenthesis
-- fails: 42601
-- because: a syntax error.
CREATE TABLE badges (
    id bigint PRIMARY KEY,
    name text NOT NULL,
);

-- unsafe: backticks around names
-- fails: 42601
-- because: PostgreSQL quotes with double quotes.
ALTER TABLE `members` ADD COLUMN `age` int;

-- unsafe: a column clause of another database
-- fails: 42601
-- because: MODIFY COLUMN is not PostgreSQL.
ALTER TABLE members MODIFY COLUMN phone varchar(40) NOT NULL;

-- unsafe: a change of type without the word
-- fails: 42601
-- because: ALTER COLUMN needs TYPE.
ALTER TABLE members ALTER COLUMN phone varchar(40);

-- unsafe: a column placed after another
-- fails: 42601
-- because: AFTER is not PostgreSQL.
ALTER TABLE members ADD COLUMN age int AFTER email;

-- unsafe: IF NOT EXISTS on a constraint
-- fails: 42601
-- because: ADD CONSTRAINT has no such clause.
ALTER TABLE members ADD CONSTRAINT IF NOT EXISTS plan_ok CHECK (plan_id > 0) NOT VALID;

-- unsafe: CREATE TYPE IF NOT EXISTS
-- fails: 42601
-- because: types have no such clause.
CREATE TYPE IF NOT EXISTS kind AS ENUM ('a', 'b');

-- unsafe: a concurrent index without a name and with the guard
-- fails: 42601
-- because: IF NOT EXISTS needs a name.
CREATE INDEX CONCURRENTLY IF NOT EXISTS ON members (phone);

-- unsafe: two statements without a semicolon between
-- fails: 42601
-- because: a syntax error at the second.
ALTER TABLE members ADD COLUMN a int
ALTER TABLE members ADD COLUMN b int;

-- unsafe: an unclosed text
-- fails: 42601
-- because: the literal never ends.
UPDATE members SET status = 'don't know' WHERE id = 1;

-- unsafe: double quotes around a value
-- fails: 42703
-- because: double quotes make a column name.
UPDATE members SET status = "active" WHERE id = 1;

-- unsafe: CREATE INDEX CONCURRENTLY in a transaction
-- fails: 25001
-- because: it cannot run in a transaction block.
BEGIN;
CREATE INDEX CONCURRENTLY idx_members_phone ON members (phone);
COMMIT;

-- unsafe: CREATE INDEX CONCURRENTLY in a tool's transaction
-- transaction: file
-- fails: 25001
-- because: the tool wraps the file.
CREATE INDEX CONCURRENTLY idx_members_phone ON members (phone);

-- safe: CREATE INDEX CONCURRENTLY where the tool opens no transaction
-- transaction: none
-- because: nothing waits for it.
CREATE INDEX CONCURRENTLY idx_members_phone ON members (phone);

-- unsafe: DROP INDEX CONCURRENTLY in a transaction
-- fails: 25001
-- because: it cannot run in a transaction block.
START TRANSACTION;
DROP INDEX CONCURRENTLY IF EXISTS members_plan;
COMMIT;

-- unsafe: REINDEX CONCURRENTLY in a transaction
-- fails: 25001
-- because: it cannot run in a transaction block.
BEGIN;
REINDEX TABLE CONCURRENTLY members;
COMMIT;

-- unsafe: VACUUM in a transaction
-- fails: 25001
-- because: it cannot run in a transaction block.
BEGIN;
VACUUM ANALYZE members;
COMMIT;

-- safe: VACUUM on its own
-- because: reads and writes go on.
VACUUM (ANALYZE) members;

-- safe: ANALYZE in a transaction
-- because: allowed, and reads and writes go on.
BEGIN;
ANALYZE members;
COMMIT;

-- unsafe: CREATE DATABASE in a transaction
-- transaction: file
-- because: it cannot run in a transaction block.
CREATE DATABASE staging;

-- unsafe: ALTER SYSTEM in a migration
-- because: it changes the whole server.
ALTER SYSTEM SET max_connections = 500;

-- safe: a materialized view refreshed concurrently in a transaction
-- because: it may be in a transaction; reads go on and the view has a unique index.
BEGIN;
REFRESH MATERIALIZED VIEW CONCURRENTLY counts;
COMMIT;

-- unsafe: a transaction that never ends
-- because: the locks stay until the session ends and the work is lost.
BEGIN;
ALTER TABLE members ADD COLUMN nickname text;

-- unsafe: BEGIN in a tool's transaction, and COMMIT in the middle
-- transaction: file
-- because: the COMMIT ends the transaction of the tool.
BEGIN;
ALTER TABLE members ADD COLUMN nickname text;
COMMIT;

-- unsafe: COMMIT without BEGIN
-- because: there is no transaction to commit.
ALTER TABLE members ADD COLUMN nickname text;
COMMIT;

-- unsafe: an enum value used as a default in the same transaction
-- fails: 55P04
-- because: the new value can be used after the commit only.
BEGIN;
ALTER TYPE state ADD VALUE 'archived';
ALTER TABLE pages ALTER COLUMN state SET DEFAULT 'archived';
COMMIT;

-- unsafe: an enum value used in a partial index in the same transaction
-- fails: 55P04
-- because: the new value can be used after the commit only.
BEGIN;
ALTER TYPE state ADD VALUE IF NOT EXISTS 'archived' AFTER 'live';
CREATE TABLE old_pages (id bigint PRIMARY KEY, state state CHECK (state = 'archived'));
COMMIT;

-- unsafe: an enum value used in a file the tool wraps
-- transaction: file
-- fails: 55P04
-- because: one transaction for both.
ALTER TYPE state ADD VALUE 'archived';
UPDATE pages SET state = 'archived' WHERE id = 5;

-- safe: an enum value used by its name as text in the same transaction
-- because: a comment and a text are not the value.
BEGIN;
ALTER TYPE state ADD VALUE 'archived';
COMMENT ON TYPE state IS 'draft, live or archived';
COMMIT;

-- safe: an old enum value used after a new one is added
-- because: 'live' was there before.
BEGIN;
ALTER TYPE state ADD VALUE 'archived';
UPDATE pages SET state = 'live' WHERE id = 5;
COMMIT;

-- safe: an enum made and used in one transaction
-- because: its values were not added later.
BEGIN;
CREATE TYPE visibility AS ENUM ('public', 'private');
ALTER TABLE pages ADD COLUMN visibility visibility NOT NULL DEFAULT 'public';
COMMIT;

-- unsafe: UPDATE without WHERE
-- because: every row of a large table is written in one transaction.
UPDATE members SET score = 0;

-- unsafe: DELETE without WHERE
-- because: all rows are lost.
DELETE FROM members;

-- unsafe: DELETE whose condition is always true
-- because: all rows are lost.
DELETE FROM bans WHERE 1 = 1;

-- unsafe: UPDATE whose condition compares a column with itself
-- because: nearly every row is written.
UPDATE members SET score = 0 WHERE id = id;

-- unsafe: a comparison with NULL
-- because: phone = NULL is never true, so nothing is done.
DELETE FROM members WHERE phone = NULL;

-- unsafe: an inequality with NULL
-- because: phone <> NULL is never true.
UPDATE members SET status = 'reachable' WHERE phone <> NULL AND id < 100;

-- unsafe: NOT IN with a column that may be null
-- because: one null member_id and no row matches.
UPDATE members SET status = 'ok' WHERE id < 1000 AND id NOT IN (SELECT member_id FROM bans);

-- safe: NOT IN with a column that cannot be null
-- because: plans.id is a primary key, and a range of keys is written.
UPDATE members SET plan_id = 1 WHERE id BETWEEN 1 AND 1000 AND plan_id NOT IN (SELECT id FROM plans);

-- safe: NOT EXISTS instead
-- because: nulls do no harm, and a range of keys is written.
UPDATE members m SET status = 'ok' WHERE m.id BETWEEN 1 AND 1000 AND NOT EXISTS (SELECT FROM bans b WHERE b.member_id = m.id);

-- unsafe: one column assigned twice
-- fails: 42601
-- because: a column may be assigned once.
UPDATE members SET status = 'a', score = 1, status = 'b' WHERE id = 1;

-- unsafe: one column named twice in an INSERT
-- fails: 42701
-- because: a column may be named once.
INSERT INTO plans (id, name, price, name) VALUES (9, 'Gold', 10, 'Gold');

-- unsafe: an aggregate in WHERE
-- fails: 42803
-- because: aggregates are not allowed there.
UPDATE members SET score = 1 WHERE score > avg(score);

-- unsafe: two rows of one target in a single upsert
-- fails: 21000
-- because: a row cannot be changed twice by one command.
INSERT INTO plans (id, name, price) VALUES (1, 'Free', 0), (1, 'Basic', 5) ON CONFLICT (id) DO UPDATE SET name = excluded.name;

-- unsafe: rows with the same key
-- fails: 23505
-- because: the key is given twice.
INSERT INTO plans (id, name, price) VALUES (1, 'Free', 0), (1, 'Basic', 5);

-- safe: reference rows by their keys
-- because: a handful of rows, repeatable.
INSERT INTO plans (id, name, price) VALUES (1, 'Free', 0), (2, 'Basic', 5) ON CONFLICT (id) DO UPDATE SET name = excluded.name, price = excluded.price;

-- unsafe: a column used before it is added
-- fails: 42703
-- because: the order of the statements is wrong.
CREATE INDEX CONCURRENTLY members_locale ON members (locale);
ALTER TABLE members ADD COLUMN locale text;

-- safe: a column added and then indexed
-- because: the index is built concurrently.
ALTER TABLE members ADD COLUMN locale text;
CREATE INDEX CONCURRENTLY members_locale ON members (locale);

-- unsafe: a table referenced before it is made
-- fails: 42P01
-- because: the order of the statements is wrong.
CREATE TABLE comments (id bigint PRIMARY KEY, thread_id bigint REFERENCES threads (id));
CREATE TABLE threads (id bigint PRIMARY KEY);

-- unsafe: a column dropped and then used
-- fails: 42703
-- because: the drop comes first (it loses data anyway).
ALTER TABLE members DROP COLUMN phone;
CREATE INDEX CONCURRENTLY members_phone ON members (phone);

-- unsafe: the old name used after a rename
-- fails: 42703
-- because: the column has its new name by then (and the rename breaks the code).
ALTER TABLE members RENAME COLUMN phone TO mobile;
ALTER TABLE members ALTER COLUMN phone SET DEFAULT '';

-- unsafe: a deferred foreign key between a change of rows and of the table
-- because: rows of teams have pending checks when the table is changed, PostgreSQL refuses it where a row was written.
BEGIN;
UPDATE teams SET owner_id = 7 WHERE id = 1;
ALTER TABLE teams ADD COLUMN slogan text;
COMMIT;

-- safe: the table first, then its rows, in two transactions
-- because: nothing is pending.
ALTER TABLE teams ADD COLUMN slogan text;
UPDATE teams SET owner_id = 7 WHERE id = 1;

-- safe: SET LOCAL outside a transaction
-- transaction: none
-- because: it has no effect, which is no worse than no timeout.
SET LOCAL lock_timeout = '2s';
ALTER TABLE members ADD COLUMN nickname text;

-- safe: SET LOCAL in the transaction
-- because: the timeout is in force.
BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE members ADD COLUMN nickname text;
COMMIT;

-- unsafe: a partition without bounds of a table that is not partitioned
-- fails: 42P17
-- because: members is not partitioned.
CREATE TABLE members_1 PARTITION OF members FOR VALUES FROM (1) TO (1000);

-- unsafe: a unique constraint on a partitioned table without its key
-- fails: 0A000
-- because: the partition key has to be in it.
CREATE TABLE hits (id bigint PRIMARY KEY, at timestamptz NOT NULL) PARTITION BY RANGE (at);

-- safe: a partitioned table with its first partition
-- because: everything is new.
CREATE TABLE hits (id bigint, at timestamptz NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE hits_2026_01 PARTITION OF hits FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');

-- unsafe: a column retyped with another column's values
-- because: the column gets the values of another, and the table is rewritten.
ALTER TABLE members ALTER COLUMN plan_id TYPE bigint USING team_id;

-- unsafe: a column retyped without the cast it needs
-- fails: 42804
-- because: text does not become integer by itself.
ALTER TABLE members ALTER COLUMN phone TYPE integer;

-- unsafe: a default that does not fit the new type
-- fails: 42804
-- because: the default 'new' cannot become a state.
ALTER TABLE members ALTER COLUMN status TYPE state USING status::state;

-- unsafe: DO block with a typo in its body
-- known: names in blocks are not resolved.
-- because: the block fails when it runs.
DO $$
BEGIN
  ALTER TABLE memberz ADD COLUMN age int;
END $$;

-- unsafe: DO block with a syntax error
-- fails: 42601
-- because: END IF is missing.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'kind') THEN
    CREATE TYPE kind AS ENUM ('a', 'b');
END $$;

-- safe: DO block that makes a type if it is missing
-- because: only the catalog changes.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'kind') THEN
    CREATE TYPE kind AS ENUM ('a', 'b');
  END IF;
END $$;

-- safe: DO block of Drizzle around a new table's foreign key
-- because: the table is new, and the exception is of a constraint that is there.
CREATE TABLE IF NOT EXISTS "devices" ("id" serial PRIMARY KEY NOT NULL, "member_id" bigint NOT NULL);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "devices_member_id_idx" ON "devices" ("member_id");
--> statement-breakpoint
DO $$ BEGIN
 ALTER TABLE "devices" ADD CONSTRAINT "devices_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;

-- unsafe: DO block of Drizzle around a large table's foreign key
-- because: both tables are locked while all rows are checked.
DO $$ BEGIN
 ALTER TABLE "members" ADD CONSTRAINT "members_team_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id");
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;

-- unsafe: DO block that drops every table of a name
-- because: what it drops nobody can see, and it drops.
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE 'DROP TABLE ' || quote_ident(r.tablename) || ' CASCADE';
  END LOOP;
END $$;

-- safe: DO block with a loop in batches over a new table
-- because: the table is new.
CREATE TABLE numbers (n int PRIMARY KEY);
DO $$
BEGIN
  FOR i IN 1..10 LOOP
    INSERT INTO numbers VALUES (i);
  END LOOP;
END $$;

-- unsafe: a primary key with a column that is null by its default
-- fails: 42601
-- because: NULL and PRIMARY KEY contradict each other.
CREATE TABLE t (id int NULL PRIMARY KEY);

-- unsafe: two primary keys
-- fails: 42P16
-- because: a table has one.
CREATE TABLE t (id int PRIMARY KEY, code text, PRIMARY KEY (code));

-- unsafe: the first statement of psql in a migration
-- because: psql's commands are not SQL; a driver refuses them.
-- fails: 42601
\set ON_ERROR_STOP on
ALTER TABLE members ADD COLUMN nickname text;
