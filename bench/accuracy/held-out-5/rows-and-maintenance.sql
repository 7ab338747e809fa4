create table visit (id bigint generated always as identity primary key, user_id bigint not null, page text, at timestamptz not null, seen boolean, ms int, extra jsonb);
create index visit_user on visit (user_id);
create index visit_at on visit (at);
create unique index visit_natural on visit (user_id, at);
create table person (id bigint primary key, mail text not null unique, name text, city text, active boolean not null default true, updated timestamptz);
create table city (code text primary key, name text);
alter table visit add constraint visit_person foreign key (user_id) references person (id) on delete cascade;
create table flag (name text primary key, on_ boolean);
insert into flag values ('a', true), ('b', false);
create unlogged table scratch (id int);
create materialized view by_page as select page, count(*) as n from visit group by page;
create unique index by_page_key on by_page (page);
create table arch (like visit);
create table queue (id bigserial primary key, job text, taken boolean default false);

-- unsafe: deletion without a condition
-- because: all rows are lost.
DELETE FROM visit;

-- unsafe: deletion with a condition that is always true
-- because: all rows are lost.
DELETE FROM visit WHERE 1 = 1;

-- safe: deletion with a condition that is never true
-- because: no row.
DELETE FROM visit WHERE 1 = 0;

-- unsafe: deletion of what is not missing in a required column
-- because: that is every row.
DELETE FROM visit WHERE user_id IS NOT NULL;

-- safe: deletion of one row by its key
-- because: one row.
DELETE FROM visit WHERE id = 1001;

-- unsafe: deletion of one person by its key
-- because: it takes along all visits of the person, which are found by the index; a cascade loses rows.
DELETE FROM person WHERE id IN (SELECT user_id FROM visit WHERE ms > 100000);

-- safe: deletion of a few rows by their keys
-- because: three rows.
DELETE FROM visit WHERE id IN (1, 2, 3);

-- unsafe: deletion of old rows in one statement
-- because: no one says how many.
DELETE FROM visit WHERE at < now() - interval '1 year';

-- safe: deletion of one batch
-- because: a thousand rows.
DELETE FROM visit WHERE id IN (SELECT id FROM visit WHERE at < '2020-01-01' ORDER BY id LIMIT 1000);

-- safe: deletion of one batch by where rows are
-- because: a thousand rows.
DELETE FROM visit WHERE ctid = ANY (ARRAY(SELECT ctid FROM visit WHERE seen IS NULL LIMIT 1000));

-- unsafe: deletion of a batch that is no batch
-- because: a limit of ten million.
DELETE FROM visit WHERE id IN (SELECT id FROM visit WHERE at < '2020-01-01' LIMIT 10000000);

-- unsafe: deletion with another table
-- because: all rows that match.
DELETE FROM visit USING person WHERE person.id = visit.user_id AND NOT person.active;

-- unsafe: all rows changed
-- because: one statement locks them all.
UPDATE visit SET seen = false;

-- unsafe: all missing values filled
-- because: one statement over the table.
UPDATE visit SET seen = false WHERE seen IS NULL;

-- safe: values filled in a range of keys
-- because: a slice.
UPDATE visit SET seen = false WHERE id BETWEEN 1 AND 5000 AND seen IS NULL;

-- unsafe: values filled in a range of keys that has one end
-- because: no end.
UPDATE visit SET seen = false WHERE id > 5000;

-- unsafe: values filled in a huge range of keys
-- because: a hundred million.
UPDATE visit SET seen = false WHERE id >= 1 AND id < 100000001;

-- safe: one person changed by its unique mail
-- because: one row.
UPDATE person SET name = 'Ada' WHERE mail = 'ada@example.org';

-- unsafe: persons changed by a city
-- because: no one says how many.
-- known: a value that is neither the default nor one of a few is taken for that of a few rows.
UPDATE person SET active = false WHERE city = 'Rome';

-- unsafe: changed from another table
-- because: all rows that match.
UPDATE person p SET city = c.code FROM city c WHERE c.name = p.city;

-- unsafe: a batch in a common table expression that is not used to choose
-- because: the update has no condition of its own.
-- known: a limited list that stands in the statement is taken for its batch.
WITH batch AS (SELECT id FROM visit LIMIT 100)
UPDATE visit SET seen = true WHERE EXISTS (SELECT 1 FROM batch);

-- safe: a batch in a common table expression that chooses
-- because: a hundred rows.
WITH batch AS (SELECT id FROM visit WHERE seen IS NULL LIMIT 100 FOR UPDATE SKIP LOCKED)
UPDATE visit v SET seen = true FROM batch b WHERE v.id = b.id;

-- unsafe: deleted rows moved to another table
-- because: no one says how many.
WITH gone AS (DELETE FROM visit WHERE at < '2021-01-01' RETURNING *)
INSERT INTO arch SELECT * FROM gone;

-- safe: a batch of deleted rows moved to another table
-- because: five hundred rows.
WITH gone AS (DELETE FROM visit WHERE id IN (SELECT id FROM visit WHERE at < '2021-01-01' LIMIT 500) RETURNING *)
INSERT INTO arch SELECT * FROM gone;

-- unsafe: everything copied
-- because: the whole table in one statement.
INSERT INTO arch SELECT * FROM visit;

-- safe: a few rows inserted
-- because: three rows.
INSERT INTO city (code, name) VALUES ('RO', 'Rome'), ('PA', 'Paris'), ('BE', 'Berlin') ON CONFLICT (code) DO UPDATE SET name = excluded.name;

-- unsafe: too many values for the columns
-- because: the server refuses it.
-- fails: 42601
INSERT INTO city (code) VALUES ('RO', 'Rome');

-- unsafe: a value for an identity that is always generated
-- because: the server refuses it.
-- fails: 428C9
INSERT INTO visit (id, user_id, at) VALUES (1, 1, now());

-- unsafe: a series of a hundred million rows
-- because: one statement.
INSERT INTO queue (job) SELECT 'x' FROM generate_series(1, 100000000);

-- safe: a series of ten rows
-- because: ten rows.
INSERT INTO queue (job) SELECT 'job ' || i FROM generate_series(1, 10) AS i;

-- unsafe: two columns of one name in an update
-- because: the server refuses it.
-- fails: 42601
UPDATE person SET name = 'a', name = 'b' WHERE id = 1;

-- unsafe: compared with = NULL
-- because: that is never true, the change does nothing.
UPDATE person SET city = 'RO' WHERE city = NULL;

-- unsafe: text to a number column
-- because: the server refuses it.
-- fails: 22P02
UPDATE visit SET ms = 'long' WHERE id = 1;

-- unsafe: table emptied
-- because: rows are lost under ACCESS EXCLUSIVE.
TRUNCATE TABLE queue RESTART IDENTITY;

-- unsafe: referenced table emptied with a cascade
-- because: visits are lost too.
TRUNCATE ONLY person CASCADE;

-- safe: unlogged scratch table looked at
-- because: reading.
SELECT * FROM scratch LIMIT 5;

-- unsafe: VACUUM FULL
-- because: ACCESS EXCLUSIVE while it is rewritten.
VACUUM FULL visit;

-- unsafe: VACUUM with FULL in brackets
-- because: ACCESS EXCLUSIVE while it is rewritten.
VACUUM (VERBOSE, FULL true, ANALYZE) visit;

-- safe: VACUUM with FULL switched off
-- because: readers and writers go on.
VACUUM (FULL false, ANALYZE) visit;

-- safe: VACUUM with options
-- because: readers and writers go on.
VACUUM (FREEZE, PARALLEL 2, INDEX_CLEANUP auto) visit;

-- unsafe: VACUUM in a block
-- because: the server refuses it there.
-- fails: 25001
BEGIN;
VACUUM visit;
COMMIT;

-- safe: ANALYZE of columns
-- because: sampling.
ANALYZE (VERBOSE) visit (user_id, at);

-- safe: ANALYZE in a block
-- because: sampling.
BEGIN;
ANALYZE visit;
COMMIT;

-- unsafe: CLUSTER
-- because: ACCESS EXCLUSIVE while it is rewritten.
CLUSTER VERBOSE visit USING visit_at;

-- unsafe: CLUSTER of everything that is marked
-- because: each table is rewritten.
CLUSTER;

-- unsafe: table reindexed
-- because: writers wait.
REINDEX TABLE visit;

-- safe: table reindexed concurrently
-- because: readers and writers go on.
REINDEX TABLE CONCURRENTLY visit;

-- unsafe: schema reindexed
-- because: writers wait, table by table.
REINDEX SCHEMA public;

-- safe: reindexed concurrently, with a word
-- because: readers and writers go on.
REINDEX (VERBOSE, CONCURRENTLY) INDEX visit_at;

-- unsafe: reindexed with the option switched off
-- because: writers wait.
REINDEX (CONCURRENTLY false) INDEX visit_at;

-- unsafe: system catalogs reindexed concurrently
-- because: the server refuses it.
-- fails: 0A000
-- known: a copy of the schema refuses it, no rule does.
REINDEX TABLE CONCURRENTLY pg_catalog.pg_class;

-- unsafe: refreshed
-- because: readers wait.
REFRESH MATERIALIZED VIEW by_page;

-- safe: refreshed concurrently
-- because: readers go on.
REFRESH MATERIALIZED VIEW CONCURRENTLY by_page;

-- unsafe: refreshed to be empty
-- because: readers fail.
REFRESH MATERIALIZED VIEW by_page WITH NO DATA;

-- unsafe: refreshed concurrently to be empty
-- because: the two exclude each other.
-- fails: 42601
REFRESH MATERIALIZED VIEW CONCURRENTLY by_page WITH NO DATA;

-- unsafe: locked against everything
-- because: readers and writers wait.
BEGIN;
LOCK visit;
COMMIT;

-- unsafe: locked against writers
-- because: writers wait.
BEGIN;
LOCK TABLE visit, person IN SHARE ROW EXCLUSIVE MODE;
UPDATE flag SET on_ = true WHERE name = 'a';
COMMIT;

-- safe: locked as a reader does
-- because: only schema changes wait.
BEGIN;
LOCK TABLE visit IN ACCESS SHARE MODE;
COMMIT;

-- unsafe: locked without waiting
-- because: whoever comes later waits for this transaction.
BEGIN;
LOCK TABLE visit IN ACCESS EXCLUSIVE MODE NOWAIT;
SELECT pg_sleep(0.01);
COMMIT;

-- unsafe: lock outside of a transaction
-- because: the server refuses it.
-- fails: 25P01
LOCK TABLE visit IN SHARE MODE;

-- unsafe: all rows locked for update
-- because: writers wait.
-- known: outside of a transaction the locks go with the statement.
SELECT id FROM visit FOR UPDATE;

-- safe: one row locked for update
-- because: one row.
SELECT id FROM visit WHERE id = 5 FOR UPDATE;

-- unsafe: the same moment in all rows, in JSON
-- because: all rows in one statement.
UPDATE visit SET extra = jsonb_set(coalesce(extra, '{}'), '{v}', '2');

-- unsafe: all rows merged
-- because: no one says how many.
MERGE INTO person p USING visit v ON p.id = v.user_id WHEN MATCHED THEN UPDATE SET updated = v.at;

-- unsafe: a copy of all rows to a program of the server
-- because: COPY to a program runs a command on the server with the rights of its account.
COPY visit TO PROGRAM 'gzip > /tmp/visit.gz';

-- unsafe: a session put to sleep in a transaction with a lock
-- because: readers wait behind ALTER TABLE as long as it sleeps.
BEGIN;
ALTER TABLE visit ADD COLUMN note text;
SELECT pg_sleep(30);
COMMIT;

-- unsafe: other sessions ended
-- because: the work of others is lost.
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'shop_app';

-- safe: statistics of the session shown
-- because: reading.
SHOW work_mem;

-- unsafe: statement timeout shorter than the build
-- because: a concurrent build that is ended leaves an invalid index behind.
SET statement_timeout = '5s';
CREATE INDEX CONCURRENTLY visit_page ON visit (page);

-- safe: statement timeout taken away for the build
-- because: nothing ends it.
SET statement_timeout = 0;
CREATE INDEX CONCURRENTLY visit_page ON visit (page);
