create table account (id bigint generated always as identity primary key, email text not null unique, kind text not null default 'free', is_active boolean, points int, deleted_at timestamptz, parent_id bigint references account (id));
create index account_deleted on account (deleted_at);
create table event (id bigint generated always as identity primary key, account_id bigint not null references account (id) on delete cascade, name text, at timestamptz not null, data jsonb);
create index event_account on event (account_id);
create table event_archive (like event);
create table plan (code text primary key, price int);
create table staging (id bigint, note text);
create materialized view totals as select account_id, count(*) as n from event group by account_id;
create materialized view keyed_totals as select account_id, count(*) as n from event group by account_id;
create unique index keyed_totals_key on keyed_totals (account_id);
create materialized view empty_totals as select account_id, count(*) as n from event group by account_id with no data;
create unique index empty_totals_key on empty_totals (account_id);
create materialized view part_totals as select account_id, count(*) as n from event group by account_id;
create unique index part_totals_key on part_totals (account_id) where n > 1;
create unlogged table scratch (id int, v text);

-- unsafe: all rows updated
-- because: one transaction over all.
UPDATE account SET points = points + 1;

-- unsafe: all rows updated where nothing is there yet
-- because: nearly all.
UPDATE account SET points = 0 WHERE points IS NULL;

-- safe: one row updated by its key
-- because: one.
UPDATE account SET points = 0 WHERE id = 7;

-- safe: one row updated by its unique mail
-- because: one.
UPDATE account SET points = 0 WHERE email = 'ada@example.org';

-- safe: a few rows by their keys
-- because: three.
UPDATE account SET points = 0 WHERE id IN (7, 8, 9);

-- safe: a batch chosen by a limited query
-- because: five thousand at most.
UPDATE account SET points = 0 WHERE id IN (SELECT id FROM account WHERE points IS NULL ORDER BY id LIMIT 5000);

-- safe: a batch in a common table expression
-- because: five hundred at most.
WITH batch AS (SELECT id FROM account WHERE points IS NULL LIMIT 500 FOR UPDATE SKIP LOCKED)
UPDATE account a SET points = 0 FROM batch b WHERE a.id = b.id;

-- safe: a batch by ctid
-- because: a thousand at most.
DELETE FROM event WHERE ctid IN (SELECT ctid FROM event WHERE at < now() - interval '1 year' LIMIT 1000);

-- unsafe: inactive rows deleted
-- because: a boolean is one of two, so half of them.
DELETE FROM account WHERE NOT is_active;

-- unsafe: old rows deleted
-- because: no one says how many.
DELETE FROM event WHERE at < now() - interval '1 year';

-- unsafe: rows deleted by a join
-- because: no one says how many.
DELETE FROM event e USING account a WHERE a.id = e.account_id AND a.deleted_at IS NOT NULL;

-- unsafe: orphans deleted
-- because: all rows are compared.
DELETE FROM event WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = event.account_id);

-- unsafe: rows deleted where everything is true
-- because: all.
DELETE FROM event WHERE true;

-- safe: rows deleted where nothing is true
-- because: none.
DELETE FROM event WHERE false;

-- unsafe: rows updated with OR true
-- because: all.
UPDATE account SET points = 1 WHERE id = 7 OR true;

-- unsafe: rows copied to an archive
-- because: all rows are read and written in one transaction.
INSERT INTO event_archive SELECT * FROM event;

-- safe: a thousand rows copied to an archive
-- because: a thousand.
INSERT INTO event_archive SELECT * FROM event ORDER BY id LIMIT 1000;

-- unsafe: rows moved to an archive
-- because: all that are older, in one transaction.
WITH gone AS (DELETE FROM event WHERE at < '2020-01-01' RETURNING *)
INSERT INTO event_archive SELECT * FROM gone;

-- safe: rows added by hand
-- because: two.
INSERT INTO plan (code, price) VALUES ('gold', 10), ('silver', 5);

-- safe: rows of a series
-- because: ten.
INSERT INTO staging (id) SELECT generate_series(1, 10);

-- unsafe: merged from another table
-- because: all rows that match.
MERGE INTO account a USING staging s ON a.id = s.id WHEN MATCHED THEN UPDATE SET points = 1;

-- unsafe: truncated
-- because: all rows are lost.
TRUNCATE TABLE event;

-- safe: truncated a moment after it was made
-- because: there is none.
CREATE TABLE temp_rows (id int);
TRUNCATE temp_rows;

-- unsafe: truncated with what points to it
-- because: rows of two tables are lost.
TRUNCATE account CASCADE;

-- unsafe: truncated what others point to
-- because: the server refuses it.
-- fails: 0A000
TRUNCATE account;

-- unsafe: vacuumed full
-- because: nobody reads or writes meanwhile.
VACUUM FULL event;

-- unsafe: vacuumed full, with other words
-- because: nobody reads or writes meanwhile.
VACUUM (FULL, ANALYZE) event;

-- safe: vacuumed full, switched off
-- because: reads and writes go on.
VACUUM (FULL false, ANALYZE) event;

-- safe: vacuumed
-- because: reads and writes go on.
VACUUM ANALYZE event;

-- safe: analyzed
-- because: reads and writes go on.
ANALYZE event (account_id, at);

-- unsafe: vacuumed in a transaction
-- because: the server refuses it.
-- fails: 25001
BEGIN;
VACUUM event;
COMMIT;

-- unsafe: clustered
-- because: nobody reads or writes meanwhile.
CLUSTER event USING event_account;

-- safe: marked for clustering
-- because: catalog only.
ALTER TABLE event CLUSTER ON event_account;

-- unsafe: index rebuilt
-- because: writers wait.
REINDEX INDEX event_account;

-- unsafe: table's indexes rebuilt
-- because: writers wait.
REINDEX TABLE account;

-- safe: index rebuilt concurrently
-- because: nobody waits.
REINDEX INDEX CONCURRENTLY event_account;

-- unsafe: index rebuilt concurrently in a transaction
-- because: the server refuses it.
-- fails: 25001
BEGIN;
REINDEX TABLE CONCURRENTLY event;
COMMIT;

-- safe: index of a table made here rebuilt
-- because: it is empty.
CREATE TABLE fresh (id int PRIMARY KEY);
REINDEX TABLE fresh;

-- unsafe: refreshed
-- because: readers wait.
REFRESH MATERIALIZED VIEW totals;

-- safe: refreshed concurrently
-- because: readers go on.
REFRESH MATERIALIZED VIEW CONCURRENTLY keyed_totals;

-- unsafe: refreshed concurrently without a unique index
-- because: the server refuses it.
-- fails: 55000
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;

-- unsafe: refreshed concurrently with an index of some rows
-- because: the server refuses it.
-- fails: 55000
REFRESH MATERIALIZED VIEW CONCURRENTLY part_totals;

-- unsafe: refreshed concurrently before it was filled
-- because: the server refuses it.
-- fails: 0A000
REFRESH MATERIALIZED VIEW CONCURRENTLY empty_totals;

-- safe: filled for the first time
-- because: nobody could read it before.
REFRESH MATERIALIZED VIEW empty_totals;

-- unsafe: emptied
-- because: readers fail until it is filled.
REFRESH MATERIALIZED VIEW keyed_totals WITH NO DATA;

-- safe: refreshed concurrently in a transaction
-- because: that is allowed.
BEGIN;
REFRESH MATERIALIZED VIEW CONCURRENTLY keyed_totals;
COMMIT;

-- safe: materialized view made with its rows
-- because: long, but it blocks nobody and nobody reads it yet.
CREATE MATERIALIZED VIEW by_name AS SELECT name, count(*) FROM event GROUP BY name;

-- safe: materialized view made without its rows
-- because: nothing is read.
CREATE MATERIALIZED VIEW by_name AS SELECT name, count(*) FROM event GROUP BY name WITH NO DATA;

-- safe: table made from a query over a large one
-- because: long, but it blocks nobody.
CREATE TABLE event_copy AS SELECT * FROM event;

-- safe: table made from a query without rows
-- because: nothing is read.
CREATE TABLE event_copy AS SELECT * FROM event WITH NO DATA;

-- safe: table made like another
-- because: nothing is read.
CREATE TABLE event_copy (LIKE event INCLUDING ALL);

-- unsafe: index of a materialized view under a name that is taken
-- because: the server refuses it.
-- fails: 42P07
CREATE INDEX keyed_totals_key ON keyed_totals (n);

-- safe: temporary table filled from keys
-- because: nobody else sees it, and few rows are read.
CREATE TEMP TABLE chosen AS SELECT id FROM account WHERE id IN (1, 2, 3);

-- safe: temporary table with an index
-- because: nobody else sees it.
CREATE TEMPORARY TABLE chosen (id bigint);
CREATE INDEX ON chosen (id);
DROP TABLE chosen;

-- unsafe: autovacuum switched off
-- because: dead rows pile up.
ALTER TABLE event SET (autovacuum_enabled = off, fillfactor = 90);

-- safe: autovacuum made keener
-- because: catalog only.
ALTER TABLE event SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.005);

-- safe: statistics for two columns
-- because: catalog only.
CREATE STATISTICS event_stats (ndistinct) ON account_id, name FROM event;
ANALYZE event;

-- unsafe: a function over every row
-- because: all rows are changed, as the update in it says.
CREATE FUNCTION wipe() RETURNS void LANGUAGE sql AS 'update account set points = 0';
SELECT wipe();

-- unsafe: a jsonb value set in all rows
-- because: every row is written.
UPDATE event SET data = jsonb_set(coalesce(data, '{}'), '{v}', '2');

-- unsafe: rows updated by what another table says
-- because: no one says how many.
UPDATE account SET kind = p.code FROM plan p WHERE p.price = account.points;

-- unsafe: explained by doing it
-- because: ANALYZE does what it explains.
EXPLAIN ANALYZE DELETE FROM event;

-- safe: explained
-- because: nothing is done.
EXPLAIN DELETE FROM event;

-- safe: counted
-- because: reading.
SELECT count(*) FROM event WHERE at > now() - interval '1 day';

-- safe: a lock for itself
-- because: it is of advice.
SELECT pg_advisory_lock(4711);

-- safe: written to an unlogged scratch table
-- because: three rows.
INSERT INTO scratch VALUES (1, 'a'), (2, 'b'), (3, 'c');

-- unsafe: prepared for two phases
-- because: its locks stay until somebody ends it, if the server takes it at all.
-- fails: 55000
BEGIN;
ALTER TABLE event ADD COLUMN x int;
PREPARE TRANSACTION 'later';
