create schema shop;
create extension if not exists citext;
create type shop.color as enum ('red', 'green');
create domain shop.money_amount as numeric(12,2) check (value >= 0);
create domain shop.unused_domain as text;
create table shop.customers (id bigint generated always as identity primary key, email text not null, phone varchar(40), vat text, city text, tier smallint not null default 1, note text, born date, payload jsonb, last_ip cidr, ref uuid, constraint vat_there check (vat is not null));
create unique index customers_email on shop.customers (email);
create unique index customers_vat on shop.customers (vat);
create index customers_city on shop.customers (city);
create table shop.orders (id bigint primary key, customer_id bigint not null, amount numeric(10,2) not null, state text not null default 'new', placed timestamp(3), at timestamptz, code varchar(12) collate "C");
alter table shop.orders add constraint orders_customer_fk foreign key (customer_id) references shop.customers (id) not valid;
alter table shop.orders add constraint orders_amount check (amount > 0) not valid;
create unique index orders_code on shop.orders (code);
create index orders_invalid_later on shop.orders (state);
create table shop.nothing_refers (id int primary key);
create table shop.staging (id bigint, customer_id bigint, amount numeric(10,2));
create table shop.days (day date not null, n int) partition by range (day);
create table shop.days_old partition of shop.days for values from ('2024-01-01') to ('2025-01-01');
create table shop.days_next (day date not null, n int, constraint next_bound check (day >= '2025-01-01' and day < '2026-01-01'));
create table shop.empty_parent (id bigint not null, day date not null) partition by range (day);
create view shop.order_states as select id, state from shop.orders;
create view shop.unread as select 1 as one;
create function shop.slug(t text) returns text language sql immutable as $$ select lower(regexp_replace(t, '[^a-zA-Z0-9]+', '-', 'g')) $$;
create function shop.tenant() returns int language sql stable as $$ select current_setting('app.tenant', true)::int $$;
create function shop.touch() returns trigger language plpgsql as $$ begin return new; end $$;
create materialized view shop.top as select customer_id, count(*) as s from shop.orders group by 1;
create unique index top_customer on shop.top (customer_id);
create table shop.secured (id bigint primary key, tenant int not null);
alter table shop.secured enable row level security;
create policy secured_tenant on shop.secured using (tenant = shop.tenant());
create sequence shop.spare;

-- safe: not null of a column with a validated check
-- because: the check proves it, no scan.
ALTER TABLE shop.customers ALTER COLUMN vat SET NOT NULL;

-- safe: primary key of another name over a unique index, columns not null
-- because: no build, no scan.
-- given
create table shop.imported (id bigint not null, v text);
create unique index imported_id on shop.imported (id);
-- migration
ALTER TABLE shop.imported ADD CONSTRAINT imported_pk PRIMARY KEY USING INDEX imported_id;

-- safe: unique constraint takes over an index under its own name
-- because: the index is there already.
SET lock_timeout = '2s';
ALTER TABLE shop.customers ADD CONSTRAINT customers_email_uq UNIQUE USING INDEX customers_email;

-- safe: varchar to text with the same collation, index on the column
-- because: binary coercible, same operators and collation: the index is kept.
ALTER TABLE shop.orders ALTER COLUMN code TYPE text COLLATE "C";

-- safe: varchar without a limit
-- because: only the limit goes.
ALTER TABLE shop.customers ALTER COLUMN phone TYPE varchar;

-- safe: timestamp with all digits
-- because: timestamp(3) values are valid timestamp(6).
ALTER TABLE shop.orders ALTER COLUMN placed TYPE timestamp;

-- safe: numeric widened before the point
-- because: same scale.
ALTER TABLE shop.orders ALTER COLUMN amount TYPE numeric(14,2);

-- unsafe: numeric widened after the point as well
-- because: the scale changes, rewrite.
ALTER TABLE shop.orders ALTER COLUMN amount TYPE numeric(14,3);

-- safe: cidr to inet
-- because: binary coercible, no index.
ALTER TABLE shop.customers ALTER COLUMN last_ip TYPE inet;

-- safe: text to citext without an index
-- because: binary coercible, nothing is rebuilt.
ALTER TABLE shop.customers ALTER COLUMN note TYPE citext;

-- unsafe: text to citext with an index
-- because: the index compares differently and is rebuilt under ACCESS EXCLUSIVE.
ALTER TABLE shop.customers ALTER COLUMN city TYPE citext;

-- safe: default through an immutable function
-- because: evaluated once.
ALTER TABLE shop.orders ADD COLUMN slug text DEFAULT shop.slug('New Order');

-- safe: default through a stable function
-- because: evaluated once, no rewrite.
ALTER TABLE shop.orders ADD COLUMN tenant int DEFAULT shop.tenant();

-- safe: not null with the default of a cast
-- because: constant.
ALTER TABLE shop.customers ADD COLUMN favourite shop.color NOT NULL DEFAULT 'red'::shop.color;

-- unsafe: column of a domain with a check
-- because: rewrite, even without a default.
ALTER TABLE shop.orders ADD COLUMN discount shop.money_amount;

-- safe: domain that no column uses gets a constraint
-- because: there is no table to scan.
ALTER DOMAIN shop.unused_domain ADD CONSTRAINT not_blank CHECK (value <> '');

-- safe: domain that no column uses dropped
-- because: nobody depends on it.
DROP DOMAIN shop.unused_domain;

-- safe: foreign key of a child with no rows, made here
-- because: the child is new, brief lock on the parent.
BEGIN;
CREATE TABLE shop.payments (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id bigint NOT NULL);
CREATE INDEX payments_order ON shop.payments (order_id);
ALTER TABLE shop.payments ADD CONSTRAINT payments_order_fk FOREIGN KEY (order_id) REFERENCES shop.orders (id);
COMMIT;

-- safe: trigger on the new table of the same file
-- because: nobody writes to it yet.
CREATE TABLE shop.returns (id bigint PRIMARY KEY, reason text);
CREATE TRIGGER returns_touch BEFORE INSERT OR UPDATE ON shop.returns FOR EACH ROW EXECUTE FUNCTION shop.touch();
ALTER TABLE shop.returns DISABLE TRIGGER returns_touch;
ALTER TABLE shop.returns ENABLE TRIGGER returns_touch;

-- safe: not valid constraints that are there are validated
-- because: SHARE UPDATE EXCLUSIVE, one after the other.
ALTER TABLE shop.orders VALIDATE CONSTRAINT orders_customer_fk;
ALTER TABLE shop.orders VALIDATE CONSTRAINT orders_amount;

-- safe: identical index, guarded
-- because: it is there, nothing is built.
CREATE INDEX IF NOT EXISTS customers_city ON shop.customers (city);

-- safe: table that is there, guarded
-- because: nothing is done.
CREATE TABLE IF NOT EXISTS shop.nothing_refers (id int PRIMARY KEY);

-- safe: column that is there, guarded
-- because: nothing is done.
ALTER TABLE shop.customers ADD COLUMN IF NOT EXISTS city text;

-- safe: partition attached with a validated check and a required key
-- because: no scan.
ALTER TABLE shop.days ATTACH PARTITION shop.days_next FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

-- safe: partitioned parent without partitions gets an index
-- because: there is nothing to build.
CREATE INDEX empty_parent_day ON shop.empty_parent (day);

-- safe: partitioned parent without partitions gets a primary key
-- because: there is nothing to build.
ALTER TABLE shop.empty_parent ADD PRIMARY KEY (id, day);

-- safe: policy added beside one for the same tenant, stricter
-- because: a restrictive policy over an own column, row level security is on.
CREATE POLICY secured_visible ON shop.secured AS RESTRICTIVE FOR SELECT USING (tenant = shop.tenant());

-- safe: view with the same columns
-- because: same names and types.
CREATE OR REPLACE VIEW shop.order_states AS SELECT o.id, o.state FROM shop.orders AS o WHERE o.state <> 'gone';

-- unsafe: sequence that no default takes from dropped
-- because: only code can take from it, and it fails from then on.
DROP SEQUENCE IF EXISTS shop.spare;

-- safe: foreign key dropped that was not valid, then made again not valid with another action
-- because: no scan, one brief lock; the reference is enforced all the time.
BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE shop.orders DROP CONSTRAINT orders_customer_fk, ADD CONSTRAINT orders_customer_fk2 FOREIGN KEY (customer_id) REFERENCES shop.customers (id) ON DELETE RESTRICT NOT VALID;
COMMIT;

-- safe: index renamed and kept
-- because: SHARE UPDATE EXCLUSIVE on the index.
ALTER INDEX IF EXISTS shop.customers_city RENAME TO customers_city_idx;

-- safe: index that another covers, dropped concurrently
-- because: nobody waits, a longer one begins with the same column.
CREATE INDEX CONCURRENTLY customers_city_tier ON shop.customers (city, tier);
DROP INDEX CONCURRENTLY shop.customers_city;

-- safe: search path first, then names without schema
-- because: the names resolve, the column is nullable.
SET search_path TO shop, public;
ALTER TABLE customers ADD COLUMN website text;
CREATE INDEX CONCURRENTLY customers_website ON customers (website) WHERE website IS NOT NULL;

-- unsafe: names without schema, not on the search path
-- because: there is no public.customers.
-- fails: 42P01
ALTER TABLE customers ADD COLUMN website text;

-- safe: statistics target and storage
-- because: brief, of the catalog alone.
ALTER TABLE shop.customers ALTER COLUMN payload SET STORAGE MAIN, ALTER COLUMN city SET STATISTICS 500;

-- safe: default changed and another taken away of a nullable column
-- because: of the catalog alone.
ALTER TABLE shop.orders ALTER COLUMN state SET DEFAULT 'pending', ALTER COLUMN at SET DEFAULT now();

-- safe: new version of a function beside the old one
-- because: other arguments, the old calls go on.
CREATE FUNCTION shop.slug(t text, separator text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT replace(shop.slug(t), '-', separator) $$;

-- safe: new enum type and a column of it
-- because: nullable.
CREATE TYPE shop.shipping AS ENUM ('letter', 'parcel');
ALTER TABLE shop.orders ADD COLUMN shipping shop.shipping;

-- safe: label of a new enum used in its own transaction
-- because: CREATE TYPE with all labels, nothing is added later.
BEGIN;
CREATE TYPE shop.lane AS ENUM ('fast', 'slow');
ALTER TABLE shop.orders ADD COLUMN lane shop.lane NOT NULL DEFAULT 'slow';
COMMIT;

-- safe: enum label added, used in the next transaction
-- because: committed between.
ALTER TYPE shop.color ADD VALUE 'blue';
ALTER TABLE shop.orders ADD COLUMN color shop.color DEFAULT 'blue';

-- safe: renamed away and back in a new table
-- because: nobody knows it.
BEGIN;
CREATE TABLE shop.tmp_a (id int, label text);
ALTER TABLE shop.tmp_a RENAME COLUMN label TO title;
ALTER TABLE shop.tmp_a DROP COLUMN title;
DROP TABLE shop.tmp_a;
COMMIT;

-- safe: view made and replaced here
-- because: nobody reads it yet.
CREATE VIEW shop.big_orders AS SELECT id, amount FROM shop.orders WHERE amount > 1000;
DROP VIEW shop.big_orders;
CREATE VIEW shop.big_orders AS SELECT id FROM shop.orders WHERE amount > 1000;

-- safe: replica identity of the default
-- because: the table has a primary key and it is the default already.
ALTER TABLE shop.orders REPLICA IDENTITY DEFAULT;

-- safe: logged table set logged
-- because: it is logged already.
ALTER TABLE shop.orders SET LOGGED;

-- safe: access method that the table has
-- because: heap already, no rewrite.
ALTER TABLE shop.orders SET ACCESS METHOD heap;

-- safe: without oids
-- because: there are none, does nothing.
ALTER TABLE shop.orders SET WITHOUT OIDS;

-- safe: not enforced check
-- because: nothing is checked on 18.
ALTER TABLE shop.customers ADD CONSTRAINT adults CHECK (born < '2010-01-01') NOT ENFORCED;

-- safe: foreign key with covering index made first
-- because: index concurrently, constraint without scan, validated apart.
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer ON shop.orders (customer_id);
ALTER TABLE shop.orders ADD COLUMN referrer_id bigint;
ALTER TABLE shop.orders ADD CONSTRAINT orders_referrer FOREIGN KEY (referrer_id) REFERENCES shop.customers (id) NOT VALID;
ALTER TABLE shop.orders VALIDATE CONSTRAINT orders_referrer;

-- safe: not null in three steps, with the names of a gem
-- because: check not valid, validated, then no scan.
ALTER TABLE "shop"."customers" ADD CONSTRAINT "customers_city_null" CHECK ("city" IS NOT NULL) NOT VALID;
ALTER TABLE "shop"."customers" VALIDATE CONSTRAINT "customers_city_null";
ALTER TABLE "shop"."customers" ALTER COLUMN "city" SET NOT NULL;
ALTER TABLE "shop"."customers" DROP CONSTRAINT "customers_city_null";

-- unsafe: the same steps without the validation
-- because: the check is not valid, so SET NOT NULL scans.
ALTER TABLE "shop"."customers" ADD CONSTRAINT "customers_city_null" CHECK ("city" IS NOT NULL) NOT VALID;
ALTER TABLE "shop"."customers" ALTER COLUMN "city" SET NOT NULL;
ALTER TABLE "shop"."customers" DROP CONSTRAINT "customers_city_null";

-- safe: not null constraint of 18 in two steps
-- because: NOT VALID first, VALIDATE lets writes through.
ALTER TABLE shop.customers ADD CONSTRAINT phone_nn NOT NULL phone NOT VALID;
ALTER TABLE shop.customers VALIDATE CONSTRAINT phone_nn;

-- safe: unique index of several columns, concurrently, with a comment
-- because: nobody waits.
/* de-duplicated in release 812 */
CREATE UNIQUE INDEX CONCURRENTLY customers_phone_city
    ON shop.customers (phone, city) -- NULLs are distinct
    WHERE phone IS NOT NULL;

-- safe: temporary work
-- because: only this session sees it.
BEGIN;
CREATE TEMP TABLE work (id bigint PRIMARY KEY, x int) ON COMMIT DROP;
ALTER TABLE work ADD COLUMN y int NOT NULL DEFAULT 0;
COMMIT;

-- safe: only settings and a notice
-- because: nothing is changed.
SET client_min_messages = warning;
SET statement_timeout = '30s';
SELECT 1;
RESET ALL;
