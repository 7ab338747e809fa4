--- 20180101000000_create_tenants
CREATE TABLE public.tenants (id bigint NOT NULL, slug character varying NOT NULL, plan character varying DEFAULT 'free'::character varying, created_at timestamp(6) without time zone NOT NULL, updated_at timestamp(6) without time zone NOT NULL);
CREATE SEQUENCE public.tenants_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.tenants_id_seq OWNED BY public.tenants.id;
ALTER TABLE ONLY public.tenants ALTER COLUMN id SET DEFAULT nextval('public.tenants_id_seq'::regclass);
ALTER TABLE ONLY public.tenants ADD CONSTRAINT tenants_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX index_tenants_on_slug ON public.tenants USING btree (slug);
--- down
DROP TABLE "tenants";
--- rows
INSERT INTO tenants (slug, created_at, updated_at) VALUES ('a', now(), now()), ('b', now(), now());
--- 20180102000000_create_projects
CREATE TABLE "projects" ("id" bigserial primary key, "tenant_id" bigint NOT NULL, "name" character varying, "archived" boolean, "created_at" timestamp(6) NOT NULL DEFAULT now(), CONSTRAINT "fk_rails_0001" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id"));
CREATE INDEX "index_projects_on_tenant_id" ON "projects" ("tenant_id");
--- down
DROP TABLE "projects";
--- rows
INSERT INTO projects (tenant_id, name, archived) VALUES (1,'p',false),(2,NULL,NULL),(1,'q',true);
--- 20180103000000_enable_rls
ALTER TABLE projects ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON projects USING (tenant_id = current_setting('app.tenant', true)::bigint) WITH CHECK (tenant_id = current_setting('app.tenant', true)::bigint);
--- down
DROP POLICY tenant_isolation ON projects;
--- 20180104000000_policy_split
DROP POLICY tenant_isolation ON projects;
CREATE POLICY tenant_read ON projects FOR SELECT TO PUBLIC USING (tenant_id = current_setting('app.tenant')::bigint);
CREATE POLICY tenant_write ON projects AS RESTRICTIVE FOR INSERT WITH CHECK (tenant_id = current_setting('app.tenant')::bigint);
--- down
DROP POLICY tenant_read ON projects;
DROP POLICY tenant_write ON projects;
CREATE POLICY tenant_isolation ON projects USING (tenant_id = current_setting('app.tenant', true)::bigint) WITH CHECK (tenant_id = current_setting('app.tenant', true)::bigint);
--- 20180105000000_alter_policy
ALTER POLICY tenant_read ON projects USING (tenant_id = current_setting('app.tenant')::bigint AND NOT coalesce(archived, false));
ALTER TABLE projects FORCE ROW LEVEL SECURITY;
--- down
ALTER POLICY tenant_read ON projects USING (tenant_id = current_setting('app.tenant')::bigint);
ALTER TABLE projects NO FORCE ROW LEVEL SECURITY;
--- 20180106000000_null_archived
UPDATE "projects" SET "archived" = FALSE WHERE "archived" IS NULL;
ALTER TABLE "projects" ALTER COLUMN "archived" SET DEFAULT FALSE;
ALTER TABLE "projects" ALTER COLUMN "archived" SET NOT NULL;
--- down
ALTER TABLE "projects" ALTER COLUMN "archived" DROP NOT NULL;
ALTER TABLE "projects" ALTER COLUMN "archived" DROP DEFAULT;
--- 20180107000000_add_reference_users
CREATE TABLE "users" ("id" bigserial primary key, "email" character varying DEFAULT '' NOT NULL, "tenant_id" bigint NOT NULL REFERENCES tenants);
ALTER TABLE "projects" ADD "owner_id" bigint;
CREATE INDEX "index_projects_on_owner_id" ON "projects" ("owner_id");
ALTER TABLE "projects" ADD CONSTRAINT "fk_rails_0002" FOREIGN KEY ("owner_id") REFERENCES "users" ("id");
--- down
ALTER TABLE "projects" DROP CONSTRAINT "fk_rails_0002";
ALTER TABLE "projects" DROP COLUMN "owner_id";
DROP TABLE "users";
--- rows
INSERT INTO users (email, tenant_id) VALUES ('x',1),('y',2);
UPDATE projects SET owner_id = 1;
--- 20180108000000_tenant_uuid
ALTER TABLE "tenants" ADD "uuid" uuid DEFAULT gen_random_uuid() NOT NULL;
CREATE UNIQUE INDEX "index_tenants_on_uuid" ON "tenants" ("uuid");
--- down
DROP INDEX "index_tenants_on_uuid";
ALTER TABLE "tenants" DROP COLUMN "uuid";
--- 20180109000000_rename_index
ALTER INDEX "index_projects_on_tenant_id" RENAME TO "idx_projects_tenant";
ALTER TABLE "projects" RENAME TO "workspaces";
ALTER TABLE "projects_id_seq" RENAME TO "workspaces_id_seq";
ALTER INDEX "projects_pkey" RENAME TO "workspaces_pkey";
--- down
ALTER TABLE "workspaces" RENAME TO "projects";
ALTER TABLE "workspaces_id_seq" RENAME TO "projects_id_seq";
ALTER INDEX "workspaces_pkey" RENAME TO "projects_pkey";
ALTER INDEX "idx_projects_tenant" RENAME TO "index_tenant_projects";
--- 20180110000000_composite_pk
ALTER TABLE workspaces DROP CONSTRAINT workspaces_pkey;
ALTER TABLE workspaces ADD PRIMARY KEY (tenant_id, id);
--- down
ALTER TABLE workspaces DROP CONSTRAINT workspaces_pkey;
ALTER TABLE workspaces ADD PRIMARY KEY (id);
--- 20180111000000_versions
CREATE TABLE "versions" ("id" bigserial PRIMARY KEY, "item_type" character varying NOT NULL, "item_id" bigint NOT NULL, "event" character varying NOT NULL, "whodunnit" character varying, "object" jsonb, "object_changes" jsonb, "created_at" timestamp(6));
CREATE INDEX "index_versions_on_item_type_and_item_id" ON "versions" ("item_type", "item_id");
COMMENT ON TABLE "versions" IS 'PaperTrail';
COMMENT ON COLUMN "versions"."object" IS 'state before';
--- down
DROP TABLE "versions";
--- rows
INSERT INTO versions (item_type, item_id, event, object) VALUES ('P',1,'create','{"a":1}');
--- 20180112000000_change_comment
COMMENT ON COLUMN "versions"."object" IS 'the state before the change';
ALTER TABLE "versions" ALTER COLUMN "item_id" TYPE character varying;
--- down
ALTER TABLE "versions" ALTER COLUMN "item_id" TYPE bigint USING item_id::bigint;
--- 20180113000000_remove_column
ALTER TABLE "versions" DROP COLUMN "object_changes";
--- down
ALTER TABLE "versions" ADD "object_changes" json;
--- 20180114000000_tenant_schema
CREATE SCHEMA tenant_a;
SET search_path TO tenant_a, public;
CREATE TABLE notes (id bigserial primary key, body text, project_id bigint);
CREATE INDEX ON notes (project_id);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'begin new.body := trim(new.body); return new; end';
CREATE TRIGGER touch BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION touch();
RESET search_path;
--- down
DROP SCHEMA tenant_a CASCADE;
--- 20180115000000_set_schema
CREATE SCHEMA archive;
ALTER TABLE tenant_a.notes SET SCHEMA archive;
--- down
ALTER TABLE archive.notes SET SCHEMA tenant_a;
DROP SCHEMA archive;
--- 20180116000000_security_invoker
CREATE VIEW my_workspaces WITH (security_invoker = true) AS SELECT * FROM workspaces;
GRANT SELECT ON my_workspaces TO PUBLIC;
--- down
DROP VIEW my_workspaces;
--- 20180117000000_view_options
ALTER VIEW my_workspaces RESET (security_invoker);
ALTER VIEW my_workspaces SET (security_barrier = true);
--- down
ALTER VIEW my_workspaces RESET (security_barrier);
--- 20180118000000_nulls_not_distinct
CREATE UNIQUE INDEX uq_ws ON workspaces (tenant_id, name) NULLS NOT DISTINCT;
--- down
DROP INDEX uq_ws;
