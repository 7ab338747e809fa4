create schema lib;
create table client (id bigint generated always as identity primary key, name text, mail text, old_mail text, vip boolean, tier int not null default 1, region text, zip varchar(5), secret text, memo text, score numeric, full_name text generated always as (name || ' ' || mail) stored);
create table deal (id bigint primary key, client_id bigint references client (id) on delete cascade, total numeric(10,2) not null, tax numeric(10,2), status text not null, created date);
create table deal_line (deal_id bigint references deal (id), no int, sku text, primary key (deal_id, no));
create index client_region on client (region, zip);
create index client_vip on client (id) where vip;
create index deal_status on deal (status) include (total);
create view vips as select id, name, mail from client where vip;
create view vips_of_region as select v.id, c.region from vips v join client c using (id);
create materialized view totals as select client_id, sum(total) as total from deal group by client_id;
create function client_tag(c client) returns text language sql stable as $$ select c.name || c.tier $$;
create function count_status(p text) returns bigint language plpgsql stable as $$ begin return (select count(*) from deal where status = p); end $$;
create function atomic_sum() returns numeric language sql stable begin atomic select sum(tax) from deal; end;
create function deal_stamp() returns trigger language plpgsql as $$ begin new.created := coalesce(new.created, current_date); return new; end $$;
create trigger deal_stamp before insert on deal for each row execute function deal_stamp();
create trigger deal_total after update of total on deal for each row when (new.total > 1000) execute function deal_stamp();
alter table client enable row level security;
create policy client_region on client using (region = current_setting('app.region', true));
create statistics client_stats on region, zip from client;
create rule deal_log as on delete to deal do also delete from deal_line where deal_id = old.id;
create type lib.money_pair as (amount numeric, currency text);
create table wallet (id int primary key, held lib.money_pair);
create sequence lib.ticket_no;
create table ticket (no bigint primary key default nextval('lib.ticket_no'), about text);
create domain lib.mail as text check (value like '%@%');
create table letter (id int primary key, sender lib.mail);
create publication feed for table deal (id, client_id, total, status) where (total > 0);
create table ghost (id int primary key, unused text);
create view nobody_reads as select 1 as one;
create function orphan() returns int language sql as 'select 1';
create aggregate lib.longest(text) (sfunc = textcat, stype = text);
create collation lib.plain from "C";
create table sorted (k text collate lib.plain);
create operator lib.=== (leftarg = text, rightarg = text, function = texteq);
create cast (lib.money_pair as text) with inout;

-- unsafe: column dropped that a view shows
-- because: the server refuses it.
-- fails: 2BP01
ALTER TABLE client DROP COLUMN mail;

-- unsafe: column dropped with the views that show it
-- because: values and two views are lost.
ALTER TABLE client DROP COLUMN mail CASCADE;

-- unsafe: column dropped that only an index's condition reads
-- because: values and index are lost.
ALTER TABLE client DROP COLUMN vip CASCADE;

-- unsafe: column dropped that a policy reads
-- because: the server refuses it.
-- fails: 2BP01
ALTER TABLE client DROP COLUMN region;

-- unsafe: column dropped that nothing in the schema uses
-- because: its values are lost, and code may read it.
ALTER TABLE client DROP COLUMN memo;

-- unsafe: column dropped that a body of plpgsql names
-- because: the function fails when it is called.
-- given
drop publication feed;
-- migration
ALTER TABLE deal DROP COLUMN status;

-- unsafe: column renamed that a body of plpgsql names
-- because: the function fails when it is called.
ALTER TABLE deal RENAME COLUMN status TO state;

-- unsafe: column dropped that an atomic body names
-- because: the server refuses it.
-- fails: 2BP01
ALTER TABLE deal DROP COLUMN tax;

-- unsafe: column retyped that an atomic body names
-- because: the server refuses it.
-- fails: 0A000
ALTER TABLE deal ALTER COLUMN tax TYPE numeric(12,2);

-- unsafe: column retyped that a trigger's condition reads
-- because: the server refuses it.
-- fails: 0A000
-- given
drop publication feed;
drop materialized view totals;
-- migration
ALTER TABLE deal ALTER COLUMN total TYPE numeric(12,2);

-- unsafe: column retyped that a publication filters by
-- because: the server refuses it.
-- fails: 0A000
-- given
drop trigger deal_total on deal;
drop materialized view totals;
-- migration
ALTER TABLE deal ALTER COLUMN total TYPE numeric(12,2);

-- unsafe: column dropped that a publication lists
-- because: the server refuses it.
-- fails: 2BP01
ALTER TABLE deal DROP COLUMN client_id;

-- unsafe: column dropped that a generated one is computed from
-- because: the server refuses it.
-- fails: 2BP01
ALTER TABLE client DROP COLUMN name;

-- unsafe: generated column dropped
-- because: code reads it.
ALTER TABLE client DROP COLUMN full_name;

-- unsafe: table's row type changed that a function takes
-- because: the column is required and new, existing rows have none.
ALTER TABLE client ADD COLUMN tag text NOT NULL;

-- unsafe: table dropped whose rows a function takes
-- because: the server refuses it.
-- fails: 2BP01
DROP TABLE client;

-- unsafe: referenced table emptied
-- because: the server refuses it.
-- fails: 0A000
TRUNCATE deal;

-- unsafe: referenced table emptied with those that refer to it
-- because: rows of two tables are lost.
TRUNCATE deal CASCADE;

-- unsafe: rows deleted along a cascade
-- because: the deals of the client go with it, however many they are.
-- known: a value that is neither the default nor one of a few is taken for that of a few rows.
DELETE FROM client WHERE tier = 0;

-- unsafe: view dropped on which another rests
-- because: the server refuses it.
-- fails: 2BP01
DROP VIEW vips;

-- unsafe: view dropped that nothing in the schema reads
-- because: code may read it.
DROP VIEW nobody_reads;

-- unsafe: view and the one above it dropped and only one made again
-- because: the other is gone.
BEGIN;
DROP VIEW vips_of_region, vips;
CREATE VIEW vips AS SELECT id, name, mail FROM client WHERE vip;
COMMIT;

-- safe: view dropped and made again with more in one transaction
-- because: readers find all that they knew.
BEGIN;
DROP VIEW vips_of_region;
CREATE VIEW vips_of_region AS SELECT v.id, c.region, c.zip FROM vips v JOIN client c USING (id);
COMMIT;

-- unsafe: view replaced with a column less
-- because: the server refuses it.
-- fails: 42P16
CREATE OR REPLACE VIEW vips AS SELECT id, name FROM client WHERE vip;

-- unsafe: view replaced with a column of another type
-- because: the server refuses it.
-- fails: 42P16
CREATE OR REPLACE VIEW vips AS SELECT id, name, tier AS mail FROM client WHERE vip;

-- unsafe: view replaced with a column in the middle
-- because: the server refuses it.
-- fails: 42P16
CREATE OR REPLACE VIEW vips AS SELECT id, tier, name, mail FROM client WHERE vip;

-- safe: view replaced with a column at the end
-- because: readers find all that they knew.
CREATE OR REPLACE VIEW vips AS SELECT id, name, mail, tier FROM client WHERE vip;

-- safe: view replaced with other rows
-- because: same columns, a matter of the application.
CREATE OR REPLACE VIEW vips AS SELECT id, name, mail FROM client WHERE vip AND tier > 1;

-- safe: view's column given a default
-- because: catalog only.
ALTER VIEW vips ALTER COLUMN name SET DEFAULT '';

-- unsafe: materialized view replaced
-- because: there is no such statement.
-- fails: 42601
CREATE OR REPLACE MATERIALIZED VIEW totals AS SELECT 1;

-- unsafe: materialized view dropped and made again
-- because: readers wait while it is filled, or find none.
BEGIN;
DROP MATERIALIZED VIEW totals;
CREATE MATERIALIZED VIEW totals AS SELECT client_id, sum(total) AS total, count(*) AS n FROM deal GROUP BY client_id;
COMMIT;

-- unsafe: policy dropped
-- because: rows are hidden from everybody then.
DROP POLICY client_region ON client;

-- unsafe: policy opened
-- because: everybody sees all rows.
ALTER POLICY client_region ON client USING (true);

-- safe: policy renamed
-- because: no code names policies.
ALTER POLICY client_region ON client RENAME TO by_region;

-- safe: extended statistics dropped
-- because: plans may change, nothing else.
DROP STATISTICS client_stats;

-- unsafe: rule dropped
-- because: what it did is not done any more.
DROP RULE deal_log ON deal;

-- unsafe: attribute of a type in use retyped
-- because: the server refuses it.
-- fails: 0A000
ALTER TYPE lib.money_pair ALTER ATTRIBUTE amount TYPE numeric(10,2);

-- unsafe: attribute of a type in use dropped
-- because: its values are lost.
ALTER TYPE lib.money_pair DROP ATTRIBUTE currency CASCADE;

-- unsafe: attribute of a type in use renamed
-- because: code uses the old name.
ALTER TYPE lib.money_pair RENAME ATTRIBUTE amount TO sum;

-- safe: attribute added to a type in use
-- because: catalog only, old values lack it.
ALTER TYPE lib.money_pair ADD ATTRIBUTE rate numeric;

-- unsafe: sequence dropped that a default takes from
-- because: the server refuses it.
-- fails: 2BP01
DROP SEQUENCE lib.ticket_no;

-- unsafe: sequence dropped with the default that takes from it
-- because: inserts lack a key then.
DROP SEQUENCE lib.ticket_no CASCADE;

-- unsafe: domain in use dropped
-- because: the server refuses it.
-- fails: 2BP01
DROP DOMAIN lib.mail;

-- unsafe: domain in use dropped with its columns
-- because: the column's values are lost.
DROP DOMAIN lib.mail CASCADE;

-- unsafe: domain in use required
-- because: all rows are read while writers wait.
ALTER DOMAIN lib.mail SET NOT NULL;

-- safe: default of a domain
-- because: for new rows alone.
ALTER DOMAIN lib.mail SET DEFAULT 'nobody@example.org';

-- unsafe: schema dropped that is in use
-- because: the server refuses it.
-- fails: 2BP01
DROP SCHEMA lib;

-- unsafe: schema dropped with all that uses it
-- because: columns and defaults are lost.
DROP SCHEMA lib CASCADE;

-- unsafe: collation dropped that a column has
-- because: the server refuses it.
-- fails: 2BP01
DROP COLLATION lib.plain;

-- unsafe: aggregate dropped
-- because: calls fail.
DROP AGGREGATE lib.longest(text);

-- unsafe: operator dropped
-- because: code may use it.
DROP OPERATOR lib.=== (text, text);

-- unsafe: cast dropped
-- because: casts fail.
DROP CAST (lib.money_pair AS text);

-- unsafe: function dropped that nothing in the schema calls
-- because: code may call it.
DROP FUNCTION orphan;

-- unsafe: table dropped that nothing in the schema uses
-- because: its rows are lost.
DROP TABLE ghost;

-- unsafe: function dropped that a trigger runs
-- because: the server refuses it.
-- fails: 2BP01
DROP FUNCTION deal_stamp();

-- unsafe: table renamed that a body of plpgsql names
-- because: the function fails.
ALTER TABLE deal RENAME TO deals;

-- safe: table renamed with a view of its old name for old code
-- because: the simple view takes reads and writes.
BEGIN;
ALTER TABLE ghost RENAME TO spirit;
CREATE VIEW ghost AS SELECT id, unused FROM spirit;
COMMIT;

-- unsafe: table renamed with a view that shows less
-- because: old code misses a column.
BEGIN;
ALTER TABLE ghost RENAME TO spirit;
CREATE VIEW ghost AS SELECT id FROM spirit;
COMMIT;

-- unsafe: index dropped by the column's new form
-- because: the index on region goes with the column, the policy refuses.
-- fails: 2BP01
ALTER TABLE client DROP COLUMN region, ADD COLUMN region_id int;

-- unsafe: column of a key dropped
-- because: its values are lost, and the key with it.
-- fails: 2BP01
ALTER TABLE deal DROP COLUMN id;

-- unsafe: column of a key of two dropped
-- because: the primary key goes with it.
ALTER TABLE deal_line DROP COLUMN no;

-- safe: column dropped that is not there
-- because: nothing happens.
ALTER TABLE client DROP COLUMN IF EXISTS fax;

-- unsafe: included column dropped
-- because: the server refuses it for the view, the publication and the trigger.
-- fails: 2BP01
ALTER TABLE deal DROP COLUMN total;
