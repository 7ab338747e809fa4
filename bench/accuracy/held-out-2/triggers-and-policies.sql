create table docs (id bigint primary key, tenant_id int not null, title text, body text, updated_at timestamptz, secret text);
create table open_docs (id bigint primary key, tenant_id int not null, title text);
create table guarded (id bigint primary key, tenant_id int not null, title text);
alter table guarded enable row level security;
create policy guarded_tenant on guarded using (tenant_id = current_setting('app.tenant')::int);
create policy guarded_frozen on guarded as restrictive for delete using (false);
create table prepared (id bigint primary key, tenant_id int not null);
create policy prepared_tenant on prepared using (tenant_id = current_setting('app.tenant')::int);
create function set_updated_at() returns trigger language plpgsql as $$ begin new.updated_at = now(); return new; end $$;
create function notify_change() returns trigger language plpgsql as $$ begin perform pg_notify('docs', new.id::text); return null; end $$;
create function not_a_trigger() returns int language sql as 'select 1';
create trigger docs_touch before update on docs for each row execute function set_updated_at();
create trigger docs_notify after insert or update on docs for each row execute function notify_change();
create view doc_titles with (security_barrier = true) as select id, title from docs;
create table parents (id bigint primary key);
create table kids (id bigint primary key, parent_id bigint references parents (id) deferrable initially deferred);
create table app_log (id bigint, msg text);

-- safe: function and trigger of a new table
-- because: nobody uses it yet.
CREATE TABLE memo (id bigint PRIMARY KEY, updated_at timestamptz);
CREATE TRIGGER memo_touch BEFORE UPDATE ON memo FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- unsafe: trigger that is there already
-- because: PostgreSQL refuses without OR REPLACE.
-- fails: 42710
CREATE TRIGGER docs_touch BEFORE UPDATE ON docs FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- unsafe: trigger over a function that is no trigger function
-- because: PostgreSQL refuses.
-- fails: 42P17
CREATE TRIGGER open_docs_touch BEFORE UPDATE ON open_docs FOR EACH ROW EXECUTE FUNCTION not_a_trigger();

-- unsafe: trigger over an unknown function
-- because: there is no such schema.
-- fails: 3F000
CREATE TRIGGER open_docs_audit AFTER INSERT ON open_docs FOR EACH ROW EXECUTE PROCEDURE audit.log_row();

-- unsafe: trigger dropped
-- because: change notices stop, subscribers miss rows.
DROP TRIGGER docs_notify ON docs;

-- safe: trigger dropped that is not there
-- because: IF EXISTS, nothing is done.
DROP TRIGGER IF EXISTS docs_audit ON docs;

-- unsafe: trigger dropped from the wrong table
-- because: there is none of that name.
-- fails: 42704
DROP TRIGGER docs_touch ON open_docs;

-- unsafe: all triggers off
-- because: foreign keys of the table are not enforced meanwhile.
ALTER TABLE kids DISABLE TRIGGER ALL;

-- unsafe: a trigger switched off and left so
-- because: updated_at is not kept from now on.
ALTER TABLE docs DISABLE TRIGGER docs_touch;

-- safe: trigger switched on that is on
-- because: changes nothing.
ALTER TABLE docs ENABLE TRIGGER docs_touch;

-- unsafe: row level security without a policy
-- because: everybody but the owner sees nothing.
ALTER TABLE open_docs ENABLE ROW LEVEL SECURITY;

-- safe: row level security with its policy, in one transaction
-- because: nobody sees the state between.
BEGIN;
ALTER TABLE open_docs ENABLE ROW LEVEL SECURITY;
CREATE POLICY open_docs_tenant ON open_docs FOR ALL USING (tenant_id = current_setting('app.tenant')::int);
COMMIT;

-- safe: row level security where the policy is there already
-- because: the policy was prepared.
ALTER TABLE prepared ENABLE ROW LEVEL SECURITY;

-- unsafe: row level security switched off
-- because: everybody with SELECT sees all tenants.
ALTER TABLE guarded DISABLE ROW LEVEL SECURITY;

-- unsafe: restrictive policy dropped
-- because: deletes are allowed again.
DROP POLICY guarded_frozen ON guarded;

-- unsafe: the only permissive policy dropped
-- because: everybody but the owner sees nothing.
DROP POLICY "guarded_tenant" ON "public"."guarded";

-- unsafe: policy for everybody
-- because: USING (true) lets each see every tenant.
CREATE POLICY guarded_all ON guarded FOR SELECT TO PUBLIC USING (true);

-- safe: new table with row level security and a policy
-- because: nobody uses it yet.
CREATE TABLE secrets (id bigint PRIMARY KEY, tenant_id int NOT NULL);
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
CREATE POLICY secrets_tenant ON secrets USING (tenant_id = current_setting('app.tenant')::int) WITH CHECK (tenant_id = current_setting('app.tenant')::int);

-- unsafe: policy over an unknown column
-- because: there is no such column.
-- fails: 42703
CREATE POLICY docs_owner ON docs USING (owner = current_user);

-- unsafe: policy that is there already
-- because: PostgreSQL refuses.
-- fails: 42710
CREATE POLICY guarded_tenant ON guarded USING (tenant_id = 1);

-- unsafe: view replaced without its options
-- because: security_barrier is taken away silently.
CREATE OR REPLACE VIEW doc_titles AS SELECT id, title FROM docs;

-- safe: view replaced with its options
-- because: everything stays.
CREATE OR REPLACE VIEW doc_titles WITH (security_barrier = true) AS SELECT id, title FROM docs WHERE title IS NOT NULL;

-- unsafe: security definer without a search path
-- because: the caller's search path decides what the body calls.
CREATE FUNCTION read_secret(p bigint) RETURNS text LANGUAGE sql SECURITY DEFINER AS 'select secret from docs where id = p';

-- safe: security definer with a search path
-- because: the names in the body mean what they say.
CREATE FUNCTION read_secret(p bigint) RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'select secret from public.docs where id = p';

-- unsafe: rows changed, then the table altered, with deferred foreign keys
-- because: PostgreSQL refuses, trigger events are pending.
-- fails: 55006
-- given
insert into parents values (1);
-- migration
BEGIN;
INSERT INTO kids VALUES (1, 1);
ALTER TABLE kids ADD COLUMN name text;
COMMIT;

-- unsafe: full update of a table with a notifying trigger
-- because: all rows in one transaction, a notice for each.
UPDATE docs SET title = trim(title);

-- unsafe: triggers off around a full update
-- because: the lock is held through the whole update, and the update is of all rows.
BEGIN;
ALTER TABLE docs DISABLE TRIGGER USER;
UPDATE docs SET body = '';
ALTER TABLE docs ENABLE TRIGGER USER;
COMMIT;

-- unsafe: rule instead of inserts
-- because: statements of running code are rewritten to something else.
CREATE RULE app_log_ignore AS ON INSERT TO app_log DO INSTEAD NOTHING;

-- safe: trigger function replaced
-- because: of the catalog alone, same name, same result.
CREATE OR REPLACE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  IF NEW IS DISTINCT FROM OLD THEN
    NEW.updated_at = clock_timestamp();
  END IF;
  RETURN NEW;
END
$fn$;

-- unsafe: superuser made in a migration
-- because: far beyond what a migration needs.
CREATE ROLE deployer LOGIN SUPERUSER;

-- unsafe: everything granted to everybody
-- because: every role may read and write.
GRANT ALL ON docs TO PUBLIC;
