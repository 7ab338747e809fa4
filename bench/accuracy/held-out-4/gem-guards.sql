create table users (id bigserial primary key, email varchar not null, name varchar(255), city_id int, settings json, bio text, "order" int, sign_ins int default 0 not null, created_at timestamp(6) not null, updated_at timestamp(6) not null);
create unique index index_users_on_email on users using btree (email);
create table cities (id serial primary key, name varchar, code varchar(5) unique, lat numeric(9,6));
create table posts (id bigserial primary key, user_id bigint not null, title varchar, body text, published_at timestamptz, kind int not null default 0, ip cidr, price decimal(10,2), amount decimal, token varchar(50));
create index index_posts_on_user_id on posts (user_id);
create index index_posts_on_token on posts (token);
alter table posts add constraint posts_published check (published_at is not null);
alter table posts add constraint fk_posts_user foreign key (user_id) references users (id) not valid;
create table schema_migrations (version varchar primary key);
create extension if not exists citext;

-- unsafe: bulk index as a generator writes it
-- because: no algorithm: concurrently.
CREATE INDEX "index_users_on_city_id" ON "users" ("city_id");

-- safe: the same with algorithm concurrently
-- because: writers go on.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "index_users_on_city_id" ON "users" ("city_id");

-- unsafe: reference with its index and key
-- because: the index and the key are made in place.
ALTER TABLE "posts" ADD "city_id" bigint;
CREATE INDEX "index_posts_on_city_id" ON "posts" ("city_id");
ALTER TABLE "posts" ADD CONSTRAINT "fk_rails_1a2b3c4d5e" FOREIGN KEY ("city_id") REFERENCES "cities" ("id");

-- safe: reference whose index is built concurrently and whose key is left unvalidated
-- because: nothing is read under a strong lock.
ALTER TABLE "posts" ADD "city_id" int;
CREATE INDEX CONCURRENTLY "index_posts_on_city_id" ON "posts" ("city_id");
ALTER TABLE "posts" ADD CONSTRAINT "fk_rails_1a2b3c4d5e" FOREIGN KEY ("city_id") REFERENCES "cities" ("id") NOT VALID;

-- safe: key validated by a later migration
-- because: validation blocks nobody.
ALTER TABLE "posts" VALIDATE CONSTRAINT "fk_posts_user";

-- unsafe: key that is validated from the start because it is older than the column
-- because: rows are joined while both tables are locked.
ALTER TABLE "users" ADD CONSTRAINT "fk_users_city" FOREIGN KEY ("city_id") REFERENCES "cities" ("id") ON DELETE SET NULL;

-- unsafe: table made again by force
-- because: the old table and its rows are dropped.
DROP TABLE IF EXISTS "cities" CASCADE;
CREATE TABLE "cities" ("id" bigserial primary key, "name" character varying);

-- safe: table made by force where there was none
-- because: IF EXISTS finds nothing.
DROP TABLE IF EXISTS "countries" CASCADE;
CREATE TABLE "countries" ("id" bigserial primary key, "name" character varying, "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL);

-- safe: join table
-- because: it is new.
CREATE TABLE "cities_users" ("user_id" bigint NOT NULL, "city_id" bigint NOT NULL);
CREATE UNIQUE INDEX "index_cities_users" ON "cities_users" ("user_id", "city_id");

-- unsafe: column taken away
-- because: the application's cached columns still name it.
ALTER TABLE "users" DROP COLUMN "bio";

-- unsafe: both timestamps taken away
-- because: values are lost and old code writes them.
ALTER TABLE "users" DROP COLUMN "created_at", DROP COLUMN "updated_at";

-- unsafe: reference taken away
-- because: the column, its index and its key go.
ALTER TABLE "posts" DROP COLUMN "user_id";

-- safe: limit of a string taken away
-- because: varchar(n) to varchar is stored alike.
ALTER TABLE "users" ALTER COLUMN "name" TYPE character varying;

-- safe: string to text that no index holds
-- because: stored alike.
ALTER TABLE "users" ALTER COLUMN "name" TYPE text;

-- safe: unlimited string to text below an index of the same order
-- because: the index is kept, its operator class is that of text.
ALTER TABLE "users" ALTER COLUMN "email" TYPE text;

-- unsafe: string made shorter
-- because: every row is read and longer ones make it fail.
ALTER TABLE "posts" ALTER COLUMN "token" TYPE character varying(20);

-- unsafe: unlimited string given a limit
-- because: every row is checked.
ALTER TABLE "posts" ALTER COLUMN "title" TYPE varchar(100);

-- safe: decimal with more digits
-- because: stored alike.
ALTER TABLE "posts" ALTER COLUMN "price" TYPE decimal(14,2);

-- safe: decimal without limits
-- because: stored alike.
ALTER TABLE "posts" ALTER COLUMN "price" TYPE decimal;

-- unsafe: decimal given limits
-- because: the table is rewritten.
ALTER TABLE "posts" ALTER COLUMN "amount" TYPE decimal(20,2);

-- unsafe: decimal with fewer digits
-- because: the table is rewritten and large values fail.
ALTER TABLE "posts" ALTER COLUMN "price" TYPE decimal(8,2);

-- safe: network made an address
-- because: cidr is stored as inet.
ALTER TABLE "posts" ALTER COLUMN "ip" TYPE inet;

-- unsafe: text made citext below an index
-- because: the index is built again.
ALTER TABLE "posts" ALTER COLUMN "token" TYPE citext;

-- safe: text made citext without an index
-- because: stored alike.
ALTER TABLE "posts" ALTER COLUMN "body" TYPE citext;

-- safe: precision of a time raised
-- because: the stored value stays.
ALTER TABLE "users" ALTER COLUMN "created_at" TYPE timestamp;

-- unsafe: precision of a time lowered
-- because: every value is rounded.
ALTER TABLE "users" ALTER COLUMN "updated_at" TYPE timestamp(0);

-- unsafe: integer key made bigint
-- because: the table and its indexes are rewritten.
ALTER TABLE "cities" ALTER COLUMN "id" TYPE bigint;

-- unsafe: text of a number cast
-- because: the table is rewritten.
ALTER TABLE "users" ALTER COLUMN "sign_ins" TYPE text;

-- unsafe: string made a date by USING
-- because: the table is rewritten.
ALTER TABLE "posts" ALTER COLUMN "title" TYPE date USING title::date;

-- unsafe: column renamed as the schema tool does
-- because: old code uses the old name.
ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";

-- unsafe: table renamed with its sequence and key
-- because: old code uses the old name.
ALTER TABLE "posts" RENAME TO "articles";
ALTER TABLE "posts_id_seq" RENAME TO "articles_id_seq";
ALTER INDEX "posts_pkey" RENAME TO "articles_pkey";

-- safe: index renamed
-- because: no code names indexes.
ALTER INDEX "index_posts_on_user_id" RENAME TO "index_posts_on_author_id";

-- unsafe: schema renamed
-- because: everything in it is found no more.
-- given
create schema billing;
create table billing.invoice (id int primary key);
-- migration
ALTER SCHEMA billing RENAME TO invoicing;

-- unsafe: check added in place
-- because: the table is read under ACCESS EXCLUSIVE.
ALTER TABLE "users" ADD CONSTRAINT "chk_rails_0" CHECK (sign_ins >= 0);

-- safe: check added without validation
-- because: nothing is read.
ALTER TABLE "users" ADD CONSTRAINT "chk_rails_0" CHECK (sign_ins >= 0) NOT VALID;

-- safe: required because a validated check says so
-- because: the scan is spared.
ALTER TABLE "posts" ALTER COLUMN "published_at" SET NOT NULL;
ALTER TABLE "posts" DROP CONSTRAINT "posts_published";

-- unsafe: required because an unvalidated check says so
-- because: it proves nothing of old rows.
ALTER TABLE "users" ADD CONSTRAINT "users_bio_null" CHECK ("bio" IS NOT NULL) NOT VALID;
ALTER TABLE "users" ALTER COLUMN "bio" SET NOT NULL;

-- unsafe: required after another column's check
-- because: the check is about another column.
ALTER TABLE "posts" ALTER COLUMN "title" SET NOT NULL;

-- unsafe: null replaced in all rows and made required
-- because: one update of all rows, then a scan.
UPDATE "users" SET "city_id" = 1 WHERE "city_id" IS NULL;
ALTER TABLE "users" ALTER COLUMN "city_id" SET NOT NULL;

-- unsafe: json column
-- because: there is no equality for json, so existing DISTINCT queries fail.
ALTER TABLE "users" ADD "properties" json;
ALTER TABLE "users" ALTER COLUMN "settings" TYPE jsonb;

-- safe: jsonb column with an empty default
-- because: a constant.
ALTER TABLE "users" ADD "properties" jsonb DEFAULT '{}'::jsonb NOT NULL;

-- safe: array column with an empty default
-- because: a constant.
ALTER TABLE "users" ADD "tags" character varying[] DEFAULT '{}' NOT NULL;

-- unsafe: column with a callable default
-- because: random() is volatile.
ALTER TABLE "users" ADD "bucket" float DEFAULT random();

-- unsafe: default taken away from a required column
-- because: rows that leave the required column out are refused.
ALTER TABLE "users" ALTER COLUMN "sign_ins" DROP DEFAULT;

-- unsafe: key added beside an old one
-- because: a table has one primary key.
-- fails: 42P16
ALTER TABLE "cities" ADD PRIMARY KEY ("code");

-- unsafe: unique constraint in place
-- because: its index is built under ACCESS EXCLUSIVE.
ALTER TABLE "cities" ADD CONSTRAINT "unique_city" UNIQUE ("name", "lat");

-- safe: unique constraint by an index that is there
-- because: it adopts the index.
ALTER TABLE "users" ADD CONSTRAINT "unique_email" UNIQUE USING INDEX "index_users_on_email";

-- unsafe: index taken away without algorithm
-- because: readers wait for ACCESS EXCLUSIVE.
DROP INDEX "index_posts_on_token";

-- unsafe: constraint of a key taken away that was never validated
-- because: new rows that point at nothing go in.
ALTER TABLE "posts" DROP CONSTRAINT "fk_posts_user";

-- safe: version recorded
-- because: one row.
ALTER TABLE "users" ADD "last_seen" date;
INSERT INTO "schema_migrations" ("version") VALUES ('20260101120000');

-- unsafe: raw update of everything
-- because: all rows in one transaction.
UPDATE "users" SET "sign_ins" = 0;

-- safe: rows changed batch by batch with commits
-- because: each transaction holds few row locks.
-- transaction: none
DO $$
DECLARE
  top bigint;
  at bigint := 0;
BEGIN
  SELECT max(id) INTO top FROM users;
  WHILE at <= top LOOP
    UPDATE users SET bio = '' WHERE id > at AND id <= at + 1000 AND bio IS NULL;
    COMMIT;
    at := at + 1000;
  END LOOP;
END $$;

-- unsafe: batches without commits
-- because: one transaction still holds all locks.
DO $$
DECLARE at bigint := 0;
BEGIN
  LOOP
    UPDATE users SET bio = '' WHERE id > at AND id <= at + 1000;
    EXIT WHEN NOT FOUND;
    at := at + 1000;
  END LOOP;
END $$;

-- safe: extension that is there
-- because: IF NOT EXISTS leaves it alone.
CREATE EXTENSION IF NOT EXISTS "citext";

-- safe: enum type made and used by a new table
-- because: both are new.
CREATE TYPE "mood" AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE "diaries" ("id" bigserial primary key, "mood" mood DEFAULT 'ok' NOT NULL);

-- safe: timestamps with a default for old rows
-- because: the default is stable.
ALTER TABLE "cities" ADD "created_at" timestamp(6) DEFAULT CURRENT_TIMESTAMP NOT NULL, ADD "updated_at" timestamp(6) DEFAULT CURRENT_TIMESTAMP NOT NULL;

-- unsafe: timestamps without a default
-- because: old rows have none.
ALTER TABLE "cities" ADD "created_at" timestamp(6) NOT NULL, ADD "updated_at" timestamp(6) NOT NULL;

-- safe: comment on a table with quotes
-- because: catalog only.
COMMENT ON TABLE "users" IS 'People''s accounts';

-- unsafe: exclusion in place
-- because: the index is built under ACCESS EXCLUSIVE.
ALTER TABLE "posts" ADD CONSTRAINT "posts_price_once" EXCLUDE USING btree (price WITH =);
