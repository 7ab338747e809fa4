create schema legacy;
create schema empty_schema;
create table customers (id bigserial primary key, email text, first_name text, last_name text, old_ref int, score int, region text, tsv tsvector, full_name text generated always as (first_name || ' ' || last_name) stored);
create index customers_region_score on customers (region, score);
create index customers_old_ref on customers (old_ref);
create unique index customers_email_region on customers (email, region);
create view active_customers as select id, email from customers where score > 0;
create view eu_customers as select id, email from active_customers;
create table orders (id bigserial primary key, customer_id bigint references customers (id), amount numeric, memo text, internal boolean);
create table order_lines (id bigserial primary key, order_id bigint references orders (id) on delete cascade, sku text);
create table legacy.imports (id int, payload text);
create table legacy.shared_numbers (id bigserial primary key);
create table uses_numbers (id bigint primary key default nextval('legacy.shared_numbers_id_seq'));
create type size as enum ('s', 'm', 'l');
create type unused as enum ('a');
create type point3 as (x float8, y float8, z float8);
create table shirts (id int primary key, size size not null default 'm', spot point3);
create function shirt_count(s size) returns bigint language sql stable as 'select count(*) from shirts where size = s';
create function unused_fn(a int) returns int language sql immutable as 'select a';
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger orders_touch before update on orders for each row execute function touch();
create sequence ticket_seq;
create sequence free_seq;
create table tickets (id bigint primary key default nextval('ticket_seq'), holder text);
create materialized view per_region as select region, count(*) from customers group by region;
create table ghost (id int primary key, a int);
create or replace function greet(p_id bigint) returns text language plpgsql as $$ begin return (select first_name from customers where id = p_id); end $$;

-- unsafe: table dropped
-- because: its rows are gone.
DROP TABLE order_lines;

-- unsafe: table dropped if it exists, and it does
-- because: its rows are gone.
DROP TABLE IF EXISTS "public"."order_lines";

-- safe: table dropped if it exists, and it does not
-- because: nothing is done.
DROP TABLE IF EXISTS public.order_lines_old;

-- unsafe: table dropped that others refer to
-- because: PostgreSQL refuses while a foreign key points at it.
-- fails: 2BP01
DROP TABLE orders;

-- unsafe: table dropped with cascade
-- because: rows are gone, and the foreign key of another table.
DROP TABLE orders CASCADE;

-- unsafe: drop of a table that is not there
-- because: PostgreSQL refuses.
-- fails: 42P01
DROP TABLE order_positions;

-- safe: table made and dropped in one file
-- because: there was nothing in it.
CREATE TABLE scratch AS SELECT 1 AS a;
DROP TABLE scratch;

-- safe: temporary table dropped
-- because: it belongs to the session.
CREATE TEMPORARY TABLE batch_ids (id bigint) ON COMMIT PRESERVE ROWS;
INSERT INTO batch_ids VALUES (1), (2), (3);
DROP TABLE batch_ids;

-- unsafe: column dropped
-- because: its values are gone, and running code that names it fails.
ALTER TABLE customers DROP COLUMN old_ref;

-- unsafe: column dropped that a view shows
-- because: PostgreSQL refuses.
-- fails: 2BP01
ALTER TABLE customers DROP COLUMN email;

-- unsafe: column dropped with the views over it
-- because: values and two views are gone.
ALTER TABLE customers DROP COLUMN email CASCADE;

-- unsafe: column dropped that a generated column reads
-- because: PostgreSQL refuses.
-- fails: 2BP01
ALTER TABLE customers DROP COLUMN first_name;

-- safe: column dropped if it exists, and it does not
-- because: nothing is done.
ALTER TABLE customers DROP COLUMN IF EXISTS middle_name;

-- unsafe: column dropped that is not there
-- because: PostgreSQL refuses.
-- fails: 42703
ALTER TABLE customers DROP COLUMN middle_name;

-- safe: column added and dropped again in one file
-- because: there was nothing in it.
ALTER TABLE customers ADD COLUMN probe int;
ALTER TABLE customers DROP COLUMN probe;

-- unsafe: truncated
-- because: all rows are gone.
TRUNCATE legacy.imports;

-- unsafe: truncated with those that refer to it
-- because: rows of three tables are gone.
TRUNCATE TABLE customers RESTART IDENTITY CASCADE;

-- unsafe: truncated though others refer to it
-- because: PostgreSQL refuses without CASCADE.
-- fails: 0A000
TRUNCATE customers;

-- safe: table of the same file emptied
-- because: only what the file put in is gone.
CREATE TABLE seed_rows (id int);
INSERT INTO seed_rows SELECT generate_series(1, 10);
TRUNCATE seed_rows;

-- unsafe: schema with a table dropped
-- because: PostgreSQL refuses without CASCADE.
-- fails: 2BP01
DROP SCHEMA legacy;

-- unsafe: schema dropped with everything
-- because: tables and rows are gone.
DROP SCHEMA IF EXISTS legacy CASCADE;

-- safe: empty schema dropped
-- because: nothing is in it.
DROP SCHEMA empty_schema;

-- unsafe: type in use dropped
-- because: PostgreSQL refuses.
-- fails: 2BP01
DROP TYPE size;

-- unsafe: type in use dropped with cascade
-- because: the column of that type goes with it.
DROP TYPE size CASCADE;

-- safe: type that nothing uses dropped
-- because: nobody depends on it.
DROP TYPE IF EXISTS unused;

-- unsafe: function of a trigger dropped
-- because: PostgreSQL refuses.
-- fails: 2BP01
DROP FUNCTION touch();

-- unsafe: sequence of a default dropped
-- because: PostgreSQL refuses.
-- fails: 2BP01
DROP SEQUENCE ticket_seq;

-- unsafe: sequence of a default dropped with cascade
-- because: the default of tickets.id goes with it and inserts fail.
DROP SEQUENCE ticket_seq CASCADE;

-- unsafe: sequence that no default takes from dropped
-- because: only code can take from such a sequence, and it fails from then on.
DROP SEQUENCE free_seq;

-- unsafe: table dropped whose sequence feeds another
-- because: PostgreSQL refuses, the default of uses_numbers takes from it.
-- fails: 2BP01
DROP TABLE legacy.shared_numbers;

-- unsafe: view dropped that another view reads
-- because: PostgreSQL refuses.
-- fails: 2BP01
DROP VIEW active_customers;

-- unsafe: view dropped
-- because: queries that read it fail.
DROP VIEW eu_customers;

-- safe: view dropped and made again in one transaction
-- because: nobody sees it missing and it has no grants of its own.
BEGIN;
DROP VIEW eu_customers;
CREATE VIEW eu_customers AS SELECT id, email, NULL::text AS region FROM active_customers;
COMMIT;

-- safe: view replaced with a column more at its end
-- because: queries go on to work.
CREATE OR REPLACE VIEW active_customers AS SELECT id, email, region FROM customers WHERE score > 0;

-- unsafe: view replaced with a column less
-- because: PostgreSQL refuses.
-- fails: 42P16
CREATE OR REPLACE VIEW active_customers AS SELECT id FROM customers WHERE score > 0;

-- unsafe: view replaced with a column renamed
-- because: PostgreSQL refuses.
-- fails: 42P16
CREATE OR REPLACE VIEW active_customers AS SELECT id, email AS mail FROM customers WHERE score > 0;

-- unsafe: column renamed
-- because: running code names the old one.
ALTER TABLE customers RENAME COLUMN score TO points;

-- unsafe: column renamed that a function body reads
-- because: the function fails when it is called next.
ALTER TABLE public.customers RENAME first_name TO given_name;

-- unsafe: table renamed
-- because: running code names the old one.
ALTER TABLE orders RENAME TO purchases;

-- safe: table of the same file renamed
-- because: nobody knows it.
CREATE TABLE new_things (id int);
ALTER TABLE new_things RENAME TO things;
ALTER TABLE things RENAME COLUMN id TO thing_id;

-- unsafe: column renamed to a name that is taken
-- because: PostgreSQL refuses.
-- fails: 42701
ALTER TABLE customers RENAME COLUMN score TO region;

-- unsafe: table renamed if it exists
-- because: it exists, and running code names it.
ALTER TABLE IF EXISTS "orders" RENAME TO "orders_v1";

-- safe: table renamed if it exists, and it does not
-- because: nothing is done.
ALTER TABLE IF EXISTS orders_v0 RENAME TO orders_archived;

-- unsafe: label of an enum renamed
-- because: running code writes the old one.
ALTER TYPE size RENAME VALUE 'l' TO 'large';

-- safe: label added to an enum
-- because: of the catalog alone.
ALTER TYPE size ADD VALUE IF NOT EXISTS 'xl' AFTER 'l';

-- unsafe: label added that is there
-- because: PostgreSQL refuses.
-- fails: 42710
ALTER TYPE size ADD VALUE 'm';

-- unsafe: label added after one that is not there
-- because: PostgreSQL refuses.
-- fails: 22023
ALTER TYPE size ADD VALUE 'xxl' AFTER 'xl';

-- unsafe: new label used in the same transaction
-- because: it is not safe to use before COMMIT.
-- fails: 55P04
BEGIN;
ALTER TYPE size ADD VALUE 'xs' BEFORE 's';
INSERT INTO shirts (id, size) VALUES (1, 'xs');
COMMIT;

-- unsafe: default dropped of a required column
-- because: inserts of running code that leave it out fail.
ALTER TABLE shirts ALTER COLUMN size DROP DEFAULT;

-- unsafe: schema of a table changed
-- because: running code looks for it in the old one.
ALTER TABLE orders SET SCHEMA legacy;

-- unsafe: all orders deleted
-- because: rows are gone, every row is locked.
DELETE FROM orders;

-- unsafe: rows deleted with a condition that is always true
-- because: as without a condition.
DELETE FROM order_lines WHERE 1 = 1;

-- unsafe: table made anew
-- because: the old one with its rows is dropped first.
DROP TABLE IF EXISTS ghost;
CREATE TABLE ghost (id int PRIMARY KEY, a int, b int);

-- unsafe: materialized view dropped
-- because: queries that read it fail.
DROP MATERIALIZED VIEW per_region;

-- unsafe: swapped for a copy
-- because: foreign keys and the trigger stay with the old table, writes between copy and swap are lost.
BEGIN;
CREATE TABLE orders_new (LIKE orders INCLUDING ALL);
INSERT INTO orders_new SELECT * FROM orders;
ALTER TABLE orders RENAME TO orders_old;
ALTER TABLE orders_new RENAME TO orders;
COMMIT;

-- safe: unlogged table
-- because: what it says is what it is for: sessions may be lost in a crash.
CREATE UNLOGGED TABLE sessions (id uuid PRIMARY KEY, data jsonb);

-- unsafe: identity taken away
-- because: inserts that leave the column out fail, it is required.
-- given
create table auto_numbered (id bigint generated always as identity primary key, v text);
-- migration
ALTER TABLE auto_numbered ALTER COLUMN id DROP IDENTITY;

-- unsafe: attribute of a type in use dropped
-- because: values of all rows lose a part.
ALTER TYPE point3 DROP ATTRIBUTE z CASCADE;

-- safe: function that nothing uses dropped if it exists, under another signature
-- because: there is none with these arguments.
DROP FUNCTION IF EXISTS unused_fn(text);

-- unsafe: function replaced with another result
-- because: PostgreSQL refuses to change a return type.
-- fails: 42P13
CREATE OR REPLACE FUNCTION unused_fn(a int) RETURNS text LANGUAGE sql IMMUTABLE AS 'select a::text';

-- safe: function added beside others of the name
-- because: other argument types, another function.
CREATE OR REPLACE FUNCTION unused_fn(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE AS 'select a || b';

-- unsafe: database dropped
-- because: everything is gone.
DROP DATABASE IF EXISTS reporting;

-- unsafe: not null taken away
-- because: readers that rely on a value now meet nulls.
ALTER TABLE shirts ALTER COLUMN size DROP NOT NULL;
