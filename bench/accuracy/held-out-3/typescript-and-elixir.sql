create type "public"."OrderStatus" as enum ('PENDING', 'PAID', 'SHIPPED');
create table "User" ("id" text not null, "email" text not null, "name" text, "createdAt" timestamp(3) not null default current_timestamp, "age" integer, constraint "User_pkey" primary key ("id"));
create unique index "User_email_key" on "User" ("email");
create table "Order" ("id" serial not null, "userId" text not null, "status" "OrderStatus" not null default 'PENDING', "total" double precision not null, "comment" varchar(191), constraint "Order_pkey" primary key ("id"));
alter table "Order" add constraint "Order_userId_fkey" foreign key ("userId") references "User" ("id") on delete restrict on update cascade;
create index "Order_userId_idx" on "Order" ("userId");
create table products (id bigserial primary key, sku varchar(255), category_id bigint, price integer, inserted_at timestamp(0) not null, updated_at timestamp(0) not null);
create table categories (id bigserial primary key, name varchar(255) not null);
create table _prisma_migrations (id varchar(36) primary key, finished_at timestamptz);

-- unsafe: required column with a warning comment
-- because: rows that are there have no value.
/*
  Warnings:

  - Added the required column `phone` to the `User` table without a default value.

*/
-- AlterTable
ALTER TABLE "User" ADD COLUMN     "phone" TEXT NOT NULL;

-- safe: optional column
-- because: only the catalog changes.
-- AlterTable
ALTER TABLE "User" ADD COLUMN     "phone" TEXT;

-- safe: optional columns in one statement
-- because: only the catalog changes.
ALTER TABLE "User" ADD COLUMN     "bio" TEXT,
ADD COLUMN     "verified" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "lastSeen" TIMESTAMP(3);

-- unsafe: column dropped and made again with another type
-- because: all values are lost.
ALTER TABLE "Order" DROP COLUMN "total",
ADD COLUMN     "total" DECIMAL(65,30) NOT NULL DEFAULT 0;

-- unsafe: column type set
-- because: every row is written again.
ALTER TABLE "Order" ALTER COLUMN "total" SET DATA TYPE DECIMAL(10,2);

-- safe: varchar to text
-- because: the same bytes.
ALTER TABLE "Order" ALTER COLUMN "comment" SET DATA TYPE TEXT;

-- unsafe: model dropped
-- because: all rows are lost.
-- DropForeignKey
ALTER TABLE "Order" DROP CONSTRAINT "Order_userId_fkey";

-- DropTable
DROP TABLE "Order";

-- safe: model made with its index and key
-- because: the table is new.
-- CreateTable
CREATE TABLE "Profile" (
    "id" SERIAL NOT NULL,
    "bio" TEXT,
    "userId" TEXT NOT NULL,

    CONSTRAINT "Profile_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Profile_userId_key" ON "Profile"("userId");

-- AddForeignKey
ALTER TABLE "Profile" ADD CONSTRAINT "Profile_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- unsafe: unique index on a table that is there
-- because: writes wait, duplicates make it fail.
-- CreateIndex
CREATE UNIQUE INDEX "User_name_key" ON "User"("name");

-- unsafe: foreign key on a table that is there
-- because: all rows are checked.
-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_name_fkey" FOREIGN KEY ("name") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- safe: label added to an enum
-- because: only the catalog changes.
-- AlterEnum
ALTER TYPE "OrderStatus" ADD VALUE 'RETURNED';

-- safe: two labels added to an enum
-- because: only the catalog changes.
ALTER TYPE "OrderStatus" ADD VALUE 'RETURNED';
ALTER TYPE "OrderStatus" ADD VALUE 'LOST';

-- unsafe: label taken from an enum
-- because: every row is written again.
-- AlterEnum
BEGIN;
CREATE TYPE "OrderStatus_new" AS ENUM ('PENDING', 'PAID');
ALTER TABLE "public"."Order" ALTER COLUMN "status" DROP DEFAULT;
ALTER TABLE "Order" ALTER COLUMN "status" TYPE "OrderStatus_new" USING ("status"::text::"OrderStatus_new");
ALTER TYPE "OrderStatus" RENAME TO "OrderStatus_old";
ALTER TYPE "OrderStatus_new" RENAME TO "OrderStatus";
DROP TYPE "OrderStatus_old";
ALTER TABLE "Order" ALTER COLUMN "status" SET DEFAULT 'PENDING';
COMMIT;

-- unsafe: name in lower case
-- because: PostgreSQL folds it and finds no such table.
-- fails: 42P01
ALTER TABLE Order_ ADD COLUMN note text;

-- unsafe: index renamed that is a constraint's
-- because: code that names the constraint fails; the name changes with the index.
ALTER INDEX "User_email_key" RENAME TO "User_mail_key";
DROP INDEX "User_mail_key";

-- unsafe: reference column added with its key
-- because: old rows share the default and all are checked.
alter table "products" add column "supplier_id" bigint default 1 references "categories" ("id");

-- safe: reference column added without rows to check
-- because: all old rows hold NULL.
alter table products add column supplier_id bigint, add constraint products_supplier_fk foreign key (supplier_id) references categories (id) not valid;

-- unsafe: reference on a column that is there
-- because: all rows are checked while writes on both tables wait.
ALTER TABLE "products" ADD CONSTRAINT "products_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id");

-- safe: reference on a column that is there, not validated
-- because: no row is read.
ALTER TABLE "products" ADD CONSTRAINT "products_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") NOT VALID;

-- unsafe: index on a table that is there
-- because: writes wait.
CREATE INDEX "products_sku_index" ON "products" ("sku");

-- safe: index on a table that is there, concurrently
-- because: writes go on.
CREATE INDEX CONCURRENTLY "products_sku_index" ON "products" ("sku");

-- unsafe: column modified to another type
-- because: every row is written again.
ALTER TABLE "products" ALTER COLUMN "price" TYPE bigint;

-- unsafe: column modified to not null
-- because: all rows are read under ACCESS EXCLUSIVE.
ALTER TABLE "products" ALTER COLUMN "sku" SET NOT NULL;

-- unsafe: column modified to not null and a default
-- because: all rows are read under ACCESS EXCLUSIVE.
ALTER TABLE "products" ALTER COLUMN "sku" SET DEFAULT '', ALTER COLUMN "sku" SET NOT NULL;

-- unsafe: column renamed
-- because: running code asks for the old name.
ALTER TABLE "products" RENAME "sku" TO "code";

-- unsafe: column removed
-- because: running code asks for it.
ALTER TABLE "products" DROP "price";

-- unsafe: table renamed
-- because: running code asks for it.
ALTER TABLE "categories" RENAME TO "groups";

-- unsafe: json column
-- because: json has no equality.
ALTER TABLE "products" ADD COLUMN "details" json;

-- safe: json column in a new table
-- because: no code queries it yet.
CREATE TABLE "hooks" ("id" bigserial, "payload" json, PRIMARY KEY ("id"));

-- unsafe: check constraint
-- because: all rows are read under ACCESS EXCLUSIVE.
ALTER TABLE "products" ADD CONSTRAINT "price_must_be_positive" CHECK (price > 0);

-- safe: check constraint not validated
-- because: no row is read.
ALTER TABLE "products" ADD CONSTRAINT "price_must_be_positive" CHECK (price > 0) NOT VALID;

-- unsafe: all rows executed over
-- because: all rows in one transaction.
UPDATE products SET updated_at = now() WHERE price IS NOT NULL;

-- safe: statement breakpoints
-- because: a new table, then a nullable column.
CREATE TABLE IF NOT EXISTS "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "User" ADD COLUMN IF NOT EXISTS "image" text;--> statement-breakpoint

-- safe: foreign key in a block that swallows a duplicate
-- because: the table that references is new.
CREATE TABLE "sessions" ("id" text PRIMARY KEY NOT NULL, "user_id" text NOT NULL);
DO $$ BEGIN
 ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."User"("id") ON DELETE cascade ON UPDATE no action;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;

-- unsafe: foreign key in a block that swallows a duplicate, on a table that is there
-- because: all rows are checked.
DO $$ BEGIN
 ALTER TABLE "products" ADD CONSTRAINT "products_category_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE no action ON UPDATE no action;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;

-- safe: enum made in a block that swallows a duplicate
-- because: it is new.
DO $$ BEGIN
 CREATE TYPE "public"."role" AS ENUM('admin', 'member');
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;
--> statement-breakpoint
ALTER TABLE "User" ADD COLUMN "role" "role" DEFAULT 'member' NOT NULL;

-- unsafe: default with a function per row
-- because: volatile, every row is written again.
ALTER TABLE "categories" ADD COLUMN "uid" uuid DEFAULT gen_random_uuid();

-- unsafe: primary key changed
-- because: index build under ACCESS EXCLUSIVE, the old identity goes.
ALTER TABLE "User" DROP CONSTRAINT "User_pkey" CASCADE, ADD CONSTRAINT "User_pkey" PRIMARY KEY ("email");

-- unsafe: foreign key to a table that is missing
-- because: PostgreSQL refuses it.
-- fails: 42P01
ALTER TABLE "products" ADD CONSTRAINT "products_brand_fk" FOREIGN KEY ("category_id") REFERENCES "brands"("id") NOT VALID;

-- unsafe: enum made that is there
-- because: PostgreSQL refuses it.
-- fails: 42710
CREATE TYPE "OrderStatus" AS ENUM ('A');

-- unsafe: table made that is there
-- because: PostgreSQL refuses it.
-- fails: 42P07
CREATE TABLE "User" ("id" text PRIMARY KEY);

-- safe: table made that is there, if not exists, same columns
-- because: nothing happens.
CREATE TABLE IF NOT EXISTS _prisma_migrations (id varchar(36) primary key, finished_at timestamptz);
