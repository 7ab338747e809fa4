create table ord (id bigint generated always as identity primary key, code text, amount int, state text not null default 'new', buyer_id bigint, note text);
create index ord_state on ord (state);
create unique index ord_code_low on ord (lower(code));
create table buyer (id bigint generated always as identity primary key, name text, ord_id bigint);
create table tiny (single boolean primary key default true check (single), v text);
alter table ord add constraint ord_amount check (amount is not null) not valid;
create view open_ord as select id, code from ord where state = 'open';
create function stamp() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger ord_stamp before update on ord for each row execute function stamp();

-- safe: check validated before, then required, then the check dropped
-- because: the check proves it.
ALTER TABLE ord VALIDATE CONSTRAINT ord_amount;
ALTER TABLE ord ALTER COLUMN amount SET NOT NULL;
ALTER TABLE ord DROP CONSTRAINT ord_amount;

-- unsafe: required while the check is not validated
-- because: it proves nothing.
ALTER TABLE ord ALTER COLUMN amount SET NOT NULL;

-- unsafe: check dropped first, then required
-- because: the proof is gone.
ALTER TABLE ord VALIDATE CONSTRAINT ord_amount;
ALTER TABLE ord DROP CONSTRAINT ord_amount;
ALTER TABLE ord ALTER COLUMN amount SET NOT NULL;

-- unsafe: check validated and required in one transaction, after a change
-- because: the strong lock is held through the scan.
BEGIN;
ALTER TABLE ord ADD COLUMN x int;
ALTER TABLE ord VALIDATE CONSTRAINT ord_amount;
COMMIT;

-- safe: check that says more, then required
-- because: a check with AND proves it too.
-- given
alter table ord add constraint buyer_ok check (buyer_id is not null and buyer_id > 0);
-- migration
ALTER TABLE ord ALTER COLUMN buyer_id SET NOT NULL;

-- unsafe: check with OR, then required
-- because: it does not prove it.
-- given
alter table ord add constraint buyer_ok check (buyer_id is not null or state = 'new');
-- migration
ALTER TABLE ord ALTER COLUMN buyer_id SET NOT NULL;

-- unsafe: check of its values, then required
-- because: a check lets nulls through.
-- given
alter table ord add constraint buyer_ok check (buyer_id > 0);
-- migration
ALTER TABLE ord ALTER COLUMN buyer_id SET NOT NULL;

-- safe: unique index concurrently, then the constraint of it
-- because: nothing is built under a lock.
CREATE UNIQUE INDEX CONCURRENTLY ord_code ON ord (code);
ALTER TABLE ord ADD CONSTRAINT ord_code UNIQUE USING INDEX ord_code;

-- unsafe: constraint of an index over an expression
-- because: the server refuses it.
-- fails: 42809
ALTER TABLE ord ADD CONSTRAINT ord_code_key UNIQUE USING INDEX ord_code_low;

-- unsafe: constraint of an index that is not unique
-- because: the server refuses it.
-- fails: 42809
ALTER TABLE ord ADD CONSTRAINT ord_state_key UNIQUE USING INDEX ord_state;

-- unsafe: key of an index over a column that may be missing
-- because: all rows are read under ACCESS EXCLUSIVE.
-- given
create table bare (k int, v text);
create unique index bare_k on bare (k);
-- migration
ALTER TABLE bare ADD CONSTRAINT bare_pkey PRIMARY KEY USING INDEX bare_k;

-- safe: key of an index over a required column
-- because: the index is there.
-- given
create table bare (k int not null, v text);
create unique index bare_k on bare (k);
-- migration
ALTER TABLE bare ADD CONSTRAINT bare_pkey PRIMARY KEY USING INDEX bare_k;

-- safe: table, index, key and rows, all new
-- because: nobody uses it.
BEGIN;
CREATE TABLE part (id int, ord_id bigint, v text);
CREATE INDEX part_ord ON part (ord_id);
ALTER TABLE part ADD PRIMARY KEY (id);
INSERT INTO part VALUES (1, 1, 'a');
ALTER TABLE part ALTER COLUMN v SET NOT NULL;
ALTER TABLE part ADD CHECK (v <> '');
COMMIT;

-- unsafe: new table, then a long index of another in one transaction
-- because: writers of the other wait.
BEGIN;
CREATE TABLE part (id int PRIMARY KEY);
CREATE INDEX ord_buyer ON ord (buyer_id);
COMMIT;

-- safe: new column with a check that asks nothing of old rows
-- because: it is not validated.
ALTER TABLE ord ADD COLUMN kind text;
ALTER TABLE ord ADD CONSTRAINT kind_ok CHECK (kind IN ('a', 'b')) NOT VALID;

-- unsafe: new column with an index
-- because: writers wait while it is built.
ALTER TABLE ord ADD COLUMN kind text;
CREATE INDEX ord_kind ON ord (kind);

-- unsafe: new column, filled, indexed
-- because: all rows are written.
ALTER TABLE ord ADD COLUMN kind text;
UPDATE ord SET kind = 'a';
CREATE INDEX CONCURRENTLY ord_kind ON ord (kind);

-- unsafe: new column with a unique constraint
-- because: an index is built under ACCESS EXCLUSIVE.
ALTER TABLE ord ADD COLUMN ref text UNIQUE;

-- safe: trigger replaced by another at once
-- because: it is never missing.
BEGIN;
DROP TRIGGER ord_stamp ON ord;
CREATE TRIGGER ord_stamp BEFORE UPDATE ON ord FOR EACH ROW EXECUTE FUNCTION stamp();
COMMIT;

-- unsafe: trigger switched off for a while, outside of a transaction
-- because: changes pass by it meanwhile.
ALTER TABLE ord DISABLE TRIGGER ord_stamp;
UPDATE ord SET note = '' WHERE id = 1;
ALTER TABLE ord ENABLE TRIGGER ord_stamp;

-- unsafe: view made anew around a change in one transaction
-- because: the index over lower(code) is built again under ACCESS EXCLUSIVE.
BEGIN;
DROP VIEW open_ord;
ALTER TABLE ord ALTER COLUMN code TYPE varchar;
CREATE VIEW open_ord AS SELECT id, code FROM ord WHERE state = 'open';
COMMIT;

-- unsafe: view dropped, column retyped with writing, view made anew
-- because: all rows are written again.
BEGIN;
DROP VIEW open_ord;
ALTER TABLE ord ALTER COLUMN code TYPE varchar(20);
CREATE VIEW open_ord AS SELECT id, code FROM ord WHERE state = 'open';
COMMIT;

-- safe: two quick changes of one table
-- because: short locks.
BEGIN;
ALTER TABLE ord ADD COLUMN a int;
ALTER TABLE ord ADD COLUMN b int DEFAULT 5;
COMMIT;

-- unsafe: a lock, then a wait
-- because: all wait behind the lock.
BEGIN;
ALTER TABLE ord ADD COLUMN a int;
SELECT pg_sleep(30);
COMMIT;

-- unsafe: a lock, then a long question
-- because: all wait while all rows of another table are read.
BEGIN;
ALTER TABLE ord ADD COLUMN a int;
SELECT count(*) FROM buyer;
COMMIT;

-- safe: a long question, then a quick change
-- because: the strong lock is short.
-- transaction: none
SELECT count(*) FROM buyer;
ALTER TABLE ord ADD COLUMN a int;

-- unsafe: two tables read and locked against the order of others
-- because: rows changed, then the lock made stronger.
BEGIN;
UPDATE ord SET note = 'x' WHERE id = 1;
ALTER TABLE ord ADD COLUMN a int;
COMMIT;

-- unsafe: all taken back, and then done
-- because: what comes after counts.
BEGIN;
DROP TABLE buyer;
ROLLBACK;
DROP TABLE buyer;

-- safe: all taken back
-- because: nothing is left.
BEGIN;
DELETE FROM tiny;
ROLLBACK;

-- safe: table of one row changed
-- because: its key allows one row.
UPDATE tiny SET v = 'x';

-- unsafe: renamed and given a view of the old name in two transactions
-- because: for a moment the name is missing.
ALTER TABLE buyer RENAME TO customer;
CREATE VIEW buyer AS SELECT * FROM customer;

-- safe: renamed and given a view of the old name in one transaction
-- because: old code reads and writes through the view.
BEGIN;
ALTER TABLE buyer RENAME TO customer;
CREATE VIEW buyer AS SELECT * FROM customer;
COMMIT;

-- unsafe: column renamed, view of the old name left out
-- because: old code uses the old name.
BEGIN;
ALTER TABLE buyer RENAME COLUMN name TO title;
COMMIT;

-- safe: new column and a trigger that keeps it
-- because: quick changes, the first steps of renaming.
ALTER TABLE buyer ADD COLUMN title text;
CREATE FUNCTION keep_title() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.title := NEW.name; RETURN NEW; END $$;
CREATE TRIGGER keep_title BEFORE INSERT OR UPDATE ON buyer FOR EACH ROW EXECUTE FUNCTION keep_title();

-- unsafe: index concurrently, with a name that is there, if it is not
-- because: nothing is built, and the columns are others.
CREATE INDEX CONCURRENTLY IF NOT EXISTS ord_state ON ord (buyer_id, state);

-- safe: index concurrently, if it is not there, as it is
-- because: nothing happens and it is the same.
CREATE INDEX CONCURRENTLY IF NOT EXISTS ord_state ON ord (state);

-- unsafe: column used before it is made
-- because: the server refuses it.
-- fails: 42703
CREATE INDEX CONCURRENTLY ord_later ON ord (later);
ALTER TABLE ord ADD COLUMN later int;

-- unsafe: dropped twice
-- because: the server refuses the second.
-- fails: 42703
ALTER TABLE ord DROP COLUMN note;
ALTER TABLE ord DROP COLUMN note;

-- safe: foreign key of a table made here, both empty
-- because: all is new.
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY, a_id int);
ALTER TABLE b ADD CONSTRAINT b_a FOREIGN KEY (a_id) REFERENCES a (id);

-- unsafe: foreign key validated in the same statement list of one transaction
-- because: both tables stay locked.
BEGIN;
ALTER TABLE buyer ADD CONSTRAINT buyer_ord FOREIGN KEY (ord_id) REFERENCES ord (id) NOT VALID;
ALTER TABLE buyer VALIDATE CONSTRAINT buyer_ord;
COMMIT;

-- safe: default set before the column is filled in batches elsewhere
-- because: for new rows.
ALTER TABLE ord ADD COLUMN uid uuid;
ALTER TABLE ord ALTER COLUMN uid SET DEFAULT gen_random_uuid();

-- unsafe: default that is random, set with the column
-- because: all rows are written again.
ALTER TABLE ord ADD COLUMN uid uuid DEFAULT gen_random_uuid();
