create table users (id bigserial primary key, name varchar(80), email varchar(255) not null, login_count integer default 0 not null, properties jsonb, born_on date, organisation_id bigint, created_at timestamp(6) not null, updated_at timestamp(6) not null);
create unique index index_users_on_email on users using btree (email);
create index index_users_on_name on users using btree (name);
create table organisations (id bigserial primary key, title text not null, credit numeric(10,2), plan varchar, active boolean default true);
create table orders (id bigserial primary key, user_id bigint not null references users (id), total numeric(12,2) not null default 0, state varchar(20) not null default 'new', note text, placed_at timestamp with time zone);
create index index_orders_on_user_id on orders using btree (user_id);
create table feature_flags (name text primary key, enabled boolean not null default false);

-- unsafe: column goes from under the old code
-- because: running code still reads and writes it.
ALTER TABLE "users" DROP COLUMN "born_on";

-- unsafe: two columns go in one statement
-- because: running code still uses them.
ALTER TABLE "users" DROP COLUMN "name", DROP COLUMN "properties";

-- unsafe: timestamps go
-- because: two columns that code uses.
ALTER TABLE "orders" DROP COLUMN IF EXISTS "placed_at";

-- safe: column that is not there goes
-- because: IF EXISTS leaves everything as it is.
ALTER TABLE "orders" DROP COLUMN IF EXISTS "shipped_at";

-- unsafe: column renamed
-- because: the code that runs asks for the old name.
ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";

-- unsafe: table renamed
-- because: the code that runs asks for the old name.
ALTER TABLE "orders" RENAME TO "purchases";

-- unsafe: integer becomes bigint
-- because: all rows are written again under an ACCESS EXCLUSIVE lock.
ALTER TABLE "users" ALTER COLUMN "login_count" TYPE bigint;

-- safe: varchar made wider
-- because: no row is touched since 9.2.
ALTER TABLE "users" ALTER COLUMN "name" TYPE character varying(200);

-- safe: limit of a varchar taken away
-- because: no row is touched.
ALTER TABLE "users" ALTER COLUMN "name" TYPE varchar;

-- safe: varchar becomes text
-- because: the same bytes.
ALTER TABLE "orders" ALTER COLUMN "state" SET DATA TYPE text;

-- unsafe: varchar made narrower
-- because: rows are checked and longer ones make it fail.
ALTER TABLE "users" ALTER COLUMN "email" TYPE varchar(100);

-- safe: text becomes varchar without a limit
-- because: the same bytes, nothing to check.
ALTER TABLE "orders" ALTER COLUMN "note" TYPE varchar;

-- unsafe: text becomes limited
-- because: the table is read or written again, and long notes make it fail.
ALTER TABLE "orders" ALTER COLUMN "note" TYPE varchar(500);

-- safe: precision of a numeric made larger
-- because: the scale stays, so the rows stay.
ALTER TABLE "organisations" ALTER COLUMN "credit" TYPE numeric(14,2);

-- safe: limit of a numeric taken away
-- because: every value stays as it is.
ALTER TABLE "organisations" ALTER COLUMN "credit" TYPE numeric;

-- unsafe: scale of a numeric changed
-- because: every value is written again.
ALTER TABLE "organisations" ALTER COLUMN "credit" TYPE numeric(14,4);

-- unsafe: timestamp gets a shorter precision
-- because: values are rounded, the table is written again.
ALTER TABLE "users" ALTER COLUMN "updated_at" TYPE timestamp(3);

-- safe: timestamp loses its precision limit
-- because: every value stays as it is.
ALTER TABLE "users" ALTER COLUMN "created_at" TYPE timestamp without time zone;

-- unsafe: jsonb becomes json
-- because: every value is written again and the equality operator is gone.
ALTER TABLE "users" ALTER COLUMN "properties" TYPE json;

-- safe: column with a constant default
-- because: nothing is written since 11.
ALTER TABLE "users" ADD COLUMN "admin" boolean DEFAULT FALSE NOT NULL;

-- safe: nullable column
-- because: only the catalog changes.
ALTER TABLE "users" ADD "nickname" character varying;

-- safe: jsonb column with an empty object
-- because: the default is constant.
ALTER TABLE "organisations" ADD COLUMN "settings" jsonb DEFAULT '{}' NOT NULL;

-- unsafe: json column
-- because: json has no equality, SELECT DISTINCT of old code fails.
ALTER TABLE "users" ADD COLUMN "extras" json;

-- unsafe: uuid made for every row
-- because: a volatile default writes all rows again.
ALTER TABLE "users" ADD COLUMN "public_id" uuid DEFAULT gen_random_uuid() NOT NULL;

-- safe: uuid column, default given afterwards
-- because: old rows keep NULL, nothing is written.
ALTER TABLE "users" ADD COLUMN "public_id" uuid;
ALTER TABLE "users" ALTER COLUMN "public_id" SET DEFAULT gen_random_uuid();

-- unsafe: required column without a value
-- because: the rows that are there have none, so it fails.
ALTER TABLE "orders" ADD COLUMN "currency" varchar(3) NOT NULL;

-- unsafe: index built while writes wait
-- because: SHARE lock for the whole build.
CREATE INDEX "index_orders_on_state" ON "orders" USING btree ("state");

-- unsafe: unique index built while writes wait
-- because: SHARE lock for the whole build.
CREATE UNIQUE INDEX "index_users_on_name_and_org" ON "users" ("name", "organisation_id");

-- safe: index built concurrently
-- because: writes go on.
CREATE INDEX CONCURRENTLY "index_orders_on_state" ON "orders" ("state");

-- safe: index built concurrently if it is not there
-- because: writes go on.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "index_orders_on_placed_at" ON "orders" USING btree ("placed_at" DESC);

-- unsafe: index removed while queries wait
-- because: ACCESS EXCLUSIVE on the table.
DROP INDEX "index_users_on_name";

-- safe: index removed concurrently
-- because: nothing waits.
DROP INDEX CONCURRENTLY "index_users_on_name";

-- safe: index removed concurrently if it is there
-- because: nothing waits.
DROP INDEX CONCURRENTLY IF EXISTS "index_orders_on_colour";

-- safe: index of a table that this migration makes
-- because: the table is empty.
CREATE TABLE "tags" ("id" bigserial primary key, "name" character varying NOT NULL, "created_at" timestamp(6) NOT NULL);
CREATE UNIQUE INDEX "index_tags_on_name" ON "tags" ("name");

-- unsafe: table made again by force
-- because: the table that is there goes with all its rows.
DROP TABLE IF EXISTS "organisations" CASCADE;
CREATE TABLE "organisations" ("id" bigserial primary key, "title" text NOT NULL);

-- safe: new table made by force
-- because: there is none of that name.
DROP TABLE IF EXISTS "coupons";
CREATE TABLE "coupons" ("id" bigserial primary key, "code" text NOT NULL);

-- unsafe: reference with a foreign key
-- because: every order is checked while writes on both tables wait.
ALTER TABLE "users" ADD CONSTRAINT "fk_rails_1" FOREIGN KEY ("organisation_id") REFERENCES "organisations" ("id");

-- safe: foreign key not validated
-- because: no row is read.
ALTER TABLE "users" ADD CONSTRAINT "fk_rails_1" FOREIGN KEY ("organisation_id") REFERENCES "organisations" ("id") NOT VALID;

-- unsafe: foreign key not validated and validated at once
-- because: the locks of the first statement are held through the scan.
BEGIN;
ALTER TABLE "users" ADD CONSTRAINT "fk_rails_1" FOREIGN KEY ("organisation_id") REFERENCES "organisations" ("id") NOT VALID;
ALTER TABLE "users" VALIDATE CONSTRAINT "fk_rails_1";
COMMIT;

-- safe: foreign key not validated, then validated on its own
-- because: validation lets reads and writes through.
ALTER TABLE "users" ADD CONSTRAINT "fk_rails_1" FOREIGN KEY ("organisation_id") REFERENCES "organisations" ("id") NOT VALID;
ALTER TABLE "users" VALIDATE CONSTRAINT "fk_rails_1";

-- unsafe: check over all rows
-- because: ACCESS EXCLUSIVE while all rows are read.
ALTER TABLE "orders" ADD CONSTRAINT "total_not_negative" CHECK ("total" >= 0);

-- safe: check not validated
-- because: no row is read.
ALTER TABLE "orders" ADD CONSTRAINT "total_not_negative" CHECK ("total" >= 0) NOT VALID;

-- unsafe: column made required
-- because: all rows are read under an ACCESS EXCLUSIVE lock.
ALTER TABLE "orders" ALTER COLUMN "placed_at" SET NOT NULL;

-- safe: column made required after a check in steps
-- because: the validated check spares the scan.
ALTER TABLE "orders" ADD CONSTRAINT "placed_at_null" CHECK ("placed_at" IS NOT NULL) NOT VALID;
ALTER TABLE "orders" VALIDATE CONSTRAINT "placed_at_null";
ALTER TABLE "orders" ALTER COLUMN "placed_at" SET NOT NULL;
ALTER TABLE "orders" DROP CONSTRAINT "placed_at_null";

-- unsafe: exclusion constraint
-- because: an index is built under an ACCESS EXCLUSIVE lock.
ALTER TABLE "orders" ADD CONSTRAINT "one_at_a_time" EXCLUDE USING btree ("note" WITH =);

-- unsafe: unique constraint builds its index
-- because: ACCESS EXCLUSIVE for the whole build.
ALTER TABLE "organisations" ADD CONSTRAINT "unique_title" UNIQUE ("title");

-- safe: unique constraint takes an index that is there
-- because: only the catalog changes.
ALTER TABLE "users" ADD CONSTRAINT "unique_email" UNIQUE USING INDEX "index_users_on_email";

-- safe: unique constraint from an index built concurrently
-- because: both steps are short or let writes through.
CREATE UNIQUE INDEX CONCURRENTLY "unique_title" ON "organisations" ("title");
ALTER TABLE "organisations" ADD CONSTRAINT "unique_title" UNIQUE USING INDEX "unique_title";

-- unsafe: backfill of all rows
-- because: all rows are locked in one transaction.
UPDATE "users" SET "login_count" = 0;

-- unsafe: column and backfill in one transaction
-- because: the ACCESS EXCLUSIVE lock is held through the backfill.
BEGIN;
ALTER TABLE "users" ADD COLUMN "state" text;
ALTER TABLE "users" ALTER COLUMN "state" SET DEFAULT 'active';
UPDATE "users" SET "state" = 'active';
COMMIT;

-- safe: backfill of a batch
-- because: a thousand rows by the primary key.
UPDATE "users" SET "login_count" = 1 WHERE "users"."id" >= 1 AND "users"."id" < 1001;

-- unsafe: sequence column for all rows
-- because: every row gets a number and is written again.
ALTER TABLE "feature_flags" ADD COLUMN "position" serial;

-- unsafe: generated stored column
-- because: every row is written again.
ALTER TABLE "users" ADD COLUMN "name_length" integer GENERATED ALWAYS AS (length("name")) STORED;

-- safe: generated virtual column
-- because: computed when read.
-- server: 18
ALTER TABLE "users" ADD COLUMN "name_length" integer GENERATED ALWAYS AS (length("name")) VIRTUAL;

-- safe: default of a new column changed
-- because: the new default counts for new rows alone.
ALTER TABLE "organisations" ALTER COLUMN "plan" SET DEFAULT 'free';

-- unsafe: schema gone
-- because: everything in it goes.
DROP SCHEMA public CASCADE;

-- safe: join table with two references
-- because: new table, validated at once because it is empty.
CREATE TABLE "memberships" ("user_id" bigint NOT NULL, "organisation_id" bigint NOT NULL, CONSTRAINT "fk_a" FOREIGN KEY ("user_id") REFERENCES "users" ("id"), PRIMARY KEY ("user_id", "organisation_id"));

-- safe: a flag row
-- because: one row by its key.
INSERT INTO "feature_flags" ("name", "enabled") VALUES ('beta', true);

-- unsafe: rename of a column and of its index
-- because: running code uses the old column name.
ALTER TABLE "orders" RENAME "note" TO "remark";

-- unsafe: table with references dropped
-- because: all rows are lost.
DROP TABLE "orders";

-- unsafe: concurrent build inside the transaction of the runner
-- because: PostgreSQL refuses it.
-- transaction: file
-- fails: 25001
CREATE INDEX CONCURRENTLY "index_orders_on_state" ON "orders" ("state");
