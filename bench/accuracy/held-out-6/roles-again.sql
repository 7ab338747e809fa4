create role ra_web;
create role ra_read;
create schema shop;
grant usage on schema shop to ra_web, ra_read;
create table shop.item (id bigint generated always as identity primary key, tenant_id int not null, name text, secret text);
grant select, insert, update, delete on shop.item to ra_web;
grant select on shop.item to ra_read;
create table shop.bill (id bigint generated always as identity primary key, tenant_id int not null, amount numeric);
grant select, insert on shop.bill to ra_web;
alter table shop.bill enable row level security;
create policy bill_tenant on shop.bill using (tenant_id = current_setting('app.tenant')::int);
create table shop.audit (id bigint generated always as identity primary key, what text);
alter table shop.audit enable row level security;
create policy audit_read on shop.audit for select to ra_read using (true);
create policy audit_strict on shop.audit as restrictive using (what <> '');
create view shop.item_list with (security_barrier, security_invoker) as select id, name from shop.item;
grant select on shop.item_list to ra_web;
create function shop.total(t int) returns numeric language sql stable security definer set search_path = shop, pg_temp as 'select sum(amount) from bill where tenant_id = t';
revoke execute on function shop.total(int) from public;
grant execute on function shop.total(int) to ra_web;
create table shop.feed_me (id bigint primary key, v text);
create table shop.no_key (v text);
create publication ra_feed for table shop.feed_me;
create table shop.copied (id bigint primary key, v text, w text);
create publication ra_part for table shop.copied (id, v);

-- safe: right to read for one role
-- because: narrow.
GRANT SELECT ON shop.bill TO ra_read;

-- unsafe: all rights for everybody
-- because: whoever connects may change the rows.
GRANT ALL ON shop.item TO PUBLIC;

-- unsafe: right to give on
-- because: who has it gives it to others.
GRANT SELECT ON shop.item TO ra_read WITH GRANT OPTION;

-- unsafe: right taken that code uses
-- because: its statements fail.
REVOKE INSERT ON shop.item FROM ra_web;

-- safe: right taken that nobody has
-- because: nothing changes.
REVOKE TRUNCATE ON shop.item FROM ra_read;

-- unsafe: use of the schema taken
-- because: its statements fail.
REVOKE USAGE ON SCHEMA shop FROM ra_web;

-- unsafe: right to write a column taken with all others
-- because: its statements fail.
REVOKE ALL PRIVILEGES ON ALL TABLES IN SCHEMA shop FROM ra_web;

-- safe: rights for tables to come
-- because: for new tables.
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO ra_read;

-- unsafe: rights of everybody for tables to come
-- because: everybody reads what comes.
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO PUBLIC;

-- unsafe: rows guarded without a policy
-- because: all but the owner see none.
ALTER TABLE shop.item ENABLE ROW LEVEL SECURITY;

-- unsafe: rows guarded, with a policy for all in the same transaction
-- because: every row passes for every role, nothing is guarded.
BEGIN;
ALTER TABLE shop.item ENABLE ROW LEVEL SECURITY;
CREATE POLICY item_all ON shop.item USING (true) WITH CHECK (true);
COMMIT;

-- unsafe: rows no longer guarded
-- because: all roles with rights see all.
ALTER TABLE shop.bill DISABLE ROW LEVEL SECURITY;

-- unsafe: policy that lets all through
-- because: policies add up.
CREATE POLICY bill_open ON shop.bill FOR SELECT USING (true);

-- safe: policy that narrows
-- because: a restrictive one can only narrow... and asks for what every row has.
CREATE POLICY audit_more ON shop.audit AS RESTRICTIVE FOR SELECT TO ra_web USING (id > 0);

-- unsafe: restrictive policy dropped
-- because: what it kept out comes in.
DROP POLICY audit_strict ON shop.audit;

-- unsafe: only policy dropped
-- because: all but the owner see no row.
DROP POLICY bill_tenant ON shop.bill;

-- safe: policy that is not there dropped, if it is
-- because: nothing happens.
DROP POLICY IF EXISTS bill_nothing ON shop.bill;

-- unsafe: policy opened
-- because: all tenants are seen.
ALTER POLICY bill_tenant ON shop.bill USING (true);

-- safe: policy renamed
-- because: no code names it.
ALTER POLICY bill_tenant ON shop.bill RENAME TO bill_of_tenant;

-- unsafe: policy of a column that is not there
-- because: the server refuses it.
-- fails: 42703
CREATE POLICY item_t ON shop.item USING (tenant = 1);

-- unsafe: view replaced without its options
-- because: it shows rows with the rights of its owner.
CREATE OR REPLACE VIEW shop.item_list AS SELECT id, name FROM shop.item WHERE id > 0;

-- safe: view replaced with its options
-- because: all stays.
CREATE OR REPLACE VIEW shop.item_list WITH (security_barrier, security_invoker) AS SELECT id, name FROM shop.item WHERE id > 0;

-- unsafe: view dropped and made again
-- because: the rights on it are lost.
BEGIN;
DROP VIEW shop.item_list;
CREATE VIEW shop.item_list WITH (security_barrier, security_invoker) AS SELECT id, name, tenant_id FROM shop.item;
COMMIT;

-- safe: view dropped and made again with its rights
-- because: nobody misses it, it is one transaction.
BEGIN;
DROP VIEW shop.item_list;
CREATE VIEW shop.item_list WITH (security_barrier, security_invoker) AS SELECT id, name, tenant_id FROM shop.item;
GRANT SELECT ON shop.item_list TO ra_web;
COMMIT;

-- unsafe: function replaced without its attributes
-- because: it runs with the rights of the caller.
CREATE OR REPLACE FUNCTION shop.total(t int) RETURNS numeric LANGUAGE sql STABLE AS 'select sum(amount) from shop.bill where tenant_id = t';

-- safe: function replaced with its attributes
-- because: all stays.
CREATE OR REPLACE FUNCTION shop.total(t int) RETURNS numeric LANGUAGE sql STABLE SECURITY DEFINER SET search_path = shop, pg_temp AS 'select coalesce(sum(amount), 0) from bill where tenant_id = t';

-- unsafe: function with the owner's rights and no search path
-- because: a caller puts his own functions first.
CREATE FUNCTION shop.secrets() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER AS 'select secret from shop.item';

-- safe: function with the owner's rights and an empty search path
-- because: all names are full.
CREATE FUNCTION shop.secrets() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'select secret from shop.item where false';
REVOKE EXECUTE ON FUNCTION shop.secrets() FROM PUBLIC;

-- unsafe: function's search path given up
-- because: it has the owner's rights.
ALTER FUNCTION shop.total(int) RESET search_path;

-- unsafe: function opened to the caller's choice
-- because: it ran with the owner's rights, callers without rights fail.
ALTER FUNCTION shop.total(int) SECURITY INVOKER;

-- unsafe: role that may do anything
-- because: it passes by all rights.
CREATE ROLE ra_boss SUPERUSER LOGIN;

-- unsafe: role that passes by policies
-- because: it sees all tenants.
ALTER ROLE ra_read BYPASSRLS;

-- unsafe: password in a file
-- because: it stands in files and logs.
ALTER ROLE ra_web PASSWORD 'hunter2';

-- unsafe: setting of the whole server
-- because: every database has it.
ALTER SYSTEM SET work_mem = '1GB';

-- safe: setting of a role
-- because: a timeout helps.
ALTER ROLE ra_web SET statement_timeout = '30s';

-- unsafe: role dropped that has rights
-- because: the server refuses it.
-- fails: 2BP01
DROP ROLE ra_read;

-- unsafe: everything of a role dropped
-- because: tables and rights go.
DROP OWNED BY ra_web;

-- safe: owner that it has
-- because: nothing changes.
ALTER TABLE shop.item OWNER TO CURRENT_USER;

-- unsafe: published table without a key
-- because: updates and deletions fail.
ALTER PUBLICATION ra_feed ADD TABLE shop.no_key;

-- safe: published table with a key
-- because: its rows can be told apart.
ALTER PUBLICATION ra_feed ADD TABLE shop.item;

-- unsafe: publication dropped
-- because: subscribers get nothing.
DROP PUBLICATION ra_feed;

-- unsafe: key of a published table dropped
-- because: updates and deletions fail.
ALTER TABLE shop.feed_me DROP CONSTRAINT feed_me_pkey;

-- unsafe: replica identity of nothing
-- because: updates and deletions fail.
ALTER TABLE shop.feed_me REPLICA IDENTITY NOTHING;

-- unsafe: replica identity of everything
-- because: every update writes the whole old row.
ALTER TABLE shop.feed_me REPLICA IDENTITY FULL;

-- safe: replica identity that it has
-- because: nothing changes.
ALTER TABLE shop.feed_me REPLICA IDENTITY DEFAULT;

-- unsafe: published column dropped
-- because: the server refuses it.
-- fails: 2BP01
ALTER TABLE shop.copied DROP COLUMN v;

-- unsafe: all tables published
-- because: those without a key can no longer be changed.
CREATE PUBLICATION ra_all FOR ALL TABLES;

-- unsafe: copied to a program of the server
-- because: it runs programs.
COPY shop.item TO PROGRAM 'cat > /tmp/items';

-- safe: copied to a file of the server
-- because: it only reads, which blocks nobody.
COPY (SELECT secret FROM shop.item) TO '/tmp/secrets.csv';

-- unsafe: rights on functions for everybody
-- because: it has the owner's rights.
GRANT EXECUTE ON FUNCTION shop.total(int) TO PUBLIC;

-- safe: right to run for one role
-- because: narrow.
GRANT EXECUTE ON FUNCTION shop.total(int) TO ra_read;

-- unsafe: member of a role of the server that reads all
-- because: it reads everything.
GRANT pg_read_all_data TO ra_web;

-- safe: role without login
-- because: it can do nothing yet.
CREATE ROLE ra_group NOLOGIN;

-- unsafe: view over guarded rows with the owner's rights
-- because: policies do not hold for it.
ALTER VIEW shop.item_list RESET (security_invoker);
