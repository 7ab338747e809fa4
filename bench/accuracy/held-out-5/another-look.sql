create extension if not exists pgcrypto;
create type order_status as enum ('pending', 'paid', 'shipped');
create table accounts (id bigint generated always as identity primary key, email varchar(255) not null, username varchar(50), plan text not null default 'free', settings jsonb not null default '{}', is_admin boolean not null default false, created_at timestamptz not null default now(), deleted_at timestamptz);
create unique index accounts_email_key on accounts (email);
create index accounts_created on accounts (created_at desc);
create table orders (id bigserial primary key, account_id bigint not null references accounts (id), status order_status not null default 'pending', total numeric(12,2) not null, note varchar(500), placed_at timestamp, shipped_at timestamp, coupon_id int, number text);
create index orders_account on orders (account_id);
create index orders_status on orders (status) where status = 'pending';
alter table orders add constraint orders_total_positive check (total >= 0);
alter table orders add constraint orders_number_set check (number is not null) not valid;
create table line_items (id bigserial primary key, order_id bigint not null, sku text not null, qty int not null default 1, price numeric(10,2));
create table audit (id bigserial primary key, at timestamptz default now(), payload jsonb, actor text);
create table sessions (token uuid primary key default gen_random_uuid(), account_id bigint, expires_at timestamptz);
create index sessions_expiry on sessions (expires_at);
create table coupons (id serial primary key, code text unique, percent smallint check (percent between 1 and 100));
create view paid_orders as select id, account_id, total from orders where status = 'paid';
create materialized view sales as select date_trunc('day', placed_at) as day, sum(total) as total from orders group by 1;
create function set_updated() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger orders_updated before update on orders for each row execute function set_updated();
create table schema_migrations (version bigint primary key, dirty boolean not null);
create table pings (at timestamptz not null, host text, ms int) partition by range (at);
create table pings_2026 partition of pings for values from ('2026-01-01') to ('2027-01-01');

-- safe: soft deletion prepared
-- because: catalog only, and the index is built beside writers.
ALTER TABLE orders ADD COLUMN deleted_at timestamptz;
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_deleted ON orders (deleted_at) WHERE deleted_at IS NOT NULL;

-- safe: table with everything, as a tool writes it
-- because: new.
CREATE TABLE "invoices" (
    "id" uuid NOT NULL DEFAULT gen_random_uuid(),
    "order_id" bigint NOT NULL,
    "number" varchar(32) NOT NULL,
    "amount" numeric(12, 2) NOT NULL DEFAULT 0,
    "issued_at" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "invoices_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "invoices_number_key" ON "invoices" ("number");
CREATE INDEX "invoices_order_id_idx" ON "invoices" ("order_id");
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- unsafe: required column with a unique default in a tool's words
-- because: a call per row.
ALTER TABLE "orders" ADD COLUMN "public_id" uuid NOT NULL DEFAULT gen_random_uuid();

-- safe: public id in steps, first one
-- because: the default is for new rows alone.
ALTER TABLE orders ADD COLUMN public_id uuid;
ALTER TABLE orders ALTER COLUMN public_id SET DEFAULT gen_random_uuid();

-- unsafe: enum replaced by a new type in a tool's words
-- because: the old default stands in the way, and without it the table would be rewritten.
-- fails: 42804
BEGIN;
CREATE TYPE "order_status_new" AS ENUM ('pending', 'paid', 'shipped', 'lost');
ALTER TABLE "orders" ALTER COLUMN "status" TYPE "order_status_new" USING ("status"::text::"order_status_new");
ALTER TYPE "order_status" RENAME TO "order_status_old";
ALTER TYPE "order_status_new" RENAME TO "order_status";
DROP TYPE "order_status_old";
COMMIT;

-- safe: label added before another
-- because: catalog only.
ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'packed' BEFORE 'shipped';

-- unsafe: label added and made the default in one wrapped file
-- because: a new label cannot be used before the commit.
-- transaction: file
-- fails: 55P04
ALTER TYPE order_status ADD VALUE 'packed';
ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'packed';

-- unsafe: column required after a default in one go
-- because: all rows are read.
ALTER TABLE orders ALTER COLUMN coupon_id SET DEFAULT 0, ALTER COLUMN coupon_id SET NOT NULL;

-- unsafe: required behind a check that was never validated
-- because: it proves nothing.
ALTER TABLE orders ALTER COLUMN number SET NOT NULL;

-- safe: required behind a check that is validated first
-- because: the scan is spared.
ALTER TABLE orders VALIDATE CONSTRAINT orders_number_set;
ALTER TABLE orders ALTER COLUMN number SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_number_set;

-- unsafe: same, wrapped, with the check's drop first
-- because: the proof is gone.
BEGIN;
ALTER TABLE orders DROP CONSTRAINT orders_number_set;
ALTER TABLE orders ALTER COLUMN number SET NOT NULL;
COMMIT;

-- safe: note made longer
-- because: stored alike.
ALTER TABLE orders ALTER COLUMN note TYPE varchar(2000);

-- unsafe: total given more decimals
-- because: a view stands in the way, and without it the table would be rewritten.
-- fails: 0A000
ALTER TABLE orders ALTER COLUMN total TYPE numeric(14,4);

-- unsafe: total given more digits below its check and view
-- because: the view stands in the way.
-- fails: 0A000
ALTER TABLE orders ALTER COLUMN total TYPE numeric(14,2);

-- unsafe: quantity made bigger
-- because: rewritten.
ALTER TABLE line_items ALTER COLUMN qty TYPE bigint USING qty::bigint;

-- unsafe: foreign key added later
-- because: both tables are locked while rows are compared.
ALTER TABLE line_items ADD CONSTRAINT line_items_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE;

-- safe: foreign key in two files' worth of statements
-- because: validation lets everybody go on.
BEGIN;
ALTER TABLE line_items ADD CONSTRAINT line_items_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE line_items VALIDATE CONSTRAINT line_items_order;
COMMIT;

-- unsafe: unique name for accounts
-- because: built under ACCESS EXCLUSIVE.
ALTER TABLE accounts ADD CONSTRAINT accounts_username_key UNIQUE (username);

-- safe: unique name for accounts, built beside writers
-- because: only the name of the constraint is new.
CREATE UNIQUE INDEX CONCURRENTLY accounts_username_key ON accounts (username);
ALTER TABLE accounts ADD CONSTRAINT accounts_username_key UNIQUE USING INDEX accounts_username_key;

-- unsafe: unique mail in lower case, in place
-- because: writers wait.
CREATE UNIQUE INDEX accounts_email_lower ON accounts (lower(email));

-- safe: plan given an allowed list for new rows
-- because: nothing is read.
ALTER TABLE accounts ADD CONSTRAINT accounts_plan_known CHECK (plan IN ('free', 'pro', 'team')) NOT VALID;

-- unsafe: plan given an allowed list for all rows
-- because: all rows are read.
ALTER TABLE accounts ADD CONSTRAINT accounts_plan_known CHECK (plan IN ('free', 'pro', 'team'));

-- unsafe: column removed by hand
-- because: values are lost.
ALTER TABLE accounts DROP COLUMN IF EXISTS is_admin;

-- unsafe: column moved into JSON in one statement
-- because: all rows are changed.
UPDATE accounts SET settings = settings || jsonb_build_object('plan', plan);

-- safe: one account's plan changed
-- because: one row by a unique mail.
UPDATE accounts SET plan = 'team' WHERE email = 'boss@example.org';

-- unsafe: old sessions deleted
-- because: no one says how many.
DELETE FROM sessions WHERE expires_at < now();

-- safe: a slice of old sessions deleted
-- because: five thousand.
DELETE FROM sessions WHERE token IN (SELECT token FROM sessions WHERE expires_at < now() LIMIT 5000);

-- unsafe: audit emptied
-- because: rows are lost.
TRUNCATE audit;

-- unsafe: audit renamed away and made new
-- because: what reads the old rows no longer finds them, and between the two nobody can write.
ALTER TABLE audit RENAME TO audit_2025;
CREATE TABLE audit (LIKE audit_2025 INCLUDING ALL);

-- safe: coupons given more
-- because: a few rows.
INSERT INTO coupons (code, percent) VALUES ('SPRING', 10), ('SUMMER', 15);

-- unsafe: coupon beyond its check
-- because: the server refuses it.
-- fails: 23514
INSERT INTO coupons (code, percent) VALUES ('ALL', 110);

-- safe: coupon unless it is there
-- because: one row.
INSERT INTO coupons (code, percent) VALUES ('SPRING', 10) ON CONFLICT (code) DO NOTHING;

-- safe: version written by a tool
-- because: one row of its own table.
INSERT INTO schema_migrations (version, dirty) VALUES (20260101, false);

-- safe: trigger replaced by one with a condition
-- because: a short lock.
CREATE OR REPLACE TRIGGER orders_updated BEFORE UPDATE ON orders FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION set_updated();

-- unsafe: trigger removed
-- because: what it did is not done.
DROP TRIGGER orders_updated ON orders;

-- safe: view given one more column
-- because: readers find all that they knew.
CREATE OR REPLACE VIEW paid_orders AS SELECT id, account_id, total, placed_at FROM orders WHERE status = 'paid';

-- unsafe: view given other columns
-- because: the server refuses it.
-- fails: 42P16
CREATE OR REPLACE VIEW paid_orders AS SELECT id, total FROM orders WHERE status = 'paid';

-- unsafe: daily sales refreshed
-- because: readers wait.
REFRESH MATERIALIZED VIEW sales;

-- safe: unique index for the daily sales, so that they can be refreshed beside readers
-- because: built concurrently.
CREATE UNIQUE INDEX CONCURRENTLY sales_day ON sales (day);
REFRESH MATERIALIZED VIEW CONCURRENTLY sales;

-- safe: partition for the next year
-- because: a short lock, no default.
CREATE TABLE pings_2027 PARTITION OF pings FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- safe: partition made apart and attached empty
-- because: it is new, nothing is read.
CREATE TABLE pings_2027 (LIKE pings INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE pings ATTACH PARTITION pings_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- unsafe: old pings taken off
-- because: ACCESS EXCLUSIVE, and their rows go.
ALTER TABLE pings DETACH PARTITION pings_2026;
DROP TABLE pings_2026;

-- unsafe: index of all pings
-- because: writers of every partition wait.
CREATE INDEX pings_host ON pings (host);

-- safe: timeouts as a careful person sets them
-- because: short locks that give up early.
SET lock_timeout = '2s';
SET statement_timeout = '30s';
ALTER TABLE orders ADD COLUMN gift boolean NOT NULL DEFAULT false;
ALTER TABLE orders ALTER COLUMN note SET STATISTICS 500;

-- unsafe: two tables given required columns without a value
-- because: existing rows have none.
ALTER TABLE orders ADD COLUMN tax numeric NOT NULL;
ALTER TABLE line_items ADD COLUMN tax numeric NOT NULL;

-- safe: rename of an index and a constraint
-- because: no code names them.
ALTER INDEX orders_account RENAME TO orders_account_id_idx;
ALTER TABLE orders RENAME CONSTRAINT orders_total_positive TO orders_total_check;

-- unsafe: rename of a column
-- because: old code uses the old name.
ALTER TABLE line_items RENAME COLUMN sku TO product_code;

-- unsafe: index dropped in passing
-- because: ACCESS EXCLUSIVE, and queries go without it.
DROP INDEX IF EXISTS orders_account;

-- safe: invalid index dropped and built again, concurrently
-- because: nobody waits.
DROP INDEX CONCURRENTLY IF EXISTS orders_placed;
CREATE INDEX CONCURRENTLY orders_placed ON orders (placed_at);

-- unsafe: concurrent index in the wrapped file of a tool
-- because: the server refuses it in a transaction.
-- transaction: file
-- fails: 25001
CREATE INDEX CONCURRENTLY orders_placed ON orders (placed_at);

-- safe: comment, statistics and a new extension
-- because: catalog only.
COMMENT ON COLUMN orders.total IS 'with tax';
CREATE STATISTICS orders_stats (dependencies) ON account_id, status FROM orders;
CREATE EXTENSION IF NOT EXISTS citext;

-- unsafe: times of orders given a zone of the session
-- because: the table is rewritten in Berlin, and a view's column stands on it.
SET TIME ZONE 'Europe/Berlin';
ALTER TABLE orders ALTER COLUMN shipped_at TYPE timestamptz;

-- safe: times of shipping given a zone in UTC
-- because: stored alike.
SET TIME ZONE 'UTC';
ALTER TABLE orders ALTER COLUMN shipped_at TYPE timestamptz;

-- unsafe: text search column for all rows
-- because: every row is computed and rewritten.
ALTER TABLE audit ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('english', coalesce(actor, ''))) STORED;

-- safe: text search column filled by a trigger for new rows
-- because: catalog only, the index is built beside writers.
ALTER TABLE audit ADD COLUMN search tsvector;
CREATE INDEX CONCURRENTLY audit_search ON audit USING gin (search);

-- unsafe: price required with a backfill before
-- because: all rows are changed in one statement, then read under the lock.
UPDATE line_items SET price = 0 WHERE price IS NULL;
ALTER TABLE line_items ALTER COLUMN price SET NOT NULL;

-- unsafe: table vacuumed to the ground
-- because: ACCESS EXCLUSIVE while it is rewritten.
VACUUM FULL ANALYZE audit;

-- safe: table vacuumed and analyzed
-- because: readers and writers go on.
VACUUM ANALYZE audit;

-- unsafe: default that reads another table
-- because: the server refuses queries there.
-- fails: 0A000
ALTER TABLE orders ALTER COLUMN coupon_id SET DEFAULT (SELECT min(id) FROM coupons);

-- safe: tables' autovacuum tuned
-- because: a weak lock for moments.
ALTER TABLE audit SET (autovacuum_vacuum_scale_factor = 0.02, fillfactor = 90);

-- unsafe: audit left out of the log
-- because: rewritten, and lost after a crash.
ALTER TABLE audit SET UNLOGGED;
