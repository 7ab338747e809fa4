create schema hr;
create extension if not exists citext;
create type hr.grade as enum ('junior', 'senior');
create type hr.unused_enum as enum ('x');
create type hr.address as (street text, city text);
create domain hr.email as text check (value like '%@%');
create domain hr.lonely as int;
create table hr.people (id bigint generated always as identity primary key, name text not null, mail hr.email, grade hr.grade default 'junior', home hr.address, born date, hired timestamptz not null default now(), left_at timestamp, tags text[], data jsonb, raw json, salary money, active boolean, boss bigint, spot point, period tstzrange, words tsvector);
create index people_name on hr.people (name);
create unique index people_name_born on hr.people (name, born);
create table hr.pay (id bigint primary key, person bigint not null references hr.people (id), amount numeric(10,2) not null, paid timestamptz, note varchar(50));
create view hr.actives as select id, name, grade from hr.people where active;
create materialized view hr.by_grade as select grade, count(*) as n from hr.people group by grade;
create unique index by_grade_grade on hr.by_grade (grade);
create table hr.visits (id bigint not null, at timestamptz not null, page text) partition by range (at);
create table hr.visits_2025 partition of hr.visits for values from ('2025-01-01') to ('2026-01-01');
create table hr.teams (code text not null, n int) partition by list (code);
create table hr.teams_a partition of hr.teams for values in ('a', 'b');
create table hr.shards (id bigint not null) partition by hash (id);
create table hr.shards_0 partition of hr.shards for values with (modulus 4, remainder 0);
create table hr.secured (id bigint primary key, owner text not null);
alter table hr.secured enable row level security;
create policy secured_own on hr.secured using (owner = current_user);
create function hr.stamp() returns trigger language plpgsql as $$ begin new.hired := now(); return new; end $$;
create function hr.label(p hr.grade) returns text language sql immutable as $$ select p::text $$;
create function hr.rank_of(a int, b int default 0) returns int language sql immutable as $$ select a + b $$;
create function hr.today() returns date language plpgsql stable as $$ begin return current_date; end $$;
create trigger people_stamp before insert on hr.people for each row execute function hr.stamp();
create sequence hr.badge;
create procedure hr.tidy() language sql as $$ delete from hr.pay where amount = 0 $$;

-- unsafe: partial index that moves with the clock
-- because: now() is not immutable, it cannot stand in a predicate.
-- fails: 42P17
CREATE INDEX CONCURRENTLY people_recent ON hr.people (id) WHERE hired > now() - interval '30 days';

-- safe: partial index from a fixed day
-- because: the constant is of the column's type.
CREATE INDEX CONCURRENTLY people_recent ON hr.people (id) WHERE hired > '2025-01-01';

-- unsafe: partial index that compares with a date
-- because: comparing timestamptz with date depends on the time zone.
-- fails: 42P17
CREATE INDEX CONCURRENTLY people_recent ON hr.people (id) WHERE hired > '2025-01-01'::date;

-- unsafe: index over the month in the session's zone
-- because: date_trunc of timestamptz is only stable.
-- fails: 42P17
CREATE INDEX CONCURRENTLY people_month ON hr.people (date_trunc('month', hired));

-- safe: index over the month of a timestamp
-- because: date_trunc of timestamp is immutable.
CREATE INDEX CONCURRENTLY people_left_month ON hr.people (date_trunc('month', left_at));

-- unsafe: index over names put together with concat
-- because: concat is only stable.
-- fails: 42P17
CREATE INDEX CONCURRENTLY people_full ON hr.people (concat(name, ' ', mail));

-- safe: index over names put together with an operator
-- because: text || text is immutable.
CREATE INDEX CONCURRENTLY people_full ON hr.people ((name || ' ' || coalesce(tags[1], '')));

-- unsafe: index over the text of an enum
-- because: the output of an enum is only stable.
-- fails: 42P17
CREATE INDEX CONCURRENTLY people_grade_text ON hr.people ((grade::text));

-- safe: index over a function that says it is immutable
-- because: PostgreSQL believes it, and it is built without blocking.
CREATE INDEX CONCURRENTLY people_grade_label ON hr.people (hr.label(grade));

-- unsafe: text search over the default configuration
-- because: to_tsvector with one argument is only stable.
-- fails: 42P17
CREATE INDEX CONCURRENTLY people_fts ON hr.people USING gin (to_tsvector(name));

-- safe: text search with a configuration
-- because: immutable.
CREATE INDEX CONCURRENTLY people_fts ON hr.people USING gin (to_tsvector('simple', name || ' ' || coalesce(data ->> 'bio', '')));

-- unsafe: gin over plain text
-- because: text has no default operator class for gin without an extension.
-- fails: 42704
CREATE INDEX CONCURRENTLY people_name_gin ON hr.people USING gin (name);

-- unsafe: btree over json
-- because: json has no equality.
-- fails: 42704
CREATE INDEX CONCURRENTLY people_raw ON hr.people (raw);

-- safe: btree over a field of json
-- because: the field is text.
CREATE INDEX CONCURRENTLY people_raw_key ON hr.people ((raw ->> 'key'));

-- unsafe: unique index by hash
-- because: hash indexes cannot be unique.
-- fails: 0A000
CREATE UNIQUE INDEX CONCURRENTLY people_name_hash ON hr.people USING hash (name);

-- unsafe: gin with an order
-- because: gin has no order.
-- fails: 0A000
CREATE INDEX CONCURRENTLY people_tags ON hr.people USING gin (tags DESC);

-- safe: gist over ranges and points
-- because: both have default operator classes.
CREATE INDEX CONCURRENTLY people_period ON hr.people USING gist (period);
CREATE INDEX CONCURRENTLY people_spot ON hr.people USING spgist (spot);

-- unsafe: generated column over the clock
-- because: not immutable.
-- fails: 42P17
ALTER TABLE hr.people ADD COLUMN age int GENERATED ALWAYS AS (extract(year from age(current_date, born))) VIRTUAL;

-- safe: virtual column over a date
-- because: immutable, and nothing is written.
ALTER TABLE hr.people ADD COLUMN birth_year int GENERATED ALWAYS AS (extract(year from born)::int) VIRTUAL;

-- unsafe: generated column over a subquery
-- because: queries cannot stand there.
-- fails: 0A000
ALTER TABLE hr.pay ADD COLUMN share numeric GENERATED ALWAYS AS (amount / (SELECT sum(amount) FROM hr.pay)) STORED;

-- unsafe: trigger with OLD on insert
-- because: an insert has no old row.
-- fails: 42P17
CREATE TRIGGER pay_check BEFORE INSERT OR UPDATE ON hr.pay FOR EACH ROW WHEN (OLD.amount <> NEW.amount) EXECUTE FUNCTION hr.stamp();

-- unsafe: trigger over a missing column
-- because: there is no column total.
-- fails: 42703
CREATE TRIGGER pay_total AFTER UPDATE OF total ON hr.pay FOR EACH ROW EXECUTE FUNCTION hr.stamp();

-- unsafe: trigger that calls a procedure
-- because: a procedure is no trigger function.
-- fails: 42883
CREATE TRIGGER pay_tidy AFTER INSERT ON hr.pay FOR EACH STATEMENT EXECUTE PROCEDURE hr.tidy();

-- unsafe: trigger function with arguments
-- because: trigger functions have none.
-- fails: 42P13
CREATE FUNCTION hr.audit(p text) RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;

-- unsafe: policy with WITH CHECK for deletes
-- because: PostgreSQL refuses.
-- fails: 42601
CREATE POLICY secured_del ON hr.secured FOR DELETE USING (owner = current_user) WITH CHECK (true);

-- unsafe: policy altered that is not there
-- because: PostgreSQL refuses.
-- fails: 42704
ALTER POLICY secured_owner ON hr.secured USING (owner = current_user);

-- safe: policy renamed
-- because: only its name changes.
ALTER POLICY secured_own ON hr.secured RENAME TO secured_by_owner;

-- unsafe: range partition with its ends swapped
-- because: the range is empty.
-- fails: 42P17
CREATE TABLE hr.visits_2027 PARTITION OF hr.visits FOR VALUES FROM ('2028-01-01') TO ('2027-01-01');

-- unsafe: list bound for a range
-- because: the parent is partitioned by range.
-- fails: 42P16
CREATE TABLE hr.visits_x PARTITION OF hr.visits FOR VALUES IN ('2027-01-01');

-- unsafe: two partitions of the same file that overlap
-- because: the second takes days that the first has.
-- fails: 42P17
CREATE TABLE hr.visits_2026 PARTITION OF hr.visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE hr.visits_2026b PARTITION OF hr.visits FOR VALUES FROM ('2026-07-01') TO ('2027-07-01');

-- safe: partitions of the next years
-- because: no overlap, no default partition, each lock is brief.
CREATE TABLE IF NOT EXISTS hr.visits_2026 PARTITION OF hr.visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE IF NOT EXISTS hr.visits_2027 PARTITION OF hr.visits FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- unsafe: list partition with a value that is taken
-- because: 'b' belongs to teams_a.
-- fails: 42P17
CREATE TABLE hr.teams_b PARTITION OF hr.teams FOR VALUES IN ('b', 'c');

-- safe: the other hash partitions
-- because: all remainders are free, each lock is brief.
CREATE TABLE hr.shards_1 PARTITION OF hr.shards FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE hr.shards_2 PARTITION OF hr.shards FOR VALUES WITH (MODULUS 4, REMAINDER 2);

-- unsafe: remainder as large as the modulus
-- because: PostgreSQL refuses.
-- fails: 42P16
CREATE TABLE hr.shards_4 PARTITION OF hr.shards FOR VALUES WITH (MODULUS 4, REMAINDER 4);

-- unsafe: partition of an ordinary table
-- because: the parent is not partitioned.
-- fails: 42P17
CREATE TABLE hr.pay_2026 PARTITION OF hr.pay FOR VALUES FROM (1) TO (2);

-- unsafe: concurrent detach of a table that is no partition
-- because: PostgreSQL refuses.
-- fails: 42P01
ALTER TABLE hr.visits DETACH PARTITION hr.pay CONCURRENTLY;

-- safe: column renamed in a table that is not there
-- because: IF EXISTS, nothing is done.
ALTER TABLE IF EXISTS hr.persons RENAME COLUMN name TO full_name;

-- safe: things dropped that are not there
-- because: IF EXISTS, nothing is done.
DROP VIEW IF EXISTS hr.inactives;
DROP FUNCTION IF EXISTS hr.rank_of(text);
DROP TYPE IF EXISTS hr.colour;
DROP POLICY IF EXISTS secured_all ON hr.secured;
DROP TRIGGER IF EXISTS nothing ON hr.people;
ALTER SEQUENCE IF EXISTS hr.ticket RESTART WITH 1;
ALTER INDEX IF EXISTS hr.people_nothing RENAME TO people_something;
ALTER VIEW IF EXISTS hr.inactives RENAME TO sleepers;
DROP PROCEDURE IF EXISTS hr.clean();

-- safe: types that nothing uses
-- because: no column, no function has them.
DROP TYPE hr.unused_enum;
DROP DOMAIN IF EXISTS hr.lonely;

-- unsafe: attribute type of a composite type in use
-- because: PostgreSQL refuses while people.home is of it.
-- fails: 0A000
ALTER TYPE hr.address ALTER ATTRIBUTE city TYPE varchar(80);

-- safe: attribute added to a composite type in use
-- because: old values have NULL there, nothing is rewritten.
ALTER TYPE hr.address ADD ATTRIBUTE zip text;

-- unsafe: attribute renamed
-- because: running code that reads (home).city fails.
ALTER TYPE hr.address RENAME ATTRIBUTE city TO town;

-- unsafe: nap in a transaction that holds a lock
-- because: pay stays locked meanwhile.
BEGIN;
ALTER TABLE hr.pay ADD COLUMN currency text;
DO $$ BEGIN PERFORM pg_sleep(10); END $$;
COMMIT;

-- unsafe: row locks by join
-- because: all rows of both tables are locked until COMMIT.
BEGIN;
SELECT p.id FROM hr.people p JOIN hr.pay y ON y.person = p.id FOR UPDATE;
COMMIT;

-- safe: one row locked
-- because: by its key.
BEGIN;
SELECT id FROM hr.people WHERE id = 7 FOR UPDATE;
UPDATE hr.people SET active = false WHERE id = 7;
COMMIT;

-- unsafe: while loop that updates in batches in one transaction
-- because: without COMMIT the batches are one transaction.
DO $$
DECLARE lo bigint := 0;
BEGIN
  WHILE lo < (SELECT max(id) FROM hr.people) LOOP
    UPDATE hr.people SET active = true WHERE id > lo AND id <= lo + 1000;
    lo := lo + 1000;
  END LOOP;
END $$;

-- safe: do block that grants on what is there
-- because: no row and no table is changed.
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'reporting') THEN
    GRANT SELECT ON hr.actives TO reporting;
  END IF;
END $$;

-- safe: do block that adds a constraint not valid if it is missing
-- because: NOT VALID does not scan.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'pay_amount_positive') THEN
    ALTER TABLE hr.pay ADD CONSTRAINT pay_amount_positive CHECK (amount > 0) NOT VALID;
  END IF;
END $$;

-- unsafe: do block that adds a constraint if it is missing
-- because: it is missing, and the table is scanned under ACCESS EXCLUSIVE.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'pay_amount_positive') THEN
    ALTER TABLE hr.pay ADD CONSTRAINT pay_amount_positive CHECK (amount > 0);
  END IF;
END $$;

-- safe: domain made in a do block and used
-- because: it is there when it is used, and it has no constraint.
DO $$ BEGIN
  CREATE DOMAIN hr.short_text AS text;
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
ALTER TABLE hr.pay ADD COLUMN memo hr.short_text;

-- safe: table made in a do block and indexed
-- because: it is empty.
DO $$ BEGIN
  CREATE TABLE hr.kinds (code text PRIMARY KEY);
EXCEPTION WHEN duplicate_table THEN NULL;
END $$;
CREATE INDEX IF NOT EXISTS kinds_code ON hr.kinds (code text_pattern_ops);

-- unsafe: materialized view replaced while it is read
-- because: readers fail between drop and create, and wait for the query.
DROP MATERIALIZED VIEW hr.by_grade;
CREATE MATERIALIZED VIEW hr.by_grade AS SELECT grade, count(*) AS n, max(hired) AS last FROM hr.people GROUP BY grade;

-- safe: materialized view made beside and filled
-- because: nobody reads it yet; its query takes ACCESS SHARE.
CREATE MATERIALIZED VIEW hr.by_year AS SELECT extract(year FROM hired) AS y, count(*) AS n FROM hr.people GROUP BY 1 WITH NO DATA;
CREATE UNIQUE INDEX by_year_y ON hr.by_year (y);
REFRESH MATERIALIZED VIEW hr.by_year;

-- unsafe: type of a column that a materialized view reads
-- because: PostgreSQL refuses.
-- fails: 0A000
ALTER TABLE hr.people ALTER COLUMN grade TYPE text;

-- unsafe: money to numeric
-- because: rewrite.
ALTER TABLE hr.people ALTER COLUMN salary TYPE numeric(12,2);

-- safe: varchar to text without index or check
-- because: binary coercible.
ALTER TABLE hr.pay ALTER COLUMN note TYPE text;

-- unsafe: default of an enum column with an unknown label
-- because: PostgreSQL refuses.
-- fails: 22P02
ALTER TABLE hr.people ALTER COLUMN grade SET DEFAULT 'principal';

-- unsafe: key over an index that is in use by a constraint
-- because: the index belongs to the primary key already.
-- fails: 55000
ALTER TABLE hr.pay ADD CONSTRAINT pay_id_key UNIQUE USING INDEX pay_pkey;

-- unsafe: drop of the index behind a key
-- because: the constraint needs it.
-- fails: 2BP01
DROP INDEX CONCURRENTLY hr.pay_pkey;

-- unsafe: clustered on an index of another table
-- because: there is no such index on pay.
-- fails: 42809
CLUSTER hr.pay USING people_name;

-- unsafe: replica identity by a partial or nullable index
-- because: born may be NULL.
-- fails: 42809
ALTER TABLE hr.people REPLICA IDENTITY USING INDEX people_name_born;

-- unsafe: all of a schema locked one by one
-- because: ACCESS EXCLUSIVE on both, until COMMIT.
BEGIN;
LOCK TABLE hr.people, hr.pay IN EXCLUSIVE MODE;
COMMIT;
