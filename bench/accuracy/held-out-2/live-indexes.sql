create extension if not exists pg_trgm;
create table orders (id bigint primary key, customer_id bigint not null, number text not null, state text, placed timestamptz, total numeric, meta jsonb, email varchar(120), deleted_at timestamptz);
create index orders_customer_id on orders (customer_id);
create index orders_customer_state on orders (customer_id, state);
create unique index orders_number on orders (number);
create table items (id bigint primary key, order_id bigint not null references orders (id), sku text, constraint items_order_sku unique (order_id, sku));
create index "Items_SKU" on items (sku);
create materialized view totals as select customer_id, sum(total) as total from orders group by customer_id;
create unique index totals_customer on totals (customer_id);
create table ledger (id bigint not null, v text) ;
create unique index ledger_id on ledger (id);
alter table ledger replica identity using index ledger_id;
create publication all_changes for table ledger;
create function plain_lower(t text) returns text language sql stable as 'select lower(t)';
create schema archive;
create table archive.orders (id bigint, number text);
create table logs (id bigint, at timestamptz not null, msg text) partition by range (at);
create table logs_2025 partition of logs for values from ('2025-01-01') to ('2026-01-01');

-- unsafe: plain index
-- because: writes wait for the whole build.
CREATE INDEX index_orders_on_placed ON orders USING btree (placed);

-- safe: concurrent index
-- because: nobody waits.
CREATE INDEX CONCURRENTLY index_orders_on_placed ON orders USING btree (placed);

-- unsafe: plain index if it is not there
-- because: it is not there, so it is built and writes wait.
CREATE INDEX IF NOT EXISTS "orders_state_idx" ON "orders" ("state");

-- safe: plain index if it is not there, and it is
-- because: nothing is done.
CREATE INDEX IF NOT EXISTS orders_customer_id ON orders (customer_id);

-- unsafe: index with a taken name
-- because: PostgreSQL refuses.
-- fails: 42P07
CREATE INDEX CONCURRENTLY orders_customer_id ON orders (customer_id, placed);

-- unsafe: index with the name of a table
-- because: tables and indexes share names.
-- fails: 42P07
CREATE INDEX CONCURRENTLY items ON orders (email);

-- safe: same index name in another schema
-- because: an index lives in the schema of its table, the name is free there.
CREATE INDEX CONCURRENTLY orders_customer_id ON archive.orders (number);

-- unsafe: unique index
-- because: writes wait for the build, and duplicates make it fail.
CREATE UNIQUE INDEX orders_email_uq ON orders (email) WHERE deleted_at IS NULL;

-- safe: partial unique index, concurrently
-- because: nobody waits.
CREATE UNIQUE INDEX CONCURRENTLY orders_open_uq ON orders (customer_id) WHERE state = 'open';

-- safe: index over a function that is called stable and inlined to an immutable one
-- because: PostgreSQL judges what is left after inlining, lower(text); built concurrently.
CREATE INDEX CONCURRENTLY orders_email_plain ON orders (plain_lower(email));

-- unsafe: index over a date cast of timestamptz
-- because: the cast depends on the time zone, it is not immutable.
-- fails: 42P17
CREATE INDEX CONCURRENTLY orders_placed_day ON orders ((placed::date));

-- safe: index over a date at a fixed zone
-- because: immutable.
CREATE INDEX CONCURRENTLY orders_placed_day ON orders (((placed AT TIME ZONE 'UTC')::date));

-- unsafe: index over an unknown column
-- because: there is no such column.
-- fails: 42703
CREATE INDEX CONCURRENTLY orders_shipped ON orders (shipped_at);

-- safe: trigram index, concurrently
-- because: the extension is there, nobody waits.
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_email_trgm ON public.orders USING gin (email gin_trgm_ops);

-- safe: gin index over jsonb, concurrently
-- because: nobody waits.
CREATE INDEX CONCURRENTLY orders_meta ON orders USING gin (meta jsonb_path_ops) WITH (fastupdate = off);

-- unsafe: hash index of two columns
-- because: hash indexes have one.
-- fails: 0A000
CREATE INDEX CONCURRENTLY orders_hash ON orders USING hash (number, state);

-- unsafe: btree over jsonb text that does not fit the operator class
-- because: jsonb_path_ops is for gin.
-- fails: 42704
CREATE INDEX CONCURRENTLY orders_meta_bt ON orders (meta jsonb_path_ops);

-- unsafe: plain drop of an index
-- because: ACCESS EXCLUSIVE on the table.
DROP INDEX orders_customer_id;

-- safe: concurrent drop of a redundant index
-- because: orders_customer_state begins with the same column, nobody waits.
DROP INDEX CONCURRENTLY orders_customer_id;

-- safe: concurrent drop of an index that is not there
-- because: IF EXISTS.
DROP INDEX CONCURRENTLY IF EXISTS public.orders_gone_idx;

-- unsafe: drop of an index that is not there
-- because: PostgreSQL refuses; the name is in mixed case and must be quoted.
-- fails: 42704
DROP INDEX CONCURRENTLY Items_SKU;

-- safe: concurrent drop with the quoted name
-- because: nobody waits.
DROP INDEX CONCURRENTLY "Items_SKU";

-- unsafe: index of a constraint dropped
-- because: the constraint needs it.
-- fails: 2BP01
DROP INDEX CONCURRENTLY items_order_sku;

-- unsafe: replica identity's index dropped
-- because: updates of the published table fail afterwards.
DROP INDEX CONCURRENTLY ledger_id;

-- unsafe: two indexes dropped concurrently at once
-- because: one statement drops one.
-- fails: 0A000
DROP INDEX CONCURRENTLY orders_customer_id, orders_customer_state;

-- unsafe: concurrent drop with cascade
-- because: CONCURRENTLY does not cascade.
-- fails: 0A000
DROP INDEX CONCURRENTLY orders_number CASCADE;

-- safe: index renamed
-- because: SHARE UPDATE EXCLUSIVE.
ALTER INDEX orders_customer_id RENAME TO idx_orders_customer_id;

-- safe: index rebuilt concurrently
-- because: nobody waits.
REINDEX INDEX CONCURRENTLY orders_number;

-- unsafe: index rebuilt
-- because: ACCESS EXCLUSIVE on the index, writes to the table wait.
REINDEX INDEX orders_number;

-- unsafe: all indexes of a table rebuilt
-- because: writes wait for all of them.
REINDEX TABLE public.orders;

-- safe: all indexes of a table rebuilt concurrently
-- because: nobody waits.
REINDEX (VERBOSE) TABLE CONCURRENTLY public.orders;

-- unsafe: rebuilt concurrently in a transaction
-- because: not allowed there.
-- fails: 25001
BEGIN;
REINDEX TABLE CONCURRENTLY orders;
END;

-- unsafe: schema reindexed
-- because: every table in turn is locked against writes.
REINDEX SCHEMA archive;

-- unsafe: plain index on a partitioned table
-- because: writes to all partitions wait.
CREATE INDEX logs_at_idx ON logs (at);

-- unsafe: concurrent index on a partitioned table
-- because: not supported.
-- fails: 0A000
CREATE INDEX CONCURRENTLY logs_at_idx ON logs (at);

-- safe: index on the parent only, then per partition, then attached
-- because: nothing is built under a lock.
CREATE INDEX logs_at_idx ON ONLY logs (at);
CREATE INDEX CONCURRENTLY logs_2025_at_idx ON logs_2025 (at);
ALTER INDEX logs_at_idx ATTACH PARTITION logs_2025_at_idx;

-- safe: index of a materialized view, concurrently
-- because: nobody waits.
CREATE INDEX CONCURRENTLY totals_total ON totals (total);

-- safe: index of a table made in the file
-- because: it is empty.
CREATE TABLE "Carts" ("id" SERIAL PRIMARY KEY, "sessionId" TEXT NOT NULL, "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE UNIQUE INDEX "Carts_sessionId_key" ON "Carts"("sessionId");
CREATE INDEX "Carts_createdAt_idx" ON "Carts"("createdAt");

-- unsafe: index of a table that create if not exists finds
-- because: the table is there with all its rows.
CREATE TABLE IF NOT EXISTS orders (id bigint primary key, customer_id bigint not null);
CREATE INDEX orders_placed_idx ON orders (placed);

-- safe: replaced index, new one first
-- because: both steps let everybody work.
CREATE INDEX CONCURRENTLY orders_customer_state_placed ON orders (customer_id, state, placed);
DROP INDEX CONCURRENTLY orders_customer_state;

-- unsafe: replaced index in one transaction
-- because: ACCESS EXCLUSIVE of the drop and then a build that blocks writes.
BEGIN;
DROP INDEX orders_customer_state;
CREATE INDEX orders_customer_state ON orders (customer_id, state, placed);
COMMIT;

-- safe: temporary table with an index
-- because: nobody else sees it.
CREATE TEMP TABLE picked AS SELECT id FROM orders WHERE state = 'stuck' LIMIT 100;
CREATE INDEX ON picked (id);

-- safe: brin index, concurrently, without a name
-- because: nobody waits.
CREATE INDEX CONCURRENTLY ON orders USING brin (placed) WITH (pages_per_range = 64);

-- unsafe: index made invisible to constraints by NULLS NOT DISTINCT, not concurrently
-- because: writes wait for the build.
CREATE UNIQUE INDEX items_sku_once ON items (sku) NULLS NOT DISTINCT;

-- safe: covering index, concurrently
-- because: nobody waits.
CREATE INDEX CONCURRENTLY orders_number_cover ON orders (number) INCLUDE (state, total);

-- safe: fill factor of an index
-- because: SHARE UPDATE EXCLUSIVE, pages written later.
ALTER INDEX orders_number SET (fillfactor = 90);

-- unsafe: clustered on an index
-- because: the table is rewritten under ACCESS EXCLUSIVE.
CLUSTER orders USING orders_customer_id;

-- safe: marked for a later cluster
-- because: only a mark, SHARE UPDATE EXCLUSIVE.
ALTER TABLE orders CLUSTER ON orders_number;
