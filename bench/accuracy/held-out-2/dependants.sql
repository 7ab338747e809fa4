create schema api;
create table customers (id bigint primary key, name text not null, email text, region text, discount int, tax_no varchar(20), notes text, score numeric(6,2), legacy_code text, deleted_at timestamptz, tenant_id int not null, total_cents bigint, total_eur numeric generated always as (total_cents / 100.0) stored);
create table purchases (id bigint primary key, customer_id bigint not null references customers (id), placed_at timestamptz not null default now(), amount numeric not null, state varchar(16) not null, memo text, channel text);
create index purchases_customer on purchases (customer_id);
create index purchases_state on purchases (state);
create index purchases_memo_lower on purchases (lower(memo));
create table archive (id bigint primary key, payload text);
create view active_customers as select id, name, email from customers where deleted_at is null;
create view api.customers as select id, name, region from public.customers;
create materialized view sales_by_state as select state, sum(amount) as amount from purchases group by state;
create unique index sales_by_state_state on sales_by_state (state);
create function customer_label(c bigint) returns text language plpgsql stable as $$ begin return (select name || ' (' || legacy_code || ')' from customers where id = c); end $$;
create function purchase_total(c bigint) returns numeric language sql stable as 'select sum(amount) from purchases where customer_id = c';
create function std_total(c bigint) returns numeric language sql stable begin atomic select sum(amount) from purchases where customer_id = c and channel = 'web'; end;
create function log_purchase() returns trigger language plpgsql as $$ begin if new.memo is not null then insert into archive values (new.id, new.memo); end if; return new; end $$;
create trigger purchases_log after insert on purchases for each row execute function log_purchase();
create trigger customers_region before update on customers for each row when (old.region is distinct from new.region) execute function log_purchase();
alter table customers enable row level security;
create policy tenant on customers using (tenant_id = current_setting('app.tenant')::int);
create publication cdc for table purchases (id, customer_id, placed_at, amount) where (id > 0);
create sequence doc_numbers;
create table documents (id bigint primary key default nextval('doc_numbers'), title text, body text, search tsvector);
create function doc_title(text) returns text language sql immutable as 'select upper($1)';
create index documents_title on documents (doc_title(title));
create type address as (street text, city text);
create table sites (id bigint primary key, at address);
create type level as enum ('low', 'high');
create table alarms (id bigint primary key, level level not null default 'low', raised timestamptz);
create function alarm_count(l level) returns bigint language sql stable as 'select count(*) from alarms where level = l';
create domain zip as text check (value ~ '^\d{5}$');
create table places (id bigint primary key, zip zip);
create statistics customers_stats on region, discount from customers;
create procedure purge_notes() language plpgsql as $$ begin update customers set notes = null where deleted_at < now() - interval '1 year'; end $$;

-- unsafe: a column that a view shows is dropped
-- fails: 2BP01
-- because: active_customers shows email.
ALTER TABLE "customers" DROP COLUMN "email";

-- unsafe: a column that a view filters by is dropped
-- fails: 2BP01
-- because: active_customers is of rows whose deleted_at is null.
ALTER TABLE customers DROP COLUMN IF EXISTS deleted_at;

-- unsafe: a column that views show is dropped with what depends on it
-- because: the views go with it.
ALTER TABLE customers DROP COLUMN region CASCADE;

-- unsafe: the type of a column that a view shows is changed
-- fails: 0A000
-- because: a view uses name; even a free change of type is refused.
ALTER TABLE customers ALTER COLUMN name TYPE varchar(500);

-- unsafe: the column a policy reads is widened
-- fails: 0A000
-- because: the policy tenant uses tenant_id.
ALTER TABLE customers ALTER COLUMN tenant_id TYPE bigint;

-- unsafe: the column a policy reads is dropped
-- fails: 2BP01
-- because: the policy tenant uses tenant_id.
ALTER TABLE customers DROP COLUMN tenant_id;

-- unsafe: the column behind a generated column is dropped
-- fails: 2BP01
-- because: total_eur is made from total_cents.
ALTER TABLE customers DROP COLUMN total_cents;

-- unsafe: the column behind a generated column changes its type
-- fails: 0A000
-- because: total_eur is made from total_cents.
ALTER TABLE customers ALTER COLUMN total_cents TYPE numeric;

-- unsafe: the column of a trigger's condition changes its type
-- fails: 0A000
-- because: customers_region compares region.
BEGIN;
DROP VIEW api.customers;
ALTER TABLE customers ALTER COLUMN region TYPE varchar(80);
CREATE VIEW api.customers AS SELECT id, name, region FROM public.customers;
COMMIT;

-- unsafe: a published column is dropped
-- fails: 2BP01
-- because: amount is in the column list of cdc (and shown by a materialized view).
ALTER TABLE purchases DROP COLUMN placed_at;

-- unsafe: a column that only a plpgsql body reads is dropped
-- because: customer_label fails on its next call; nothing stops the drop.
ALTER TABLE customers DROP COLUMN legacy_code;

-- unsafe: a column that a trigger function reads is renamed
-- because: log_purchase reads new.memo and every insert fails.
ALTER TABLE purchases RENAME COLUMN memo TO remark;

-- unsafe: a column that a procedure writes is renamed
-- because: purge_notes fails on its next call.
ALTER TABLE customers RENAME notes TO comments;

-- unsafe: a table that a trigger function writes is dropped
-- because: every insert into purchases with a memo fails.
DROP TABLE archive;

-- unsafe: a table that a trigger function writes moves to another schema
-- because: log_purchase finds archive no more.
ALTER TABLE archive SET SCHEMA api;

-- unsafe: a column that a standard SQL body reads is dropped
-- fails: 2BP01
-- because: std_total depends on channel.
ALTER TABLE purchases DROP COLUMN channel;

-- unsafe: a referenced table is dropped
-- fails: 2BP01
-- because: purchases and views depend on customers.
DROP TABLE customers;

-- unsafe: a referenced table is dropped with its foreign keys
-- because: rows, views and the foreign key of purchases are lost.
DROP TABLE IF EXISTS customers CASCADE;

-- unsafe: a primary key that a foreign key needs is dropped
-- fails: 2BP01
-- because: the foreign key of purchases depends on it.
ALTER TABLE customers DROP CONSTRAINT customers_pkey;

-- unsafe: the index of a primary key is dropped
-- fails: 2BP01
-- because: a constraint needs it.
DROP INDEX CONCURRENTLY archive_pkey;

-- unsafe: a view that a materialized view does not need, but the code does
-- because: the application reads active_customers.
DROP VIEW active_customers;

-- unsafe: a function of an index is dropped
-- fails: 2BP01
-- because: documents_title is made with it.
DROP FUNCTION doc_title(text);

-- unsafe: a function of an index is replaced by another
-- because: the index holds what the old one said.
CREATE OR REPLACE FUNCTION doc_title(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'select lower($1)';

-- unsafe: a function of an index loses its immutability
-- because: the index is made with a function that says it may change.
CREATE OR REPLACE FUNCTION doc_title(text) RETURNS text LANGUAGE sql STABLE AS 'select upper($1)';

-- unsafe: a trigger's function is dropped
-- fails: 2BP01
-- because: triggers use it.
DROP FUNCTION log_purchase();

-- unsafe: a trigger's function is dropped with its triggers
-- because: the triggers go silently.
DROP FUNCTION log_purchase() CASCADE;

-- unsafe: a sequence that a default takes from is dropped
-- fails: 2BP01
-- because: documents.id takes from it.
DROP SEQUENCE doc_numbers;

-- unsafe: a type in use is dropped
-- fails: 2BP01
-- because: alarms.level is of it.
DROP TYPE level;

-- unsafe: a type in use is dropped with its columns
-- because: alarms.level goes with it.
DROP TYPE level CASCADE;

-- unsafe: a domain in use is dropped with its columns
-- because: places.zip goes with it.
DROP DOMAIN zip CASCADE;

-- unsafe: an attribute of a type in use is retyped
-- fails: 0A000
-- because: sites.at is of it.
ALTER TYPE address ALTER ATTRIBUTE street TYPE varchar(80);

-- unsafe: a schema with a view in it is dropped
-- fails: 2BP01
-- because: api is not empty.
DROP SCHEMA api;

-- unsafe: a view's column is renamed by replacing it
-- fails: 42P16
-- because: replacing a view cannot rename its columns.
CREATE OR REPLACE VIEW active_customers AS SELECT id, name AS full_name, email FROM customers WHERE deleted_at IS NULL;

-- unsafe: a view's column is taken away by replacing it
-- fails: 42P16
-- because: replacing a view cannot drop columns.
CREATE OR REPLACE VIEW active_customers AS SELECT id, name FROM customers WHERE deleted_at IS NULL;

-- safe: a column added at a view's end by replacing it
-- because: columns may be appended.
CREATE OR REPLACE VIEW active_customers AS SELECT id, name, email, region FROM customers WHERE deleted_at IS NULL;

-- unsafe: a column added in a view's middle by replacing it
-- fails: 42P16
-- because: columns may be appended only.
CREATE OR REPLACE VIEW active_customers AS SELECT id, region, name, email FROM customers WHERE deleted_at IS NULL;

-- unsafe: a view's column gets another type by replacing it
-- fails: 42P16
-- because: replacing a view cannot change types.
CREATE OR REPLACE VIEW active_customers AS SELECT id, name::varchar(40) AS name, email FROM customers WHERE deleted_at IS NULL;

-- unsafe: the column of a materialized view changes its type
-- fails: 0A000
-- because: sales_by_state uses state.
ALTER TABLE purchases ALTER COLUMN state TYPE text;

-- unsafe: the unique index of a materialized view is dropped
-- because: it can no longer be refreshed concurrently.
DROP INDEX CONCURRENTLY sales_by_state_state;

-- unsafe: a table that functions read is renamed
-- because: functions and code say purchases.
ALTER TABLE purchases RENAME TO orders;

-- safe: a column that nothing uses gets a wider type
-- because: varchar(20) to varchar(40) is free and nothing depends on tax_no.
ALTER TABLE customers ALTER COLUMN tax_no TYPE varchar(40);

-- safe: a column that nothing but its table holds gets more digits
-- because: numeric with the same scale and more precision is free.
ALTER TABLE "public"."customers" ALTER COLUMN "score" SET DATA TYPE numeric(10,2);

-- safe: a view is made and a comment on it
-- because: nothing reads it yet.
CREATE VIEW api.purchases AS SELECT id, customer_id, amount FROM public.purchases;
COMMENT ON VIEW api.purchases IS 'For partners';

-- safe: a trigger function gets a better body
-- because: the trigger goes on with the new body, same signature and attributes.
CREATE OR REPLACE FUNCTION log_purchase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.memo IS NOT NULL THEN
    INSERT INTO archive (id, payload) VALUES (NEW.id, NEW.memo);
  END IF;
  RETURN NEW;
END $$;

-- safe: an unused attribute order of statistics
-- because: extended statistics are only used by the planner.
CREATE STATISTICS purchases_stats (dependencies) ON state, channel FROM purchases;

-- safe: a policy's view of a new table
-- because: everything is new.
CREATE TABLE tenants (id int PRIMARY KEY, name text NOT NULL);
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON tenants USING (id = current_setting('app.tenant')::int);

-- unsafe: a function's result type changes
-- fails: 42P13
-- because: replacing cannot change the result type.
CREATE OR REPLACE FUNCTION purchase_total(c bigint) RETURNS bigint LANGUAGE sql STABLE AS 'select sum(amount)::bigint from purchases where customer_id = c';

-- unsafe: a function's parameter gets another name
-- fails: 42P13
-- because: replacing cannot rename parameters.
CREATE OR REPLACE FUNCTION purchase_total(customer bigint) RETURNS numeric LANGUAGE sql STABLE AS 'select sum(amount) from purchases where customer_id = customer';

-- unsafe: a replaced function with one parameter more
-- because: that makes a second function; calls of the old one go on to the old body and calls with one argument become ambiguous.
CREATE OR REPLACE FUNCTION purchase_total(c bigint, since date DEFAULT NULL) RETURNS numeric LANGUAGE sql STABLE AS 'select sum(amount) from purchases where customer_id = c and (since is null or placed_at >= since)';

-- unsafe: the enum is made anew and old defaults stand in the way
-- fails: 42804
-- because: the default 'low' cannot be cast to the new type.
BEGIN;
CREATE TYPE level_new AS ENUM ('low', 'mid', 'high');
ALTER TABLE alarms ALTER COLUMN level TYPE level_new USING level::text::level_new;
COMMIT;

-- unsafe: a plain view dropped and made anew with its users left out
-- known: views that the migration makes are not looked at as dependants.
-- fails: 2BP01
-- because: a view of the migration's own stands on it.
CREATE VIEW top AS SELECT * FROM active_customers LIMIT 10;
DROP VIEW active_customers;
CREATE VIEW active_customers AS SELECT id, name, email, score FROM customers WHERE deleted_at IS NULL;

-- unsafe: a column of the row filter is dropped from the publication's table
-- fails: 2BP01
-- because: the publication's column list and filter name id, and so does the primary key.
ALTER TABLE purchases DROP COLUMN id;

-- unsafe: a column that an expression index reads is dropped
-- because: purchases_memo_lower goes with it and log_purchase reads it.
ALTER TABLE purchases DROP COLUMN memo;
