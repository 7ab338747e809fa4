create table wares (id bigint primary key, name text not null, price numeric, kind text, stock int not null default 0);
create table baskets (id bigint primary key, ware bigint references wares, n int);
create type size as enum ('s', 'm', 'l');
create table shirts (id bigint primary key, size size not null);
create function price_of(bigint) returns numeric language sql stable as 'select price from wares where id = $1';
create function total(a int, b int default 0) returns int language sql immutable as 'select a + b';
create function lower_name(text) returns text language sql immutable as 'select lower($1)';
create index wares_lower on wares (lower_name(name));
create view cheap as select id, name, price from wares where price < 10;
create role app_role;
create sequence wares_id_seq;
alter table baskets alter id set default nextval('wares_id_seq');
create table audit (id bigint, what text);
create function note() returns trigger language plpgsql as 'begin insert into audit values (1, tg_op); return null; end';
create trigger wares_note after update on wares for each row execute function note();
create publication outgoing for table audit;

-- safe: an enum value added
-- because: a change of the catalog alone.
ALTER TYPE size ADD VALUE 'xl';

-- safe: an enum value added in front, if it is not there
-- because: a change of the catalog alone.
ALTER TYPE size ADD VALUE IF NOT EXISTS 'xs' BEFORE 's';

-- unsafe: an enum value used in the transaction that adds it
-- fails: 55P04
-- because: a new value can be used only after the commit.
BEGIN;
ALTER TYPE size ADD VALUE 'xxl';
INSERT INTO shirts VALUES (1, 'xxl');
COMMIT;

-- safe: an enum value added, then used after the commit
-- because: it is committed.
ALTER TYPE size ADD VALUE 'xxl';
INSERT INTO shirts VALUES (1, 'xxl');

-- unsafe: an enum value in a transaction on 11
-- server: 11
-- because: not allowed in a transaction before 12.
BEGIN;
ALTER TYPE size ADD VALUE 'xl';
COMMIT;

-- unsafe: an enum value that is there
-- fails: 42710
-- because: it fails.
ALTER TYPE size ADD VALUE 'm';

-- safe: a new enum in a transaction, used at once
-- because: the type is made in the same transaction.
BEGIN;
CREATE TYPE weight AS ENUM ('light', 'heavy');
ALTER TABLE wares ADD COLUMN weight weight DEFAULT 'light';
COMMIT;

-- safe: a function replaced, same arguments and result
-- because: callers find it as before.
CREATE OR REPLACE FUNCTION price_of(bigint) RETURNS numeric LANGUAGE sql STABLE AS 'select coalesce(price, 0) from wares where id = $1';

-- unsafe: a function replaced with another result
-- fails: 42P13
-- because: the result type cannot change.
CREATE OR REPLACE FUNCTION price_of(bigint) RETURNS float8 LANGUAGE sql STABLE AS 'select price::float8 from wares where id = $1';

-- unsafe: a function with one more default argument beside the old one
-- because: calls with the old arguments become ambiguous.
CREATE FUNCTION total(a int, b int DEFAULT 0, c int DEFAULT 0) RETURNS int LANGUAGE sql IMMUTABLE AS 'select a + b + c';

-- unsafe: security definer without a search path
-- because: whoever makes objects in a schema of the path runs code as the owner.
CREATE FUNCTION charge(bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN UPDATE wares SET stock = stock - 1 WHERE id = $1; END $$;

-- safe: security definer with a search path
-- because: names are found where they should.
CREATE FUNCTION charge(bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ BEGIN UPDATE public.wares SET stock = stock - 1 WHERE id = $1; END $$;
REVOKE ALL ON FUNCTION charge(bigint) FROM PUBLIC;

-- unsafe: all rights to everyone
-- because: whoever can connect may change every row.
GRANT ALL ON wares TO PUBLIC;

-- unsafe: all rights on all tables to everyone
-- because: whoever can connect may change every row.
GRANT ALL PRIVILEGES ON ALL TABLES IN SCHEMA public TO PUBLIC;

-- safe: reading for one role
-- because: one right, one role.
GRANT SELECT ON wares TO app_role;

-- unsafe: a superuser
-- because: may do anything.
CREATE ROLE boss LOGIN SUPERUSER PASSWORD 'secret';

-- safe: a role without rights
-- because: nothing is given.
CREATE ROLE readers NOLOGIN;
GRANT USAGE ON SCHEMA public TO readers;

-- unsafe: an index of a volatile name order: expression function replaced
-- because: the index keeps what the old body gave, queries answer wrong.
CREATE OR REPLACE FUNCTION lower_name(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'select lower(trim($1))';

-- safe: a trigger on a table made now
-- because: nobody waits for it.
CREATE TABLE inbox (id bigint PRIMARY KEY, t text);
CREATE TRIGGER inbox_note AFTER UPDATE ON inbox FOR EACH ROW EXECUTE FUNCTION note();

-- safe: a sequence that starts higher
-- because: a setting of the sequence.
ALTER SEQUENCE wares_id_seq INCREMENT BY 5;

-- unsafe: a sequence restarted
-- because: numbers come again.
ALTER SEQUENCE wares_id_seq RESTART WITH 1;

-- unsafe: a syntax error
-- fails: 42601
-- because: it fails.
ALTER TABLE wares ADD COLUM color text;

-- unsafe: a comma too many
-- fails: 42601
-- because: it fails.
CREATE TABLE t (id int, name text,);

-- unsafe: a transaction that is not ended
-- because: all is rolled back when the connection closes, or locks stay.
BEGIN;
ALTER TABLE wares ADD COLUMN color text;

-- safe: rolled back at the end
-- because: nothing is left of the migration.
BEGIN;
ALTER TABLE wares ADD COLUMN color text;
ROLLBACK;

-- safe: a transaction with short changes
-- because: all are of the catalog alone.
BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE wares ADD COLUMN color text, ADD COLUMN brand text DEFAULT 'none';
CREATE TABLE brands (name text PRIMARY KEY);
COMMIT;

-- unsafe: a short change and then a long one in a transaction
-- because: ACCESS EXCLUSIVE is held while every row is counted and updated.
BEGIN;
ALTER TABLE wares ADD COLUMN sold int DEFAULT 0;
UPDATE wares SET sold = (SELECT count(*) FROM baskets b WHERE b.ware = wares.id);
COMMIT;

-- unsafe: an index in the same transaction as a new column
-- because: built while the table is locked.
BEGIN;
ALTER TABLE baskets ADD COLUMN member bigint;
CREATE INDEX baskets_member ON baskets (member);
COMMIT;

-- safe: a table copied by name: made, filled by hand, renamed
-- because: only tables of this migration.
BEGIN;
CREATE TABLE step1 (id int PRIMARY KEY);
INSERT INTO step1 VALUES (1), (2);
ALTER TABLE step1 RENAME TO step2;
ALTER TABLE step2 RENAME COLUMN id TO number;
ALTER TABLE step2 ALTER COLUMN number TYPE bigint;
ALTER TABLE step2 ADD CONSTRAINT positive CHECK (number > 0);
COMMIT;

-- unsafe: a table dropped and made again
-- because: the rows are gone.
DROP TABLE audit;
CREATE TABLE audit (id bigint, what text);

-- safe: a view with columns of the same names and types
-- because: what reads it finds all it did.
CREATE OR REPLACE VIEW cheap AS SELECT id, name, price FROM wares WHERE price < 20;

-- unsafe: a view replaced with another type
-- fails: 42P16
-- because: types of columns cannot change.
CREATE OR REPLACE VIEW cheap AS SELECT id, name, price::text AS price FROM wares;

-- unsafe: a table taken out of a publication
-- because: subscribers get no more changes of it.
ALTER PUBLICATION outgoing DROP TABLE audit;

-- safe: a comment with odd characters
-- because: nothing else.
COMMENT ON TABLE wares IS 'Größe; -- not a comment /* nor this';

-- safe: a name with capitals and spaces
-- because: quoted, new.
CREATE TABLE "Order Items" ("Id" bigint PRIMARY KEY, "select" text);
CREATE INDEX "by Select" ON "Order Items" ("select");

-- unsafe: a table with capitals without quotes
-- fails: 42P01
-- because: unquoted it is another name.
-- given
create table "Wishes" (id bigint primary key);
-- migration
ALTER TABLE Wishes ADD COLUMN t text;

-- unsafe: two long operations in one transaction
-- because: each lock is kept until the second is through.
BEGIN;
CREATE INDEX baskets_n ON baskets (n);
CREATE INDEX wares_kind ON wares (kind);
COMMIT;

-- safe: idempotent statements that find nothing
-- because: all notices.
DROP TABLE IF EXISTS not_here;
DROP INDEX IF EXISTS not_here_idx;
DROP VIEW IF EXISTS not_here_view;
ALTER TABLE IF EXISTS not_here ADD COLUMN a int;

-- unsafe: a column used before it is made
-- fails: 42703
-- because: wrong order.
CREATE INDEX CONCURRENTLY wares_color ON wares (color);
ALTER TABLE wares ADD COLUMN color text;

-- safe: column, constraint, validation
-- because: short locks and a scan that lets writes go on.
ALTER TABLE baskets ADD COLUMN place bigint;
ALTER TABLE baskets ADD CONSTRAINT baskets_place CHECK (place > 0) NOT VALID;
ALTER TABLE baskets VALIDATE CONSTRAINT baskets_place;

-- safe: an own schema for an extension
-- because: new.
CREATE SCHEMA IF NOT EXISTS ext;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA ext;

-- unsafe: an event trigger dropped that is not there
-- fails: 42704
-- because: it fails.
DROP EVENT TRIGGER nope;

-- unsafe: a rule that swallows inserts
-- because: rows of clients are not written any more.
CREATE RULE swallow AS ON INSERT TO wares DO INSTEAD NOTHING;

-- unsafe: a database collation refreshed after indexes were built with the old
-- because: it only silences the warning, indexes may be wrong.
ALTER DATABASE postgres REFRESH COLLATION VERSION;

-- unsafe: a foreign key with an index missing on delete
-- because: validates under locks on both tables.
ALTER TABLE baskets ADD CONSTRAINT again FOREIGN KEY (ware) REFERENCES wares ON DELETE CASCADE;

-- unsafe: a column dropped that an index function needs
-- because: values are lost and the index goes with it.
ALTER TABLE wares DROP COLUMN name CASCADE;

-- unsafe: a nullable column, a backfill of all in one go, then not null behind a check
-- because: the update writes every row in one statement.
ALTER TABLE baskets ADD COLUMN paid boolean;
UPDATE baskets SET paid = false WHERE paid IS NULL;
ALTER TABLE baskets ADD CONSTRAINT paid_nn CHECK (paid IS NOT NULL) NOT VALID;
ALTER TABLE baskets VALIDATE CONSTRAINT paid_nn;
ALTER TABLE baskets ALTER COLUMN paid SET NOT NULL;

-- safe: a table with a foreign key to a large one, made new
-- because: no row has to be looked up; the lock on the other table is short.
CREATE TABLE offers (id bigint PRIMARY KEY, ware bigint NOT NULL REFERENCES wares);
