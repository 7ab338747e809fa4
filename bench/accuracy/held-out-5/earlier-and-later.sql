create table stock (id bigint generated always as identity primary key, code varchar(12), label text, amount int, shelf_id bigint, moved timestamptz, kind text not null default 'x');
create index stock_label on stock (label);
create table shelf (id bigint primary key, room text);
create table entry (id bigserial primary key, stock_id bigint references stock (id), body text, at timestamptz);
alter table stock add constraint stock_amount check (amount >= 0) not valid;
create materialized view per_shelf as select shelf_id, count(*) as n from stock group by shelf_id;
create unique index per_shelf_key on per_shelf (shelf_id);
create function stock_touch() returns trigger language plpgsql as $$ begin new.moved := now(); return new; end $$;
create trigger stock_touch before update on stock for each row execute function stock_touch();

-- safe: table made, then given its key, its index and its check
-- because: it is empty.
CREATE TABLE bin (id bigint, shelf_id bigint, n int);
ALTER TABLE bin ADD PRIMARY KEY (id);
CREATE INDEX bin_shelf ON bin (shelf_id);
ALTER TABLE bin ADD CONSTRAINT bin_n CHECK (n > 0);
ALTER TABLE bin ALTER COLUMN n SET NOT NULL;

-- unsafe: table made and filled from a large one, then indexed with writes behind it
-- because: what is written while it is copied is lost with the old table, and so are key and indexes.
BEGIN;
CREATE TABLE stock_copy AS SELECT * FROM stock;
DROP TABLE stock CASCADE;
ALTER TABLE stock_copy RENAME TO stock;
COMMIT;

-- safe: table made, renamed and changed under its new name
-- because: nobody knows it yet.
CREATE TABLE bin_new (id bigint PRIMARY KEY, n int);
ALTER TABLE bin_new RENAME TO bin;
ALTER TABLE bin RENAME COLUMN n TO amount;
ALTER TABLE bin ALTER COLUMN amount TYPE bigint;

-- unsafe: changed under its old name after the renaming
-- because: that name is gone.
-- fails: 42P01
CREATE TABLE bin_new (id bigint PRIMARY KEY, n int);
ALTER TABLE bin_new RENAME TO bin;
ALTER TABLE bin_new ADD COLUMN m int;

-- unsafe: table made only if it was not there, which it was
-- because: the index is built on the table that is there.
CREATE TABLE IF NOT EXISTS stock (id bigint PRIMARY KEY, code text);
CREATE INDEX stock_code ON stock (code);

-- safe: table made only if it was not there, which it was not
-- because: it is empty.
CREATE TABLE IF NOT EXISTS stocks (id bigint PRIMARY KEY, code text);
CREATE INDEX stocks_code ON stocks (code);

-- unsafe: new table dropped, the old one of its kind changed
-- because: the last statement means the old table.
CREATE TABLE bin (id bigint);
DROP TABLE bin;
ALTER TABLE shelf ALTER COLUMN room SET NOT NULL;

-- safe: column added and dropped again
-- because: nobody used it.
ALTER TABLE stock ADD COLUMN tmp int;
ALTER TABLE stock DROP COLUMN tmp;

-- unsafe: column dropped and added again
-- because: its values are lost.
ALTER TABLE stock DROP COLUMN label;
ALTER TABLE stock ADD COLUMN label text;

-- unsafe: column added, filled for all rows and required
-- because: all rows are changed in one statement, and read under lock.
ALTER TABLE stock ADD COLUMN size int;
UPDATE stock SET size = 1;
ALTER TABLE stock ALTER COLUMN size SET NOT NULL;

-- safe: column added with a constant, then the default taken away, nullable
-- because: catalog only.
ALTER TABLE stock ADD COLUMN size int DEFAULT 1;
ALTER TABLE stock ALTER COLUMN size DROP DEFAULT;

-- unsafe: required column added with a constant, then the default taken away
-- because: inserts of old code fail.
ALTER TABLE stock ADD COLUMN size int NOT NULL DEFAULT 1;
ALTER TABLE stock ALTER COLUMN size DROP DEFAULT;

-- unsafe: index dropped, then built again under its name
-- because: queries go without it meanwhile, and it is built while writers wait.
DROP INDEX stock_label;
CREATE INDEX stock_label ON stock (label, id);

-- safe: index built concurrently, old one dropped concurrently, name taken over
-- because: nobody waits and queries have an index all the time.
CREATE INDEX CONCURRENTLY stock_label_2 ON stock (label, id);
DROP INDEX CONCURRENTLY stock_label;
ALTER INDEX stock_label_2 RENAME TO stock_label;

-- unsafe: index built concurrently under a name that is freed later
-- because: the name is taken at that time.
-- fails: 42P07
CREATE INDEX CONCURRENTLY stock_label ON stock (label, id);
DROP INDEX CONCURRENTLY stock_label;

-- unsafe: concurrent index after BEGIN of another statement's end
-- because: the block is still open.
-- fails: 25001
BEGIN;
ALTER TABLE stock ADD COLUMN size int;
CREATE INDEX CONCURRENTLY stock_size ON stock (size);
COMMIT;

-- safe: concurrent index after the block
-- because: the block is over.
BEGIN;
ALTER TABLE stock ADD COLUMN size int;
COMMIT;
CREATE INDEX CONCURRENTLY stock_size ON stock (size);

-- safe: concurrent index after a block that was aborted
-- because: the block is over.
BEGIN;
ALTER TABLE stock ADD COLUMN size int;
ABORT;
CREATE INDEX CONCURRENTLY stock_moved ON stock (moved);

-- unsafe: concurrent index on a column that the abort took back
-- because: there is no such column any more.
-- fails: 42703
BEGIN;
ALTER TABLE stock ADD COLUMN size int;
ABORT;
CREATE INDEX CONCURRENTLY stock_size ON stock (size);

-- unsafe: COMMIT AND CHAIN, then a concurrent index
-- because: another block has begun.
-- fails: 25001
BEGIN;
ALTER TABLE stock ADD COLUMN size int;
COMMIT AND CHAIN;
CREATE INDEX CONCURRENTLY stock_size ON stock (size);
COMMIT;

-- unsafe: check and its validation under BEGIN of the standard
-- because: the lock of the first is held through the scan.
START TRANSACTION;
ALTER TABLE stock ADD CONSTRAINT stock_code CHECK (code <> '') NOT VALID;
ALTER TABLE stock VALIDATE CONSTRAINT stock_code;
COMMIT WORK;

-- safe: check and its validation in two transactions
-- because: validation lets reads and writes through.
START TRANSACTION;
ALTER TABLE stock ADD CONSTRAINT stock_code CHECK (code <> '') NOT VALID;
END;
START TRANSACTION;
ALTER TABLE stock VALIDATE CONSTRAINT stock_code;
END TRANSACTION;

-- unsafe: check and its validation, wrapped by the runner
-- because: one transaction holds both.
-- transaction: file
ALTER TABLE stock ADD CONSTRAINT stock_code CHECK (code <> '') NOT VALID;
ALTER TABLE stock VALIDATE CONSTRAINT stock_code;

-- unsafe: both in one statement
-- because: the scan is under the strong lock.
ALTER TABLE stock ADD CONSTRAINT stock_code CHECK (code <> '') NOT VALID, VALIDATE CONSTRAINT stock_code;

-- safe: validated with a harmless change after it in one transaction
-- because: the scan is done before the stronger lock is asked for.
-- transaction: none
ALTER TABLE stock VALIDATE CONSTRAINT stock_amount;
ALTER TABLE stock ALTER COLUMN amount SET DEFAULT 0;

-- unsafe: a default changed first, then a long validation in one transaction
-- because: the strong lock of the first is held through the scan.
BEGIN;
ALTER TABLE stock ALTER COLUMN amount SET DEFAULT 0;
ALTER TABLE stock VALIDATE CONSTRAINT stock_amount;
COMMIT;

-- unsafe: key not validated, then validated in one transaction
-- because: both tables stay locked through the comparison.
BEGIN;
ALTER TABLE stock ADD CONSTRAINT stock_shelf FOREIGN KEY (shelf_id) REFERENCES shelf (id) NOT VALID;
ALTER TABLE stock VALIDATE CONSTRAINT stock_shelf;
COMMIT;

-- safe: key of a new table to an old one, both in one transaction
-- because: nothing is compared, the lock is short.
BEGIN;
CREATE TABLE bin (id bigint PRIMARY KEY, shelf_id bigint);
ALTER TABLE bin ADD FOREIGN KEY (shelf_id) REFERENCES shelf (id);
COMMIT;

-- unsafe: key of an old table to a new one
-- because: all rows of the old one are read under the lock.
CREATE TABLE rack (id bigint PRIMARY KEY);
ALTER TABLE stock ADD CONSTRAINT stock_rack FOREIGN KEY (shelf_id) REFERENCES rack (id);

-- safe: a column for a new table's key
-- because: the column is new and empty.
CREATE TABLE rack (id bigint PRIMARY KEY);
ALTER TABLE stock ADD COLUMN rack_id bigint REFERENCES rack (id);

-- safe: required after a validated check of an earlier file
-- because: the check proves it.
-- given
alter table stock add constraint stock_label_set check (label is not null);
-- migration
BEGIN;
ALTER TABLE stock ALTER COLUMN label SET NOT NULL;
ALTER TABLE stock DROP CONSTRAINT stock_label_set;
COMMIT;

-- unsafe: check dropped before it could prove anything
-- because: all rows are read.
-- given
alter table stock add constraint stock_label_set check (label is not null);
-- migration
ALTER TABLE stock DROP CONSTRAINT stock_label_set;
ALTER TABLE stock ALTER COLUMN label SET NOT NULL;

-- safe: check that proves it and goes in the next statement
-- because: the proof was used by then.
-- given
alter table stock add constraint stock_label_set check (label is not null);
-- migration
ALTER TABLE stock ALTER COLUMN label SET NOT NULL;
ALTER TABLE stock DROP CONSTRAINT stock_label_set;

-- unsafe: check that proves it and goes in one and the same statement
-- because: constraints are dropped before columns are made required.
-- given
alter table stock add constraint stock_label_set check (label is not null);
-- migration
ALTER TABLE stock ALTER COLUMN label SET NOT NULL, DROP CONSTRAINT stock_label_set;

-- unsafe: required on 11 though a check proves it
-- because: the proof is used since 12.
-- server: 11
-- given
alter table stock add constraint stock_label_set check (label is not null);
-- migration
ALTER TABLE stock ALTER COLUMN label SET NOT NULL;

-- safe: not null constraint without validation, then validated
-- because: since 18 that is possible.
ALTER TABLE stock ADD CONSTRAINT stock_label_nn NOT NULL label NOT VALID;
ALTER TABLE stock VALIDATE CONSTRAINT stock_label_nn;

-- unsafe: not null constraint without validation on 17
-- because: that came with 18.
-- server: 17
ALTER TABLE stock ADD CONSTRAINT stock_label_nn NOT NULL label NOT VALID;

-- unsafe: not null constraint with validation at once
-- because: all rows are read.
ALTER TABLE stock ADD CONSTRAINT stock_label_nn NOT NULL label;

-- safe: lock timeout set before a strong lock
-- because: a short lock that gives up early.
SET lock_timeout = '3s';
ALTER TABLE stock ADD COLUMN size int;
RESET lock_timeout;

-- unsafe: lock timeout does not make a scan safe
-- because: it ends the wait for the lock, not the scan.
SET lock_timeout = '3s';
ALTER TABLE stock ALTER COLUMN label SET NOT NULL;
RESET lock_timeout;

-- unsafe: a unique constraint under timeouts
-- because: the index is built under ACCESS EXCLUSIVE.
SET lock_timeout TO '2s';
SET statement_timeout TO '1h';
ALTER TABLE stock ADD CONSTRAINT stock_code_key UNIQUE (code);

-- safe: unique constraint from an index of the same file
-- because: the index was built concurrently.
CREATE UNIQUE INDEX CONCURRENTLY stock_code_key ON stock (code);
ALTER TABLE stock ADD CONSTRAINT stock_code_key UNIQUE USING INDEX stock_code_key;

-- unsafe: unique constraint from an index built in place
-- because: writers wait while it is built.
CREATE UNIQUE INDEX stock_code_key ON stock (code);
ALTER TABLE stock ADD CONSTRAINT stock_code_key UNIQUE USING INDEX stock_code_key;

-- unsafe: unique constraint from an index that is not unique
-- because: the server refuses it.
-- fails: 42809
CREATE INDEX CONCURRENTLY stock_code_key ON stock (code);
ALTER TABLE stock ADD CONSTRAINT stock_code_key UNIQUE USING INDEX stock_code_key;

-- unsafe: constraint from the index that a statement before renamed
-- because: the old name is gone.
-- fails: 42704
CREATE UNIQUE INDEX CONCURRENTLY stock_code_key ON stock (code);
ALTER INDEX stock_code_key RENAME TO stock_code_uq;
ALTER TABLE stock ADD CONSTRAINT stock_code_key UNIQUE USING INDEX stock_code_key;

-- safe: materialized view made without rows and filled
-- because: nobody reads it yet.
CREATE MATERIALIZED VIEW per_kind AS SELECT kind, count(*) AS n FROM stock GROUP BY kind WITH NO DATA;
REFRESH MATERIALIZED VIEW per_kind;

-- unsafe: materialized view refreshed concurrently after its key went
-- because: without a unique index that is refused.
-- fails: 55000
DROP INDEX per_shelf_key;
REFRESH MATERIALIZED VIEW CONCURRENTLY per_shelf;

-- safe: trigger replaced by one of the same name in one transaction
-- because: no row is written in between.
BEGIN;
DROP TRIGGER stock_touch ON stock;
CREATE TRIGGER stock_touch BEFORE UPDATE ON stock FOR EACH ROW EXECUTE FUNCTION stock_touch();
COMMIT;

-- unsafe: trigger dropped with the next file to make it again
-- because: writes in between go without it.
DROP TRIGGER stock_touch ON stock;

-- unsafe: trigger off in one transaction, on in the next
-- because: writes of others go without it in between.
ALTER TABLE stock DISABLE TRIGGER stock_touch;
SELECT count(*) FROM shelf;
ALTER TABLE stock ENABLE TRIGGER stock_touch;

-- unsafe: temporary table, then the real one of its name by its schema
-- because: the schema tells that the real one is meant.
CREATE TEMP TABLE entry (id bigint, body text);
TRUNCATE public.entry;

-- safe: temporary table in place of the real one
-- because: the name is the temporary table's.
CREATE TEMP TABLE entry (id bigint, body text);
DELETE FROM entry;
DROP TABLE entry;

-- unsafe: temporary table dropped, then the real one emptied
-- because: after the drop the name is the real table's.
CREATE TEMP TABLE entry (id bigint, body text);
DROP TABLE entry;
DELETE FROM entry;

-- safe: enum made and used in one file
-- because: the type is new.
CREATE TYPE state AS ENUM ('new', 'old');
ALTER TABLE stock ADD COLUMN state state NOT NULL DEFAULT 'new';

-- unsafe: label added and used in one transaction
-- because: the label cannot be used before the commit.
-- fails: 55P04
-- given
create type state as enum ('new', 'old');
alter table stock add column state state;
-- migration
BEGIN;
ALTER TYPE state ADD VALUE 'lost';
UPDATE stock SET state = 'lost' WHERE id = 7;
COMMIT;

-- safe: label added, then used for one row in the next statement
-- because: each statement commits.
-- given
create type state as enum ('new', 'old');
alter table stock add column state state;
-- migration
ALTER TYPE state ADD VALUE 'lost';
UPDATE stock SET state = 'lost' WHERE id = 7;

-- unsafe: schema made in the file, an old table moved into it
-- because: old code looks for it elsewhere.
CREATE SCHEMA depot;
ALTER TABLE shelf SET SCHEMA depot;

-- safe: schema made and dropped with what the file put into it
-- because: nothing old is in it.
CREATE SCHEMA depot;
CREATE TABLE depot.bin (id int);
DROP SCHEMA depot CASCADE;

-- unsafe: search path set, then an unqualified table of another schema
-- because: it is not found there.
-- fails: 42P01
CREATE SCHEMA depot;
SET search_path TO depot;
ALTER TABLE shelf ADD COLUMN n int;

-- safe: search path set, then a table made where the old name is
-- because: the new table of the new schema is meant.
CREATE SCHEMA depot;
SET search_path TO depot, public;
CREATE TABLE stock (id int);
ALTER TABLE stock ADD PRIMARY KEY (id);
TRUNCATE stock;

-- unsafe: search path set back, then the old table emptied
-- because: the name means the old table again.
CREATE SCHEMA depot;
SET search_path TO depot, public;
CREATE TABLE stock (id int);
RESET search_path;
TRUNCATE stock CASCADE;

-- unsafe: quick changes to several tables and a backfill between
-- because: the first lock is held while all rows are changed.
BEGIN;
ALTER TABLE shelf ADD COLUMN n int;
UPDATE stock SET kind = 'y' WHERE kind = 'x';
ALTER TABLE stock ADD COLUMN size int;
COMMIT;

-- safe: two quick changes to one table
-- because: one lock, held for moments.
BEGIN;
ALTER TABLE stock ADD COLUMN size int;
ALTER TABLE stock ALTER COLUMN size SET DEFAULT 3;
COMMENT ON COLUMN stock.size IS 'in litres';
COMMIT;

-- unsafe: function made, then dropped in another form
-- because: there is none with that argument.
-- fails: 42883
CREATE FUNCTION size_of(int) RETURNS int LANGUAGE sql AS 'select $1';
DROP FUNCTION size_of(text);

-- safe: view made, replaced and dropped
-- because: nobody knows it.
CREATE VIEW small AS SELECT id FROM stock WHERE amount < 3;
CREATE OR REPLACE VIEW small AS SELECT id, label FROM stock WHERE amount < 3;
DROP VIEW small;

-- unsafe: column dropped after its view was made
-- because: the server refuses it.
-- fails: 2BP01
CREATE VIEW small AS SELECT id, label FROM stock WHERE amount < 3;
ALTER TABLE stock DROP COLUMN label;

-- unsafe: savepoint goes back behind the new table
-- because: the table is gone.
-- fails: 42P01
BEGIN;
SAVEPOINT a;
CREATE TABLE bin (id int);
ROLLBACK TO a;
INSERT INTO bin VALUES (1);
COMMIT;

-- safe: savepoint goes back behind a dangerous statement
-- because: nothing of it stays, and it was instant.
BEGIN;
SAVEPOINT a;
DROP TABLE entry;
ROLLBACK TO SAVEPOINT a;
COMMIT;

-- unsafe: prepared statement changed under its name
-- because: the name is taken.
-- fails: 42P05
-- known: a copy of the schema refuses it, no rule does.
PREPARE p AS SELECT 1;
PREPARE p AS SELECT 2;

-- safe: rows of a new table written, then the table made unique
-- because: only a few rows.
CREATE TABLE kind (name text);
INSERT INTO kind VALUES ('x'), ('y');
CREATE UNIQUE INDEX kind_name ON kind (name);

-- unsafe: equal rows written to a new table, then it is made unique
-- because: the server refuses the second of them.
-- fails: 23505
-- known: a copy of the schema refuses it, no rule does.
CREATE TABLE kind (name text);
INSERT INTO kind VALUES ('x'), ('x');
CREATE UNIQUE INDEX kind_name ON kind (name);

-- unsafe: missing values written to a new table, then required
-- because: the server refuses them.
-- fails: 23502
-- known: a copy of the schema refuses it, no rule does.
CREATE TABLE kind (name text, rank int);
INSERT INTO kind (name) VALUES ('x');
ALTER TABLE kind ALTER COLUMN rank SET NOT NULL;
