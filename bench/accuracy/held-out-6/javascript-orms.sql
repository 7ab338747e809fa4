create type "Role" as enum ('USER', 'ADMIN');
create table "User" ("id" serial not null, "email" text not null, "name" text, "role" "Role" not null default 'USER', "createdAt" timestamp(3) not null default current_timestamp, "meta" jsonb, "visits" integer not null default 0, constraint "User_pkey" primary key ("id"));
create unique index "User_email_key" on "User" ("email");
create table "Post" ("id" text not null, "title" text not null, "authorId" integer, "views" integer default 0, "tags" text[], "status" varchar(20) not null default 'draft', constraint "Post_pkey" primary key ("id"));
create index "Post_authorId_idx" on "Post" ("authorId");
alter table "Post" add constraint "Post_authorId_fkey" foreign key ("authorId") references "User" ("id") on delete set null on update cascade;
create table "_CategoryToPost" ("A" integer not null, "B" text not null);
create unique index "_CategoryToPost_AB_unique" on "_CategoryToPost" ("A", "B");
create table "knex_migrations" (id serial primary key, name varchar(255), batch integer, migration_time timestamptz);
create table "Sequelized" ("id" uuid primary key, "label" varchar(255), "amount" decimal(10,2), "updatedAt" timestamptz not null);

-- safe: prisma, new model
-- because: it is new.
-- CreateTable
CREATE TABLE "Profile" (
    "id" SERIAL NOT NULL,
    "bio" TEXT,
    "userId" INTEGER NOT NULL,

    CONSTRAINT "Profile_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Profile_userId_key" ON "Profile"("userId");

-- AddForeignKey
ALTER TABLE "Profile" ADD CONSTRAINT "Profile_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- unsafe: prisma, index of a model that is there
-- because: writers wait while it is built.
-- CreateIndex
CREATE INDEX "Post_title_idx" ON "Post"("title");

-- unsafe: prisma, relation added to a model that is there
-- because: all rows are compared.
-- AlterTable
ALTER TABLE "_CategoryToPost" ADD CONSTRAINT "_CategoryToPost_B_fkey" FOREIGN KEY ("B") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- unsafe: prisma, required column, as its warning says
-- because: it fails as soon as there is a row.
/*
  Warnings:

  - Added the required column `slug` to the `Post` table without a default value. This is not possible if the table is not empty.

*/
-- AlterTable
ALTER TABLE "Post" ADD COLUMN     "slug" TEXT NOT NULL;

-- unsafe: prisma, column dropped, as its warning says
-- because: its values are lost.
/*
  Warnings:

  - You are about to drop the column `meta` on the `User` table. All the data in the column will be lost.

*/
-- AlterTable
ALTER TABLE "User" DROP COLUMN "meta";

-- unsafe: prisma, enum made anew without a label
-- because: every row is written again, and those of the old label make it fail.
-- AlterEnum
BEGIN;
CREATE TYPE "Role_new" AS ENUM ('USER');
ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER';
COMMIT;

-- safe: prisma, label added
-- because: catalog only.
-- AlterEnum
ALTER TYPE "Role" ADD VALUE 'GUEST';

-- unsafe: prisma, label added and used as a default
-- because: the server refuses it in one transaction.
-- transaction: file
-- fails: 55P04
ALTER TYPE "Role" ADD VALUE 'GUEST';
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'GUEST';

-- safe: prisma, label added and used once it is there
-- because: each statement is its own transaction.
ALTER TYPE "Role" ADD VALUE 'GUEST';
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'GUEST';

-- unsafe: prisma, primary key changed
-- because: values and the old key are lost, and an index is built under ACCESS EXCLUSIVE.
-- AlterTable
ALTER TABLE "Post" DROP CONSTRAINT "Post_pkey",
DROP COLUMN "id",
ADD COLUMN     "id" SERIAL NOT NULL,
ADD CONSTRAINT "Post_pkey" PRIMARY KEY ("id");

-- safe: prisma, index renamed
-- because: no code names it.
-- RenameIndex
ALTER INDEX "Post_authorId_idx" RENAME TO "Post_author_idx";

-- safe: prisma, default changed
-- because: for new rows alone.
-- AlterTable
ALTER TABLE "User" ALTER COLUMN "visits" SET DEFAULT 1;

-- unsafe: prisma, made optional
-- because: code that reads the column may meet nulls.
-- AlterTable
ALTER TABLE "Post" ALTER COLUMN "title" DROP NOT NULL;

-- unsafe: prisma, made required
-- because: all rows are read under ACCESS EXCLUSIVE.
-- AlterTable
ALTER TABLE "User" ALTER COLUMN "name" SET NOT NULL;

-- safe: prisma, join table gets its key from the index, as Prisma 6 does
-- because: the index is there and its columns are required.
-- AlterTable
ALTER TABLE "_CategoryToPost" ADD CONSTRAINT "_CategoryToPost_AB_pkey" PRIMARY KEY USING INDEX "_CategoryToPost_AB_unique";

-- unsafe: prisma, join table gets its key, as Prisma 6 writes it
-- because: an index is built under ACCESS EXCLUSIVE.
-- AlterTable
ALTER TABLE "_CategoryToPost" ADD CONSTRAINT "_CategoryToPost_AB_pkey" PRIMARY KEY ("A", "B");

-- DropIndex
DROP INDEX "_CategoryToPost_AB_unique";

-- safe: prisma, more digits of seconds
-- because: no row is written.
-- AlterTable
ALTER TABLE "User" ALTER COLUMN "createdAt" SET DATA TYPE TIMESTAMP(6);

-- unsafe: prisma, text to a limited one
-- because: all rows are written again.
-- AlterTable
ALTER TABLE "Post" ALTER COLUMN "title" SET DATA TYPE VARCHAR(80);

-- unsafe: prisma, foreign key made again with another action
-- because: all rows are compared again.
-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_authorId_fkey";

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- unsafe: prisma, name without quotes
-- because: unquoted it means post.
-- fails: 42P01
ALTER TABLE Post ADD COLUMN slug text;

-- safe: typeorm, column and its comment
-- because: catalog only.
ALTER TABLE "User" ADD "nickname" character varying;
COMMENT ON COLUMN "User"."nickname" IS 'shown';

-- unsafe: typeorm, type changed by dropping and adding
-- because: the values are lost.
ALTER TABLE "Post" DROP COLUMN "views";
ALTER TABLE "Post" ADD "views" bigint DEFAULT '0';

-- unsafe: typeorm, enum by renaming
-- because: every row is written again.
ALTER TYPE "public"."Role" RENAME TO "Role_old";
CREATE TYPE "public"."Role" AS ENUM('USER', 'ADMIN', 'GUEST');
ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "role" TYPE "public"."Role" USING "role"::"text"::"public"."Role";
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER';
DROP TYPE "public"."Role_old";

-- unsafe: typeorm, unique column
-- because: an index is built under ACCESS EXCLUSIVE.
ALTER TABLE "User" ADD CONSTRAINT "UQ_4d" UNIQUE ("name");

-- unsafe: typeorm, uuid key with a function that is not there
-- because: the extension is not installed.
-- known: a copy of the schema refuses it; without one any function may be the server's.
-- fails: 42883
CREATE TABLE "tag" ("id" uuid NOT NULL DEFAULT uuid_generate_v4(), CONSTRAINT "PK_tag" PRIMARY KEY ("id"));

-- safe: typeorm, new table with a built-in uuid
-- because: it is new.
CREATE TABLE "tag" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "name" character varying NOT NULL, CONSTRAINT "UQ_tag" UNIQUE ("name"), CONSTRAINT "PK_tag" PRIMARY KEY ("id"));

-- unsafe: typeorm, down of a table that is there
-- because: its rows are lost.
ALTER TABLE "Post" DROP CONSTRAINT "Post_authorId_fkey";
DROP TABLE "User";

-- safe: sequelize, addColumn
-- because: catalog only.
ALTER TABLE "public"."Sequelized" ADD COLUMN "deletedAt" TIMESTAMP WITH TIME ZONE;

-- unsafe: sequelize, changeColumn with everything at once
-- because: the column is made required, all rows are read under ACCESS EXCLUSIVE.
ALTER TABLE "Sequelized" ALTER COLUMN "label" SET NOT NULL;ALTER TABLE "Sequelized" ALTER COLUMN "label" DROP DEFAULT;ALTER TABLE "Sequelized" ALTER COLUMN "label" TYPE VARCHAR(255);

-- safe: sequelize, changeColumn to a longer string
-- because: nothing is written; it was optional and without default.
ALTER TABLE "Sequelized" ALTER COLUMN "label" DROP NOT NULL;ALTER TABLE "Sequelized" ALTER COLUMN "label" DROP DEFAULT;ALTER TABLE "Sequelized" ALTER COLUMN "label" TYPE VARCHAR(500);

-- unsafe: sequelize, addIndex
-- because: writers wait while it is built.
CREATE INDEX "sequelized_label" ON "public"."Sequelized" ("label");

-- safe: sequelize, addIndex concurrently
-- because: nobody waits.
CREATE INDEX CONCURRENTLY "sequelized_label" ON "public"."Sequelized" ("label");

-- unsafe: sequelize, renameColumn
-- because: the running code uses the old name.
ALTER TABLE "public"."Sequelized" RENAME COLUMN "label" TO "title";

-- unsafe: sequelize, removeColumn
-- because: the values are lost.
ALTER TABLE "public"."Sequelized" DROP COLUMN "label";

-- unsafe: sequelize, bulkDelete of everything
-- because: the rows are lost.
DELETE FROM "Sequelized" WHERE 1 = 1;

-- unsafe: sequelize, sync with force
-- because: the rows are lost.
DROP TABLE IF EXISTS "Sequelized";
CREATE TABLE IF NOT EXISTS "Sequelized" ("id" UUID , "label" VARCHAR(255), PRIMARY KEY ("id"));

-- unsafe: knex, alterTable with a required column without a default
-- because: it fails as soon as there is a row.
alter table "Post" add column "summary" varchar(255) not null;

-- safe: knex, timestamps of an old table
-- because: the time is computed once.
alter table "Post" add column "created_at" timestamptz not null default CURRENT_TIMESTAMP, add column "updated_at" timestamptz not null default CURRENT_TIMESTAMP;

-- unsafe: knex, increments on a table that is there
-- because: every row gets a number and is written again.
alter table "_CategoryToPost" add column "id" serial primary key;

-- unsafe: knex, setNullable
-- because: code that reads the column may meet nulls.
alter table "Post" alter column "status" drop not null;

-- unsafe: knex, column altered to what it cannot be cast to
-- because: the server refuses it.
-- fails: 42804
alter table "Post" alter column "tags" type jsonb;

-- safe: knex, dropIndex if it is there, which it is not
-- because: nothing happens.
drop index if exists "public"."post_nothing_index";

-- unsafe: knex, enu as a check on a table that is there
-- because: no row has a value, but all are read for the check under ACCESS EXCLUSIVE.
alter table "Post" add column "kind" text check ("kind" in ('a', 'b')) null;

-- unsafe: knex, renameTable
-- because: the running code uses the old name.
alter table "Post" rename to "Article";

-- safe: knex, its own lists
-- because: few rows.
insert into "knex_migrations" ("batch", "migration_time", "name") values (3, now(), '20260101_x.js');

-- unsafe: drizzle, statements between breakpoints
-- because: the type changes and every row is written again.
ALTER TABLE "Post" ALTER COLUMN "views" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "Post" ALTER COLUMN "views" SET DEFAULT 0;

-- safe: drizzle, new table between breakpoints
-- because: it is new, and the key of it is compared with no row.
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_User_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."User"("id") ON DELETE no action ON UPDATE no action;

-- unsafe: drizzle, key in a block that swallows what is there
-- because: all rows are compared while writers wait.
DO $$ BEGIN
 ALTER TABLE "_CategoryToPost" ADD CONSTRAINT "cp_post_fk" FOREIGN KEY ("B") REFERENCES "public"."Post"("id") ON DELETE cascade ON UPDATE no action;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;

-- safe: drizzle, type in a block that swallows what is there
-- because: a type is made.
DO $$ BEGIN
 CREATE TYPE "public"."mood" AS ENUM('happy', 'sad');
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;

-- unsafe: mikro-orm, schema generator
-- because: the unique constraint's index is built under ACCESS EXCLUSIVE.
set names 'utf8';
alter table "Post" add column "code" varchar(255) null;
alter table "Post" add constraint "post_title_unique" unique ("title");

-- unsafe: objection, column made required in the way of knex
-- because: all rows are read under ACCESS EXCLUSIVE.
ALTER TABLE "Post" ALTER COLUMN "views" SET NOT NULL;

-- safe: node-pg-migrate, with a comment
-- because: catalog only.
ALTER TABLE "Post"
  ADD "subtitle" text;
COMMENT ON COLUMN "Post"."subtitle" IS $pga$below the title$pga$;

-- unsafe: node-pg-migrate, addConstraint
-- because: all rows are read under ACCESS EXCLUSIVE.
ALTER TABLE "Post"
  ADD CONSTRAINT "views_ok" CHECK (views >= 0);
