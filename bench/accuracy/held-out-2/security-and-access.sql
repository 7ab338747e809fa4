create schema app;
create role web;
create role analyst;
create role owner_role;
create table app.people (id bigint primary key, name text, ssn text, tenant int);
create table app.letters (id bigint primary key, person_id bigint references app.people (id), body text);
create index letters_person on app.letters (person_id);
create table app.secrets (id bigint primary key, value text);
alter table app.people enable row level security;
create policy people_tenant on app.people to web using (tenant = current_setting('app.tenant')::int);
create policy people_strict on app.people as restrictive using (tenant > 0);
grant usage on schema app to web, analyst;
grant select, insert, update, delete on app.people, app.letters to web;
grant select on app.people to analyst;
create view app.names with (security_barrier = true, security_invoker = true) as select id, name from app.people;
grant select on app.names to analyst;
create function app.is_admin() returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as 'select current_user = ''postgres''';
create function app.letter_count(p bigint) returns bigint language sql stable as 'select count(*) from app.letters where person_id = p';
create table audit_log (id bigint primary key, what text);

-- unsafe: everything granted to everybody
-- because: PUBLIC is every role there is.
GRANT ALL ON app.people TO PUBLIC;

-- unsafe: reading granted to everybody on all tables
-- because: secrets are among them.
GRANT SELECT ON ALL TABLES IN SCHEMA app TO PUBLIC;

-- unsafe: creation in a schema granted to everybody
-- because: anybody can put functions in front of others.
GRANT CREATE ON SCHEMA app TO PUBLIC;

-- unsafe: all privileges granted
-- because: more than needed, TRUNCATE and triggers too.
GRANT ALL PRIVILEGES ON TABLE app.letters TO web;

-- unsafe: a grant that can be handed on
-- because: the role may grant it to others.
GRANT SELECT ON app.letters TO analyst WITH GRANT OPTION;

-- safe: reading granted to one role
-- because: narrow.
GRANT SELECT ON app.letters TO analyst;

-- safe: reading of one column granted
-- because: narrow.
GRANT SELECT (id, name) ON app.people TO analyst;

-- safe: a new table with its grants
-- because: narrow and new.
CREATE TABLE app.notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text);
ALTER TABLE app.notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY notes_all ON app.notes TO web USING (body IS NOT NULL);
GRANT SELECT, INSERT ON app.notes TO web;

-- unsafe: a privilege revoked from the application
-- because: running code deletes people.
REVOKE DELETE ON app.people FROM web;

-- unsafe: all revoked from the application
-- because: running code reads letters.
REVOKE ALL ON ALL TABLES IN SCHEMA app FROM web;

-- safe: PUBLIC loses what a public schema gave it
-- because: nobody needs to create in public; hardening.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- unsafe: row level security turned off
-- because: every role with SELECT sees all tenants.
ALTER TABLE app.people DISABLE ROW LEVEL SECURITY;

-- unsafe: row level security turned on without a policy
-- because: web sees no row any more.
ALTER TABLE app.letters ENABLE ROW LEVEL SECURITY;

-- safe: row level security of a table nobody was granted, with a policy
-- because: the policy comes in the same transaction.
BEGIN;
ALTER TABLE app.secrets ENABLE ROW LEVEL SECURITY;
CREATE POLICY secrets_owner ON app.secrets TO owner_role USING (id > 0);
COMMIT;

-- unsafe: a policy for everybody and everything
-- because: policies add up; every row becomes visible.
CREATE POLICY open ON app.people FOR SELECT USING (true);

-- unsafe: a restrictive policy dropped
-- because: what it kept out comes in.
DROP POLICY people_strict ON app.people;

-- unsafe: the only permissive policy dropped
-- because: web sees no row any more.
DROP POLICY IF EXISTS people_tenant ON app.people;

-- unsafe: a policy changed to true
-- because: every tenant sees every row.
ALTER POLICY people_tenant ON app.people USING (true);

-- unsafe: a policy that is not there is changed
-- fails: 42704
-- because: the policy has another name.
ALTER POLICY tenant ON app.people USING (tenant = 1);

-- unsafe: SECURITY DEFINER without a search path
-- because: the caller decides which objects the names mean.
CREATE FUNCTION app.reset_password(p bigint) RETURNS void LANGUAGE sql SECURITY DEFINER AS 'update app.secrets set value = null where id = p';

-- unsafe: SECURITY DEFINER with a search path anybody writes to first
-- known: any search path of its own is taken for safe.
-- because: public comes before the system's own functions can be trusted.
CREATE FUNCTION app.reset_password(p bigint) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS 'update app.secrets set value = null where id = p';

-- safe: SECURITY DEFINER with a safe search path
-- because: pg_temp is last.
CREATE FUNCTION app.reset_password(p bigint) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'update app.secrets set value = null where id = p';
REVOKE EXECUTE ON FUNCTION app.reset_password(bigint) FROM PUBLIC;

-- unsafe: a function made SECURITY DEFINER later
-- because: it has no search path of its own.
ALTER FUNCTION app.letter_count(bigint) SECURITY DEFINER;

-- safe: a function gets a search path
-- because: it is bound to it.
ALTER FUNCTION app.letter_count(bigint) SET search_path = app, pg_temp;

-- unsafe: a function loses SECURITY DEFINER and its search path when replaced
-- because: both are gone if they are not repeated.
CREATE OR REPLACE FUNCTION app.is_admin() RETURNS boolean LANGUAGE sql STABLE AS 'select current_user in (''postgres'', ''admin'')';

-- unsafe: a view loses its barrier when replaced
-- because: options that are not repeated are gone.
CREATE OR REPLACE VIEW app.names AS SELECT id, name FROM app.people;

-- safe: a view keeps its barrier when replaced
-- because: the options are repeated.
CREATE OR REPLACE VIEW app.names WITH (security_barrier = true, security_invoker = true) AS SELECT id, name, tenant FROM app.people;

-- unsafe: a view made anew without its grants
-- because: analyst loses it.
BEGIN;
DROP VIEW app.names;
CREATE VIEW app.names WITH (security_barrier = true, security_invoker = true) AS SELECT id, upper(name) AS name FROM app.people;
COMMIT;

-- unsafe: a superuser made
-- because: it may do everything.
CREATE ROLE deployer LOGIN SUPERUSER;

-- unsafe: a role gets past row level security
-- because: BYPASSRLS sees all tenants.
ALTER ROLE web BYPASSRLS;

-- safe: a role that may do nothing yet
-- because: no login and no privilege.
CREATE ROLE readers NOLOGIN;
GRANT USAGE ON SCHEMA app TO readers;

-- unsafe: a password in the migration
-- because: it is in the repository from now on.
ALTER ROLE web PASSWORD 'hunter2';

-- unsafe: a role dropped that has privileges
-- fails: 2BP01
-- because: web is named in privileges and policies.
DROP ROLE web;

-- safe: the owner of a table changes
-- because: a short lock; what was granted stays granted.
ALTER TABLE app.people OWNER TO owner_role;

-- safe: the owner of a table of this migration
-- because: nobody depends on it.
CREATE TABLE app.tmp_import (id bigint PRIMARY KEY, body text);
ALTER TABLE app.tmp_import OWNER TO owner_role;
GRANT SELECT ON app.tmp_import TO web;

-- safe: default privileges for one role
-- because: only for objects to come, and narrow.
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO analyst;

-- unsafe: default privileges for everybody
-- because: every table to come is open.
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT ALL ON TABLES TO PUBLIC;

-- safe: a comment on a role
-- because: words alone.
COMMENT ON ROLE analyst IS 'Reads numbers';

-- unsafe: foreign keys and triggers switched off for the session
-- because: session_replication_role = replica skips every check.
SET session_replication_role = 'replica';
INSERT INTO app.letters (id, person_id) VALUES (1, 99);
SET session_replication_role = 'origin';

-- unsafe: all triggers of a table switched off
-- because: its foreign keys are not checked.
ALTER TABLE app.letters DISABLE TRIGGER ALL;
INSERT INTO app.letters (id, person_id, body) VALUES (5, 1, 'x');
ALTER TABLE app.letters ENABLE TRIGGER ALL;

-- unsafe: rows of the catalog written
-- because: the catalog is the server's own.
UPDATE pg_catalog.pg_attribute SET attnotnull = true WHERE attrelid = 'app.people'::regclass AND attname = 'name';

-- unsafe: search path of a database changed
-- because: every session from now on finds other objects.
ALTER ROLE web SET search_path = analytics, app;

-- safe: a timeout for a role
-- because: a guard against long statements.
ALTER ROLE analyst SET statement_timeout = '30s';

-- safe: policies made stricter for a new command
-- because: people_strict goes on, and a restrictive one can only narrow to what web writes anyway.
CREATE POLICY people_insert ON app.people FOR INSERT TO web WITH CHECK (tenant = current_setting('app.tenant')::int);
