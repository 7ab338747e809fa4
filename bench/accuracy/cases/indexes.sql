create table orders (
  id bigint generated always as identity primary key,
  customer_id bigint not null,
  number text not null,
  state text not null,
  note text,
  doc jsonb,
  placed_at timestamptz not null
);
create index orders_state_idx on orders (state);
create unique index orders_number_idx on orders (number);
create table countries (code text primary key, name text not null);
create view open_orders as select id, number from orders where state = 'open';
create materialized view order_counts as select customer_id, count(*) as n from orders group by customer_id;

-- unsafe: a plain build
-- about: require-concurrent-index-creation
-- because: every write to orders waits until the index is complete.
CREATE INDEX orders_placed_at_idx ON orders (placed_at);

-- unsafe: a plain unique build with IF NOT EXISTS
-- about: require-concurrent-index-creation
-- because: the index is not there yet, so the build runs and blocks writes.
create unique index if not exists orders_customer_number_idx on orders (customer_id, number);

-- unsafe: a partial index is still built from the whole table
-- about: require-concurrent-index-creation
-- because: the predicate shortens the index, not the scan under the SHARE lock.
CREATE INDEX orders_open_idx ON public.orders (placed_at) WHERE state = 'open';

-- unsafe: an expression index with odd layout
-- about: require-concurrent-index-creation
-- because: layout and case change nothing.
create
   index   -- for the search box
   "Orders By Lower Number"
 on "orders"
 using btree ( lower( number ) text_pattern_ops )
;

-- unsafe: a GIN index without CONCURRENTLY
-- about: require-concurrent-index-creation
-- because: GIN builds take the same lock and longer.
CREATE INDEX orders_doc_idx ON orders USING gin (doc jsonb_path_ops);

-- unsafe: a plain build in the middle of other harmless statements
-- about: require-concurrent-index-creation
-- because: one bad statement among good ones is enough.
COMMENT ON TABLE orders IS 'Everything sold';
ALTER TABLE orders ADD COLUMN weight numeric;
CREATE INDEX orders_weight_idx ON orders (weight);
COMMENT ON COLUMN orders.weight IS 'kg';

-- unsafe: a plain index on a materialized view that people read
-- about: require-concurrent-index-creation
-- because: the view cannot be refreshed while its large content is indexed.
CREATE INDEX order_counts_idx ON order_counts (n);

-- safe: a concurrent build on its own
-- about: require-concurrent-index-creation
-- because: SHARE UPDATE EXCLUSIVE lets reads and writes go on.
CREATE INDEX CONCURRENTLY orders_placed_at_idx ON orders (placed_at);

-- safe: a concurrent unique build
-- about: require-concurrent-index-creation
-- because: uniqueness is checked without blocking writers.
CREATE UNIQUE INDEX CONCURRENTLY orders_customer_number_idx ON orders (customer_id, number);

-- safe: timeouts around a concurrent build
-- about: statement-timeout-kills-concurrent-build
-- because: the statement timeout is lifted for the build.
SET lock_timeout = '5s';
SET statement_timeout = 0;
CREATE INDEX CONCURRENTLY orders_placed_at_idx ON orders (placed_at);
RESET statement_timeout;

-- safe: an index on a table made in the same file
-- about: require-concurrent-index-creation
-- because: nobody can use the table yet.
CREATE TABLE refunds (id bigint generated always as identity primary key, order_id bigint not null);
CREATE INDEX refunds_order_idx ON refunds (order_id);

-- safe: an index on a table made in the same transaction
-- about: require-concurrent-index-creation
-- because: the table is invisible until COMMIT.
BEGIN;
CREATE TABLE refunds (id bigint generated always as identity primary key, order_id bigint not null);
CREATE UNIQUE INDEX refunds_order_idx ON refunds (order_id);
COMMIT;

-- safe: an index on a table made with CREATE TABLE AS
-- about: require-concurrent-index-creation
-- because: the copy is new.
CREATE TABLE country_codes AS SELECT code FROM countries;
CREATE INDEX country_codes_idx ON country_codes (code);

-- safe: IF NOT EXISTS on an index that is there
-- about: require-concurrent-index-creation
-- because: nothing is built.
CREATE INDEX IF NOT EXISTS orders_state_idx ON orders (state);

-- safe: an index on a temporary table
-- about: require-concurrent-index-creation
-- because: a temporary table belongs to this session alone.
CREATE TEMPORARY TABLE staging (order_id bigint);
CREATE INDEX ON staging (order_id);

-- safe: an index on a new materialized view
-- about: require-concurrent-index-creation
-- because: nobody reads the view yet.
CREATE MATERIALIZED VIEW order_states AS SELECT state, count(*) AS n FROM orders GROUP BY state;
CREATE UNIQUE INDEX order_states_idx ON order_states (state);

-- unsafe: a plain drop of an index
-- about: require-concurrent-index-deletion
-- because: ACCESS EXCLUSIVE on the table queues behind readers and everybody queues behind it.
DROP INDEX orders_state_idx;

-- unsafe: a plain drop of several indexes
-- about: require-concurrent-index-deletion
-- because: the lock is held until both are gone.
DROP INDEX IF EXISTS orders_state_idx, orders_number_idx;

-- safe: a concurrent drop
-- about: require-concurrent-index-deletion
-- because: it waits for readers without blocking new ones.
DROP INDEX CONCURRENTLY orders_state_idx;

-- safe: a concurrent drop of an index that may be missing
-- about: require-concurrent-index-deletion
-- because: nothing happens when it is not there.
DROP INDEX CONCURRENTLY IF EXISTS orders_gone_idx;

-- safe: IF EXISTS on an index that is not there
-- about: require-concurrent-index-deletion
-- because: no table is locked.
DROP INDEX IF EXISTS orders_gone_idx;

-- safe: an index that the file made itself
-- about: require-concurrent-index-deletion
-- because: the table is new, nobody waits.
CREATE TABLE refunds (id bigint primary key, order_id bigint);
CREATE INDEX refunds_order_idx ON refunds (order_id);
DROP INDEX refunds_order_idx;

-- unsafe: a unique index that guards a rule is dropped concurrently
-- about: on-conflict-target-removed
-- because: duplicate order numbers are accepted from then on and ON CONFLICT (number) fails.
DROP INDEX CONCURRENTLY orders_number_idx;

-- unsafe: dropping the index behind a primary key
-- about: drop-index-backing-constraint
-- because: the constraint requires it and the statement fails.
-- fails: 2BP01
DROP INDEX countries_pkey;

-- unsafe: a concurrent build inside BEGIN and COMMIT
-- about: concurrently-in-transaction
-- because: PostgreSQL refuses it in a transaction block.
-- fails: 25001
BEGIN;
CREATE INDEX CONCURRENTLY orders_placed_at_idx ON orders (placed_at);
COMMIT;

-- unsafe: a concurrent build in a file that the runner wraps
-- about: concurrently-in-transaction
-- because: the runner's transaction is a transaction block too.
-- transaction: file
-- fails: 25001
CREATE INDEX CONCURRENTLY orders_placed_at_idx ON orders (placed_at);

-- safe: a concurrent build between two transactions
-- about: concurrently-in-transaction
-- because: the block is closed before it.
BEGIN;
ALTER TABLE orders ADD COLUMN weight numeric;
COMMIT;
CREATE INDEX CONCURRENTLY orders_weight_idx ON orders (weight);

-- unsafe: a concurrent drop inside a transaction
-- about: concurrently-in-transaction
-- because: PostgreSQL refuses it in a transaction block.
-- fails: 25001
START TRANSACTION;
DROP INDEX CONCURRENTLY orders_state_idx;
COMMIT;

-- unsafe: REINDEX of a table
-- about: require-concurrent-reindex
-- because: writes wait for the rebuild of all indexes.
REINDEX TABLE orders;

-- unsafe: REINDEX of one index
-- about: require-concurrent-reindex
-- because: writes to the table wait for the rebuild.
REINDEX INDEX orders_state_idx;

-- unsafe: REINDEX of a schema
-- about: require-concurrent-reindex
-- because: every table of the schema is locked in turn.
REINDEX SCHEMA public;

-- safe: concurrent REINDEX of one index
-- about: require-concurrent-reindex
-- because: reads and writes go on.
REINDEX INDEX CONCURRENTLY orders_state_idx;

-- safe: concurrent REINDEX written as an option
-- about: require-concurrent-reindex
-- because: it is the same statement.
REINDEX (CONCURRENTLY, VERBOSE) TABLE orders;

-- unsafe: concurrent REINDEX in a transaction
-- about: concurrently-in-transaction
-- because: PostgreSQL refuses it in a transaction block.
-- fails: 25001
BEGIN;
REINDEX TABLE CONCURRENTLY orders;
COMMIT;

-- safe: renaming an index
-- about: renaming-other-object
-- because: SHARE UPDATE EXCLUSIVE for a moment, and no query names an index.
ALTER INDEX orders_state_idx RENAME TO orders_by_state;

-- safe: a comment on an index
-- about: require-concurrent-index-creation
-- because: a catalog entry.
COMMENT ON INDEX orders_state_idx IS 'state of the list page';

-- safe: storage parameter of an index
-- about: require-concurrent-index-creation
-- because: SHARE UPDATE EXCLUSIVE, nothing is rebuilt.
ALTER INDEX orders_state_idx SET (fillfactor = 80);

-- safe: a wide index, built concurrently
-- about: wide-index
-- because: four columns are a matter of taste, the build blocks nobody.
CREATE INDEX CONCURRENTLY orders_wide_idx ON orders (customer_id, state, placed_at, number);

-- safe: an index equal to another, built concurrently
-- about: duplicate-index
-- because: it wastes space but harms no running query.
CREATE INDEX CONCURRENTLY orders_state_again_idx ON orders (state);

-- safe: the replacement is built first, then the old index goes
-- about: replacing-an-index
-- because: there is an index at every moment and nothing is blocked.
CREATE INDEX CONCURRENTLY orders_state_placed_idx ON orders (state, placed_at);
DROP INDEX CONCURRENTLY orders_state_idx;

-- safe: the index is dropped first if a failed build left it
-- about: invalid-index-after-failed-concurrently
-- because: a retry starts from nothing.
DROP INDEX CONCURRENTLY IF EXISTS orders_placed_at_idx;
CREATE INDEX CONCURRENTLY orders_placed_at_idx ON orders (placed_at);

-- unsafe: an index name that is taken
-- about: object-already-exists
-- because: the statement fails.
-- fails: 42P07
CREATE INDEX CONCURRENTLY orders_state_idx ON orders (placed_at);

-- unsafe: an index on a column that does not exist
-- about: syntax-or-unknown-object
-- because: the statement fails.
-- fails: 42703
CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);

-- safe: an index on a column that the same file adds, concurrently
-- about: require-concurrent-index-creation
-- because: the column is there when the build starts.
ALTER TABLE orders ADD COLUMN channel text;
CREATE INDEX CONCURRENTLY orders_channel_idx ON orders (channel);

-- unsafe: an index on a new column of an old table
-- about: require-concurrent-index-creation
-- because: the column is new, the table with its rows is not.
ALTER TABLE orders ADD COLUMN channel text;
CREATE INDEX orders_channel_idx ON orders (channel);

-- unsafe: a plain index after a table was renamed
-- about: renaming-table, require-concurrent-index-creation
-- because: it is the same large table under another name.
ALTER TABLE orders RENAME TO purchases;
CREATE INDEX purchases_placed_idx ON purchases (placed_at);

-- unsafe: the same column twice in a primary key of a new table
-- about: duplicate-index-column
-- because: PostgreSQL refuses it.
-- fails: 42701
CREATE TABLE refunds (id bigint, order_id bigint, PRIMARY KEY (id, id));

-- safe: statistics on several columns
-- about: require-concurrent-index-creation
-- because: SHARE UPDATE EXCLUSIVE for a moment.
CREATE STATISTICS orders_stats (dependencies) ON customer_id, state FROM orders;
ANALYZE orders;
