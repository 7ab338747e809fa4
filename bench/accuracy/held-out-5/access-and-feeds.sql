create role shop_app;
create role shop_ro;
create role shop_dba;
create schema core;
grant usage on schema core to shop_app, shop_ro;
create table core.customer (id bigint primary key, mail text, tenant int not null, pass text);
create table core.note (id bigint primary key, body text, tenant int);
create table core.open (id bigint primary key, tenant int);
create table core.keyless (v int);
create table core.guarded (id bigint primary key, tenant int not null);
alter table core.guarded enable row level security;
create policy own on core.guarded for all to shop_app using (tenant = 1);
create policy reads on core.guarded for select to shop_ro using (true);
create table core.prepared (id bigint primary key, tenant int);
create policy prepared_own on core.prepared using (tenant = 1) with check (tenant = 1);
grant select, insert, update, delete on core.customer, core.note, core.guarded to shop_app;
grant select on core.customer to shop_ro;
create function core.hash(text) returns text immutable language sql as 'select md5($1)';
create function core.admin() returns void language plpgsql security definer set search_path = core, pg_temp as $$ begin end $$;
create view core.people as select id, mail from core.customer;
create publication feed for table core.customer, core.note;
create publication all_of_it for tables in schema core;
alter publication all_of_it drop tables in schema core;
create unique index note_tenant_body on core.note (tenant, id);
alter table core.note alter column tenant set not null;

-- unsafe: everybody may read
-- because: PUBLIC is everybody.
GRANT SELECT ON core.customer TO PUBLIC;

-- safe: one more role may read
-- because: what it names, no more.
GRANT SELECT (id, mail) ON core.customer TO shop_ro;

-- unsafe: everybody may do everything in a schema
-- because: all tables, TRUNCATE and triggers included.
GRANT ALL PRIVILEGES ON ALL TABLES IN SCHEMA core TO PUBLIC;

-- unsafe: right taken from the application
-- because: its statements fail.
REVOKE UPDATE ON core.customer FROM shop_app;

-- safe: right taken that was not given
-- because: nothing changes.
REVOKE DELETE ON core.customer FROM shop_ro;

-- unsafe: use of the schema taken from the application
-- because: it finds nothing in it.
REVOKE USAGE ON SCHEMA core FROM shop_app;

-- unsafe: right given to a role that is not there
-- because: the server refuses it.
-- fails: 42704
-- known: roles belong to the server and are in no catalog.
GRANT SELECT ON core.customer TO shop_nobody;

-- unsafe: right of a function given for a table
-- because: the server refuses it.
-- fails: 0LP01
GRANT EXECUTE ON core.customer TO shop_ro;

-- unsafe: right to a table that is not there
-- because: the server refuses it.
-- fails: 42P01
GRANT SELECT ON core.customers TO shop_ro;

-- unsafe: login that is a superuser
-- because: it may do everything.
CREATE ROLE fixer LOGIN SUPERUSER;

-- safe: role without login
-- because: a group.
CREATE ROLE readers NOLOGIN;

-- unsafe: password in the migration
-- because: it stands in files and logs.
CREATE USER batch WITH PASSWORD 'hunter2';

-- unsafe: password of a role changed in the migration
-- because: it stands in files and logs.
ALTER ROLE shop_app PASSWORD 'secret';

-- unsafe: role that passes over row security
-- because: policies do not hold for it.
ALTER ROLE shop_app BYPASSRLS;

-- unsafe: role dropped that has rights
-- because: the server refuses it.
-- fails: 2BP01
DROP ROLE shop_ro;

-- unsafe: all that a role owns dropped
-- because: tables and rights are lost.
DROP OWNED BY shop_app CASCADE;

-- safe: role made a member of another
-- because: what it names.
GRANT shop_ro TO shop_dba;

-- unsafe: the application made a member of those who read all data
-- because: it reads every table of the server.
GRANT pg_read_server_files, pg_execute_server_program TO shop_app;

-- unsafe: row security on without a policy
-- because: the application sees no row any more.
ALTER TABLE core.note ENABLE ROW LEVEL SECURITY;

-- safe: row security on where the policy stands ready
-- because: the application keeps what the policy says.
ALTER TABLE core.prepared ENABLE ROW LEVEL SECURITY;

-- safe: row security on with its policy in one transaction
-- because: nobody sees the state between.
BEGIN;
ALTER TABLE core.note ENABLE ROW LEVEL SECURITY;
CREATE POLICY note_own ON core.note TO shop_app USING (tenant = current_setting('app.tenant')::int);
COMMIT;

-- unsafe: row security off
-- because: everybody with rights sees all rows.
ALTER TABLE core.guarded DISABLE ROW LEVEL SECURITY;

-- safe: row security off where it is off
-- because: nothing changes.
ALTER TABLE core.open DISABLE ROW LEVEL SECURITY;

-- unsafe: owner freed from row security that was forced
-- because: the owner sees all rows again.
-- given
alter table core.guarded force row level security;
-- migration
ALTER TABLE core.guarded NO FORCE ROW LEVEL SECURITY;

-- unsafe: policy that lets everybody write
-- because: it is always true, for commands that change rows.
CREATE POLICY anything ON core.guarded FOR ALL TO shop_app USING (true) WITH CHECK (true);

-- safe: policy that restricts further
-- because: fewer rows at most.
CREATE POLICY strict ON core.guarded AS RESTRICTIVE FOR DELETE TO shop_app USING (tenant > 0);

-- unsafe: policy with WITH CHECK for reading
-- because: the server refuses it.
-- fails: 42601
CREATE POLICY wrong ON core.guarded FOR SELECT WITH CHECK (true);

-- unsafe: policy with USING for inserting
-- because: the server refuses it.
-- fails: 42601
CREATE POLICY wrong ON core.guarded FOR INSERT USING (tenant = 1);

-- unsafe: policy over a column that is not there
-- because: the server refuses it.
-- fails: 42703
CREATE POLICY wrong ON core.guarded USING (owner = 1);

-- unsafe: policy of a name that is taken
-- because: the server refuses it.
-- fails: 42710
CREATE POLICY own ON core.guarded USING (tenant = 2);

-- unsafe: policy for the application gone, none left for it
-- because: it sees no row.
DROP POLICY own ON core.guarded;

-- safe: new table with row security, policy and rights
-- because: new.
CREATE TABLE core.task (id bigint PRIMARY KEY, tenant int NOT NULL);
ALTER TABLE core.task ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON core.task TO shop_app USING (tenant = 1);
GRANT SELECT ON core.task TO shop_app;

-- unsafe: function with its owner's rights and everybody's path
-- because: whoever calls it chooses what its names mean.
CREATE FUNCTION core.sum_up() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'select count(*) from core.customer';

-- unsafe: function given its owner's rights
-- because: it has no search path of its own.
ALTER FUNCTION core.hash(text) SECURITY DEFINER;

-- unsafe: search path of a function with its owner's rights taken away
-- because: whoever calls it chooses what its names mean.
ALTER FUNCTION core.admin() RESET search_path;

-- safe: function given its caller's rights again
-- because: fewer rights.
ALTER FUNCTION core.hash(text) SECURITY INVOKER;

-- safe: view given its caller's rights
-- because: stricter, and the same for those who own all.
CREATE VIEW core.mine WITH (security_invoker) AS SELECT id FROM core.note;

-- unsafe: rights of everybody on later tables
-- because: what is made later is open to everybody.
ALTER DEFAULT PRIVILEGES IN SCHEMA core GRANT ALL ON TABLES TO PUBLIC;

-- safe: rights of one role on later tables
-- because: what it names.
ALTER DEFAULT PRIVILEGES IN SCHEMA core GRANT SELECT ON TABLES TO shop_ro;

-- safe: extension that is there, if it is
-- because: nothing happens.
CREATE EXTENSION IF NOT EXISTS plpgsql;

-- unsafe: extension that is there
-- because: the server refuses it.
-- fails: 42710
CREATE EXTENSION plpgsql;

-- safe: trusted extension added
-- because: new functions.
CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA core;

-- unsafe: extension of the server dropped with its functions
-- because: every function in plpgsql is lost.
DROP EXTENSION plpgsql CASCADE;

-- unsafe: table taken from a publication
-- because: subscribers get no changes any more.
ALTER PUBLICATION feed DROP TABLE core.note;

-- unsafe: publication set to fewer tables
-- because: subscribers get no changes of the other.
ALTER PUBLICATION feed SET TABLE core.customer;

-- safe: table with a key added to a publication
-- because: its changes can be sent.
ALTER PUBLICATION feed ADD TABLE core.open;

-- unsafe: table without a key added to a publication
-- because: its updates and deletions fail.
ALTER PUBLICATION feed ADD TABLE core.keyless;

-- safe: table without a key added to a publication of inserts
-- because: only inserts are sent.
CREATE PUBLICATION inserts FOR TABLE core.keyless WITH (publish = 'insert');

-- unsafe: publication of everything where tables lack a key
-- because: their updates and deletions fail.
CREATE PUBLICATION whole FOR ALL TABLES;

-- unsafe: publication dropped
-- because: subscribers get no changes any more.
DROP PUBLICATION feed;

-- unsafe: filter over a column that is no part of the key
-- because: updates fail, the filter reads what is not in the old row.
ALTER PUBLICATION feed SET TABLE core.customer WHERE (mail IS NOT NULL), core.note;

-- safe: filter over the key
-- because: the key is in the old row.
CREATE PUBLICATION a_few FOR TABLE core.open WHERE (id > 100);

-- unsafe: key of a published table dropped
-- because: its updates and deletions fail.
ALTER TABLE core.customer DROP CONSTRAINT customer_pkey;

-- safe: identity of a published table by a unique index
-- because: required columns, a full index.
ALTER TABLE core.note REPLICA IDENTITY USING INDEX note_tenant_body;

-- unsafe: identity of a published table taken away
-- because: its updates and deletions fail.
ALTER TABLE core.customer REPLICA IDENTITY NOTHING;

-- unsafe: subscription in a transaction
-- because: making its slot is not possible there.
-- fails: 25001
-- known: a copy of the schema refuses it, no rule does.
BEGIN;
CREATE SUBSCRIPTION sub CONNECTION 'host=nowhere.invalid dbname=x' PUBLICATION feed;
COMMIT;

-- safe: subscription without a connection
-- because: nothing is fetched before it is enabled.
CREATE SUBSCRIPTION sub CONNECTION 'host=nowhere.invalid dbname=x' PUBLICATION feed WITH (connect = false);

-- unsafe: password in a subscription
-- because: it stands in files and logs.
CREATE SUBSCRIPTION sub CONNECTION 'host=nowhere.invalid dbname=x password=abc' PUBLICATION feed WITH (connect = false);

-- unsafe: subscription dropped that is not there
-- because: the server refuses it.
-- fails: 42704
DROP SUBSCRIPTION sub;

-- safe: subscription dropped that is not there, if it exists
-- because: nothing happens.
DROP SUBSCRIPTION IF EXISTS sub;

-- unsafe: all triggers of the session off
-- because: foreign keys are not checked.
SET session_replication_role = replica;
INSERT INTO core.note VALUES (1, 'x', 1);

-- unsafe: column with rights of the application made again
-- because: its values are lost.
ALTER TABLE core.customer DROP COLUMN mail CASCADE, ADD COLUMN mail varchar(200);

-- unsafe: view made again without the rights on it
-- because: who could read it no longer can.
-- given
grant select on core.people to shop_ro;
-- migration
BEGIN;
DROP VIEW core.people;
CREATE VIEW core.people AS SELECT id, mail FROM core.customer;
COMMIT;

-- safe: view made again with the rights on it
-- because: who could read it still can.
-- given
grant select on core.people to shop_ro;
-- migration
BEGIN;
DROP VIEW core.people;
CREATE VIEW core.people AS SELECT id, mail FROM core.customer;
GRANT SELECT ON core.people TO shop_ro;
COMMIT;

-- safe: comment on everything
-- because: catalog only.
COMMENT ON TABLE core.customer IS 'people who pay';
COMMENT ON COLUMN core.customer.mail IS NULL;
COMMENT ON FUNCTION core.hash(text) IS 'md5';
COMMENT ON CONSTRAINT customer_pkey ON core.customer IS 'key';

-- unsafe: comment on what is not there
-- because: the server refuses it.
-- fails: 42703
COMMENT ON COLUMN core.customer.email IS 'x';

-- unsafe: setting of the server
-- because: it holds for every database.
ALTER SYSTEM SET shared_buffers = '8GB';

-- safe: timeout of a role for later sessions
-- because: the schema's names are found as before.
ALTER ROLE shop_ro SET statement_timeout = '10s';
