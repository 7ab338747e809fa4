--- 0000_bright_falcon
CREATE SCHEMA IF NOT EXISTS "app";
CREATE TYPE "app"."role" AS ENUM('owner', 'member', 'guest');
CREATE TYPE "app"."plan" AS ENUM('free', 'pro');
CREATE TABLE IF NOT EXISTS "app"."tenants" ("id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL, "slug" varchar(63) NOT NULL, "plan" "app"."plan" DEFAULT 'free' NOT NULL, "created_at" timestamp with time zone DEFAULT now() NOT NULL, CONSTRAINT "tenants_slug_unique" UNIQUE("slug"));
CREATE TABLE IF NOT EXISTS "app"."members" ("tenant_id" uuid NOT NULL, "email" text NOT NULL, "role" "app"."role" DEFAULT 'member' NOT NULL, "invited_by" text, CONSTRAINT "members_tenant_id_email_pk" PRIMARY KEY("tenant_id","email"));
DO $$ BEGIN
 ALTER TABLE "app"."members" ADD CONSTRAINT "members_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id") ON DELETE cascade ON UPDATE no action;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;
--- down
DROP TABLE "app"."members";
DROP TABLE "app"."tenants";
DROP TYPE "app"."plan";
DROP TYPE "app"."role";
DROP SCHEMA "app";
--- rows
INSERT INTO app.tenants (id, slug) VALUES ('60000000-0000-0000-0000-000000000001', 'acme'), ('60000000-0000-0000-0000-000000000002', 'beta');
INSERT INTO app.members (tenant_id, email, role) VALUES ('60000000-0000-0000-0000-000000000001', 'a@x.test', 'owner'), ('60000000-0000-0000-0000-000000000002', 'b@x.test', 'guest');
--- 0001_enable_rls
ALTER TABLE "app"."members" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "tenant_isolation" ON "app"."members" AS PERMISSIVE FOR ALL TO public USING (tenant_id = current_setting('app.tenant', true)::uuid) WITH CHECK (tenant_id = current_setting('app.tenant', true)::uuid);
--- down
DROP POLICY "tenant_isolation" ON "app"."members";
--- 0002_force_rls
ALTER TABLE "app"."tenants" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "app"."tenants" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "app"."tenants" FOR SELECT USING (id = current_setting('app.tenant', true)::uuid);
--- down
DROP POLICY "own_tenant" ON "app"."tenants";
ALTER TABLE "app"."tenants" DISABLE ROW LEVEL SECURITY;
--- 0003_policy_split
DROP POLICY "tenant_isolation" ON "app"."members";
CREATE POLICY "members_read" ON "app"."members" FOR SELECT USING (tenant_id = current_setting('app.tenant', true)::uuid);
CREATE POLICY "members_write" ON "app"."members" AS RESTRICTIVE FOR UPDATE USING (role <> 'guest');
--- down
DROP POLICY IF EXISTS "members_write" ON "app"."members";
DROP POLICY IF EXISTS "members_read" ON "app"."members";
CREATE POLICY "tenant_isolation" ON "app"."members" AS PERMISSIVE FOR ALL TO public USING (tenant_id = current_setting('app.tenant', true)::uuid);
--- 0004_policy_altered
ALTER POLICY "members_read" ON "app"."members" USING (tenant_id = NULLIF(current_setting('app.tenant', true), '')::uuid);
ALTER POLICY "members_write" ON "app"."members" RENAME TO "members_update";
--- down
ALTER POLICY "members_update" ON "app"."members" RENAME TO "members_write";
ALTER POLICY "members_read" ON "app"."members" USING (tenant_id = current_setting('app.tenant', true)::uuid);
--- 0005_events
CREATE TABLE "app"."events" ("tenant_id" uuid NOT NULL, "id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "app"."events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1), "kind" text NOT NULL, "at" timestamp with time zone DEFAULT now() NOT NULL, "body" jsonb, PRIMARY KEY ("tenant_id", "id")) PARTITION BY HASH ("tenant_id");
CREATE TABLE "app"."events_0" PARTITION OF "app"."events" FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE "app"."events_1" PARTITION OF "app"."events" FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE "app"."events_2" PARTITION OF "app"."events" FOR VALUES WITH (MODULUS 3, REMAINDER 2);
ALTER TABLE "app"."events" ADD CONSTRAINT "events_tenant_fk" FOREIGN KEY ("tenant_id") REFERENCES "app"."tenants"("id");
--- down
DROP TABLE "app"."events";
--- rows
INSERT INTO app.events (tenant_id, kind, body) VALUES ('60000000-0000-0000-0000-000000000001', 'login', '{}'), ('60000000-0000-0000-0000-000000000002', 'login', NULL);
--- 0006_events_index
CREATE INDEX "events_kind_at_index" ON "app"."events" USING btree ("kind", "at" DESC NULLS LAST);
CREATE INDEX "events_body_index" ON ONLY "app"."events" USING gin ("body");
--- down
DROP INDEX "app"."events_kind_at_index";
DROP INDEX "app"."events_body_index";
--- 0007_events_kind_enum
CREATE TYPE "app"."event_kind" AS ENUM('login', 'logout', 'other');
ALTER TABLE "app"."events" ALTER COLUMN "kind" SET DATA TYPE "app"."event_kind" USING "kind"::"app"."event_kind";
--- down
ALTER TABLE "app"."events" ALTER COLUMN "kind" SET DATA TYPE text;
DROP TYPE "app"."event_kind";
--- 0008_member_defaults
ALTER TABLE "app"."members" ALTER COLUMN "role" SET DEFAULT 'guest';
ALTER TABLE "app"."members" ADD COLUMN "joined_at" timestamp with time zone DEFAULT now();
UPDATE "app"."members" SET "invited_by" = 'system' WHERE "invited_by" IS NULL;
--- down
ALTER TABLE "app"."members" DROP COLUMN "joined_at";
ALTER TABLE "app"."members" ALTER COLUMN "role" SET DEFAULT 'member';
--- 0009_member_id
ALTER TABLE "app"."members" DROP CONSTRAINT "members_tenant_id_email_pk";
ALTER TABLE "app"."members" ADD COLUMN "id" serial PRIMARY KEY;
ALTER TABLE "app"."members" ADD CONSTRAINT "members_tenant_email_unique" UNIQUE NULLS NOT DISTINCT ("tenant_id", "email");
--- down
ALTER TABLE "app"."members" DROP CONSTRAINT "members_tenant_email_unique";
ALTER TABLE "app"."members" DROP COLUMN "id";
ALTER TABLE "app"."members" ADD CONSTRAINT "members_tenant_id_email_pk" PRIMARY KEY ("tenant_id", "email");
--- 0010_members_nulls_distinct
ALTER TABLE "app"."members" DROP CONSTRAINT "members_tenant_email_unique";
ALTER TABLE "app"."members" ADD CONSTRAINT "members_tenant_email_unique" UNIQUE ("tenant_id", "email");
--- down
SELECT 'nothing to do';
--- 0011_role_enum_to_text
ALTER TABLE "app"."members" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "app"."members" ALTER COLUMN "role" SET DATA TYPE text;
--- down
ALTER TABLE "app"."members" ALTER COLUMN "role" SET DATA TYPE "app"."role" USING "role"::"app"."role";
ALTER TABLE "app"."members" ALTER COLUMN "role" SET DEFAULT 'guest';
--- 0012_role_enum_to_text_again
DROP POLICY "members_update" ON "app"."members";
ALTER TABLE "app"."members" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "app"."members" ALTER COLUMN "role" SET DATA TYPE text;
DROP TYPE "app"."role";
ALTER TABLE "app"."members" ADD CONSTRAINT "role_check" CHECK ("role" IN ('owner', 'member', 'guest'));
--- down
ALTER TABLE "app"."members" DROP CONSTRAINT "role_check";
CREATE TYPE "app"."role" AS ENUM('owner', 'member', 'guest');
ALTER TABLE "app"."members" ALTER COLUMN "role" SET DATA TYPE "app"."role" USING "role"::"app"."role";
ALTER TABLE "app"."members" ALTER COLUMN "role" SET DEFAULT 'guest';
--- 0013_tenant_settings
CREATE TABLE "app"."tenant_settings" ("tenant_id" uuid PRIMARY KEY REFERENCES "app"."tenants" ON DELETE CASCADE DEFERRABLE, "data" jsonb DEFAULT '{"theme": "dark"}'::jsonb NOT NULL);
INSERT INTO "app"."tenant_settings" ("tenant_id") SELECT "id" FROM "app"."tenants";
--- down
DROP TABLE "app"."tenant_settings";
--- 0014_move_schema
CREATE SCHEMA "settings";
ALTER TABLE "app"."tenant_settings" SET SCHEMA "settings";
--- down
ALTER TABLE "settings"."tenant_settings" SET SCHEMA "public";
DROP SCHEMA "settings";
--- 0015_move_events_partition
ALTER TABLE "app"."events_2" RENAME TO "events_two";
--- down
ALTER TABLE "app"."events_two" RENAME TO "events_2";
--- 0016_generated
ALTER TABLE "app"."tenants" ADD COLUMN "slug_lower" text GENERATED ALWAYS AS (lower(slug)) STORED;
CREATE UNIQUE INDEX "tenants_slug_lower" ON "app"."tenants" ("slug_lower");
--- down
ALTER TABLE "app"."tenants" DROP COLUMN "slug_lower";
--- 0017_drop_expression
ALTER TABLE "app"."tenants" ALTER COLUMN "slug_lower" DROP EXPRESSION;
--- down
ALTER TABLE "app"."tenants" DROP COLUMN "slug_lower";
ALTER TABLE "app"."tenants" ADD COLUMN "slug_lower" text GENERATED ALWAYS AS (lower(slug)) STORED;
--- 0018_identity
ALTER TABLE "app"."members" ALTER COLUMN "id" DROP DEFAULT;
DROP SEQUENCE "app"."members_id_seq";
ALTER TABLE "app"."members" ALTER COLUMN "id" ADD GENERATED BY DEFAULT AS IDENTITY (sequence name "app"."members_id_seq");
--- down
ALTER TABLE "app"."members" ALTER COLUMN "id" DROP IDENTITY;
CREATE SEQUENCE "app"."members_id_seq" AS integer;
ALTER TABLE "app"."members" ALTER COLUMN "id" SET DEFAULT nextval('app.members_id_seq');
--- 0019_delete_guests
DELETE FROM "app"."members" WHERE "role" = 'guest';
--- down
SELECT 1;
