create schema data;
create table data.facts (id bigint primary key, k text, v numeric, at timestamptz);
create index facts_k on data.facts (k);
create unlogged table data.cache (k text primary key, v text);
create table data.docs (id bigint primary key, body text) with (fillfactor = 90);
create materialized view data.sums as select k, sum(v) as v from data.facts group by k;
create materialized view data.sums_u as select k, sum(v) as v from data.facts group by k;
create unique index sums_u_k on data.sums_u (k);
create table data.base (id int, t text);
create table data.child () inherits (data.base);
create table data.keyless (a int, b text);
create table data.with_unique (a int not null, b text, c int, unique (a), unique (c));
create function data.touch() returns trigger language plpgsql as 'begin new.at := now(); return new; end';
create trigger facts_touch before update on data.facts for each row execute function data.touch();

-- safe: vacuum
-- because: reads and writes go on.
VACUUM (ANALYZE) data.facts;

-- safe: analyze
-- because: reads and writes go on.
ANALYZE data.facts;

-- safe: refreshed concurrently
-- because: the view has a unique index, readers go on.
REFRESH MATERIALIZED VIEW CONCURRENTLY data.sums_u;

-- safe: autovacuum settings
-- because: SHARE UPDATE EXCLUSIVE for an instant.
ALTER TABLE data.facts SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_threshold = 1000);

-- safe: another fill factor
-- because: concerns pages written later.
ALTER TABLE data.docs SET (fillfactor = 80);

-- safe: a setting taken back
-- because: concerns pages written later.
ALTER TABLE data.docs RESET (fillfactor);

-- safe: a new table with everything
-- because: nobody waits for it.
CREATE TABLE data.notes (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), body text NOT NULL, made timestamptz NOT NULL DEFAULT now());

-- safe: a new table that is there already, masked, with the same columns
-- because: IF NOT EXISTS is answered by an equal table.
CREATE TABLE IF NOT EXISTS data.base (id int, t text);

-- safe: a table like another
-- because: it is empty.
CREATE TABLE data.facts_new (LIKE data.facts INCLUDING ALL);

-- safe: an unlogged table that is made now set to logged
-- because: it is empty.
CREATE UNLOGGED TABLE data.load (id int);
ALTER TABLE data.load SET LOGGED;

-- safe: statistics over two columns
-- because: SHARE UPDATE EXCLUSIVE.
CREATE STATISTICS data.facts_kv (dependencies) ON k, at FROM data.facts;

-- safe: a sequence made
-- because: new.
CREATE SEQUENCE data.numbers START 1000 CACHE 20;

-- safe: replica identity full for a table
-- because: a change in the catalog alone; updates write more to the log.
ALTER TABLE data.keyless REPLICA IDENTITY FULL;

-- safe: a storage parameter of a toast table
-- because: SHARE UPDATE EXCLUSIVE.
ALTER TABLE data.docs SET (toast.autovacuum_enabled = true);

-- safe: a lock timeout, then a short change
-- because: it gives up rather than queue everyone.
SET lock_timeout TO '1s';
ALTER TABLE data.facts ADD COLUMN extra text;

-- safe: marked for clustering only
-- because: no row moves.
ALTER TABLE data.facts CLUSTER ON facts_k;

-- safe: an access method of a new table
-- because: it is made so.
CREATE TABLE data.heapy (id int) USING heap;

-- unsafe: vacuum full
-- because: writes the table again under ACCESS EXCLUSIVE.
VACUUM FULL data.facts;

-- unsafe: vacuum full with options
-- because: the same in the newer spelling.
VACUUM (FULL, ANALYZE) data.facts;

-- unsafe: vacuum in a transaction
-- transaction: file
-- fails: 25001
-- because: it cannot run in one.
VACUUM data.facts;

-- unsafe: cluster
-- because: writes the table again under ACCESS EXCLUSIVE.
CLUSTER data.facts USING facts_k;

-- unsafe: refreshed
-- because: readers wait until all is computed.
REFRESH MATERIALIZED VIEW data.sums;

-- unsafe: refreshed concurrently without a unique index
-- fails: 55000
-- because: it needs one.
REFRESH MATERIALIZED VIEW CONCURRENTLY data.sums;

-- unsafe: a logged table made unlogged
-- because: written again under ACCESS EXCLUSIVE, and lost after a crash.
ALTER TABLE data.facts SET UNLOGGED;

-- unsafe: an unlogged table made logged
-- because: written again and into the log under ACCESS EXCLUSIVE.
ALTER TABLE data.cache SET LOGGED;

-- unsafe: a table moved to another tablespace
-- because: copied whole under ACCESS EXCLUSIVE.
ALTER TABLE data.facts SET TABLESPACE fast;

-- unsafe: a table locked
-- because: readers and writers wait until the end.
BEGIN;
LOCK TABLE data.facts IN ACCESS EXCLUSIVE MODE;
UPDATE data.facts SET v = 0 WHERE id = 1;
COMMIT;

-- unsafe: a table locked without a mode
-- because: ACCESS EXCLUSIVE is the default.
BEGIN;
LOCK data.facts;
COMMIT;

-- unsafe: a lock outside a transaction
-- fails: 25P01
-- because: it fails.
LOCK TABLE data.facts IN SHARE MODE;

-- unsafe: a table that is there
-- fails: 42P07
-- because: it fails.
CREATE TABLE data.facts (id bigint);

-- unsafe: IF NOT EXISTS hides another table of that name
-- because: the table that is there has other columns; what is meant is not made.
CREATE TABLE IF NOT EXISTS data.docs (id uuid PRIMARY KEY, title text, author bigint);

-- unsafe: all triggers off
-- because: foreign keys and rules of the application are not kept meanwhile.
ALTER TABLE data.facts DISABLE TRIGGER ALL;

-- safe: replica identity nothing
-- because: the table is not published, so nothing reads it from the log.
ALTER TABLE data.facts REPLICA IDENTITY NOTHING;

-- unsafe: replica identity by an index over a nullable column
-- fails: 42809
-- because: the column must not be null.
ALTER TABLE data.with_unique REPLICA IDENTITY USING INDEX with_unique_c_key;

-- safe: replica identity by an index of columns that are not null
-- because: a change in the catalog alone.
ALTER TABLE data.with_unique REPLICA IDENTITY USING INDEX with_unique_a_key;

-- unsafe: row security switched on without a policy
-- because: everyone but the owner sees no row from then on.
ALTER TABLE data.facts ENABLE ROW LEVEL SECURITY;

-- safe: row security on a table made now
-- because: nobody reads it yet.
CREATE TABLE data.secrets (id int, owner text);
ALTER TABLE data.secrets ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON data.secrets USING (owner = current_user);

-- unsafe: inheritance from a parent that a column is missing of
-- fails: 42804
-- because: the child has not the parent's columns.
ALTER TABLE data.keyless INHERIT data.base;

-- unsafe: another access method
-- because: the table is written again under ACCESS EXCLUSIVE.
-- given
create access method heap2 type table handler heap_tableam_handler;
-- migration
ALTER TABLE data.facts SET ACCESS METHOD heap2;

-- unsafe: reindex of the whole database
-- because: writes wait, table by table.
REINDEX DATABASE postgres;

-- safe: nothing but settings
-- because: nothing is changed.
SET search_path TO data, public;
SET statement_timeout = '5min';

-- unsafe: a setting of the whole server
-- because: concerns every database and, so, everyone.
ALTER SYSTEM SET fsync = off;

-- safe: an extension with IF NOT EXISTS
-- because: adds, changes nothing.
CREATE EXTENSION IF NOT EXISTS citext;

-- unsafe: an extension dropped with what uses it
-- because: columns of its types go.
-- given
create extension citext;
create table data.mails (m citext);
-- migration
DROP EXTENSION citext CASCADE;

-- unsafe: a trigger on a large busy table whose function is not there
-- fails: 42883
-- because: it fails.
CREATE TRIGGER t BEFORE INSERT ON data.facts FOR EACH ROW EXECUTE FUNCTION data.missing();
