create schema sales;
create table sales.orders (id bigint generated always as identity primary key, ref varchar(32), state text not null default 'new', total numeric(12,2) not null default 0, placed timestamptz not null default now(), buyer bigint, note text, meta jsonb default '{}', zip varchar(10), constraint orders_zip check (zip ~ '^\d+$'));
create index orders_buyer on sales.orders (buyer);
create index orders_ref on sales.orders (ref);
create unique index orders_ref_uq on sales.orders (ref) where ref is not null;
create table sales.buyers (id bigint primary key, name text not null, mail text, phone text, since date);
alter table sales.orders add constraint orders_buyer_fk foreign key (buyer) references sales.buyers (id) not valid;
create table sales.readings (at timestamptz not null, sensor int not null, value float8, primary key (sensor, at)) partition by range (at);
create table sales.readings_2025 partition of sales.readings for values from ('2025-01-01') to ('2026-01-01');
create table sales.readings_2026 (like sales.readings including all);
alter table sales.readings_2026 add constraint y2026 check (at >= '2026-01-01' and at < '2027-01-01');
create view sales.open as select id, ref, total from sales.orders where state = 'new';
create view sales.scratch as select 1 as one;
create materialized view sales.by_day as select placed::date as day, sum(total) from sales.orders group by 1 with no data;
create function sales.noop() returns trigger language plpgsql as 'begin return new; end';
create function sales.vat(numeric) returns numeric language sql immutable as 'select $1 * 0.19';
create type sales.channel as enum ('web', 'shop');
create sequence sales.spare;
create domain sales.sku as varchar(20);
create table sales.products (id bigint primary key, sku sales.sku not null, channel sales.channel);
create role seller;
create publication feed for table sales.products;
create unlogged table sales.cache (k text primary key, v jsonb);
create statistics sales.spare_stats on state, placed from sales.orders;
create table public.empty_by_construction (only_one int primary key check (only_one = 1), since timestamptz);

-- safe: a quoted and qualified table gets a nullable column
-- because: a change of the catalog.
ALTER TABLE "sales"."orders" ADD COLUMN "couponCode" VARCHAR(40);

-- safe: many nullable columns in one statement
-- because: one short lock.
ALTER TABLE sales.buyers
    ADD COLUMN street text,
    ADD COLUMN city   text,
    ADD COLUMN country char(2) DEFAULT 'DE';

-- safe: a column with the moment as default
-- because: now() is stable, the old rows get one moment without a rewrite; said to be wanted.
CREATE TABLE sales.visits (id bigint PRIMARY KEY);
ALTER TABLE sales.visits ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now();

-- safe: a generated column that is virtual
-- because: nothing is stored, 18.
ALTER TABLE sales.orders ADD COLUMN gross numeric GENERATED ALWAYS AS (total * 1.19) VIRTUAL;

-- safe: a NOT NULL constraint not validated, on 18
-- because: no scan now.
ALTER TABLE sales.buyers ADD CONSTRAINT mail_nn NOT NULL mail NOT VALID;
ALTER TABLE sales.buyers VALIDATE CONSTRAINT mail_nn;

-- safe: the foreign key is dropped and added again under another name, on a new table
-- because: the table is of this migration.
CREATE TABLE sales.carts (id bigint PRIMARY KEY, buyer bigint, CONSTRAINT a FOREIGN KEY (buyer) REFERENCES sales.buyers (id));
CREATE INDEX carts_buyer ON sales.carts (buyer);
ALTER TABLE sales.carts DROP CONSTRAINT a;
ALTER TABLE sales.carts ADD CONSTRAINT carts_buyer_fk FOREIGN KEY (buyer) REFERENCES sales.buyers (id) ON DELETE SET NULL;

-- safe: a constraint that is renamed on a new table
-- because: nobody knows its name.
CREATE TABLE sales.wishes (id bigint CONSTRAINT w PRIMARY KEY);
ALTER TABLE sales.wishes RENAME CONSTRAINT w TO wishes_pkey;

-- safe: the foreign key is validated after the deploy
-- because: reads and writes go on.
ALTER TABLE "sales"."orders" VALIDATE CONSTRAINT "orders_buyer_fk";

-- safe: a table attached whose check shows its bound
-- because: the child's check and NOT NULL prove it, and it has the index.
ALTER TABLE sales.readings ATTACH PARTITION sales.readings_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- safe: a partition made apart and attached
-- because: it is empty.
CREATE TABLE sales.readings_2027 (LIKE sales.readings INCLUDING ALL);
ALTER TABLE sales.readings ATTACH PARTITION sales.readings_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- safe: a new trigger on a new table
-- because: nobody writes it yet.
CREATE TABLE sales.marks (id bigint PRIMARY KEY, v int);
CREATE TRIGGER marks_noop BEFORE INSERT ON sales.marks FOR EACH ROW EXECUTE FUNCTION sales.noop();

-- safe: DROP TABLE of a temporary copy
-- because: it was made here.
CREATE TEMP TABLE fix ON COMMIT DROP AS SELECT id FROM sales.orders WHERE id = 5;

-- safe: words like DROP TABLE in a comment and in a text
-- because: they are not statements.
-- DROP TABLE sales.orders;
/* TRUNCATE sales.buyers; */
COMMENT ON TABLE sales.buyers IS 'Do not DROP TABLE sales.buyers; DELETE FROM it instead';

-- safe: a function whose body deletes
-- because: it is made, not called.
CREATE FUNCTION sales.forget(b bigint) RETURNS void LANGUAGE sql AS $$ DELETE FROM sales.buyers WHERE id = b $$;

-- safe: a function whose body truncates the cache
-- because: it is made, not called.
CREATE OR REPLACE FUNCTION sales.reset_cache() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE sales.cache;
END $$;

-- safe: a function gets words about its cost
-- because: for the planner alone.
ALTER FUNCTION sales.vat(numeric) COST 5 PARALLEL SAFE;

-- safe: an unused view is dropped in the migration that made it
-- because: nobody reads it.
CREATE VIEW sales.tmp AS SELECT id FROM sales.orders;
DROP VIEW sales.tmp;

-- safe: a materialized view filled for the first time
-- because: nobody can read it before.
REFRESH MATERIALIZED VIEW sales.by_day;

-- safe: an index on a materialized view that is not populated
-- because: it is empty and cannot be read.
CREATE UNIQUE INDEX by_day_day ON sales.by_day (day);

-- unsafe: a sequence that no default takes from is dropped
-- because: a sequence of its own is there for code to call, and its last value is lost.
DROP SEQUENCE IF EXISTS sales.spare;

-- safe: statistics that only the planner reads are dropped
-- because: they can be made again.
DROP STATISTICS sales.spare_stats;

-- safe: a wider limit on a column with no index
-- because: free.
ALTER TABLE sales.buyers ALTER COLUMN phone TYPE varchar;

-- unsafe: a wider limit on a column with a check
-- because: the check is verified for every row under ACCESS EXCLUSIVE.
ALTER TABLE sales.orders ALTER COLUMN zip TYPE varchar(20);

-- safe: a wider limit on a column with an index of the same kind
-- because: varchar to a wider varchar keeps its indexes.
CREATE TABLE sales.labels (id bigint PRIMARY KEY, t varchar(10) UNIQUE);
ALTER TABLE sales.labels ALTER COLUMN t TYPE varchar(20);

-- unsafe: total with more decimals
-- because: every row is rewritten; and a view uses it.
-- fails: 0A000
ALTER TABLE sales.orders ALTER COLUMN total TYPE numeric(12,4);

-- safe: a column of a domain that has no constraint
-- because: a domain over varchar(20) is like varchar(20).
ALTER TABLE sales.buyers ADD COLUMN favourite sales.sku;

-- safe: an enum column with a default that is a label
-- because: constant.
ALTER TABLE sales.orders ADD COLUMN channel sales.channel NOT NULL DEFAULT 'web';

-- safe: an array column with an empty default
-- because: constant.
ALTER TABLE sales.orders ADD COLUMN labels text[] NOT NULL DEFAULT '{}';

-- safe: an array made by its constructor as default
-- because: immutable.
ALTER TABLE sales.orders ADD COLUMN labels text[] NOT NULL DEFAULT ARRAY[]::text[];

-- safe: an interval as default
-- because: constant.
ALTER TABLE sales.buyers ADD COLUMN pays_in interval NOT NULL DEFAULT '14 days';

-- safe: a cast of a number as default
-- because: immutable.
ALTER TABLE sales.buyers ADD COLUMN discount numeric(4,2) DEFAULT (0)::numeric NOT NULL;

-- safe: the user as default
-- because: stable, worked out once.
ALTER TABLE sales.buyers ADD COLUMN made_by text DEFAULT current_user;

-- unsafe: the clock as default
-- because: clock_timestamp() is volatile; the table is rewritten.
ALTER TABLE sales.buyers ADD COLUMN made_at timestamptz DEFAULT clock_timestamp();

-- unsafe: a version 7 uuid as default
-- because: volatile; the table is rewritten.
ALTER TABLE sales.buyers ADD COLUMN public_id uuid NOT NULL DEFAULT uuidv7();

-- safe: a uuid column whose default comes after
-- because: only new rows get it.
ALTER TABLE sales.buyers ADD COLUMN public_id uuid;
ALTER TABLE sales.buyers ALTER COLUMN public_id SET DEFAULT gen_random_uuid();

-- safe: dropping what an earlier statement of the migration made
-- because: nothing of the database is lost.
CREATE TABLE sales.work (id bigint PRIMARY KEY, a text, b text);
ALTER TABLE sales.work DROP COLUMN b;
TRUNCATE sales.work;
DROP TABLE sales.work;

-- safe: a schema made and dropped
-- because: it was empty.
CREATE SCHEMA tmp;
CREATE TABLE tmp.a (id bigint PRIMARY KEY);
DROP SCHEMA tmp CASCADE;

-- safe: deleting all rows of a table of the migration
-- because: they are its own.
CREATE TABLE sales.seed (id int PRIMARY KEY, name text);
INSERT INTO sales.seed VALUES (1, 'a'), (2, 'b');
DELETE FROM sales.seed;

-- safe: updating the one row of a table that can hold one
-- because: the check on the key allows one row.
UPDATE public.empty_by_construction SET since = now();

-- safe: a new publication of a table with a key
-- because: nothing subscribes yet; updates carry the key.
CREATE PUBLICATION orders_feed FOR TABLE sales.orders;

-- safe: a table with a key joins a publication
-- because: it has a replica identity.
ALTER PUBLICATION feed ADD TABLE sales.orders;

-- safe: a lock that only other schema changes notice
-- because: SHARE UPDATE EXCLUSIVE, reads and writes go on.
ALTER TABLE sales.orders SET (autovacuum_analyze_scale_factor = 0.01);

-- safe: a column's statistics target
-- because: reads and writes go on.
ALTER TABLE sales.orders ALTER state SET STATISTICS 1000;

-- safe: an index's fillfactor for the next build
-- because: nothing is rebuilt.
ALTER INDEX sales.orders_buyer SET (fillfactor = 80);

-- safe: a concurrent rebuild
-- because: reads and writes go on.
REINDEX INDEX CONCURRENTLY sales.orders_buyer;

-- safe: a replacement built first, then the swap of names
-- because: the names change under a short lock.
CREATE INDEX CONCURRENTLY orders_buyer_new ON sales.orders (buyer, placed);
DROP INDEX CONCURRENTLY sales.orders_buyer;
ALTER INDEX sales.orders_buyer_new RENAME TO orders_buyer;

-- safe: an unlogged table in a migration of tests only, of the migration
-- because: a work table, made and dropped here.
CREATE UNLOGGED TABLE sales.load (id bigint PRIMARY KEY, raw text);
DROP TABLE sales.load;

-- safe: a transaction with a new table, its rows and its index
-- because: nobody else sees any of it before the commit.
BEGIN;
CREATE TABLE sales.countries (code char(2) PRIMARY KEY, name text NOT NULL);
INSERT INTO sales.countries (code, name) VALUES ('DE', 'Germany'), ('FR', 'France'), ('IT', 'Italy');
CREATE INDEX countries_name ON sales.countries (name);
ANALYZE sales.countries;
COMMIT;

-- safe: a foreign key to a new table from a new column
-- because: the column is empty and the key is not validated; its index is built concurrently.
CREATE TABLE sales.tiers (id int PRIMARY KEY, name text);
ALTER TABLE sales.buyers ADD COLUMN tier_id int;
CREATE INDEX CONCURRENTLY buyers_tier ON sales.buyers (tier_id);
ALTER TABLE sales.buyers ADD CONSTRAINT buyers_tier_fk FOREIGN KEY (tier_id) REFERENCES sales.tiers (id) NOT VALID;
ALTER TABLE sales.buyers VALIDATE CONSTRAINT buyers_tier_fk;

-- safe: a savepoint around something that may be there
-- because: a nullable column.
BEGIN;
SAVEPOINT a;
ALTER TABLE sales.buyers ADD COLUMN IF NOT EXISTS nick text;
RELEASE SAVEPOINT a;
COMMIT;

-- safe: a mistake rolled back
-- because: the drop never happens.
BEGIN;
SAVEPOINT a;
ALTER TABLE sales.buyers DROP COLUMN phone;
ROLLBACK TO SAVEPOINT a;
ALTER TABLE sales.buyers ADD COLUMN nick text;
COMMIT;

-- safe: DO block that adds a column if the schema lacks it
-- because: a nullable column.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_schema = 'sales' AND table_name = 'buyers' AND column_name = 'nick') THEN
    ALTER TABLE sales.buyers ADD COLUMN nick text;
  END IF;
END
$$;

-- safe: DO block that makes a role if it is missing
-- because: a role without login.
DO $do$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'auditor') THEN
    CREATE ROLE auditor NOLOGIN;
  END IF;
END
$do$;

-- safe: DO block that raises a notice
-- because: nothing happens.
DO $$ BEGIN RAISE NOTICE 'starting'; END $$;

-- safe: NULL compared rightly in a batch
-- because: IS NULL, and a range of keys.
UPDATE sales.orders SET note = '' WHERE note IS NULL AND id BETWEEN 1 AND 5000;

-- safe: a value list with NOT IN
-- because: no NULL among the values; a range of keys.
UPDATE sales.orders SET state = 'odd' WHERE id < 1000 AND state NOT IN ('new', 'paid', 'sent');

-- safe: a CHECK with NOT VALID on a JSON column
-- because: no scan now, immutable.
ALTER TABLE sales.orders ADD CONSTRAINT meta_object CHECK (jsonb_typeof(meta) = 'object') NOT VALID;

-- safe: a UNIQUE column in a new table, a CHECK and a generated column
-- because: everything is new.
CREATE TABLE sales.vouchers (
  id bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 1000) PRIMARY KEY,
  code text NOT NULL UNIQUE CHECK (code = upper(code)),
  cents int NOT NULL CHECK (cents > 0),
  euro numeric GENERATED ALWAYS AS (cents / 100.0) STORED,
  valid tstzrange NOT NULL DEFAULT tstzrange(now(), NULL)
);

-- safe: an exclusion constraint in a new table
-- because: it is empty.
CREATE TABLE sales.bookings (id bigint PRIMARY KEY, during tstzrange NOT NULL, EXCLUDE USING gist (during WITH &&));

-- safe: a partitioned table with a default partition, all new
-- because: it is empty.
CREATE TABLE sales.clicks (id bigint NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE sales.clicks_default PARTITION OF sales.clicks DEFAULT;
CREATE INDEX ON sales.clicks (at);

-- safe: search path with quotes and a new table in it
-- because: the table is new there.
SET search_path TO "sales", public;
CREATE TABLE "refunds" ("id" bigint PRIMARY KEY, "order_id" bigint REFERENCES "orders" ("id"));
CREATE INDEX ON refunds (order_id);
RESET search_path;

-- safe: a view replaced with its own text
-- because: the same columns.
CREATE OR REPLACE VIEW sales.open AS SELECT id, ref, total FROM sales.orders WHERE state IN ('new', 'draft');

-- safe: a unique constraint's index built concurrently, then adopted
-- because: nothing is built under a strong lock.
CREATE UNIQUE INDEX CONCURRENTLY buyers_mail_uq ON sales.buyers (mail);
ALTER TABLE sales.buyers ADD CONSTRAINT buyers_mail_uq UNIQUE USING INDEX buyers_mail_uq;

-- safe: a wait for locks limited for one role in this session
-- because: settings alone.
SET lock_timeout TO '5s';

-- safe: grants of Supabase to one role on one table
-- because: narrow.
GRANT SELECT, INSERT ON sales.buyers TO seller;

-- safe: EXPLAIN of a large delete
-- because: it is planned, not run.
EXPLAIN DELETE FROM sales.orders;

-- unsafe: EXPLAIN ANALYZE of a large delete
-- because: it is run.
EXPLAIN ANALYZE DELETE FROM sales.orders;

-- safe: a prepared statement that is never executed
-- because: nothing is run.
PREPARE wipe AS DELETE FROM sales.orders;
DEALLOCATE wipe;
