create table people (id int generated always as identity primary key, full_name varchar(255), score int, joined timestamptz default now(), manager_id int);
create table pets (id serial primary key, owner_id int not null, name text unique, chip text);
create table reviews (id bigint primary key, username text not null, product text, review text, rating int default 3);
alter table reviews add constraint reviews_rating_set check (rating is not null) not valid;
create function reviews_sync() returns trigger language plpgsql as $$ begin new.review := coalesce(new.review, ''); return new; end $$;
create trigger reviews_sync before insert or update on reviews for each row execute function reviews_sync();
create index reviews_user on reviews (username);
create view v_people as select id, full_name from people;

-- safe: beginning of a change of type: a second column, kept in step by a trigger
-- because: the column is optional and the trigger is cheap.
BEGIN;
ALTER TABLE people ADD COLUMN score_next bigint;
CREATE FUNCTION people_score_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.score_next := NEW.score;
  RETURN NEW;
END $$;
CREATE TRIGGER people_score_up BEFORE INSERT OR UPDATE ON people FOR EACH ROW EXECUTE FUNCTION people_score_up();
COMMIT;

-- unsafe: filling of the second column in one go
-- because: every row is written in one transaction.
-- given
alter table people add column score_next bigint;
-- migration
UPDATE people SET score_next = score WHERE score_next IS NULL;

-- unsafe: end of the change: old column away and the new one in its place
-- because: values are lost and the name changes under running code.
BEGIN;
DROP TRIGGER IF EXISTS people_score_up ON people;
ALTER TABLE people DROP COLUMN score;
ALTER TABLE people RENAME COLUMN full_name TO score;
COMMIT;

-- safe: a schema of views for a new version
-- because: views are new names.
CREATE SCHEMA people_v2;
CREATE VIEW people_v2.people WITH (security_invoker = true) AS SELECT id, full_name AS name, score FROM public.people;

-- unsafe: the schema of views for the old version dropped
-- because: clients of that version fail.
-- given
create schema people_v1;
create view people_v1.people as select id, full_name from people;
-- migration
DROP SCHEMA people_v1 CASCADE;

-- safe: column with a check that no old row needs
-- because: the check is for new rows.
ALTER TABLE pets ADD COLUMN kind text;
ALTER TABLE pets ADD CONSTRAINT pets_kind CHECK (kind IN ('cat', 'dog')) NOT VALID;

-- unsafe: column with its check in one action
-- because: the table is scanned for the check although all values are null.
ALTER TABLE pets ADD COLUMN kind text CHECK (kind IN ('cat', 'dog'));

-- unsafe: column with a unique constraint
-- because: its index is built under ACCESS EXCLUSIVE.
ALTER TABLE pets ADD COLUMN tag text UNIQUE;

-- unsafe: column as the key of a table with one
-- because: the server refuses a second.
-- fails: 42P16
ALTER TABLE pets ADD COLUMN uid uuid PRIMARY KEY;

-- safe: table with all there is
-- because: it is new.
CREATE TABLE IF NOT EXISTS employees (
  id serial PRIMARY KEY,
  name varchar(100) NOT NULL DEFAULT 'n/a',
  email text UNIQUE,
  boss int REFERENCES employees (id) ON DELETE SET NULL,
  person int CONSTRAINT employees_person REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  pay numeric(12, 2) CHECK (pay > 0),
  span tsrange,
  CONSTRAINT employees_span EXCLUDE USING gist (span WITH &&) WHERE (pay > 100)
);
COMMENT ON COLUMN employees.boss IS 'null for the first';

-- unsafe: unnamed copy of a table filled with its rows
-- because: every row is read and written in one statement.
INSERT INTO reviews (id, username) SELECT id + 100000000, full_name FROM people;

-- safe: not null by a check, validated apart
-- because: VALIDATE blocks nobody.
ALTER TABLE reviews VALIDATE CONSTRAINT reviews_rating_set;
ALTER TABLE reviews ALTER COLUMN rating SET NOT NULL;
ALTER TABLE reviews DROP CONSTRAINT reviews_rating_set;

-- unsafe: not null over an unvalidated check
-- because: the check proves nothing yet.
ALTER TABLE reviews ALTER COLUMN rating SET NOT NULL;

-- unsafe: not null and its validation in one transaction
-- because: the strong lock is asked for while the weak one is held, but the scan is done; what locks is the check that is made there.
BEGIN;
ALTER TABLE reviews ADD CONSTRAINT reviews_review_set CHECK (review IS NOT NULL) NOT VALID;
ALTER TABLE reviews VALIDATE CONSTRAINT reviews_review_set;
ALTER TABLE reviews ALTER COLUMN review SET NOT NULL;
COMMIT;

-- unsafe: replica identity of a missing index
-- because: the server refuses it.
-- fails: 42704
ALTER TABLE pets REPLICA IDENTITY USING INDEX pets_chip_idx;

-- safe: replica identity by a unique index of a required column
-- because: only the catalog is written.
-- given
alter table pets alter column name set not null;
-- migration
ALTER TABLE pets REPLICA IDENTITY USING INDEX pets_name_key;

-- unsafe: replica identity by an index of an optional column
-- because: the server refuses it.
-- fails: 42809
ALTER TABLE pets REPLICA IDENTITY USING INDEX pets_name_key;

-- safe: index of a method and with options, beside the writers
-- because: CONCURRENTLY.
CREATE INDEX CONCURRENTLY reviews_text ON reviews USING gin (to_tsvector('english', review)) WITH (fastupdate = off);

-- unsafe: index with an option of another method
-- because: the server refuses it.
-- fails: 22023
CREATE INDEX CONCURRENTLY reviews_product ON reviews USING btree (product) WITH (fastupdate = off);

-- unsafe: hash index that is to be unique
-- because: the server refuses it.
-- fails: 0A000
CREATE UNIQUE INDEX CONCURRENTLY reviews_product ON reviews USING hash (product);

-- safe: index that includes further columns
-- because: CONCURRENTLY.
CREATE UNIQUE INDEX CONCURRENTLY reviews_once ON reviews (id, username) INCLUDE (rating) NULLS NOT DISTINCT;

-- unsafe: raw statement that drops a column below a view
-- because: the server refuses it.
-- fails: 2BP01
ALTER TABLE people DROP COLUMN full_name;

-- safe: foreign key away that was only there to be replaced
-- because: the new one is made unvalidated first.
-- given
alter table pets add constraint pets_owner foreign key (owner_id) references people (id);
-- migration
ALTER TABLE pets ADD CONSTRAINT pets_owner_2 FOREIGN KEY (owner_id) REFERENCES people (id) ON DELETE RESTRICT NOT VALID;
ALTER TABLE pets VALIDATE CONSTRAINT pets_owner_2;
ALTER TABLE pets DROP CONSTRAINT pets_owner;
ALTER TABLE pets RENAME CONSTRAINT pets_owner_2 TO pets_owner;

-- unsafe: multi-column key of unlike types
-- because: text and integer cannot be compared.
-- fails: 42804
ALTER TABLE pets ADD CONSTRAINT pets_chip_owner FOREIGN KEY (chip) REFERENCES people (id) NOT VALID;

-- unsafe: multi-column key of unequal numbers of columns
-- because: the server refuses it.
-- fails: 42830
ALTER TABLE pets ADD CONSTRAINT pets_two FOREIGN KEY (owner_id, id) REFERENCES people (id) NOT VALID;

-- unsafe: trigger on a column that is not there
-- because: the server refuses it.
-- fails: 42703
CREATE TRIGGER pets_named BEFORE UPDATE OF nickname ON pets FOR EACH ROW EXECUTE FUNCTION reviews_sync();

-- unsafe: trigger by a function that is none of triggers
-- because: the server refuses it.
-- fails: 42P17
-- given
create function answer() returns int language sql as 'select 42';
-- migration
CREATE TRIGGER pets_answer AFTER INSERT ON pets FOR EACH ROW EXECUTE FUNCTION answer();

-- unsafe: function of a trigger dropped
-- because: the server refuses it.
-- fails: 2BP01
DROP FUNCTION reviews_sync();

-- unsafe: function of a trigger dropped by its bare name
-- because: the server refuses it.
-- fails: 2BP01
DROP FUNCTION reviews_sync;

-- unsafe: function and its trigger dropped together
-- because: the trigger stops filling the column.
DROP FUNCTION reviews_sync CASCADE;

-- safe: trigger made anew in place
-- because: OR REPLACE leaves no gap.
CREATE OR REPLACE TRIGGER reviews_sync BEFORE INSERT OR UPDATE OF review ON reviews FOR EACH ROW EXECUTE FUNCTION reviews_sync();

-- unsafe: trigger made again under its name
-- because: the server refuses it.
-- fails: 42710
CREATE TRIGGER reviews_sync BEFORE INSERT ON reviews FOR EACH ROW EXECUTE FUNCTION reviews_sync();

-- unsafe: trigger switched off
-- because: rows go in unfilled.
ALTER TABLE reviews DISABLE TRIGGER reviews_sync;

-- safe: default and column for old clients
-- because: constants and optional.
ALTER TABLE people ADD COLUMN is_adult boolean DEFAULT true, ADD COLUMN age_group text DEFAULT 'unknown';

-- safe: storage of a column
-- because: it is for new values.
ALTER TABLE reviews ALTER COLUMN review SET STORAGE EXTERNAL;

-- safe: compression of a column
-- because: it is for new values.
ALTER TABLE reviews ALTER COLUMN review SET COMPRESSION pglz;

-- unsafe: storage that a type cannot have
-- because: the server refuses it.
-- fails: 0A000
ALTER TABLE reviews ALTER COLUMN rating SET STORAGE EXTENDED;

-- safe: goal of the statistics
-- because: SHARE UPDATE EXCLUSIVE.
ALTER TABLE reviews ALTER COLUMN product SET STATISTICS 500;

-- safe: statistics over two columns
-- because: only the catalog is written.
CREATE STATISTICS reviews_pairs (dependencies, ndistinct) ON username, product FROM reviews;

-- safe: fill factor
-- because: for new pages.
ALTER TABLE people SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);

-- unsafe: option that tables do not have
-- because: the server refuses it.
-- fails: 22023
ALTER TABLE people SET (fill_factor = 80);

-- unsafe: vacuum by itself switched off
-- because: dead rows stay and the numbers of transactions wrap around.
ALTER TABLE people SET (autovacuum_enabled = off);

-- unsafe: table left out of the log
-- because: it is rewritten and lost after a crash.
ALTER TABLE pets SET UNLOGGED;

-- safe: new table left out of the log
-- because: a choice for a new table; nothing that is there is touched.
CREATE UNLOGGED TABLE session_cache (key text PRIMARY KEY, value bytea);
