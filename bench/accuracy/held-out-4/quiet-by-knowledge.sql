create table doc (id bigint generated always as identity primary key, title varchar(50) not null, body text, state varchar(10) not null default 'draft', tags text[] default '{}', n int not null, m numeric(6,2), v varbit(8), i interval(3), t time(3), net cidr, stamp timestamptz not null default now(), extra jsonb, unique (title));
alter table doc add constraint doc_state check (state in ('draft', 'final', 'gone'));
alter table doc add constraint doc_extra check (extra is not null);
alter table doc add constraint doc_n check (n > 0) not valid;
create index doc_stamp on doc (stamp);
create index doc_state_idx on doc (state);
create table rev (doc_id bigint not null, no int not null, body text, primary key (doc_id, no));
alter table rev add constraint rev_doc foreign key (doc_id) references doc (id);
create unlogged table cache (k text primary key, v text);
create sequence free_no as int;
create table numbered (id int not null default nextval('free_no'), label text);
create type colour as enum ('red', 'green');
create type unused as enum ('x', 'y');
create domain short as varchar(20);
create domain sure as text not null;
create function stamp_it() returns trigger language plpgsql as $$ begin new.stamp := now(); return new; end $$;
create function constant_time() returns timestamptz stable language sql as 'select now()';
create function any_time() returns timestamptz volatile language plpgsql as $$ begin return clock_timestamp(); end $$;
create view finals as select id, body as title from doc where n > 3;
create trigger doc_stamp before update on doc for each row execute function stamp_it();

-- safe: column with a default of a stable function
-- because: it is computed once.
ALTER TABLE doc ADD COLUMN seen timestamptz DEFAULT constant_time();

-- unsafe: column with a default of a volatile function of our own
-- because: the table is rewritten.
ALTER TABLE doc ADD COLUMN seen timestamptz DEFAULT any_time();

-- safe: default of a volatile function for new rows
-- because: nothing is read.
ALTER TABLE doc ALTER COLUMN stamp SET DEFAULT any_time();

-- safe: interval with more digits
-- because: stored alike.
ALTER TABLE doc ALTER COLUMN i TYPE interval(6);

-- unsafe: interval with fewer digits
-- because: rewritten.
ALTER TABLE doc ALTER COLUMN i TYPE interval(0);

-- safe: time with more digits
-- because: stored alike.
ALTER TABLE doc ALTER COLUMN t TYPE time;

-- safe: longer bit string
-- because: stored alike.
ALTER TABLE doc ALTER COLUMN v TYPE varbit(64);

-- safe: unlimited bit string
-- because: stored alike.
ALTER TABLE doc ALTER COLUMN v TYPE varbit;

-- unsafe: shorter bit string
-- because: rewritten, and longer values fail.
ALTER TABLE doc ALTER COLUMN v TYPE varbit(4);

-- safe: timestamptz to timestamptz of the default precision
-- because: the same type.
ALTER TABLE doc ALTER COLUMN stamp TYPE timestamptz(6);

-- safe: network to address
-- because: stored alike.
ALTER TABLE doc ALTER net TYPE inet;

-- unsafe: address to network
-- because: rewritten, and hosts with bits set fail.
-- given
alter table doc add column host inet;
-- migration
ALTER TABLE doc ALTER host TYPE cidr;

-- unsafe: array retyped
-- because: rewritten.
ALTER TABLE doc ALTER tags DROP DEFAULT, ALTER tags TYPE int[] USING tags::int[];

-- unsafe: array of text to array of varchar without limit
-- because: arrays are rewritten even where their elements are stored alike.
ALTER TABLE doc ALTER tags TYPE varchar[];

-- unsafe: string with a check on it widened
-- because: the check is tested against all rows again.
ALTER TABLE doc ALTER state TYPE varchar(40);

-- safe: string with an index made longer
-- because: the index is kept as it is.
-- given
alter table rev add column code varchar(5);
create index rev_code on rev (code);
-- migration
ALTER TABLE rev ALTER code TYPE varchar(9);

-- unsafe: collation of an indexed column
-- because: the index is built again.
ALTER TABLE rev ALTER body TYPE text COLLATE "C";
CREATE INDEX rev_body ON rev (body);

-- safe: collation of a column without an index
-- because: stored alike.
ALTER TABLE rev ALTER body TYPE text COLLATE "C";

-- unsafe: collation of a column with a unique index
-- because: the index is built again under ACCESS EXCLUSIVE.
ALTER TABLE doc ALTER title TYPE varchar(50) COLLATE "C";

-- safe: domain that is longer than what was there
-- because: a domain without constraints is its base type.
ALTER TABLE rev ADD COLUMN mark short;

-- unsafe: domain that asks for a value
-- because: existing rows have none.
ALTER TABLE rev ADD COLUMN mark sure;

-- safe: required again
-- because: a key's columns are.
ALTER TABLE rev ALTER COLUMN no SET NOT NULL;

-- safe: required with the help of a validated check
-- because: the scan is spared.
ALTER TABLE doc ALTER COLUMN extra SET NOT NULL;

-- safe: check validated
-- because: SHARE UPDATE EXCLUSIVE.
ALTER TABLE doc VALIDATE CONSTRAINT doc_n;

-- safe: check validated again
-- because: nothing is to be done.
ALTER TABLE doc VALIDATE CONSTRAINT doc_state;

-- unsafe: constraint validated that is a unique one
-- because: the server refuses it.
-- fails: 42809
ALTER TABLE doc VALIDATE CONSTRAINT doc_title_key;

-- safe: key set deferrable
-- because: catalog only.
ALTER TABLE rev ALTER CONSTRAINT rev_doc DEFERRABLE INITIALLY DEFERRED;

-- unsafe: check set deferrable
-- because: the server refuses it.
-- fails: 42809
ALTER TABLE doc ALTER CONSTRAINT doc_state DEFERRABLE;

-- safe: type without users dropped
-- because: nothing has it.
DROP TYPE unused;

-- safe: type without users relabelled
-- because: nothing has it.
ALTER TYPE unused RENAME VALUE 'x' TO 'z';

-- safe: sequence widened
-- because: catalog only.
ALTER SEQUENCE free_no AS bigint;

-- unsafe: sequence dropped that a default takes from
-- because: the server refuses it.
-- fails: 2BP01
DROP SEQUENCE free_no;

-- safe: sequence given to its column
-- because: catalog only.
ALTER SEQUENCE free_no OWNED BY numbered.id;

-- unsafe: sequence given to a column of a table in another schema
-- because: the server refuses it.
-- fails: 55000
CREATE SCHEMA elsewhere;
CREATE TABLE elsewhere.t (id int);
ALTER SEQUENCE free_no OWNED BY elsewhere.t.id;

-- unsafe: sequence set back
-- because: numbers that are taken come again.
ALTER SEQUENCE free_no RESTART;

-- safe: sequence set past the largest number
-- because: no number comes twice.
SELECT setval('free_no', (SELECT coalesce(max(id), 0) + 1 FROM numbered), false);

-- unsafe: default replaced by an identity of a required column
-- because: readers and writers wait for a lock that is taken by hand.
BEGIN;
LOCK TABLE numbered IN ACCESS EXCLUSIVE MODE;
ALTER TABLE numbered ALTER COLUMN id DROP DEFAULT;
ALTER TABLE numbered ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (START WITH 2000000000);
COMMIT;

-- unsafe: identity of a column that is no integer
-- because: the server refuses it.
-- fails: 22023
ALTER TABLE doc ALTER COLUMN m ADD GENERATED ALWAYS AS IDENTITY;

-- unsafe: identity beside a default
-- because: the server refuses it.
-- fails: 55000
ALTER TABLE numbered ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

-- unsafe: identity of text
-- because: the server refuses it.
-- fails: 22023
ALTER TABLE doc ALTER COLUMN title ADD GENERATED ALWAYS AS IDENTITY;

-- unsafe: given number in a column that is always generated
-- because: the server refuses it.
-- fails: 428C9
INSERT INTO doc (id, title, n) VALUES (7, 'x', 1);

-- safe: given number with the override, far below
-- because: OVERRIDING and the sequence set past it.
INSERT INTO doc (id, title, n, extra) OVERRIDING SYSTEM VALUE VALUES (7, 'x', 1, '{}');
SELECT setval(pg_get_serial_sequence('doc', 'id'), (SELECT max(id) FROM doc));

-- unsafe: row that a check refuses
-- because: the server refuses it.
-- fails: 23514
INSERT INTO doc (title, n, extra, state) VALUES ('y', 1, '{}', 'open');

-- unsafe: row without a required value
-- because: the server refuses it.
-- fails: 23502
INSERT INTO doc (title, extra) VALUES ('y', '{}');

-- unsafe: value too long for its column
-- because: the server refuses it.
-- fails: 22001
INSERT INTO doc (title, n, extra, state) VALUES ('y', 1, '{}', 'finalised by the owner');

-- safe: a few rows
-- because: a few rows.
INSERT INTO doc (title, n, extra) VALUES ('a', 1, '{}'), ('b', 2, '{}');

-- unsafe: more values than columns
-- because: the server refuses it.
-- fails: 42601
INSERT INTO rev (doc_id, no) VALUES (1, 2, 'x');

-- unsafe: copy of a large table into another
-- because: a long statement and many row writes in one transaction.
INSERT INTO rev (doc_id, no, body) SELECT id, 1, body FROM doc;

-- safe: unlogged table made permanent while nobody fears for its rows
-- because: it is made here.
CREATE UNLOGGED TABLE load_area (id int, line text);
INSERT INTO load_area VALUES (1, 'a');
ALTER TABLE load_area SET LOGGED;

-- unsafe: unlogged table of many rows made permanent
-- because: rewritten and logged whole.
ALTER TABLE cache SET LOGGED;

-- safe: index beside the writers on an expression
-- because: CONCURRENTLY.
CREATE INDEX CONCURRENTLY doc_year ON doc ((extract(year FROM stamp AT TIME ZONE 'UTC')));

-- unsafe: index on an expression that depends on the session
-- because: the server wants it immutable.
-- fails: 42P17
CREATE INDEX CONCURRENTLY doc_day ON doc ((stamp::date));

-- unsafe: index with the operators of another type
-- because: the server refuses it.
-- fails: 42804
CREATE INDEX CONCURRENTLY doc_n ON doc (n text_pattern_ops);

-- unsafe: index of a type without an order
-- because: the server refuses it.
-- fails: 42704
-- given
alter table doc add column spot point;
-- migration
CREATE INDEX CONCURRENTLY doc_spot ON doc (spot);

-- unsafe: index of an array with gin operators for text
-- because: the server knows no such operator class.
-- fails: 42704
CREATE INDEX CONCURRENTLY doc_tags ON doc USING gin (tags jsonb_ops_fast);

-- safe: index for containment
-- because: CONCURRENTLY.
CREATE INDEX CONCURRENTLY doc_extra ON doc USING gin (extra jsonb_path_ops);

-- unsafe: name of an index that is taken
-- because: the server refuses it.
-- fails: 42P07
CREATE INDEX CONCURRENTLY doc_stamp ON doc (n);

-- safe: index dropped that the file made
-- because: the file's own table.
CREATE TABLE tmp_doc (id int);
CREATE INDEX tmp_doc_id ON tmp_doc (id);
DROP INDEX tmp_doc_id;

-- safe: type changed in a table that the file made
-- because: it is empty.
CREATE TABLE tmp_doc (id int);
ALTER TABLE tmp_doc ALTER COLUMN id TYPE bigint;
ALTER TABLE tmp_doc ALTER COLUMN id SET NOT NULL;
ALTER TABLE tmp_doc RENAME COLUMN id TO key;
ALTER TABLE tmp_doc RENAME TO doc_key;

-- safe: column dropped that the file added
-- because: nobody has seen it.
ALTER TABLE doc ADD COLUMN scratch int;
ALTER TABLE doc DROP COLUMN scratch;

-- safe: view of the file dropped
-- because: nobody has seen it.
CREATE VIEW tmp_view AS SELECT 1 AS one;
DROP VIEW tmp_view;

-- safe: view with comment and a function on it
-- because: new names.
CREATE VIEW drafts AS SELECT id, title FROM doc WHERE state = 'draft' WITH CASCADED CHECK OPTION;
COMMENT ON VIEW drafts IS 'not yet final';

-- unsafe: view's column renamed
-- because: those who read it use the old name.
ALTER VIEW finals RENAME COLUMN title TO caption;

-- safe: view's default
-- because: only inserts through it are concerned.
ALTER VIEW finals ALTER COLUMN title SET DEFAULT 'untitled';

-- unsafe: view dropped that is none
-- because: the server refuses it.
-- fails: 42809
DROP VIEW doc;

-- unsafe: table dropped that is a view
-- because: the server refuses it.
-- fails: 42809
DROP TABLE finals;

-- unsafe: trigger dropped
-- because: the stamp is no longer kept.
DROP TRIGGER doc_stamp ON doc;

-- unsafe: trigger dropped that is on another table
-- because: the server finds none there.
-- fails: 42704
DROP TRIGGER doc_stamp ON rev;

-- safe: trigger dropped if it is there
-- because: it is not.
DROP TRIGGER IF EXISTS rev_stamp ON rev;

-- safe: trigger replaced within a transaction
-- because: there is no moment without it.
BEGIN;
DROP TRIGGER doc_stamp ON doc;
CREATE TRIGGER doc_stamp BEFORE UPDATE ON doc FOR EACH ROW WHEN (old.* IS DISTINCT FROM new.*) EXECUTE FUNCTION stamp_it();
COMMIT;

-- safe: table that gets its access method again
-- because: nothing is to be done.
ALTER TABLE doc SET ACCESS METHOD heap;

-- unsafe: access method that is not there
-- because: the server refuses it.
-- fails: 42704
ALTER TABLE doc SET ACCESS METHOD columnar;

-- safe: tablespace that it has
-- because: nothing is to be done.
ALTER TABLE doc SET TABLESPACE pg_default;

-- unsafe: tablespace that is not there
-- because: the server refuses it.
-- fails: 42704
ALTER TABLE doc SET TABLESPACE fast_disk;

-- safe: aggregate, operator and cast of our own
-- because: new names.
CREATE FUNCTION add_up(a numeric, b int) RETURNS numeric IMMUTABLE LANGUAGE sql AS 'SELECT a + b';
CREATE AGGREGATE total_of (int) (SFUNC = add_up, STYPE = numeric, INITCOND = '0');
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION pair_text(pair) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT ($1).a || ':' || ($1).b $$;
CREATE CAST (pair AS text) WITH FUNCTION pair_text(pair) AS ASSIGNMENT;

-- safe: range type and a table with it
-- because: new.
CREATE TYPE float_range AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);
CREATE TABLE span (id int PRIMARY KEY, r float_range);

-- safe: text search configuration of our own
-- because: new.
CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple);

-- safe: collation and a table with it
-- because: new.
CREATE COLLATION IF NOT EXISTS "plain_c" FROM "C";
CREATE TABLE word (w text COLLATE "plain_c" PRIMARY KEY);

-- safe: event trigger's function and notice
-- because: nothing is locked.
CREATE FUNCTION told() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'ddl'; END $$;
NOTIFY deployments, 'schema 42';

-- safe: setting of one role
-- because: it holds for its next session and makes waits shorter.
CREATE ROLE reporter;
ALTER ROLE reporter SET statement_timeout = '30s';

-- safe: table like another
-- because: new and empty.
CREATE TABLE doc_archive (LIKE doc INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE doc_archive ADD COLUMN archived_at timestamptz DEFAULT clock_timestamp();

-- safe: table with odd names
-- because: new.
CREATE TABLE "Straße ""42""" ("select" int PRIMARY KEY, "Über" text);
CREATE INDEX "a b" ON "Straße ""42""" ("Über");

-- unsafe: key to a table that stays only for the session
-- because: the server refuses it.
-- fails: 42P16
CREATE TEMP TABLE passing (id int PRIMARY KEY);
CREATE TABLE lasting (id int REFERENCES passing);

-- unsafe: key to an unlogged table
-- because: the server refuses it.
-- fails: 42P16
CREATE TABLE lasting (k text REFERENCES cache (k));

-- safe: keys within new tables in a ring
-- because: both are new.
CREATE TABLE hen (id int PRIMARY KEY, egg_id int);
CREATE TABLE egg (id int PRIMARY KEY, hen_id int REFERENCES hen);
ALTER TABLE hen ADD FOREIGN KEY (egg_id) REFERENCES egg DEFERRABLE;

-- safe: rows of a new table from a small list
-- because: new and small.
CREATE TABLE state_name AS SELECT * FROM (VALUES ('draft', 1), ('final', 2)) v (name, no);
ALTER TABLE state_name ADD PRIMARY KEY (name);

-- unsafe: constraint with a subquery
-- because: the server refuses it.
-- fails: 0A000
ALTER TABLE rev ADD CONSTRAINT rev_known CHECK (doc_id IN (SELECT id FROM doc)) NOT VALID;

-- unsafe: generated column from another generated one
-- because: the server refuses it.
-- fails: 42P17
CREATE TABLE g (a int, b int GENERATED ALWAYS AS (a * 2) STORED, c int GENERATED ALWAYS AS (b * 2) STORED);

-- unsafe: generated column of a function that is not immutable
-- because: the server refuses it.
-- fails: 42P17
CREATE TABLE g (a int, at timestamptz GENERATED ALWAYS AS (now()) STORED);

-- unsafe: two primary keys in a new table
-- because: the server refuses it.
-- fails: 42P16
CREATE TABLE g (a int PRIMARY KEY, b int PRIMARY KEY);

-- unsafe: type that is not there
-- because: the server refuses it.
-- fails: 42704
CREATE TABLE g (a int, b datetime);

-- safe: group of statements of nothing but grants and comments
-- because: catalog only.
COMMENT ON TABLE doc IS 'all texts';
COMMENT ON INDEX doc_stamp IS NULL;
COMMENT ON CONSTRAINT doc_state ON doc IS 'three states';

-- safe: table's statistics object altered
-- because: catalog only.
CREATE STATISTICS doc_pair ON state, n FROM doc;
ALTER STATISTICS doc_pair SET STATISTICS 200;
DROP STATISTICS doc_pair;

-- safe: nothing at all
-- because: comments only.
-- nothing to do in this release
/* really */

-- safe: column list of an index renamed by its table's owner
-- because: index columns are not used by name in queries.
ALTER INDEX doc_stamp SET (fillfactor = 70);

-- unsafe: not null dropped and column kept
-- because: code that reads the column may meet nulls.
ALTER TABLE doc ALTER n DROP NOT NULL, ALTER m SET STATISTICS 100;

-- unsafe: unvalidated key in a table that is there between columns of unlike type
-- because: the server cannot compare a number with digits by the key's index.
-- fails: 42804
ALTER TABLE numbered ADD COLUMN doc_no numeric;
ALTER TABLE numbered ADD CONSTRAINT numbered_doc FOREIGN KEY (doc_no) REFERENCES doc (id) NOT VALID;

-- safe: column added under a name with a dollar and a comment in it
-- because: catalog only.
ALTER TABLE doc /* the big one */ ADD COLUMN "price$" numeric -- in cents
;

-- safe: three columns by one statement
-- because: catalog only.
alter table if exists only doc
  add column if not exists a int default 0,
  add column if not exists b text default 'b' not null,
  add column if not exists c date default date '2026-01-01';

-- safe: table that is not there altered if it exists
-- because: IF EXISTS leaves it alone.
ALTER TABLE IF EXISTS docs ALTER COLUMN n TYPE bigint, DROP COLUMN m;

-- unsafe: table that is not there
-- because: the server refuses it.
-- fails: 42P01
ALTER TABLE docs ADD COLUMN x int;

-- unsafe: constraint name that is taken
-- because: the server refuses it.
-- fails: 42710
ALTER TABLE doc ADD CONSTRAINT doc_state CHECK (n < 10) NOT VALID;

-- safe: same constraint name on another table
-- because: names of checks are per table.
ALTER TABLE rev ADD CONSTRAINT doc_state CHECK (no > 0) NOT VALID;

-- safe: key replaced by an equal one
-- because: the index was built before and the columns are required.
CREATE UNIQUE INDEX CONCURRENTLY rev_key ON rev (doc_id, no) INCLUDE (body);
ALTER TABLE rev DROP CONSTRAINT rev_pkey, ADD CONSTRAINT rev_pkey PRIMARY KEY USING INDEX rev_key;

-- safe: partial unique index beside the writers
-- because: CONCURRENTLY.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS doc_one_final ON doc (title) WHERE state = 'final';

-- unsafe: constraint by a partial index
-- because: the server refuses it.
-- fails: 42809
CREATE UNIQUE INDEX CONCURRENTLY doc_one_final ON doc (title) WHERE state = 'final';
ALTER TABLE doc ADD CONSTRAINT doc_once UNIQUE USING INDEX doc_one_final;
