create table "User" ("id" serial not null, "email" text not null, "name" text, "role" text not null default 'USER', "age" integer, constraint "User_pkey" primary key ("id"));
create unique index "User_email_key" on "User" ("email");
create table "Post" ("id" text not null, "title" varchar(255) not null, "authorId" integer not null, "published" boolean not null default false, "views" integer not null default 0, "createdAt" timestamp(3) not null default current_timestamp, constraint "Post_pkey" primary key ("id"));
alter table "Post" add constraint "Post_authorId_fkey" foreign key ("authorId") references "User" ("id") on delete restrict on update cascade;
create table "knex_migrations" (id serial primary key, name varchar(255), batch integer, migration_time timestamptz);
create table orders (id uuid default gen_random_uuid() primary key not null, customer text, total integer, placed timestamp default now());
create type "Role" as enum ('USER', 'ADMIN');

-- unsafe: required column without default
-- because: it fails if there are rows, as its warning says.
/*
  Warnings:

  - Added the required column `slug` to the `Post` table without a default value. This is not possible if the table is not empty.

*/
-- AlterTable
ALTER TABLE "Post" ADD COLUMN     "slug" TEXT NOT NULL;

-- safe: optional column
-- because: catalog only.
-- AlterTable
ALTER TABLE "Post" ADD COLUMN     "slug" TEXT;

-- safe: enum and a table
-- because: all new.
-- CreateEnum
CREATE TYPE "Status" AS ENUM ('ON', 'OFF');

-- CreateTable
CREATE TABLE "Device" (
    "id" TEXT NOT NULL,
    "status" "Status" NOT NULL DEFAULT 'ON',
    "userId" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Device_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Device_userId_key" ON "Device"("userId");

-- AddForeignKey
ALTER TABLE "Device" ADD CONSTRAINT "Device_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- unsafe: index on a table that is there
-- because: built in place.
-- CreateIndex
CREATE INDEX "Post_authorId_idx" ON "Post"("authorId");

-- unsafe: unique index on a table that is there
-- because: built in place, duplicates make it fail.
/*
  Warnings:

  - A unique constraint covering the columns `[title]` on the table `Post` will be added. If there are existing duplicate values, this will fail.
*/
-- CreateIndex
CREATE UNIQUE INDEX "Post_title_key" ON "Post"("title");

-- unsafe: column dropped and made again with another type
-- because: its values are lost.
-- AlterTable
ALTER TABLE "User" DROP COLUMN "role",
ADD COLUMN     "role" "Role" NOT NULL DEFAULT 'USER';

-- unsafe: foreign key made again
-- because: validation locks both tables.
-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_authorId_fkey";

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- safe: foreign key made again without validation
-- because: nothing is read.
-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_authorId_fkey";

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;

-- unsafe: key of another column
-- because: the index is built in place.
-- AlterTable
ALTER TABLE "Post" DROP CONSTRAINT "Post_pkey",
ADD CONSTRAINT "Post_pkey" PRIMARY KEY ("id", "authorId");

-- unsafe: type changed in place
-- because: the table is rewritten.
-- AlterTable
ALTER TABLE "Post" ALTER COLUMN "views" SET DATA TYPE BIGINT;

-- safe: length changed to text
-- because: stored alike.
-- AlterTable
ALTER TABLE "Post" ALTER COLUMN "title" SET DATA TYPE TEXT;

-- unsafe: precision of a time lowered
-- because: rewritten.
-- AlterTable
ALTER TABLE "Post" ALTER COLUMN "createdAt" SET DATA TYPE TIMESTAMP(0);

-- unsafe: enum altered by a swap of types
-- because: the column is rewritten.
-- AlterEnum
BEGIN;
CREATE TYPE "Role_new" AS ENUM ('USER', 'ADMIN', 'OWNER');
ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
COMMIT;

-- safe: label added
-- because: catalog only.
-- AlterEnum
ALTER TYPE "Role" ADD VALUE 'OWNER';

-- safe: two labels added
-- because: catalog only.
-- AlterEnum
-- This migration adds more than one value to an enum.
ALTER TYPE "Role" ADD VALUE 'OWNER';
ALTER TYPE "Role" ADD VALUE 'GUEST';

-- unsafe: required from optional
-- because: the table is read and nulls make it fail.
-- AlterTable
ALTER TABLE "User" ALTER COLUMN "name" SET NOT NULL;

-- unsafe: required from optional with a default
-- because: the default is for new rows only; the table is read.
-- AlterTable
ALTER TABLE "User" ALTER COLUMN "age" SET NOT NULL,
ALTER COLUMN "age" SET DEFAULT 0;

-- unsafe: optional from required
-- because: code that reads the column may meet nulls.
-- AlterTable
ALTER TABLE "Post" ALTER COLUMN "published" DROP NOT NULL;

-- unsafe: unquoted name of a quoted table
-- because: the server looks for user in lower case, a function that is no table.
-- fails: 42601
ALTER TABLE User ADD COLUMN x int;

-- unsafe: unquoted name of a quoted table that is no keyword
-- because: the server folds it to lower case and finds nothing.
-- fails: 42P01
ALTER TABLE Post ADD COLUMN x int;

-- unsafe: unquoted name of a quoted column
-- because: the server folds it to lower case.
-- fails: 42703
CREATE INDEX CONCURRENTLY post_author ON "Post" (authorId);

-- unsafe: statement breakpoints between statements that lock
-- because: the index is built in place.
ALTER TABLE "orders" ADD COLUMN "status" text DEFAULT 'new' NOT NULL;--> statement-breakpoint
CREATE INDEX "orders_status_idx" ON "orders" USING btree ("status");

-- safe: statement breakpoints between quick statements
-- because: catalog only.
ALTER TABLE "orders" ADD COLUMN "status" text DEFAULT 'new' NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "total" SET DEFAULT 0;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "paid_at" timestamp with time zone;

-- unsafe: schema tool's foreign key in a block that ignores duplicates
-- because: the key is validated in place.
ALTER TABLE "orders" ADD COLUMN "post_id" text;
DO $$ BEGIN
 ALTER TABLE "orders" ADD CONSTRAINT "orders_post_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."Post"("id") ON DELETE no action ON UPDATE no action;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;

-- safe: new tables with their key in a block that ignores duplicates
-- because: the table is new.
CREATE TABLE IF NOT EXISTS "refund" ("id" serial PRIMARY KEY NOT NULL, "order_id" uuid NOT NULL);
--> statement-breakpoint
DO $$ BEGIN
 ALTER TABLE "refund" ADD CONSTRAINT "refund_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE cascade;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;

-- unsafe: generated column of a query builder
-- because: the table is rewritten.
alter table "orders" add column "total_text" text generated always as (total::text || ' EUR') stored;

-- unsafe: table made over as the builder does
-- because: old rows are read whole, then the old table is dropped.
CREATE TABLE "_orders_new" ("id" uuid PRIMARY KEY NOT NULL, "customer" text NOT NULL, "total" integer);
INSERT INTO "_orders_new" SELECT "id", "customer", "total" FROM "orders";
DROP TABLE "orders";
ALTER TABLE "_orders_new" RENAME TO "orders";

-- safe: table made by a builder with a set of columns
-- because: new.
create table "tags" ("id" serial primary key, "name" varchar(255) not null, "created_at" timestamptz not null default CURRENT_TIMESTAMP);
alter table "tags" add constraint "tags_name_unique" unique ("name");
create index "tags_created_at_index" on "tags" ("created_at");

-- unsafe: column altered by a builder, all three parts
-- because: the type change is refused by nothing but rewrites, and NOT NULL is scanned.
alter table "orders" alter column "customer" drop default;
alter table "orders" alter column "customer" drop not null;
alter table "orders" alter column "customer" type varchar(255) using ("customer"::varchar(255));

-- safe: column made optional by a builder, all three parts of the same type
-- because: text to text is nothing.
alter table "orders" alter column "customer" drop default;
alter table "orders" alter column "customer" drop not null;
alter table "orders" alter column "customer" type text using ("customer"::text);

-- unsafe: column renamed and its index too
-- because: running code uses the old name.
ALTER TABLE "User" RENAME COLUMN "name" TO "fullName";

-- safe: foreign key's name changed
-- because: no code names it.
-- RenameForeignKey
ALTER TABLE "Post" RENAME CONSTRAINT "Post_authorId_fkey" TO "Post_author_fk";

-- safe: index's name changed
-- because: no code names it.
-- RenameIndex
ALTER INDEX "User_email_key" RENAME TO "User_email_unique";

-- unsafe: default that does not fit
-- because: the server refuses text for an integer.
-- fails: 22P02
ALTER TABLE "orders" ALTER COLUMN "total" SET DEFAULT 'none';

-- unsafe: default of a label that the enum has not
-- because: the server refuses it.
-- fails: 22P02
ALTER TABLE "User" ADD COLUMN "role2" "Role" NOT NULL DEFAULT 'OWNER';

-- unsafe: enum type under a lower-case name
-- because: the server finds no such type.
-- fails: 42704
ALTER TABLE "User" ADD COLUMN "role2" Role;

-- safe: uuid key of a new table
-- because: no row needs one.
CREATE TABLE "sessions" ("id" uuid NOT NULL DEFAULT uuidv7(), "token" text, CONSTRAINT "PK_sessions" PRIMARY KEY ("id"), CONSTRAINT "UQ_token" UNIQUE ("token"));

-- unsafe: function that came with a later version
-- because: uuidv7() is new in 18.
-- server: 17
CREATE TABLE "sessions" ("id" uuid NOT NULL DEFAULT uuidv7(), CONSTRAINT "PK_sessions" PRIMARY KEY ("id"));

-- safe: seed rows with given keys of text
-- because: no sequence is passed by.
INSERT INTO "User" ("email", "name") VALUES ('root@example.test', 'root') ON CONFLICT ("email") DO UPDATE SET "name" = EXCLUDED."name";

-- safe: seed rows with given numbers
-- because: the sequence of a table in use is past them.
INSERT INTO "User" ("id", "email") VALUES (1, 'root@example.test'), (2, 'guest@example.test');
