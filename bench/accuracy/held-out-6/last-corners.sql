create schema lib;
create table lib.book (id bigint generated always as identity primary key, isbn varchar(13) not null, title text not null, pages int, price numeric(8,2), shelf text default 'A', added timestamptz not null default now(), meta json, out boolean not null default false);
create unique index book_isbn on lib.book (isbn);
create index book_shelf on lib.book (shelf) where not out;
create table lib.loan (id bigint generated always as identity primary key, book_id bigint not null references lib.book (id), reader bigint not null, since date not null, until date, fee numeric(6,2), constraint loan_days check (until >= since));
create index loan_book on lib.loan (book_id);
create table lib.reader (id bigint generated always as identity primary key, mail text not null, phone text, kind text not null default 'adult');
create index reader_mail on lib.reader (mail);
alter table lib.loan add constraint loan_reader foreign key (reader) references lib.reader (id) not valid;
create table lib.fee (code text primary key, amount int not null);
create function lib.fee_of(c text) returns int language sql stable as 'select amount from lib.fee where code = c';
create function lib.stamp() returns trigger language plpgsql as $$ begin new.added := now(); return new; end $$;
create trigger book_stamp before insert on lib.book for each row execute function lib.stamp();
create view lib.on_loan as select l.id, b.title, l.since from lib.loan l join lib.book b on b.id = l.book_id where l.until is null;
create materialized view lib.top as select book_id, count(*) as n from lib.loan group by book_id;
create unique index top_book on lib.top (book_id);
create type lib.genre as enum ('novel', 'poem');
create domain lib.isbn as text check (length(value) in (10, 13));
create table lib.visit (day date not null, n int not null, place text) partition by range (day);
create table lib.visit_a partition of lib.visit for values from ('2026-01-01') to ('2026-07-01');
create table lib.visit_b partition of lib.visit for values from ('2026-07-01') to ('2027-01-01');
create index visit_place on lib.visit (place);
create sequence lib.ticket;

-- unsafe: unique over two, nulls the same
-- because: writers wait while it is built.
CREATE UNIQUE INDEX loan_once ON lib.loan (book_id, until) NULLS NOT DISTINCT;

-- unsafe: rebuilt in its schema
-- because: writers wait.
REINDEX SCHEMA lib;

-- safe: rebuilt concurrently, all indexes of a table
-- because: nobody waits.
REINDEX TABLE CONCURRENTLY lib.loan;

-- safe: key validated that was waiting
-- because: readers and writers go on.
ALTER TABLE lib.loan VALIDATE CONSTRAINT loan_reader;

-- unsafe: key validated and column required in one statement
-- because: all rows are read under ACCESS EXCLUSIVE.
ALTER TABLE lib.loan VALIDATE CONSTRAINT loan_reader, ALTER until SET NOT NULL;

-- unsafe: numeric widened below a view it is not in, with its scale
-- because: all rows are written again.
ALTER TABLE lib.loan ALTER fee TYPE numeric(8,3);

-- safe: numeric widened that no view shows
-- because: no row is written.
ALTER TABLE lib.loan ALTER fee TYPE numeric(10,2);

-- unsafe: column of a view retyped
-- because: the server refuses it.
-- fails: 0A000
ALTER TABLE lib.book ALTER title TYPE varchar(200);

-- unsafe: check's column retyped
-- because: the server refuses it below a view.
-- fails: 0A000
ALTER TABLE lib.loan ALTER until TYPE timestamp;

-- safe: limit lifted with a unique index upon it
-- because: neither rows nor index are written.
ALTER TABLE lib.book ALTER isbn TYPE varchar(17);

-- unsafe: string into a domain with a check
-- because: all rows are read under ACCESS EXCLUSIVE.
ALTER TABLE lib.book ALTER isbn TYPE lib.isbn;

-- unsafe: json made binary
-- because: all rows are written again.
ALTER TABLE ONLY lib.book ALTER meta SET DATA TYPE jsonb;

-- safe: json with a default
-- because: for new rows.
ALTER TABLE lib.book ALTER meta SET DEFAULT '{}';

-- unsafe: json with a default that is none
-- because: the server refuses it.
-- fails: 22P02
ALTER TABLE lib.book ALTER meta SET DEFAULT '{';

-- unsafe: boolean that a partial index asks for dropped
-- because: the index goes with it, and code reads it.
ALTER TABLE lib.book DROP COLUMN out;

-- unsafe: column that a trigger sets renamed
-- because: every insert fails.
ALTER TABLE lib.book RENAME added TO created_at;

-- unsafe: column dropped, if it is there, which it is
-- because: its values are lost.
ALTER TABLE lib.reader DROP COLUMN IF EXISTS phone;

-- safe: column dropped, if it is there, which it is not
-- because: nothing happens.
ALTER TABLE lib.reader DROP COLUMN IF EXISTS fax;

-- safe: table changed, if it is there, which it is not
-- because: nothing happens.
ALTER TABLE IF EXISTS lib.readers ALTER COLUMN mail SET NOT NULL;

-- unsafe: required column with the default of a function
-- because: every row gets its own.
ALTER TABLE lib.loan ADD COLUMN code text NOT NULL DEFAULT md5(random()::text);

-- safe: column with a stable function's value
-- because: it is computed once.
ALTER TABLE lib.loan ADD COLUMN cents int DEFAULT lib.fee_of('day') ;

-- unsafe: uuid of the newest kind for all rows
-- because: every row gets its own.
ALTER TABLE lib.reader ADD COLUMN uid uuid NOT NULL DEFAULT uuidv7();

-- safe: array of texts, empty
-- because: it is kept in the catalog.
ALTER TABLE lib.book ADD COLUMN authors text[] NOT NULL DEFAULT ARRAY[]::text[];

-- safe: interval and point as constants
-- because: they are kept in the catalog.
ALTER TABLE lib.book ADD COLUMN lend interval DEFAULT interval '28 days', ADD COLUMN spot point DEFAULT point(0, 0);

-- unsafe: enum made and used for an old column
-- because: all rows are written again.
ALTER TABLE lib.reader ALTER kind DROP DEFAULT, ALTER kind TYPE lib.genre USING 'novel'::lib.genre;

-- safe: enum made and used for a new column
-- because: it is kept in the catalog.
ALTER TABLE lib.book ADD COLUMN genre lib.genre DEFAULT 'novel' NOT NULL;

-- unsafe: enum's value that there is not
-- because: the server refuses it.
-- fails: 22P02
ALTER TABLE lib.book ADD COLUMN genre lib.genre DEFAULT 'play' NOT NULL;

-- unsafe: function replaced by one that gives another type
-- because: the server refuses it.
-- fails: 42P13
CREATE OR REPLACE FUNCTION lib.fee_of(c text) RETURNS bigint LANGUAGE sql STABLE AS 'select amount::bigint from lib.fee where code = c';

-- unsafe: function beside another, by a default more
-- because: calls with one argument mean either.
CREATE FUNCTION lib.fee_of(c text, days int DEFAULT 1) RETURNS int LANGUAGE sql STABLE AS 'select amount * days from lib.fee where code = c';

-- safe: function beside another, with two arguments
-- because: each call means one.
CREATE FUNCTION lib.fee_of(c text, days int) RETURNS int LANGUAGE sql STABLE AS 'select amount * days from lib.fee where code = c';

-- unsafe: function whose body reads what is not there
-- because: the server refuses it.
-- fails: 42703
CREATE FUNCTION lib.late() RETURNS bigint LANGUAGE sql AS 'select count(*) from lib.loan where due < now()';

-- safe: function whose body reads what is there
-- because: it is new.
CREATE FUNCTION lib.late() RETURNS bigint LANGUAGE sql AS 'select count(*) from lib.loan where until < now()';

-- unsafe: trigger whose function sets what is not there
-- because: every insert fails.
CREATE TRIGGER loan_stamp BEFORE INSERT ON lib.loan FOR EACH ROW EXECUTE FUNCTION lib.stamp();

-- safe: trigger whose function sets what comes before it
-- because: the column is there by then.
ALTER TABLE lib.loan ADD COLUMN added timestamptz;
CREATE TRIGGER loan_stamp BEFORE INSERT ON lib.loan FOR EACH ROW EXECUTE FUNCTION lib.stamp();

-- unsafe: fees raised
-- because: all of them.
UPDATE lib.loan SET fee = fee * 1.1 WHERE fee > 0;

-- safe: one fee set
-- because: one row by its key.
UPDATE lib.fee SET amount = 50 WHERE code = 'day';

-- safe: fees put in, or set
-- because: two rows by their keys.
INSERT INTO lib.fee VALUES ('day', 50), ('week', 200) ON CONFLICT (code) DO UPDATE SET amount = excluded.amount;

-- unsafe: fees put in twice
-- because: the server refuses to change one row twice.
-- fails: 21000
INSERT INTO lib.fee VALUES ('day', 50), ('day', 60) ON CONFLICT (code) DO UPDATE SET amount = excluded.amount;

-- unsafe: loans of long ago deleted
-- because: no one says how many.
DELETE FROM lib.loan WHERE until < now() - interval '10 years';

-- safe: loans of long ago deleted, a thousand
-- because: a thousand.
DELETE FROM lib.loan WHERE id IN (SELECT id FROM lib.loan WHERE until < now() - interval '10 years' LIMIT 1000);

-- unsafe: books without loans deleted
-- because: all rows are compared.
DELETE FROM lib.book b WHERE NOT EXISTS (SELECT FROM lib.loan l WHERE l.book_id = b.id);

-- unsafe: partition emptied
-- because: its rows are lost.
TRUNCATE lib.visit_a;

-- unsafe: partitioned table emptied but for its partitions
-- because: the server refuses it.
-- fails: 42809
TRUNCATE ONLY lib.visit;

-- safe: partition made apart with its check, attached
-- because: it is new and empty.
CREATE TABLE lib.visit_c (LIKE lib.visit INCLUDING DEFAULTS INCLUDING INDEXES, CHECK (day >= '2027-01-01' AND day < '2027-07-01'));
ALTER TABLE lib.visit ATTACH PARTITION lib.visit_c FOR VALUES FROM ('2027-01-01') TO ('2027-07-01');

-- unsafe: partition detached in a transaction with what follows
-- because: ACCESS EXCLUSIVE on the parent until the end.
BEGIN;
ALTER TABLE lib.visit DETACH PARTITION lib.visit_a;
CREATE TABLE lib.visit_old AS SELECT * FROM lib.visit_a;
COMMIT;

-- safe: oldest partition detached concurrently
-- because: readers and writers go on.
ALTER TABLE lib.visit DETACH PARTITION lib.visit_a CONCURRENTLY;

-- unsafe: oldest partition detached concurrently and dropped
-- because: its rows are lost.
ALTER TABLE lib.visit DETACH PARTITION lib.visit_a CONCURRENTLY;
DROP TABLE lib.visit_a;

-- unsafe: column added to one partition
-- because: the server refuses it.
-- fails: 42809
ALTER TABLE lib.visit_b ADD COLUMN note text;

-- safe: index for one partition, concurrently
-- because: nobody waits.
CREATE INDEX CONCURRENTLY visit_b_n ON lib.visit_b (n);

-- unsafe: index for one partition
-- because: its writers wait.
CREATE INDEX visit_b_n ON lib.visit_b (n);

-- unsafe: view replaced that another type shows
-- because: the server refuses it.
-- fails: 42P16
CREATE OR REPLACE VIEW lib.on_loan AS SELECT l.id, b.title, l.since::timestamp AS since FROM lib.loan l JOIN lib.book b ON b.id = l.book_id WHERE l.until IS NULL;

-- safe: view replaced, another condition
-- because: columns and their types stay.
CREATE OR REPLACE VIEW lib.on_loan AS SELECT l.id, b.title, l.since FROM lib.loan l JOIN lib.book b ON b.id = l.book_id WHERE l.until IS NULL OR l.until > now();

-- unsafe: index of a materialized view dropped, without which it cannot be refreshed concurrently
-- because: it asks for ACCESS EXCLUSIVE, and the concurrent refresh fails.
DROP INDEX lib.top_book;

-- safe: refreshed concurrently after an upsert
-- because: readers go on.
INSERT INTO lib.fee VALUES ('year', 9) ON CONFLICT DO NOTHING;
REFRESH MATERIALIZED VIEW CONCURRENTLY lib.top;

-- unsafe: sequence dropped that code may name
-- because: nextval fails.
DROP SEQUENCE lib.ticket;

-- safe: sequence made cyclic that nothing takes from
-- because: code alone uses it, for tickets... which it may.
ALTER SEQUENCE lib.ticket INCREMENT BY 10 CACHE 10;

-- unsafe: identity begun again at one
-- because: its next numbers are taken.
ALTER TABLE lib.book ALTER COLUMN id RESTART;

-- unsafe: key over an expression
-- because: it cannot be parsed.
-- fails: 42601
ALTER TABLE lib.reader ADD CONSTRAINT mail_key UNIQUE (lower(mail));

-- safe: unique over an expression, as an index, concurrently
-- because: nobody waits.
CREATE UNIQUE INDEX CONCURRENTLY reader_mail_low ON lib.reader (lower(mail));

-- unsafe: required one, found by an older check that another transaction validates
-- because: the check is added, validated and used in one transaction.
BEGIN;
ALTER TABLE lib.loan ADD CONSTRAINT fee_set CHECK (fee IS NOT NULL) NOT VALID;
ALTER TABLE lib.loan VALIDATE CONSTRAINT fee_set;
ALTER TABLE lib.loan ALTER fee SET NOT NULL;
ALTER TABLE lib.loan DROP CONSTRAINT fee_set;
COMMIT;

-- safe: the same, each on its own
-- because: only the validation reads, and lets everybody through.
ALTER TABLE lib.loan ADD CONSTRAINT fee_set CHECK (fee IS NOT NULL) NOT VALID;
ALTER TABLE lib.loan VALIDATE CONSTRAINT fee_set;
ALTER TABLE lib.loan ALTER fee SET NOT NULL;
ALTER TABLE lib.loan DROP CONSTRAINT fee_set;

-- unsafe: lock taken and given up by a rollback to a savepoint, then a scan
-- because: the check is tested under ACCESS EXCLUSIVE.
BEGIN;
SAVEPOINT s;
LOCK TABLE lib.book;
ROLLBACK TO s;
ALTER TABLE lib.book ADD CHECK (pages > 0);
COMMIT;

-- safe: quick changes of two tables, each on its own
-- because: short locks, one after the other.
ALTER TABLE lib.book ADD COLUMN note text;
ALTER TABLE lib.reader ADD COLUMN note text;

-- unsafe: database's time zone changed
-- because: the server refuses it below a view.
-- fails: 0A000
SET TIME ZONE 'Europe/Vienna';
ALTER TABLE lib.loan ALTER since TYPE timestamptz;

-- safe: session's time zone shown
-- because: reading.
SHOW timezone;
SELECT current_setting('timezone');

-- unsafe: owner's rows of another schema dropped with it
-- because: everything in it is lost.
DROP SCHEMA IF EXISTS lib CASCADE;
