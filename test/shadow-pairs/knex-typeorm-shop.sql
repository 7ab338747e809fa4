--- 1500000000001-init
CREATE TABLE "category" ("id" SERIAL NOT NULL, "name" character varying NOT NULL, "parentId" integer, CONSTRAINT "PK_9c4e4a89e3674fc9f382d733f03" PRIMARY KEY ("id"));
CREATE TYPE "public"."product_status_enum" AS ENUM('draft', 'published', 'archived');
CREATE TABLE "product" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "title" character varying(255) NOT NULL, "price" numeric(10,2) NOT NULL, "status" "public"."product_status_enum" NOT NULL DEFAULT 'draft', "categoryId" integer, CONSTRAINT "PK_bebc9158e480b949565b4dc7a82" PRIMARY KEY ("id"));
ALTER TABLE "category" ADD CONSTRAINT "FK_d5456fd7e4c4866fec8ada1fa10" FOREIGN KEY ("parentId") REFERENCES "category"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "product" ADD CONSTRAINT "FK_ff0c0301a95e517153df97f6812" FOREIGN KEY ("categoryId") REFERENCES "category"("id") ON DELETE SET NULL ON UPDATE NO ACTION;
--- down
ALTER TABLE "product" DROP CONSTRAINT "FK_ff0c0301a95e517153df97f6812";
ALTER TABLE "category" DROP CONSTRAINT "FK_d5456fd7e4c4866fec8ada1fa10";
DROP TABLE "product";
DROP TYPE "public"."product_status_enum";
DROP TABLE "category";
--- rows
INSERT INTO category (name, "parentId") VALUES ('root',NULL),('leaf',1);
INSERT INTO product (title, price, status, "categoryId") VALUES ('p1',1.50,'draft',2),('p2',0,'archived',NULL);
--- 1500000000002-users-cart
CREATE TABLE "user" ("id" SERIAL NOT NULL, "email" character varying NOT NULL, "password" character varying NOT NULL, "isActive" boolean NOT NULL DEFAULT true, CONSTRAINT "UQ_e12875dfb3b1d92d7d7c5377e22" UNIQUE ("email"), CONSTRAINT "PK_cace4a159ff9f2512dd42373760" PRIMARY KEY ("id"));
CREATE TABLE "user_favorites_product" ("userId" integer NOT NULL, "productId" uuid NOT NULL, CONSTRAINT "PK_x" PRIMARY KEY ("userId", "productId"));
CREATE INDEX "IDX_fav_user" ON "user_favorites_product" ("userId");
CREATE INDEX "IDX_fav_product" ON "user_favorites_product" ("productId");
ALTER TABLE "user_favorites_product" ADD CONSTRAINT "FK_fav_user" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
--- down
ALTER TABLE "user_favorites_product" DROP CONSTRAINT "FK_fav_user";
DROP INDEX "public"."IDX_fav_product";
DROP INDEX "public"."IDX_fav_user";
DROP TABLE "user_favorites_product";
DROP TABLE "user";
--- rows
INSERT INTO "user" (email, password) VALUES ('a','h'),('b','h2');
INSERT INTO user_favorites_product SELECT 1, id FROM product;
--- 1500000000003-enum-change
ALTER TYPE "public"."product_status_enum" RENAME TO "product_status_enum_old";
CREATE TYPE "public"."product_status_enum" AS ENUM('draft', 'review', 'published', 'archived');
ALTER TABLE "product" ALTER COLUMN "status" DROP DEFAULT;
ALTER TABLE "product" ALTER COLUMN "status" TYPE "public"."product_status_enum" USING "status"::"text"::"public"."product_status_enum";
ALTER TABLE "product" ALTER COLUMN "status" SET DEFAULT 'draft';
DROP TYPE "public"."product_status_enum_old";
--- down
CREATE TYPE "public"."product_status_enum_old" AS ENUM('draft', 'published', 'archived');
ALTER TABLE "product" ALTER COLUMN "status" DROP DEFAULT;
ALTER TABLE "product" ALTER COLUMN "status" TYPE "public"."product_status_enum_old" USING "status"::"text"::"public"."product_status_enum_old";
ALTER TABLE "product" ALTER COLUMN "status" SET DEFAULT 'draft';
DROP TYPE "public"."product_status_enum";
ALTER TYPE "public"."product_status_enum_old" RENAME TO "product_status_enum";
--- 1500000000004-title-recreate
ALTER TABLE "product" DROP COLUMN "title";
ALTER TABLE "product" ADD "title" text NOT NULL DEFAULT '';
--- down
ALTER TABLE "product" DROP COLUMN "title";
ALTER TABLE "product" ADD "title" character varying(255) NOT NULL;
--- 1500000000005-title-recreate2
ALTER TABLE "product" DROP COLUMN "title";
ALTER TABLE "product" ADD "title" character varying(100);
--- down
ALTER TABLE "product" DROP COLUMN "title";
ALTER TABLE "product" ADD "title" text NOT NULL DEFAULT '';
--- 1500000000006-orders
create table "orders" ("id" bigserial primary key, "user_id" integer not null, "total" decimal(12, 2) not null default '0', "status" text check ("status" in ('pending', 'paid', 'shipped')) not null default 'pending', "placed_at" timestamptz null default CURRENT_TIMESTAMP);
alter table "orders" add constraint "orders_user_id_foreign" foreign key ("user_id") references "user" ("id") on delete CASCADE;
create index "orders_user_id_index" on "orders" ("user_id");
alter table "orders" add constraint "orders_user_id_placed_at_unique" unique ("user_id", "placed_at");
--- down
drop table if exists "orders";
--- rows
insert into orders (user_id, total, status) values (1, 9.99, 'paid'),(2, 1, 'pending');
--- 1500000000007-orders-check
ALTER TABLE "orders" DROP CONSTRAINT "orders_status_check";
ALTER TABLE "orders" ADD CONSTRAINT "orders_status_check" CHECK ("status" = ANY (ARRAY['pending'::text, 'paid'::text, 'shipped'::text, 'refunded'::text]));
--- down
ALTER TABLE "orders" DROP CONSTRAINT "orders_status_check";
ALTER TABLE "orders" ADD CONSTRAINT "orders_status_check" CHECK ("status" = ANY (ARRAY['pending'::text, 'paid'::text, 'shipped'::text]));
--- 1500000000008-alter-nullable
alter table "orders" alter column "placed_at" drop default;
alter table "orders" alter column "placed_at" set not null;
alter table "orders" alter column "placed_at" type timestamptz(3) using ("placed_at"::timestamptz(3));
--- down
alter table "orders" alter column "placed_at" type timestamptz using ("placed_at"::timestamptz);
alter table "orders" alter column "placed_at" drop not null;
alter table "orders" alter column "placed_at" set default CURRENT_TIMESTAMP;
--- 1500000000009-drop-fk
alter table "orders" drop constraint "orders_user_id_foreign";
drop index "orders_user_id_index";
--- down
alter table "orders" add constraint "orders_user_id_foreign" foreign key ("user_id") references "user" ("id");
create index "orders_user_id_index" on "orders" ("user_id");
--- 1500000000010-json
ALTER TABLE "product" ADD "attributes" jsonb NOT NULL DEFAULT '{"colors": [], "sizes": []}';
ALTER TABLE "user" ADD "settings" jsonb;
UPDATE "user" SET "settings" = jsonb_build_object('active', "isActive");
ALTER TABLE "user" DROP COLUMN "isActive";
--- down
ALTER TABLE "user" ADD "isActive" boolean NOT NULL DEFAULT true;
UPDATE "user" SET "isActive" = ("settings"->>'active')::boolean;
ALTER TABLE "user" DROP COLUMN "settings";
ALTER TABLE "product" DROP COLUMN "attributes";
--- 1500000000011-closure
CREATE TABLE "category_closure" ("id_ancestor" integer NOT NULL, "id_descendant" integer NOT NULL, CONSTRAINT "PK_cl" PRIMARY KEY ("id_ancestor", "id_descendant"));
INSERT INTO category_closure SELECT id, id FROM category;
INSERT INTO category_closure SELECT "parentId", id FROM category WHERE "parentId" IS NOT NULL;
ALTER TABLE category DROP COLUMN "parentId";
--- down
ALTER TABLE category ADD "parentId" integer;
ALTER TABLE "category" ADD CONSTRAINT "FK_d5456fd7e4c4866fec8ada1fa10" FOREIGN KEY ("parentId") REFERENCES "category"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
DROP TABLE category_closure;
--- 1500000000012-rename-cols
ALTER TABLE "product" RENAME COLUMN "createdAt" TO "created_at";
ALTER TABLE "product" RENAME COLUMN "updatedAt" TO "updated_at";
ALTER TABLE "user" RENAME TO "users";
ALTER SEQUENCE "user_id_seq" RENAME TO "users_id_seq";
ALTER TABLE "users" RENAME CONSTRAINT "PK_cace4a159ff9f2512dd42373760" TO "users_pkey";
--- down
ALTER TABLE "users" RENAME CONSTRAINT "users_pkey" TO "PK_cace4a159ff9f2512dd42373760";
ALTER SEQUENCE "users_id_seq" RENAME TO "user_id_seq";
ALTER TABLE "users" RENAME TO "user";
ALTER TABLE "product" RENAME COLUMN "updated_at" TO "updatedAt";
ALTER TABLE "product" RENAME COLUMN "created_at" TO "createdAt";
--- 1500000000013-money
ALTER TABLE "product" ALTER COLUMN "price" TYPE integer USING (price * 100)::integer;
ALTER TABLE "product" RENAME COLUMN price TO price_cents;
--- down
ALTER TABLE "product" RENAME COLUMN price_cents TO price;
ALTER TABLE "product" ALTER COLUMN "price" TYPE numeric(10,2) USING price / 100.0;
--- 1500000000014-truncate-numeric
ALTER TABLE "orders" ALTER COLUMN "total" TYPE integer USING round(total)::int;
--- down
ALTER TABLE "orders" ALTER COLUMN "total" TYPE numeric(12,2);
--- 1500000000015-many
DROP INDEX "IDX_fav_user";
CREATE UNIQUE INDEX "IDX_fav_both" ON "user_favorites_product" ("userId", "productId");
ALTER TABLE "user_favorites_product" DROP CONSTRAINT "PK_x";
ALTER TABLE "user_favorites_product" ADD CONSTRAINT "PK_x" PRIMARY KEY USING INDEX "IDX_fav_both";
--- down
ALTER TABLE "user_favorites_product" DROP CONSTRAINT "PK_x";
ALTER TABLE "user_favorites_product" ADD CONSTRAINT "PK_x" PRIMARY KEY ("userId", "productId");
CREATE INDEX "IDX_fav_user" ON "user_favorites_product" ("userId");
