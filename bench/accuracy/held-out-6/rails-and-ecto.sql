create table users (id bigserial primary key, email varchar(120) not null, name varchar, legacy_name varchar(40), age integer, score numeric(8,2), settings json, active boolean, credits integer default 0, account_id bigint, invited_by_id bigint, created_at timestamp(6) not null, updated_at timestamp(6) not null);
create unique index index_users_on_email on users (email);
create table accounts (id bigserial primary key, title text, plan varchar(20) not null default 'free', seats integer, owner_ref uuid);
alter table accounts add constraint accounts_seats_null check (seats is not null);
create table posts (id bigserial primary key, user_id bigint not null references users (id), body text, status integer not null default 0, published_at timestamptz);
create index index_posts_on_user_id on posts (user_id);
create unique index index_posts_on_status_and_id on posts (status, id);
create table join_rows (left_id bigint, right_id bigint);
create table ar_internal_metadata (key varchar primary key, value varchar);
create view active_users as select id, email from users where active;

-- unsafe: add_index
-- because: writers wait while it is built.
CREATE INDEX "index_users_on_name" ON "users" ("name");

-- safe: add_index algorithm: :concurrently
-- because: nobody waits.
CREATE INDEX CONCURRENTLY "index_users_on_name" ON "users" ("name");

-- unsafe: add_index unique with a where
-- because: writers wait while it is built.
CREATE UNIQUE INDEX "index_users_on_account" ON "users" ("account_id") WHERE active;

-- unsafe: add_index concurrently inside of the migration's transaction
-- because: the server refuses it.
-- transaction: file
-- fails: 25001
CREATE INDEX CONCURRENTLY "index_users_on_name" ON "users" ("name");

-- safe: add_index in the create_table
-- because: the table is new.
CREATE TABLE "badges" ("id" bigserial primary key, "user_id" bigint NOT NULL, "kind" character varying, "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL);
CREATE INDEX "index_badges_on_user_id" ON "badges" ("user_id");

-- safe: create_table with a reference
-- because: the table is new; the lock on users is short.
CREATE TABLE "badges" ("id" bigserial primary key, "user_id" bigint NOT NULL, CONSTRAINT "fk_rails_1" FOREIGN KEY ("user_id") REFERENCES "users" ("id"));

-- unsafe: create_table force: true
-- because: the rows of the table that is there are lost.
DROP TABLE IF EXISTS "posts" CASCADE;
CREATE TABLE "posts" ("id" bigserial primary key, "body" text);

-- safe: create_table force: true of a table that is not there
-- because: nothing is dropped.
DROP TABLE IF EXISTS "badges" CASCADE;
CREATE TABLE "badges" ("id" bigserial primary key, "kind" text);

-- unsafe: add_reference with its index
-- because: writers wait while the index is built.
ALTER TABLE "posts" ADD "account_id" bigint;
CREATE INDEX "index_posts_on_account_id" ON "posts" ("account_id");

-- unsafe: add_reference with its key, filled before
-- because: all rows are compared while writers of both tables wait.
ALTER TABLE "users" ADD CONSTRAINT "fk_rails_61ac11da2b" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id");

-- safe: add_foreign_key validate: false
-- because: no row is compared.
ALTER TABLE "users" ADD CONSTRAINT "fk_rails_61ac11da2b" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") NOT VALID;

-- safe: add_foreign_key validate: false, then validate_foreign_key
-- because: the comparison lets writers through.
-- transaction: none
ALTER TABLE "users" ADD CONSTRAINT "fk_rails_61ac11da2b" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") NOT VALID;
ALTER TABLE "users" VALIDATE CONSTRAINT "fk_rails_61ac11da2b";

-- unsafe: add_foreign_key validate: false and validate_foreign_key in one migration's transaction
-- because: the strong locks are held through the comparison.
-- transaction: file
ALTER TABLE "users" ADD CONSTRAINT "fk_rails_61ac11da2b" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") NOT VALID;
ALTER TABLE "users" VALIDATE CONSTRAINT "fk_rails_61ac11da2b";

-- unsafe: add_check_constraint
-- because: all rows are read under ACCESS EXCLUSIVE.
ALTER TABLE "users" ADD CONSTRAINT "age_check" CHECK (age >= 0);

-- safe: add_check_constraint validate: false
-- because: no row is read.
ALTER TABLE "users" ADD CONSTRAINT "age_check" CHECK (age >= 0) NOT VALID;

-- unsafe: change_column_null without a check
-- because: all rows are read under ACCESS EXCLUSIVE.
ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL;

-- safe: change_column_null proved by a check
-- because: the check that is there proves it.
ALTER TABLE "accounts" ALTER COLUMN "seats" SET NOT NULL;

-- unsafe: change_column_null with a default that fills
-- because: rows are filled and read.
UPDATE "users" SET "name" = '' WHERE "name" IS NULL;
ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL;

-- safe: change_column_null of a required column
-- because: it is required already.
ALTER TABLE "users" ALTER COLUMN "email" SET NOT NULL;

-- safe: change_column_default
-- because: catalog only.
ALTER TABLE "users" ALTER COLUMN "credits" SET DEFAULT 10;

-- unsafe: change_column to another kind of number
-- because: every row is written again.
ALTER TABLE "users" ALTER COLUMN "credits" TYPE bigint;

-- safe: change_column from varchar with a limit to text
-- because: no row is written.
ALTER TABLE "users" ALTER COLUMN "legacy_name" TYPE text;

-- safe: change_column from varchar without a limit to text
-- because: no row is written.
ALTER TABLE "users" ALTER COLUMN "name" TYPE text;

-- safe: change_column to more digits
-- because: no row is written.
ALTER TABLE "users" ALTER COLUMN "score" TYPE numeric(12,2);

-- unsafe: change_column to another scale
-- because: every row is written again.
ALTER TABLE "users" ALTER COLUMN "score" TYPE numeric(12,4);

-- safe: change_column to fewer fractions of seconds never mind, to more
-- because: no row is written.
ALTER TABLE "users" ALTER COLUMN "created_at" TYPE timestamp;

-- unsafe: change_column to whole seconds
-- because: every row is written again and parts of seconds are lost.
ALTER TABLE "users" ALTER COLUMN "created_at" TYPE timestamp(0);

-- unsafe: change_column json to jsonb
-- because: every row is written again.
ALTER TABLE "users" ALTER COLUMN "settings" TYPE jsonb USING settings::jsonb;

-- unsafe: rename_column
-- because: the running code uses the old name.
ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";

-- unsafe: rename_table
-- because: the running code uses the old name.
ALTER TABLE "posts" RENAME TO "articles";
ALTER INDEX "posts_pkey" RENAME TO "articles_pkey";

-- safe: rename_index
-- because: no code names an index.
ALTER INDEX "index_posts_on_user_id" RENAME TO "index_posts_on_author_id";

-- unsafe: remove_column
-- because: running code still reads it.
ALTER TABLE "users" DROP COLUMN "settings";

-- unsafe: remove_timestamps
-- because: running code still writes them.
ALTER TABLE "users" DROP COLUMN "created_at", DROP COLUMN "updated_at";

-- unsafe: remove_index
-- because: it asks for ACCESS EXCLUSIVE.
DROP INDEX "index_posts_on_user_id";

-- safe: remove_index algorithm: :concurrently of a redundant one
-- because: nobody waits, and the other one begins with the same column.
-- given
create index index_posts_on_status on posts (status);
-- migration
DROP INDEX CONCURRENTLY "index_posts_on_status";

-- unsafe: add_column with a random default
-- because: every row is written again.
ALTER TABLE "users" ADD "token" uuid DEFAULT gen_random_uuid() NOT NULL;

-- safe: add_column with a constant
-- because: it is kept in the catalog.
ALTER TABLE "users" ADD "kind" character varying DEFAULT 'person' NOT NULL;

-- safe: add_column with the time of now
-- because: it is computed once.
ALTER TABLE "users" ADD "seen_at" timestamp(6) DEFAULT CURRENT_TIMESTAMP NOT NULL;

-- unsafe: add_column required without a default
-- because: it fails as soon as there is a row.
ALTER TABLE "users" ADD "country" character varying NOT NULL;

-- unsafe: add_column primary key
-- because: every row is written again and an index is built.
ALTER TABLE "join_rows" ADD COLUMN "id" bigserial PRIMARY KEY;

-- unsafe: add_column stored virtual
-- because: every row is written again.
ALTER TABLE "users" ADD "email_low" character varying GENERATED ALWAYS AS (lower(email)) STORED;

-- safe: add_column virtual
-- because: it is computed when it is read.
ALTER TABLE "users" ADD "email_low" character varying GENERATED ALWAYS AS (lower(email)) VIRTUAL;

-- unsafe: add_unique_constraint
-- because: an index is built under ACCESS EXCLUSIVE.
ALTER TABLE "posts" ADD CONSTRAINT "uniq_posts" UNIQUE ("user_id", "published_at");

-- safe: add_unique_constraint using_index
-- because: the index is there.
ALTER TABLE "users" ADD CONSTRAINT "uniq_users_email" UNIQUE USING INDEX "index_users_on_email";

-- unsafe: add_unique_constraint deferrable
-- because: an index is built under ACCESS EXCLUSIVE.
ALTER TABLE "posts" ADD CONSTRAINT "uniq_posts" UNIQUE ("user_id", "published_at") DEFERRABLE INITIALLY DEFERRED;

-- unsafe: add_exclusion_constraint
-- because: an index is built under ACCESS EXCLUSIVE.
ALTER TABLE "posts" ADD CONSTRAINT "one_at_a_time" EXCLUDE USING gist (tstzrange(published_at, NULL) WITH &&);

-- unsafe: update_all in a migration
-- because: all rows in one statement.
UPDATE "users" SET "credits" = 5;

-- safe: a batch of in_batches
-- because: a thousand rows.
UPDATE "users" SET "credits" = 5 WHERE "users"."id" >= 1001 AND "users"."id" < 2001 AND "users"."credits" IS NULL;

-- safe: schema_migrations
-- because: one row of a small list.
-- given
create table schema_migrations (version varchar not null primary key);
-- migration
INSERT INTO "schema_migrations" ("version") VALUES ('20260101000001');

-- safe: what schema.rb and a new database begin with
-- because: words and a type that is new.
CREATE TYPE "mood" AS ENUM ('sad', 'ok');
COMMENT ON TABLE "users" IS 'people';
COMMENT ON COLUMN "users"."email" IS 'unique';

-- unsafe: rename_enum_value
-- because: the running code writes the old one.
-- given
create type role_kind as enum ('admin', 'user');
alter table users add column kind role_kind;
-- migration
ALTER TYPE "role_kind" RENAME VALUE 'user' TO 'member';

-- safe: add_enum_value
-- because: catalog only.
-- given
create type role_kind as enum ('admin', 'user');
alter table users add column kind role_kind;
-- migration
ALTER TYPE "role_kind" ADD VALUE IF NOT EXISTS 'guest' AFTER 'user';

-- unsafe: drop_enum of a column
-- because: the server refuses it.
-- fails: 2BP01
-- given
create type role_kind as enum ('admin', 'user');
alter table users add column kind role_kind;
-- migration
DROP TYPE "role_kind";

-- unsafe: drop_table
-- because: its rows are lost.
DROP TABLE "join_rows";

-- unsafe: execute truncate
-- because: its rows are lost.
TRUNCATE TABLE "ar_internal_metadata";

-- safe: Ecto, create table and index
-- because: the table is new.
CREATE TABLE "tokens" ("id" bigserial, "user_id" bigint, "value" varchar(255), "inserted_at" timestamp(0) NOT NULL, "updated_at" timestamp(0) NOT NULL, CONSTRAINT "tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id"), PRIMARY KEY ("id"));
CREATE INDEX "tokens_user_id_index" ON "tokens" ("user_id");
CREATE UNIQUE INDEX "tokens_value_index" ON "tokens" ("value");

-- unsafe: Ecto, modify with a key from
-- because: the type is what it was, but the key is compared with all rows.
ALTER TABLE "users" ALTER COLUMN "account_id" TYPE bigint, ADD CONSTRAINT "users_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id");

-- safe: Ecto, modify to the type that it has
-- because: nothing changes.
ALTER TABLE "users" ALTER COLUMN "account_id" TYPE bigint;

-- unsafe: Ecto, several adds of which one is random
-- because: every row is written again.
ALTER TABLE "posts" ADD COLUMN "slug" varchar(255), ADD COLUMN "uid" uuid DEFAULT gen_random_uuid(), ADD COLUMN "rank" integer DEFAULT 0;

-- safe: Ecto, several adds
-- because: catalog only.
ALTER TABLE "posts" ADD COLUMN "slug" varchar(255), ADD COLUMN "tags" varchar(255)[] DEFAULT ARRAY[]::varchar[] NOT NULL, ADD COLUMN "rank" integer DEFAULT 0;

-- unsafe: Ecto, key added with a reference and a default
-- because: both tables are locked while all rows are compared.
ALTER TABLE "posts" ADD COLUMN "account_id" bigint DEFAULT 1 CONSTRAINT "posts_account_id_fkey" REFERENCES "accounts"("id");

-- safe: Ecto, key added with a reference
-- because: no row has a value, nothing is compared.
ALTER TABLE "posts" ADD COLUMN "account_id" bigint CONSTRAINT "posts_account_id_fkey" REFERENCES "accounts"("id") ON DELETE CASCADE;

-- unsafe: Ecto, drop constraint of a check
-- because: bad rows can come in.
ALTER TABLE "accounts" DROP CONSTRAINT "accounts_seats_null";

-- unsafe: a view's column is changed
-- because: the server refuses it.
-- fails: 0A000
ALTER TABLE "users" ALTER COLUMN "email" TYPE varchar(200);

-- unsafe: change_column of a key and of what points to it
-- because: both tables are written again.
ALTER TABLE "posts" ALTER COLUMN "id" TYPE integer;

-- safe: add_column if not exists of one that is there
-- because: nothing happens.
ALTER TABLE "users" ADD COLUMN IF NOT EXISTS "age" integer;

-- unsafe: add_column of one that is there
-- because: the server refuses it.
-- fails: 42701
ALTER TABLE "users" ADD COLUMN "age" integer;
