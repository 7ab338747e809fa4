create table orders (id bigint generated always as identity primary key, state text, total numeric, customer_id bigint);
create table customers (id bigint generated always as identity primary key, name text);
create table lines (id bigint primary key, order_id bigint, constraint lines_order foreign key (order_id) references orders (id));
alter table lines add constraint qty_there check (order_id is not null) not valid;
create type status as enum ('new', 'old');
create table jobs (id bigint primary key, status status not null default 'new');

-- safe: one transaction with one short change
-- about: statement-while-holding-access-exclusive
-- because: a catalog change.
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
COMMIT;

-- safe: END and ABORT-free words for the same
-- about: transaction-nesting
-- because: START TRANSACTION and END are a pair too.
START TRANSACTION ISOLATION LEVEL READ COMMITTED;
ALTER TABLE orders ADD COLUMN note text;
END;

-- safe: two short changes of two tables in one transaction
-- about: multiple-tables-locked-in-transaction
-- because: both are instant.
BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE customers ADD COLUMN phone text;
COMMIT;

-- unsafe: a validation of another table while ACCESS EXCLUSIVE is held
-- about: statement-while-holding-access-exclusive
-- because: orders is blocked while lines is read.
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE lines VALIDATE CONSTRAINT qty_there;
COMMIT;

-- unsafe: a long query while ACCESS EXCLUSIVE is held
-- about: statement-while-holding-access-exclusive
-- because: orders is blocked while customers is counted.
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
SELECT count(*) FROM customers;
COMMIT;

-- safe: the same two statements without a transaction
-- about: statement-while-holding-access-exclusive
-- because: each commits by itself.
ALTER TABLE orders ADD COLUMN note text;
SELECT count(*) FROM customers;

-- unsafe: BEGIN without COMMIT
-- about: uncommitted-transaction
-- because: the locks stay and the work is lost.
BEGIN;
ALTER TABLE orders ADD COLUMN note text;

-- unsafe: COMMIT without BEGIN
-- about: transaction-nesting
-- because: in a runner's transaction it ends what the runner believes is open.
ALTER TABLE orders ADD COLUMN note text;
COMMIT;

-- unsafe: BEGIN in BEGIN
-- about: transaction-nesting
-- because: the inner COMMIT ends everything.
BEGIN;
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
COMMIT;
COMMIT;

-- unsafe: BEGIN and COMMIT in a file that the runner wraps
-- about: transaction-nesting
-- because: COMMIT ends the runner's transaction.
-- transaction: file
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
COMMIT;

-- safe: a new label of an enum
-- about: enum-add-value-in-transaction
-- because: a catalog entry.
ALTER TYPE status ADD VALUE 'gone';

-- safe: a new label of an enum in a transaction
-- about: enum-add-value-in-transaction
-- because: allowed since 12.
-- server: 15
BEGIN;
ALTER TYPE status ADD VALUE IF NOT EXISTS 'gone' AFTER 'old';
COMMIT;

-- unsafe: a new label of an enum in a transaction, version 11
-- about: enum-add-value-in-transaction
-- because: refused before 12.
-- server: 11
BEGIN;
ALTER TYPE status ADD VALUE 'gone';
COMMIT;

-- unsafe: a new label is used in the transaction that adds it
-- about: enum-value-used-in-same-transaction
-- because: it fails with 55P04.
-- fails: 55P04
BEGIN;
ALTER TYPE status ADD VALUE 'gone';
UPDATE jobs SET status = 'gone' WHERE id = 1;
COMMIT;

-- unsafe: a new label becomes a default in the same file, which the runner wraps
-- about: enum-value-used-in-same-transaction
-- because: it fails with 55P04.
-- transaction: file
-- fails: 55P04
ALTER TYPE status ADD VALUE 'gone';
ALTER TABLE jobs ALTER COLUMN status SET DEFAULT 'gone';

-- safe: a new label is used after it was committed
-- about: enum-value-used-in-same-transaction
-- because: every statement commits by itself.
ALTER TYPE status ADD VALUE 'gone';
ALTER TABLE jobs ALTER COLUMN status SET DEFAULT 'gone';

-- unsafe: a label that exists
-- about: object-already-exists
-- because: it fails.
-- fails: 42710
ALTER TYPE status ADD VALUE 'old';

-- safe: a new type and a column of it
-- about: creating-enum
-- because: a catalog entry.
CREATE TYPE level AS ENUM ('low', 'high');
ALTER TABLE jobs ADD COLUMN level level NOT NULL DEFAULT 'low';

-- safe: a lock timeout for the session
-- about: lock-timeout-zero-or-too-long
-- because: as careful as can be.
SET lock_timeout TO '1s';
SET statement_timeout TO '10s';
ALTER TABLE orders ADD COLUMN note text;

-- safe: SET LOCAL where no transaction is seen
-- about: set-local-outside-transaction
-- because: whoever writes it has a runner that wraps the file; without one the instant change is harmless too.
SET LOCAL lock_timeout = '1s';
ALTER TABLE orders ADD COLUMN note text;

-- safe: SET LOCAL in a file that the runner wraps
-- about: set-local-outside-transaction
-- because: the runner's transaction is one.
-- transaction: file
SET LOCAL lock_timeout = '1s';
ALTER TABLE orders ADD COLUMN note text;

-- safe: no timeout at all
-- about: require-lock-timeout, require-statement-timeout
-- because: good advice, but roles set it as well, and the change itself is instant.
ALTER TABLE orders ADD COLUMN note text;

-- unsafe: a block of code that changes a table as it goes
-- about: unchecked-do-block
-- because: it drops a column.
DO $$ BEGIN ALTER TABLE orders DROP COLUMN total; END $$;

-- unsafe: a block that builds an index if it is missing
-- about: require-concurrent-index-creation
-- because: writes wait for the build.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'orders_state_idx') THEN
    CREATE INDEX orders_state_idx ON orders (state);
  END IF;
END
$$;

-- unsafe: a block that runs an ALTER as a string
-- about: unchecked-do-block
-- because: the string rewrites the table.
DO $do$ BEGIN EXECUTE 'ALTER TABLE orders ALTER COLUMN state TYPE int USING state::int'; END $do$;

-- safe: a block that creates a type if it is missing
-- about: unchecked-do-block
-- because: a catalog entry.
DO $$ BEGIN
  CREATE TYPE size AS ENUM ('s', 'm', 'l');
EXCEPTION
  WHEN duplicate_object THEN NULL;
END $$;

-- safe: a block that adds a nullable column if it is missing
-- about: unchecked-do-block
-- because: a catalog entry under a short lock.
DO $$ BEGIN
  ALTER TABLE orders ADD COLUMN note text;
EXCEPTION WHEN duplicate_column THEN
  RAISE NOTICE 'there already';
END $$;

-- unsafe: a block that adds a validated foreign key
-- about: adding-foreign-key-constraint
-- because: both tables wait while rows are looked up.
DO $$ BEGIN
  ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
EXCEPTION WHEN duplicate_object THEN null;
END $$;

-- safe: a block that prints
-- about: unchecked-do-block
-- because: nothing is touched.
DO $$ BEGIN RAISE NOTICE 'migration starts'; END $$;

-- unsafe: VACUUM FULL
-- about: vacuum-full
-- because: ACCESS EXCLUSIVE while the table is written again.
VACUUM FULL orders;

-- unsafe: VACUUM (FULL, ANALYZE) of everything
-- about: vacuum-full
-- because: every table in turn.
VACUUM (FULL, ANALYZE);

-- safe: VACUUM
-- about: vacuum-full
-- because: reads and writes go on.
VACUUM (ANALYZE) orders;

-- unsafe: VACUUM in a transaction
-- about: concurrently-in-transaction
-- because: refused in a transaction block.
-- fails: 25001
BEGIN;
VACUUM orders;
COMMIT;

-- unsafe: CLUSTER
-- about: cluster
-- because: ACCESS EXCLUSIVE while the table is written again.
CLUSTER orders USING orders_pkey;

-- safe: mark the index for later CLUSTER
-- about: cluster
-- because: a catalog entry.
ALTER TABLE orders CLUSTER ON orders_pkey;

-- safe: ANALYZE
-- about: vacuum-full
-- because: reads and writes go on.
ANALYZE orders;

-- unsafe: ALTER SYSTEM
-- about: alter-system-or-role
-- because: it changes the server for everybody.
ALTER SYSTEM SET work_mem = '1GB';

-- safe: savepoints around a short change
-- about: uncommitted-transaction
-- because: two of them do no harm.
BEGIN;
SAVEPOINT before_note;
ALTER TABLE orders ADD COLUMN note text;
RELEASE SAVEPOINT before_note;
COMMIT;

-- unsafe: three changes in one file, the second is bad
-- about: require-concurrent-index-creation
-- because: the index blocks writes.
BEGIN;
ALTER TABLE customers ADD COLUMN phone text;
CREATE INDEX orders_customer_idx ON orders (customer_id);
ALTER TABLE customers ADD COLUMN fax text;
COMMIT;

-- unsafe: a syntax error
-- about: syntax-error
-- because: it fails.
-- fails: 42601
ALTER TABLE orders ADD COLUM note text;

-- safe: only comments
-- about: empty-or-misnamed-migration
-- because: nothing happens.
-- server: 18
/* nothing to do here,
   the change was made by hand */
SELECT 1;

-- unsafe: prepared transactions are left
-- about: uncommitted-transaction
-- because: the locks stay until somebody finishes it by hand.
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
PREPARE TRANSACTION 'migration_7';

-- safe: ROLLBACK of an experiment
-- about: uncommitted-transaction
-- because: nothing remains.
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
ROLLBACK;
