create table orders (id bigint generated always as identity primary key, state text, total numeric, customer_id bigint);
create index orders_state_idx on orders (state);
create table settings (name text primary key, value text);
create view order_states as select state, count(*) as n from orders group by state;
create materialized view totals as select state, sum(total) as total from orders group by state;
create materialized view keyed as select id, state from orders;
create unique index keyed_id on keyed (id);
create materialized view unfilled as select id from orders with no data;

-- safe: a table
-- about: missing-primary-key
-- because: nobody uses it yet.
CREATE TABLE webhooks (id bigint generated always as identity primary key, url text not null, created_at timestamptz not null default now());

-- safe: a table in every questionable style
-- about: prefer-text-field, prefer-identity, prefer-bigint-over-int, prefer-timestamptz, ban-char-field, missing-primary-key
-- because: matters of taste.
CREATE TABLE "Webhooks" (id serial, url varchar(255), "createdAt" timestamp, flag char(1), price money, body json);

-- safe: an int primary key
-- about: prefer-bigint-over-int
-- because: it is small, but it harms nothing today.
CREATE TABLE webhooks (id int primary key, url text);

-- safe: a table without a primary key
-- about: missing-primary-key
-- because: nobody replicates it.
CREATE TABLE raw_lines (line text);

-- safe: IF NOT EXISTS where it is not there
-- about: prefer-robust-statements
-- because: it is simply made.
CREATE TABLE IF NOT EXISTS webhooks (id bigint primary key);

-- unsafe: a table that is there
-- about: object-already-exists
-- because: it fails.
-- fails: 42P07
CREATE TABLE orders (id bigint primary key);

-- unsafe: IF NOT EXISTS hides another shape
-- about: if-not-exists-masks-drift
-- because: the migration reports success, and the column that code expects is not there.
CREATE TABLE IF NOT EXISTS settings (id bigint primary key, name text not null, value jsonb);

-- safe: IF NOT EXISTS with the same shape
-- about: if-not-exists-masks-drift
-- because: a repeated migration.
CREATE TABLE IF NOT EXISTS settings (name text primary key, value text);

-- safe: a copy of the shape of another table
-- about: missing-primary-key
-- because: a short ACCESS SHARE lock on the source.
CREATE TABLE orders_archive (LIKE orders INCLUDING ALL);

-- safe: a table from a small query
-- about: create-table-as-large
-- because: readers and writers of the source go on.
CREATE TABLE state_list AS SELECT DISTINCT state FROM orders;

-- safe: an unlogged table
-- about: unlogged-table
-- because: a deliberate choice for a new table.
CREATE UNLOGGED TABLE cache (key text primary key, value bytea);

-- unsafe: a logged table becomes unlogged
-- about: set-logged-unlogged
-- because: the table is written again, and a crash empties it.
ALTER TABLE orders SET UNLOGGED;

-- safe: a new table becomes logged
-- about: set-logged-unlogged
-- because: it is empty.
CREATE UNLOGGED TABLE cache (key text primary key, value bytea);
ALTER TABLE cache SET LOGGED;

-- unsafe: another tablespace
-- about: set-tablespace
-- because: the whole table is copied under ACCESS EXCLUSIVE.
ALTER TABLE orders SET TABLESPACE fast_disk;

-- unsafe: an index moves to another tablespace
-- about: set-tablespace
-- because: the index is copied under ACCESS EXCLUSIVE.
ALTER INDEX orders_state_idx SET TABLESPACE fast_disk;

-- safe: a storage parameter
-- about: autovacuum-disabled
-- because: SHARE UPDATE EXCLUSIVE for a moment.
ALTER TABLE orders SET (fillfactor = 80);

-- safe: autovacuum works more often
-- about: autovacuum-disabled
-- because: a tuning that helps.
ALTER TABLE orders SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.02);

-- unsafe: autovacuum is switched off
-- about: autovacuum-disabled
-- because: dead rows pile up and transaction ids run out.
ALTER TABLE orders SET (autovacuum_enabled = false);

-- safe: a storage parameter is reset
-- about: autovacuum-disabled
-- because: back to the default.
ALTER TABLE orders RESET (autovacuum_enabled);

-- safe: replica identity FULL
-- about: replica-identity-full
-- because: a catalog change; more WAL for a table that is not published.
ALTER TABLE orders REPLICA IDENTITY FULL;

-- safe: a comment
-- about: require-lock-timeout
-- because: a catalog entry.
COMMENT ON TABLE orders IS 'Everything sold';

-- unsafe: a materialized view is filled anew
-- about: require-concurrent-refresh-matview
-- because: readers wait for the whole query.
REFRESH MATERIALIZED VIEW totals;

-- safe: a materialized view is filled anew concurrently
-- about: require-concurrent-refresh-matview, concurrent-refresh-matview-lock
-- because: readers go on.
REFRESH MATERIALIZED VIEW CONCURRENTLY keyed;

-- safe: concurrently in a transaction
-- about: concurrently-in-transaction
-- because: it is allowed there.
BEGIN;
REFRESH MATERIALIZED VIEW CONCURRENTLY keyed;
COMMIT;

-- unsafe: concurrently without a unique index
-- about: require-concurrent-refresh-matview
-- because: refused.
-- fails: 55000
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;

-- safe: emptied on purpose
-- about: require-concurrent-refresh-matview
-- because: a view that was never filled has no readers.
REFRESH MATERIALIZED VIEW unfilled WITH NO DATA;

-- safe: the first filling
-- about: require-concurrent-refresh-matview
-- because: nobody can read a view that is not populated.
REFRESH MATERIALIZED VIEW unfilled;

-- safe: a new view
-- about: replace-view-incompatible-columns
-- because: a catalog entry.
CREATE VIEW big_orders AS SELECT id, total FROM orders WHERE total > 1000;

-- safe: a new materialized view without data
-- about: create-table-as-large
-- because: a catalog entry.
CREATE MATERIALIZED VIEW by_customer AS SELECT customer_id, count(*) FROM orders GROUP BY 1 WITH NO DATA;

-- safe: a sequence and its owner
-- about: unowned-or-shared-sequence
-- because: catalog entries.
CREATE SEQUENCE order_numbers OWNED BY orders.id;
ALTER SEQUENCE order_numbers CACHE 20;

-- safe: an extension
-- about: create-extension
-- because: it adds functions.
CREATE EXTENSION IF NOT EXISTS plpgsql;

-- unsafe: an extension goes
-- about: ban-drop-object
-- because: functions, types and columns of it go too.
DROP EXTENSION plpgsql CASCADE;

-- unsafe: a rule on a table
-- about: create-rule
-- because: statements of the running code do something else from then on.
CREATE RULE no_delete AS ON DELETE TO orders DO INSTEAD NOTHING;

-- safe: a new function
-- about: security-definer-search-path
-- because: nobody calls it yet.
CREATE OR REPLACE FUNCTION add_tax(amount numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT amount * 1.2 $$;

-- unsafe: a function with the rights of its owner and an open search path
-- about: security-definer-search-path
-- because: a caller can put objects of his own before those that it means.
CREATE FUNCTION wipe() RETURNS void LANGUAGE sql SECURITY DEFINER AS $$ SELECT 1 $$;

-- safe: the same with a fixed search path
-- about: security-definer-search-path
-- because: names mean what they say.
CREATE FUNCTION wipe() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ SELECT 1 $$;

-- unsafe: a trigger is switched off
-- about: disable-trigger
-- because: what it did is no longer done.
-- given
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger orders_touch before update on orders for each row execute function touch();
-- migration
ALTER TABLE orders DISABLE TRIGGER orders_touch;

-- unsafe: all triggers are switched off
-- about: disable-trigger-all
-- because: foreign keys are no longer checked.
ALTER TABLE orders DISABLE TRIGGER ALL;

-- safe: a dump of a fresh schema
-- about: missing-primary-key
-- because: everything in it is new.
SET statement_timeout = 0;
SET lock_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);
CREATE SCHEMA shop;
CREATE TABLE shop.baskets (id bigint NOT NULL, owner text);
CREATE SEQUENCE shop.baskets_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE shop.baskets_id_seq OWNED BY shop.baskets.id;
ALTER TABLE ONLY shop.baskets ALTER COLUMN id SET DEFAULT nextval('shop.baskets_id_seq'::regclass);
ALTER TABLE ONLY shop.baskets ADD CONSTRAINT baskets_pkey PRIMARY KEY (id);
CREATE INDEX baskets_owner_idx ON shop.baskets USING btree (owner);

-- unsafe: a table is moved to another access method
-- about: set-access-method
-- because: the table is written again.
-- server: 15
ALTER TABLE orders SET ACCESS METHOD columnar;

-- safe: inheritance from a new parent
-- about: missing-primary-key
-- because: nothing is read.
CREATE TABLE things (id bigint);
CREATE TABLE chairs (legs int) INHERITS (things);

-- unsafe: a name too long to keep
-- about: identifier-too-long
-- because: PostgreSQL cuts it, and code that writes it in full elsewhere does not find it.
ALTER TABLE orders ADD COLUMN the_amount_in_the_currency_of_the_customer_before_any_discount_was_subtracted numeric;

-- safe: reserved words in quotes
-- about: identifier-too-long
-- because: ugly, but it works.
CREATE TABLE "order" (id bigint primary key, "user" text, "select" int);

-- safe: a stored generated column loses its expression
-- about: set-generated-expression
-- because: a catalog change; the values stay.
-- given
create table boxes (id bigint primary key, w int, area int generated always as (w * w) stored);
-- migration
ALTER TABLE boxes ALTER COLUMN area DROP EXPRESSION;

-- unsafe: a stored generated column gets another expression
-- about: set-generated-expression
-- because: every row is computed anew.
-- given
create table boxes (id bigint primary key, w int, area int generated always as (w * w) stored);
-- migration
ALTER TABLE boxes ALTER COLUMN area SET EXPRESSION AS (w * w * 2);

-- unsafe: a column becomes GENERATED ALWAYS
-- about: generated-always-rejects-explicit
-- because: code that writes the id fails.
-- given
create table boxes (id bigint primary key default 7, w int);
-- migration
ALTER TABLE boxes ALTER COLUMN id DROP DEFAULT;
ALTER TABLE boxes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

-- safe: a column becomes GENERATED BY DEFAULT
-- about: generated-always-rejects-explicit
-- because: code that writes the id goes on.
-- given
create table boxes (id bigint primary key, w int);
-- migration
ALTER TABLE boxes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY;
