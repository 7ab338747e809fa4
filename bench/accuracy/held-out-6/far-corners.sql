create table car (id bigint generated always as identity primary key, plate varchar(10) not null, owner text, km int, color text default 'red', bought date, doc text, loc point, span daterange, price money, tags text[]);
create unique index car_plate on car (plate);
create index car_color on car (color);
create table trip (id bigint generated always as identity primary key, car_id bigint not null, km int, at timestamptz not null default now(), constraint trip_car foreign key (car_id) references car (id) deferrable initially immediate);
create index trip_car on trip (car_id);
create table stop (trip_id bigint, no int, place text, primary key (trip_id, no));
alter table stop add constraint stop_trip foreign key (trip_id) references trip (id) not valid;
create domain km as int check (value >= 0);
create domain zip as text constraint zip_len check (length(value) = 5) not null;
create table place (id int primary key, z zip, k km);
create domain lonely as int check (value > 0);
create type addr as (street text, no int);
create table house (id int primary key, a addr);
create type unused_comp as (a int);
create table gen (id int primary key, a int, b int, total int generated always as (a + b) stored, half int generated always as (a / 2) virtual);
create text search configuration plain_en (copy = english);
create function car_age(d date) returns int language sql immutable as 'select extract(year from d)::int';
create index car_year on car (car_age(bought));
create function guard() returns event_trigger language plpgsql as $$ begin end $$;
create function log_rows() returns trigger language plpgsql as $$ begin insert into stop select 1, 1, ''; return null; end $$;
create aggregate longest(text) (sfunc = textcat, stype = text);
create view cars as select id, plate, owner from car;
create view car_owner as select owner from cars;
create foreign data wrapper wrap;
create server far foreign data wrapper wrap;
create foreign table far_car (id int, plate text) server far;
create operator === (leftarg = text, rightarg = text, function = texteq);
create table many_checks (a int, b int, constraint ab check (a < b), constraint a_set check (a is not null), constraint b_maybe check (b is not null) not valid);
create table old_style (id int, kind text) with (fillfactor = 70);
create table ref_target (a int, b int, unique (a, b));
create table keyless (a int, b text);

-- safe: foreign key made initially deferred
-- because: catalog only.
ALTER TABLE trip ALTER CONSTRAINT trip_car DEFERRABLE INITIALLY DEFERRED;

-- unsafe: foreign key not enforced any more
-- because: orphans can come in.
ALTER TABLE trip ALTER CONSTRAINT trip_car NOT ENFORCED;

-- safe: older key validated
-- because: readers and writers go on.
ALTER TABLE stop VALIDATE CONSTRAINT stop_trip;

-- unsafe: older key validated in a transaction that has locked its partner
-- because: the strong lock is held through the comparison.
BEGIN;
ALTER TABLE trip ADD COLUMN note text;
ALTER TABLE stop VALIDATE CONSTRAINT stop_trip;
COMMIT;

-- unsafe: domain's check taken away
-- because: bad values can come in.
ALTER DOMAIN zip DROP CONSTRAINT zip_len;

-- safe: domain's check taken away that is not there, if it is
-- because: nothing happens.
ALTER DOMAIN zip DROP CONSTRAINT IF EXISTS zip_none;

-- unsafe: domain required
-- because: tables that use it are read while writers wait.
ALTER DOMAIN km SET NOT NULL;

-- safe: domain that no column has required
-- because: nothing to be read.
ALTER DOMAIN lonely SET NOT NULL;

-- unsafe: domain renamed
-- because: code casts to the old name.
ALTER DOMAIN km RENAME TO kilometres;

-- safe: domain's default
-- because: for new rows.
ALTER DOMAIN km SET DEFAULT 0;

-- safe: attribute added to a type that a column has
-- because: catalog only, old values lack it.
ALTER TYPE addr ADD ATTRIBUTE zip text;

-- unsafe: attribute dropped of a type that a column has
-- because: values lose a part.
ALTER TYPE addr DROP ATTRIBUTE no;

-- safe: attribute of a type that nothing has
-- because: nobody uses it.
ALTER TYPE unused_comp ADD ATTRIBUTE b text, DROP ATTRIBUTE a;

-- unsafe: expression of a stored column changed
-- because: all rows are written again.
ALTER TABLE gen ALTER COLUMN total SET EXPRESSION AS (a * b);

-- safe: expression of a virtual column changed
-- because: it is computed when it is read.
ALTER TABLE gen ALTER COLUMN half SET EXPRESSION AS (a / 3);

-- safe: stored column made an ordinary one
-- because: catalog only, the values stay.
ALTER TABLE gen ALTER COLUMN total DROP EXPRESSION;

-- unsafe: base column of a generated one dropped
-- because: the server refuses it.
-- fails: 2BP01
ALTER TABLE gen DROP COLUMN a;

-- unsafe: values written to a generated column
-- because: the server refuses it.
-- fails: 428C9
UPDATE gen SET total = 1 WHERE id = 1;

-- unsafe: configuration of text search dropped
-- because: queries that name it fail.
DROP TEXT SEARCH CONFIGURATION plain_en;

-- safe: configuration of text search made
-- because: it is new.
CREATE TEXT SEARCH CONFIGURATION plain_de (COPY = german);

-- safe: event trigger made
-- because: it is new, and runs when somebody changes the schema.
CREATE EVENT TRIGGER guard_ddl ON ddl_command_start EXECUTE FUNCTION guard();

-- unsafe: aggregate dropped
-- because: queries that call it fail.
DROP AGGREGATE longest(text);

-- unsafe: operator dropped
-- because: queries that use it fail.
DROP OPERATOR === (text, text);

-- unsafe: view of a view dropped below
-- because: the server refuses it.
-- fails: 2BP01
DROP VIEW cars;

-- unsafe: view renamed
-- because: code uses the old name.
ALTER VIEW cars RENAME TO vehicles;

-- safe: view's column given a default
-- because: catalog only.
ALTER VIEW cars ALTER COLUMN owner SET DEFAULT 'nobody';

-- unsafe: foreign table dropped
-- because: queries that read it fail.
DROP FOREIGN TABLE far_car;

-- safe: foreign table made
-- because: it is new.
CREATE FOREIGN TABLE far_trip (id int) SERVER far;

-- safe: column of a foreign table
-- because: nothing is written here.
ALTER FOREIGN TABLE far_car ADD COLUMN km int;

-- unsafe: function of an index changed
-- because: the index keeps what the old one said.
CREATE OR REPLACE FUNCTION car_age(d date) RETURNS int LANGUAGE sql IMMUTABLE AS 'select 2000 + extract(year from d)::int';

-- safe: check dropped after the column became required
-- because: NOT NULL says the same.
ALTER TABLE many_checks ALTER a SET NOT NULL;
ALTER TABLE many_checks DROP CONSTRAINT a_set;

-- safe: required by a check that was made with its table
-- because: PostgreSQL ignores NOT VALID in CREATE TABLE, so the check is valid and proves it.
ALTER TABLE many_checks ALTER b SET NOT NULL;

-- safe: check validated, then required
-- because: the check proves it.
ALTER TABLE many_checks VALIDATE CONSTRAINT b_maybe;
ALTER TABLE many_checks ALTER COLUMN b SET NOT NULL;

-- safe: two columns required, both proved
-- because: NOT VALID in a CREATE TABLE is ignored, both checks are valid.
ALTER TABLE many_checks ALTER a SET NOT NULL, ALTER b SET NOT NULL;

-- safe: fill factor back to normal
-- because: for new pages.
ALTER TABLE old_style RESET (fillfactor);

-- unsafe: foreign key to two columns, in another order
-- because: the server finds no such unique constraint... which it does in any order, and compares all rows.
ALTER TABLE keyless ADD COLUMN c int, ADD FOREIGN KEY (c, a) REFERENCES ref_target (b, a);

-- unsafe: foreign key to half of a unique pair
-- because: the server refuses it.
-- fails: 42830
ALTER TABLE keyless ADD FOREIGN KEY (a) REFERENCES ref_target (a);

-- unsafe: index by BRIN
-- because: writers wait while it is built.
CREATE INDEX trip_at_brin ON trip USING brin (at) WITH (pages_per_range = 32);

-- safe: index by BRIN concurrently
-- because: nobody waits.
CREATE INDEX CONCURRENTLY trip_at_brin ON trip USING brin (at) WITH (pages_per_range = 32);

-- unsafe: index by hash over two columns
-- because: the server refuses it.
-- fails: 0A000
CREATE INDEX CONCURRENTLY car_hash ON car USING hash (color, owner);

-- unsafe: unique index by hash
-- because: the server refuses it.
-- fails: 0A000
CREATE UNIQUE INDEX CONCURRENTLY car_hash ON car USING hash (color);

-- unsafe: index over what has no order
-- because: the server refuses it.
-- fails: 42704
CREATE INDEX CONCURRENTLY car_loc ON car (loc);

-- safe: index by GiST
-- because: nobody waits.
CREATE INDEX CONCURRENTLY car_loc ON car USING gist (loc);

-- safe: index's options
-- because: for new pages.
ALTER INDEX car_color SET (deduplicate_items = off, fillfactor = 80);

-- unsafe: index made invisible by dropping it
-- because: it asks for ACCESS EXCLUSIVE.
DROP INDEX car_color, car_year;

-- unsafe: index moved to another place of files
-- because: the server refuses it, there is no such place.
-- fails: 42704
ALTER INDEX car_color SET TABLESPACE fast;

-- safe: index's dependence on an extension
-- because: it is none... and the extension is there.
ALTER INDEX car_color NO DEPENDS ON EXTENSION plpgsql;

-- safe: statistics over an expression
-- because: catalog only.
CREATE STATISTICS car_stats ON lower(owner), color FROM car;

-- unsafe: statistics dropped that are not there
-- because: the server refuses it.
-- known: a copy of the schema refuses it, no rule does.
-- fails: 42704
DROP STATISTICS car_stats;

-- unsafe: column with money widened
-- because: all rows are written again.
ALTER TABLE car ALTER price TYPE numeric(12,2) USING price::numeric;

-- unsafe: array made of a text
-- because: all rows are written again.
ALTER TABLE car ALTER color DROP DEFAULT, ALTER color TYPE text[] USING ARRAY[color];

-- safe: default of an array
-- because: for new rows.
ALTER TABLE car ALTER tags SET DEFAULT '{}';

-- unsafe: default of an array that is none
-- because: the server refuses it.
-- fails: 22P02
ALTER TABLE car ALTER tags SET DEFAULT 'none';

-- unsafe: excluded by overlap
-- because: an index is built under ACCESS EXCLUSIVE.
ALTER TABLE car ADD CONSTRAINT car_span EXCLUDE USING gist (span WITH &&) WHERE (span IS NOT NULL);

-- unsafe: trigger for each statement that writes to another table
-- because: it refers to rows that it does not have.
-- fails: 42P17
CREATE TRIGGER log_trip AFTER INSERT ON trip FOR EACH STATEMENT WHEN (NEW.km > 0) EXECUTE FUNCTION log_rows();

-- safe: trigger for each statement
-- because: a short lock.
CREATE TRIGGER log_trip AFTER INSERT ON trip REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION log_rows();

-- safe: constraint trigger
-- because: a short lock.
CREATE CONSTRAINT TRIGGER check_trip AFTER INSERT ON trip DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION log_rows();

-- safe: new trigger that always fires
-- because: it is new.
CREATE TRIGGER log_trip AFTER INSERT ON trip FOR EACH ROW EXECUTE FUNCTION log_rows();
ALTER TABLE trip ENABLE ALWAYS TRIGGER log_trip;

-- safe: name of a sequence asked
-- because: reading.
SELECT pg_get_serial_sequence('car', 'id');

-- unsafe: backends cancelled
-- because: the work of others is lost.
SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid();

-- unsafe: catalogs changed by hand
-- because: it goes past all checks.
UPDATE pg_attribute SET atttypmod = 24 WHERE attrelid = 'car'::regclass AND attname = 'plate';

-- safe: catalogs read
-- because: reading.
SELECT relname, reltuples FROM pg_class WHERE relkind = 'r' ORDER BY 2 DESC LIMIT 10;

-- unsafe: column rights taken
-- because: the server refuses it, there is no such role.
-- known: roles belong to the server and are in no catalog.
-- fails: 42704
REVOKE UPDATE (owner) ON car FROM nobody_here;

-- safe: language there already
-- because: nothing happens.
CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;

-- unsafe: collation refreshed without its indexes
-- because: the indexes keep the old order.
ALTER DATABASE postgres REFRESH COLLATION VERSION;

-- unsafe: row type changed by a whole row
-- because: the server refuses it, too few columns.
-- fails: 42601
INSERT INTO stop VALUES (1, 2, 'x', 'y');

-- unsafe: null into a key
-- because: the server refuses it.
-- fails: 23502
INSERT INTO stop (trip_id, place) VALUES (1, 'x');

-- safe: a row with all that it needs
-- because: one row... of an existing trip or not, as the key says.
INSERT INTO place (id, z, k) VALUES (1, '12345', 5);

-- unsafe: a row that its domain refuses
-- because: the server refuses it.
-- known: a copy of the schema refuses it, no rule does.
-- fails: 23514
INSERT INTO place (id, z, k) VALUES (2, '12', 5);

-- unsafe: on conflict without a unique index
-- because: the server refuses it.
-- fails: 42P10
INSERT INTO car (plate) VALUES ('W 1') ON CONFLICT (owner) DO NOTHING;

-- safe: on conflict with its unique index
-- because: one row.
INSERT INTO car (plate) VALUES ('W 1') ON CONFLICT (plate) DO UPDATE SET owner = excluded.owner;

-- unsafe: table made of a type that does not exist
-- because: the server refuses it.
-- fails: 42704
CREATE TABLE bike (id int, frame frame_kind);

-- unsafe: table with a column twice
-- because: the server refuses it.
-- fails: 42701
CREATE TABLE bike (id int, name text, id bigint);

-- unsafe: table with two keys
-- because: the server refuses it.
-- fails: 42P16
CREATE TABLE bike (id int PRIMARY KEY, name text, PRIMARY KEY (name));

-- unsafe: table that refers to one that comes later
-- because: the server refuses it.
-- fails: 42P01
CREATE TABLE bike (id int PRIMARY KEY, maker_id int REFERENCES maker (id));
CREATE TABLE maker (id int PRIMARY KEY);

-- safe: table that refers to one that comes first
-- because: both are new.
CREATE TABLE maker (id int PRIMARY KEY);
CREATE TABLE bike (id int PRIMARY KEY, maker_id int REFERENCES maker (id));

-- unsafe: default that calls a column
-- because: the server refuses it.
-- fails: 0A000
CREATE TABLE bike (id int, twice int DEFAULT id * 2);

-- unsafe: check with a query in it
-- because: the server refuses it.
-- fails: 0A000
ALTER TABLE trip ADD CONSTRAINT known CHECK (car_id IN (SELECT id FROM car)) NOT VALID;

-- unsafe: replaced procedure that was a function
-- because: the server refuses it.
-- fails: 42809
CREATE OR REPLACE PROCEDURE car_age(d date) LANGUAGE sql AS 'select 1';

-- unsafe: keys moved by one
-- because: all rows are changed.
UPDATE stop SET no = no + 1;

-- safe: key of one trip moved
-- because: rows of one trip.
UPDATE stop SET no = no + 1 WHERE trip_id = 17 AND no = 3;

-- unsafe: rows given out of order and kept apart by a window
-- because: all rows are changed.
UPDATE stop s SET no = n.rn FROM (SELECT trip_id, no, row_number() OVER (PARTITION BY trip_id ORDER BY place) AS rn FROM stop) n WHERE n.trip_id = s.trip_id AND n.no = s.no;

-- unsafe: doubles deleted
-- because: all rows are compared.
DELETE FROM keyless a USING keyless b WHERE a.ctid < b.ctid AND a.a = b.a;
