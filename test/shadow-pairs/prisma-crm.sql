--- 20240101_init
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
CREATE TABLE "User" ("id" TEXT NOT NULL, "email" TEXT NOT NULL, "role" "Role" NOT NULL DEFAULT 'USER', "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Account" ("id" SERIAL NOT NULL, "name" TEXT NOT NULL, "ownerId" TEXT NOT NULL, "meta" JSONB, "tags" TEXT[], CONSTRAINT "Account_pkey" PRIMARY KEY ("id"));
CREATE TABLE "_AccountToUser" ("A" INTEGER NOT NULL, "B" TEXT NOT NULL);
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
CREATE UNIQUE INDEX "_AccountToUser_AB_unique" ON "_AccountToUser"("A", "B");
CREATE INDEX "_AccountToUser_B_index" ON "_AccountToUser"("B");
ALTER TABLE "Account" ADD CONSTRAINT "Account_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "_AccountToUser" ADD CONSTRAINT "_AccountToUser_A_fkey" FOREIGN KEY ("A") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
--- down
ALTER TABLE "_AccountToUser" DROP CONSTRAINT "_AccountToUser_A_fkey";
ALTER TABLE "Account" DROP CONSTRAINT "Account_ownerId_fkey";
DROP TABLE "User";
DROP TABLE "Account";
DROP TABLE "_AccountToUser";
DROP TYPE "Role";
--- rows
INSERT INTO "User" VALUES ('u1','a','ADMIN'),('u2','b','USER');
INSERT INTO "Account" (name, "ownerId", meta, tags) VALUES ('x','u1','{"k":1}','{t}'),('y','u2',NULL,NULL);
INSERT INTO "_AccountToUser" VALUES (1,'u1'),(2,'u1');
--- 20240102_enum_add
BEGIN;
CREATE TYPE "Role_new" AS ENUM ('USER', 'ADMIN', 'GUEST');
ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER';
COMMIT;
--- down
BEGIN;
CREATE TYPE "Role_new" AS ENUM ('USER', 'ADMIN');
ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER';
COMMIT;
--- 20240103_join_pk
ALTER TABLE "_AccountToUser" ADD CONSTRAINT "_AccountToUser_AB_pkey" PRIMARY KEY ("A", "B");
DROP INDEX "_AccountToUser_AB_unique";
--- down
ALTER TABLE "_AccountToUser" DROP CONSTRAINT "_AccountToUser_AB_pkey";
CREATE UNIQUE INDEX "_AccountToUser_AB_unique" ON "_AccountToUser"("A", "B");
--- 20240104_updated_at
ALTER TABLE "User" ADD COLUMN "updatedAt" TIMESTAMP(3);
UPDATE "User" SET "updatedAt" = "createdAt";
ALTER TABLE "User" ALTER COLUMN "updatedAt" SET NOT NULL;
--- down
ALTER TABLE "User" DROP COLUMN "updatedAt";
--- 20240105_id_default
ALTER TABLE "User" ALTER COLUMN "id" SET DEFAULT gen_random_uuid()::text;
ALTER TABLE "Account" DROP CONSTRAINT "Account_ownerId_fkey";
ALTER TABLE "Account" ALTER COLUMN "ownerId" DROP NOT NULL;
ALTER TABLE "Account" ADD CONSTRAINT "Account_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
--- down
ALTER TABLE "Account" DROP CONSTRAINT "Account_ownerId_fkey";
ALTER TABLE "Account" ALTER COLUMN "ownerId" SET NOT NULL;
ALTER TABLE "Account" ADD CONSTRAINT "Account_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "User" ALTER COLUMN "id" SET DEFAULT NULL;
--- 20240106_deals
CREATE TABLE "Deal" ("id" BIGSERIAL NOT NULL, "accountId" INTEGER NOT NULL, "amount" DECIMAL(65,30) NOT NULL, "stage" VARCHAR(191) NOT NULL DEFAULT 'new', "closedAt" DATE, CONSTRAINT "Deal_pkey" PRIMARY KEY ("id"), CONSTRAINT "Deal_acc" FOREIGN KEY ("accountId") REFERENCES "Account");
CREATE INDEX "Deal_stage_idx" ON "Deal"("stage", "closedAt" DESC NULLS LAST);
--- down
DROP TABLE "Deal";
--- rows
INSERT INTO "Deal" ("accountId", amount, stage) VALUES (1, 12.34567, 'new'), (2, 5, 'won');
--- 20240107_amount_cents
ALTER TABLE "Deal" ALTER COLUMN "amount" SET DATA TYPE DECIMAL(10,2);
--- down
ALTER TABLE "Deal" ALTER COLUMN "amount" SET DATA TYPE DECIMAL(65,30);
--- 20240108_stage_lookup
CREATE TABLE "Stage" ("code" TEXT PRIMARY KEY, "label" TEXT);
INSERT INTO "Stage" SELECT DISTINCT stage, initcap(stage) FROM "Deal";
ALTER TABLE "Deal" ADD CONSTRAINT "Deal_stage_fkey" FOREIGN KEY ("stage") REFERENCES "Stage"("code") ON UPDATE CASCADE;
--- down
DROP TABLE "Stage" CASCADE;
--- 20240109_rename_mapped
ALTER TABLE "Deal" RENAME TO "deals";
ALTER TABLE "deals" RENAME CONSTRAINT "Deal_pkey" TO "deals_pkey";
ALTER TABLE "deals" RENAME COLUMN "accountId" TO "account_id";
ALTER INDEX "Deal_stage_idx" RENAME TO "deals_stage_idx";
--- down
ALTER INDEX "deals_stage_idx" RENAME TO "Deal_stage_idx";
ALTER TABLE "deals" RENAME COLUMN "account_id" TO "accountId";
ALTER TABLE "deals" RENAME TO "Deal";
--- 20240110_tags_default
ALTER TABLE "Account" ALTER COLUMN "tags" SET DEFAULT ARRAY[]::TEXT[];
UPDATE "Account" SET "tags" = '{}' WHERE "tags" IS NULL;
--- down
ALTER TABLE "Account" ALTER COLUMN "tags" DROP DEFAULT;
--- 20240111_partial_unique
CREATE UNIQUE INDEX "one_open" ON "deals"("account_id") WHERE "closedAt" IS NULL;
COMMENT ON INDEX "one_open" IS 'one open deal';
--- down
DROP INDEX "one_open";
--- 20240112_swap_index
DROP INDEX "one_open";
CREATE UNIQUE INDEX "one_open" ON "deals"("account_id", "stage") WHERE "closedAt" IS NULL;
--- down
DROP INDEX "one_open";
CREATE UNIQUE INDEX "one_open" ON "deals"("account_id") WHERE "closedAt" IS NULL;
--- 20240113_generated
ALTER TABLE "User" ADD COLUMN "domain" TEXT GENERATED ALWAYS AS (split_part("email", '@', 2)) STORED, ADD CONSTRAINT "email_len" CHECK (char_length("email") <= 320);
--- down
ALTER TABLE "User" DROP COLUMN "domain", DROP CONSTRAINT "email_len";
