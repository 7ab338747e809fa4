create role wf_app;
create role wf_ro;
create schema wf;
grant usage on schema wf to wf_app;
create table wf.ride (id bigint generated always as identity primary key, code varchar(12) not null, driver_id bigint, fare numeric(8,2), state text not null default 'open', at timestamptz not null default now(), note text, region text not null);
create unique index ride_code on wf.ride (code);
create index ride_open on wf.ride (at) where state = 'open';
create index ride_note_low on wf.ride (lower(note));
create table wf.driver (id bigint primary key, name text, mail text unique, zone text);
create table wf.pay (id bigint primary key, ride_id bigint references wf.ride (id), cents int, currency char(3)) ;
create table wf.outbox (id bigserial primary key, body jsonb);
create table wf.trip (id bigint not null, day date not null, km int) partition by range (day);
create table wf.trip_25 partition of wf.trip for values from ('2025-01-01') to ('2026-01-01');
create table wf.trip_rest partition of wf.trip default;
alter table wf.trip_rest add constraint old_only check (day < '2025-01-01');
create table wf.city (code text not null, n int) partition by list (code);
create table wf.city_rest partition of wf.city default;
alter table wf.city_rest add constraint no_capitals check (code <> all (array['rome', 'paris']));
alter table wf.city_rest add constraint short check (length(code) < 30);
create domain wf.cash as numeric(8,2);
create domain wf.tag as varchar(10);
create table wf.till (id int primary key, held wf.cash, mark wf.tag);
create view wf.open_rides as select id, code from wf.ride where state = 'open';
create sequence wf.spare;
create function wf.purge() returns void language plpgsql as $$ begin delete from wf.outbox; end $$;
create function wf.touch_one(i bigint) returns void language plpgsql as $$ begin update wf.ride set note = 'x' where id = i; end $$;
create function wf.count_all() returns bigint language plpgsql stable as $$ begin return (select count(*) from wf.ride); end $$;
create function wf.boss() returns int language sql security definer set search_path = pg_catalog, pg_temp as 'select 1';
create table wf.safe (id bigint primary key, tenant int not null);
alter table wf.safe enable row level security;
create policy own on wf.safe to wf_app using (tenant = 1);
create publication wf_feed for table wf.pay, wf.driver;
create rule ride_keep as on delete to wf.outbox where old.id < 10 do instead nothing;

-- unsafe: limit raised that only a partial index's condition reads
-- because: the index on the time is built again for its condition.
-- given
drop view wf.open_rides;
-- migration
ALTER TABLE wf.ride ALTER COLUMN state TYPE varchar(40);

-- unsafe: collation of a column that an index of an expression reads
-- because: the index is built again.
ALTER TABLE wf.ride ALTER COLUMN note TYPE text COLLATE "C";

-- safe: collation of a column that no index reads
-- because: catalog only.
ALTER TABLE wf.ride ALTER COLUMN region TYPE text COLLATE "C";

-- safe: default of a column that a partial index's condition reads
-- because: catalog only.
ALTER TABLE wf.ride ALTER COLUMN state SET DEFAULT 'new';

-- unsafe: domain of short texts to longer texts
-- because: the server does not see the domain's length, and rewrites.
ALTER TABLE wf.till ALTER COLUMN mark TYPE varchar(40);

-- safe: domain of short texts to text
-- because: no length is asked for.
ALTER TABLE wf.till ALTER COLUMN mark TYPE text;

-- safe: domain of numbers to numbers without limits
-- because: no length is asked for.
ALTER TABLE wf.till ALTER COLUMN held TYPE numeric;

-- safe: number of as many digits to the domain
-- because: the base type is the same.
ALTER TABLE wf.ride ALTER COLUMN fare TYPE wf.cash;

-- unsafe: unique index with ONLY on an ordinary table
-- because: ONLY says nothing there, writers wait.
CREATE UNIQUE INDEX ON ONLY wf.driver (name);

-- safe: concurrent index with ONLY on an ordinary table
-- because: writers go on.
CREATE INDEX CONCURRENTLY driver_zone ON ONLY wf.driver (zone);

-- safe: partition for days that the default's check leaves out
-- because: the default need not be read.
CREATE TABLE wf.trip_26 PARTITION OF wf.trip FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- unsafe: partition for days that the default's check does not leave out
-- because: the default is read.
CREATE TABLE wf.trip_24 PARTITION OF wf.trip FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- safe: partition for values that the default's check leaves out
-- because: the default need not be read.
CREATE TABLE wf.city_rome PARTITION OF wf.city FOR VALUES IN ('rome');

-- unsafe: partition for values of which the default's check leaves out one
-- because: the default is read for the other.
CREATE TABLE wf.city_two PARTITION OF wf.city FOR VALUES IN ('rome', 'oslo');

-- unsafe: partition for missing values beside a default
-- because: no check says that none is missing; the column is required, so that the server refuses nothing but reads the default.
CREATE TABLE wf.city_null PARTITION OF wf.city FOR VALUES IN ('lima', NULL);

-- unsafe: check of the default dropped before the partition comes
-- because: the proof is gone.
ALTER TABLE wf.city_rest DROP CONSTRAINT no_capitals;
CREATE TABLE wf.city_rome PARTITION OF wf.city FOR VALUES IN ('rome');

-- unsafe: unvalidated check of the default
-- because: it proves nothing.
ALTER TABLE wf.city_rest ADD CONSTRAINT no_bern CHECK (code <> 'bern') NOT VALID;
CREATE TABLE wf.city_bern PARTITION OF wf.city FOR VALUES IN ('bern');

-- safe: check of the default validated before the partition comes
-- because: it proves that the default need not be read.
ALTER TABLE wf.city_rest ADD CONSTRAINT no_bern CHECK (code <> 'bern') NOT VALID;
ALTER TABLE wf.city_rest VALIDATE CONSTRAINT no_bern;
CREATE TABLE wf.city_bern PARTITION OF wf.city FOR VALUES IN ('bern');

-- unsafe: function called that deletes everything
-- because: all rows are lost.
SELECT wf.purge();

-- unsafe: function called that deletes everything, by PERFORM in a block
-- because: all rows are lost.
DO $$ BEGIN PERFORM wf.purge(); END $$;

-- safe: function called that changes one row
-- because: one row.
SELECT wf.touch_one(7);

-- safe: function called that counts
-- because: reading.
SELECT wf.count_all();

-- unsafe: function that changes one row called for every row
-- because: all rows are changed in one statement.
SELECT wf.touch_one(id) FROM wf.ride;

-- safe: function made that deletes everything, not called
-- because: nothing is run.
CREATE OR REPLACE FUNCTION wf.purge() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM wf.outbox WHERE id > 0; END $$;

-- unsafe: search path of a definer's function reset with all settings
-- because: its caller chooses what its names mean.
ALTER FUNCTION wf.boss() RESET ALL;

-- safe: another search path of a definer's function
-- because: it still has one of its own.
ALTER FUNCTION wf.boss() SET search_path = pg_catalog, wf, pg_temp;

-- safe: search path of an ordinary function reset
-- because: it runs with its caller's rights.
ALTER FUNCTION wf.count_all() RESET search_path;

-- safe: cost and search path of a definer's function
-- because: it still has one of its own.
ALTER FUNCTION wf.boss() COST 10 SET search_path = '';

-- unsafe: connection of a subscription with a password in a URI
-- because: it stands in files and logs.
CREATE SUBSCRIPTION wf_sub CONNECTION 'postgresql://rep:pw@nowhere.invalid/x' PUBLICATION p WITH (connect = false);

-- safe: connection of a subscription without a password
-- because: it stands elsewhere.
CREATE SUBSCRIPTION wf_sub CONNECTION 'postgresql://rep@nowhere.invalid/x' PUBLICATION p WITH (connect = false);

-- unsafe: all data of the server readable
-- because: past every privilege of a table.
GRANT pg_read_all_data TO wf_ro;

-- safe: statistics of the server readable
-- because: no rows of tables.
GRANT pg_read_all_stats TO wf_ro;

-- unsafe: role that may write files of the server
-- because: files can be programs.
GRANT pg_write_server_files TO wf_app WITH ADMIN OPTION;

-- unsafe: policy that undoes the one beside it for reading
-- because: rows of other tenants are seen.
CREATE POLICY all_read ON wf.safe FOR SELECT TO wf_app USING (true);

-- safe: policy for another role that sees everything
-- because: nobody's condition is undone.
CREATE POLICY auditor ON wf.safe FOR SELECT TO wf_ro USING (true);

-- unsafe: policy changed to let everything pass
-- because: rows of other tenants are seen.
ALTER POLICY own ON wf.safe USING (1 = 1);

-- safe: policy changed to another tenant's rule
-- because: a real condition.
ALTER POLICY own ON wf.safe USING (tenant = current_setting('wf.tenant')::int);

-- unsafe: published table filtered by what is not its key
-- because: updates and deletions fail.
CREATE PUBLICATION part FOR TABLE wf.driver WHERE (zone = 'a');

-- unsafe: published columns without the key
-- because: updates and deletions fail.
CREATE PUBLICATION part FOR TABLE wf.driver (name, zone);

-- safe: published columns with the key
-- because: the key is sent.
CREATE PUBLICATION part FOR TABLE wf.driver (id, name);

-- safe: filter by another column for inserts alone
-- because: old rows are not needed.
CREATE PUBLICATION part FOR TABLE wf.driver WHERE (zone = 'a') WITH (publish = 'insert');

-- unsafe: function in a filter of our own
-- because: only built-in functions are taken.
-- fails: 0A000
-- known: a copy of the schema refuses it, no rule does.
CREATE PUBLICATION part FOR TABLE wf.driver WHERE (wf.count_all() > 1);

-- unsafe: table taken out of the feed by setting another
-- because: subscribers get no changes of the payments.
ALTER PUBLICATION wf_feed SET TABLE wf.driver;

-- safe: feed set to what it has
-- because: nothing changes.
ALTER PUBLICATION wf_feed SET TABLE wf.pay, wf.driver;

-- unsafe: ALTER VIEW that names a table
-- because: the server refuses it.
-- fails: 42809
ALTER VIEW wf.driver RENAME TO chauffeur;

-- safe: key's index renamed with ALTER TABLE
-- because: no code names it.
ALTER TABLE wf.ride_pkey RENAME TO ride_key;

-- unsafe: sequence renamed with ALTER TABLE
-- because: code may name it in nextval.
ALTER TABLE wf.spare RENAME TO extra;

-- unsafe: rule of a table dropped if it exists, and it does
-- because: what it held back goes through.
DROP RULE IF EXISTS ride_keep ON wf.outbox;

-- safe: rule of a table dropped if it exists, and it does not
-- because: nothing happens.
DROP RULE IF EXISTS ride_lose ON wf.outbox;

-- unsafe: rule of a view dropped
-- because: it is what makes the view.
-- fails: 2BP01
DROP RULE "_RETURN" ON wf.open_rides;

-- safe: table made where the search path says, beside one of that name
-- because: the new one is meant.
CREATE SCHEMA attic;
SET search_path TO attic, wf;
CREATE TABLE ride (id int);
CREATE INDEX ON ride (id);
ALTER TABLE ride ALTER COLUMN id SET NOT NULL;
DROP TABLE ride;

-- unsafe: table made where the search path says, the old one dropped by its full name
-- because: the old one is meant.
CREATE SCHEMA attic;
SET search_path TO attic, wf;
CREATE TABLE driver (id int);
DROP TABLE wf.driver;

-- unsafe: new table in front dropped, and its name dropped once more
-- because: the second drop finds the old one.
CREATE SCHEMA attic;
SET search_path TO attic, wf;
CREATE TABLE outbox (id int);
DROP TABLE outbox;
DROP TABLE outbox;

-- unsafe: IF NOT EXISTS where the search path's first schema has none
-- because: a new table hides the old one from this session alone; its index is built on the new one, but the last statement names the old.
CREATE SCHEMA attic;
SET search_path TO attic, wf;
CREATE TABLE IF NOT EXISTS outbox (id int);
TRUNCATE wf.outbox;

-- unsafe: batch by a limit of a million
-- because: that is no batch.
DELETE FROM wf.ride WHERE id IN (SELECT id FROM wf.ride WHERE state = 'void' LIMIT 1000000);

-- safe: batch by a limit of a parameter's size
-- because: ten thousand rows.
DELETE FROM wf.ride WHERE id IN (SELECT id FROM wf.ride WHERE state = 'void' ORDER BY id LIMIT 10000);

-- unsafe: range of keys between two far ends
-- because: five million.
UPDATE wf.ride SET note = '' WHERE id BETWEEN 1 AND 5000000 AND note IS NULL;

-- safe: range of keys between two near ends far away
-- because: a thousand rows.
UPDATE wf.ride SET note = '' WHERE id >= 5000000 AND id < 5001000 AND note IS NULL;

-- safe: nothing deleted, for the rows' type
-- because: no row meets it.
DELETE FROM wf.ride WHERE 'a' = 'b';

-- unsafe: everything deleted by a comparison of constants
-- because: every row meets it.
DELETE FROM wf.ride WHERE 'a' = 'a';

-- unsafe: a month of rows deleted
-- because: no one says how many.
-- known: a range with two ends is taken for one of many batches.
DELETE FROM wf.ride WHERE at >= '2025-01-01' AND at < '2025-02-01';

-- safe: a single row upserted
-- because: one row.
INSERT INTO wf.driver (id, name, mail) VALUES (1, 'Ann', 'a@example.org') ON CONFLICT (mail) DO UPDATE SET name = EXCLUDED.name;

-- unsafe: rows upserted from a large table
-- because: all of them in one statement.
INSERT INTO wf.driver (id, name) SELECT driver_id, max(note) FROM wf.ride GROUP BY driver_id ON CONFLICT (id) DO NOTHING;

-- unsafe: program that writes a copy
-- because: it runs on the server.
COPY (SELECT 1) TO PROGRAM 'cat > /dev/null';

-- unsafe: block that ends transactions, in a file that the runner wraps
-- because: the server refuses it there.
-- transaction: file
-- fails: 2D000
DO $$ BEGIN UPDATE wf.ride SET note = '' WHERE id = 1; COMMIT; END $$;

-- safe: block that names COMMIT in a text
-- because: it is only said.
BEGIN;
DO $$ BEGIN RAISE NOTICE 'will commit;'; END $$;
COMMIT;

-- unsafe: block that rolls back inside a transaction
-- because: the server refuses it there.
-- fails: 2D000
BEGIN;
DO $$ BEGIN IF true THEN ROLLBACK; END IF; END $$;
COMMIT;

-- unsafe: fixed characters to text below nothing
-- because: rewritten.
ALTER TABLE wf.pay ALTER COLUMN currency TYPE text;

-- unsafe: two views made again in one statement each, the first under a name that is used
-- because: a view of that name is there.
-- fails: 42P07
CREATE VIEW wf.open_rides AS SELECT id FROM wf.ride;

-- unsafe: right to a view that is not there
-- because: the server refuses it.
-- fails: 42P01
GRANT SELECT ON wf.closed_rides TO wf_ro;

-- safe: right to a table of the file
-- because: it is new.
CREATE TABLE wf.fresh (id int PRIMARY KEY);
GRANT SELECT ON wf.fresh TO wf_ro;

-- unsafe: rights on a sequence for everybody
-- because: everybody is everybody.
GRANT ALL ON SEQUENCE wf.spare TO PUBLIC;

-- unsafe: reindexed within a transaction, concurrently
-- because: the server refuses it there.
-- fails: 25001
BEGIN;
REINDEX INDEX CONCURRENTLY wf.ride_code;
COMMIT;

-- unsafe: reindexed on 11
-- because: writers wait.
-- server: 11
REINDEX TABLE wf.ride;

-- unsafe: procedure made on 10
-- because: that came with 11.
-- server: 10
CREATE OR REPLACE PROCEDURE wf.p() LANGUAGE plpgsql AS $$ BEGIN END $$;

-- unsafe: not null of a partitioned table's column by a parent's scan
-- because: all partitions are read.
ALTER TABLE wf.trip ALTER COLUMN km SET NOT NULL;

-- safe: column of a partitioned table with a constant
-- because: catalog only.
ALTER TABLE wf.trip ADD COLUMN fuel numeric NOT NULL DEFAULT 0;

-- unsafe: column of a partitioned table with a volatile default
-- because: every partition is rewritten.
ALTER TABLE wf.trip ADD COLUMN token uuid DEFAULT gen_random_uuid();

-- unsafe: foreign key of a partitioned table over all rows
-- because: every partition is compared.
ALTER TABLE wf.trip ADD CONSTRAINT trip_ride FOREIGN KEY (id) REFERENCES wf.ride (id);

-- safe: statistics target of an index's expression and of a column
-- because: catalog only.
ALTER INDEX wf.ride_note_low ALTER COLUMN 1 SET STATISTICS 300;
ALTER TABLE wf.ride ALTER COLUMN note SET STATISTICS 300;

-- unsafe: sessions of the application ended
-- because: what they were doing is rolled back.
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'wf_app';

-- safe: own session looked at
-- because: reading.
SELECT pg_backend_pid(), current_user;

-- unsafe: user mapping with a password
-- because: it stands in files and logs.
-- given
create extension postgres_fdw;
create server far foreign data wrapper postgres_fdw options (host 'nowhere.invalid');
-- migration
CREATE USER MAPPING FOR wf_app SERVER far OPTIONS (user 'x', password 'y');

-- safe: user mapping without a password
-- because: the secret stands elsewhere.
-- given
create extension postgres_fdw;
create server far foreign data wrapper postgres_fdw options (host 'nowhere.invalid');
-- migration
CREATE USER MAPPING FOR wf_app SERVER far OPTIONS (user 'x');

-- unsafe: trigger off for the length of one statement
-- because: the transaction holds its lock while all rows change.
BEGIN;
ALTER TABLE wf.ride DISABLE TRIGGER USER;
UPDATE wf.ride SET note = NULL;
ALTER TABLE wf.ride ENABLE TRIGGER USER;
COMMIT;

-- safe: foreign key's action changed by a new key beside the old one, in steps
-- because: nothing is read under a strong lock, the old rule goes last.
ALTER TABLE wf.pay ADD CONSTRAINT pay_ride_2 FOREIGN KEY (ride_id) REFERENCES wf.ride (id) ON DELETE CASCADE NOT VALID;
ALTER TABLE wf.pay VALIDATE CONSTRAINT pay_ride_2;
ALTER TABLE wf.pay DROP CONSTRAINT pay_ride_id_fkey;

-- unsafe: foreign key dropped
-- because: orphans may come.
ALTER TABLE wf.pay DROP CONSTRAINT pay_ride_id_fkey;

-- safe: comment between the words of a harmless statement
-- because: catalog only.
ALTER /* DROP TABLE wf.ride */ TABLE wf.ride -- TRUNCATE wf.ride
  ADD COLUMN /* NOT NULL */ weight int;
