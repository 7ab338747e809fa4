create extension if not exists citext;
create schema util;
create table gadgets (id bigint primary key, name citext, price numeric, kind text, made date, upd timestamptz, data jsonb, size int);
create table logs (id bigint primary key, gadget_id bigint, at timestamptz default now(), line text);
create function util.slug(t text) returns text language sql immutable strict parallel safe as 'select lower(regexp_replace($1, ''\W+'', ''-'', ''g''))';
create index gadgets_slug on gadgets (util.slug(kind));
create function util.price(id bigint) returns numeric language plpgsql stable as $$ begin return (select price from gadgets g where g.id = price.id); end $$;
create function util.sizes() returns setof int language sql stable as 'select size from gadgets';
create function util.pair(out a int, out b int) language sql as 'select 1, 2';
create function util.stamp() returns trigger language plpgsql as 'begin new.upd := now(); return new; end';
create trigger gadgets_stamp before update on gadgets for each row execute function util.stamp();
create aggregate util.joined(text) (sfunc = textcat, stype = text);
create type util.phase as enum ('plan', 'build', 'done');
create type util.dims as (w int, h int);
create domain util.email as text check (value like '%@%');
create domain util.plain as text;
create table people (id bigint primary key, mail util.email, phase util.phase default 'plan', nick util.plain);
create table boxes (id bigint primary key, d util.dims);
create type util.idle as enum ('a', 'b');
create domain util.idle_domain as int check (value > 0);
create view phases as select id, phase from people;
create cast (util.dims as text) with inout;
create collation util.german (provider = icu, locale = 'de');

-- safe: an extension that is there
-- because: nothing happens.
CREATE EXTENSION IF NOT EXISTS citext;

-- unsafe: an extension that is there, without the guard
-- fails: 42710
-- because: citext is installed.
CREATE EXTENSION citext;

-- unsafe: an extension dropped with the columns of its types
-- because: gadgets.name goes with it.
DROP EXTENSION citext CASCADE;

-- unsafe: an extension in use dropped
-- fails: 2BP01
-- because: gadgets.name is of its type.
DROP EXTENSION citext;

-- safe: an extension dropped that is not there
-- because: nothing happens.
DROP EXTENSION IF EXISTS hstore;

-- safe: a new function
-- because: nothing calls it yet.
CREATE FUNCTION util.age(d date) RETURNS int LANGUAGE sql STABLE AS 'select extract(year from age(d))::int';

-- safe: a function replaced with the same attributes
-- because: same signature, same attributes, no index uses it.
CREATE OR REPLACE FUNCTION util.price(id bigint) RETURNS numeric LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT g.price * 1.19 FROM gadgets g WHERE g.id = price.id);
END $$;

-- unsafe: a function created again without OR REPLACE
-- fails: 42723
-- because: util.price(bigint) is there.
CREATE FUNCTION util.price(id bigint) RETURNS numeric LANGUAGE sql STABLE AS 'select price from gadgets g where g.id = $1';

-- unsafe: a function replaced by a procedure
-- fails: 42809
-- because: it is a function.
CREATE OR REPLACE PROCEDURE util.price(id bigint) LANGUAGE sql AS 'select 1';

-- unsafe: a function with a type that is not there
-- known: with an extension installed types may be its.
-- fails: 42704
-- because: there is no type money_amount.
CREATE FUNCTION util.gross(a money_amount) RETURNS numeric LANGUAGE sql AS 'select 1.0';

-- unsafe: a function in SQL over a table that is not there
-- fails: 42P01
-- because: PostgreSQL checks bodies of SQL functions.
CREATE FUNCTION util.gizmos() RETURNS bigint LANGUAGE sql AS 'select count(*) from gizmos';

-- unsafe: a function in plpgsql over a column that is not there
-- because: it is created, and fails when it is called.
CREATE FUNCTION util.weight(i bigint) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
  RETURN (SELECT weight FROM gadgets WHERE gadgets.id = i);
END $$;

-- unsafe: a function in plpgsql with a syntax error
-- fails: 42601
-- because: THEN is missing.
CREATE FUNCTION util.broken(i int) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  IF i > 0 RETURN 1; END IF;
  RETURN 0;
END $$;

-- unsafe: a function in SQL that returns another type
-- known: types of results are not worked out.
-- fails: 42P13
-- because: it says integer and returns text.
CREATE FUNCTION util.one() RETURNS integer LANGUAGE sql AS 'select ''one''::text';

-- unsafe: a function of a language that is not there
-- fails: 42704
-- because: plv8 is not installed.
CREATE FUNCTION util.js() RETURNS int LANGUAGE plv8 AS 'return 1';

-- unsafe: an overloaded name dropped without arguments
-- fails: 42725
-- because: two functions have that name.
CREATE FUNCTION util.price(name text) RETURNS numeric LANGUAGE sql AS 'select 1.0';
DROP FUNCTION util.price;

-- unsafe: a function dropped by other arguments
-- fails: 42883
-- because: util.price takes a bigint.
DROP FUNCTION util.price(uuid);

-- safe: a function dropped by other arguments, if it is there
-- because: nothing happens.
DROP FUNCTION IF EXISTS util.price(uuid);

-- unsafe: a function dropped with DROP PROCEDURE
-- fails: 42809
-- because: it is a function.
DROP PROCEDURE util.price(bigint);

-- unsafe: a function that the code calls is dropped
-- because: callers fail.
DROP FUNCTION IF EXISTS util.price(bigint);

-- safe: a function made and dropped in one migration
-- because: nobody knows it.
CREATE FUNCTION pg_temp.fix(x text) RETURNS text LANGUAGE sql IMMUTABLE AS 'select trim(x)';
UPDATE logs SET line = pg_temp.fix(line) WHERE id = 17;
DROP FUNCTION pg_temp.fix(text);

-- unsafe: a set-returning function's result changes
-- known: sets are not compared.
-- fails: 42P13
-- because: replacing cannot change the result type.
CREATE OR REPLACE FUNCTION util.sizes() RETURNS SETOF bigint LANGUAGE sql STABLE AS 'select size::bigint from gadgets';

-- unsafe: out parameters change
-- fails: 42P13
-- because: the row type of the result changes.
CREATE OR REPLACE FUNCTION util.pair(OUT a int, OUT b int, OUT c int) LANGUAGE sql AS 'select 1, 2, 3';

-- unsafe: a parameter loses its default
-- fails: 42P13
-- because: defaults cannot be taken away by replacing.
CREATE FUNCTION util.greet(name text DEFAULT 'you') RETURNS text LANGUAGE sql AS 'select ''hi '' || name';
CREATE OR REPLACE FUNCTION util.greet(name text) RETURNS text LANGUAGE sql AS 'select ''hello '' || name';

-- unsafe: a trigger's function gets an argument
-- because: the trigger goes on with the old body.
CREATE OR REPLACE FUNCTION util.stamp(x int) RETURNS trigger LANGUAGE plpgsql AS 'begin new.upd := clock_timestamp(); return new; end';

-- safe: an enum label in an enum nobody uses yet
-- because: only the catalog.
ALTER TYPE util.idle ADD VALUE 'c';

-- unsafe: an enum label renamed that a default names
-- because: running code writes the old label.
ALTER TYPE util.phase RENAME VALUE 'plan' TO 'planned';

-- unsafe: an enum label dropped
-- fails: 0A000
-- because: PostgreSQL parses DROP VALUE and refuses it.
ALTER TYPE util.phase DROP VALUE 'done';

-- safe: an enum nobody uses is dropped and made anew
-- because: no column is of it.
DROP TYPE util.idle;
CREATE TYPE util.idle AS ENUM ('a', 'b', 'c');

-- safe: a domain nobody uses gets a constraint
-- because: no row is checked.
ALTER DOMAIN util.idle_domain ADD CONSTRAINT small CHECK (value < 100);

-- unsafe: a domain in use gets a constraint
-- because: every row of people is checked, while writes wait.
ALTER DOMAIN util.email ADD CONSTRAINT no_space CHECK (value !~ '\s');

-- safe: a domain in use gets a constraint that is not validated
-- because: no row is read.
ALTER DOMAIN util.email ADD CONSTRAINT no_space CHECK (value !~ '\s') NOT VALID;

-- unsafe: a domain in use becomes NOT NULL
-- because: every row of people is checked.
ALTER DOMAIN util.plain SET NOT NULL;

-- safe: a domain's default
-- because: only new rows of columns without one.
ALTER DOMAIN util.plain SET DEFAULT '';

-- unsafe: a domain's constraint dropped
-- because: the guarantee is gone.
ALTER DOMAIN util.email DROP CONSTRAINT email_check;

-- unsafe: a domain's constraint dropped that is not there
-- fails: 42704
-- because: it has another name.
ALTER DOMAIN util.email DROP CONSTRAINT email_ok;

-- unsafe: an attribute of a composite type in use dropped
-- because: the values of boxes lose it.
ALTER TYPE util.dims DROP ATTRIBUTE h;

-- unsafe: a type dropped that a view and a table use
-- fails: 2BP01
-- because: people.phase is of it.
DROP TYPE util.phase;

-- safe: a new composite type
-- because: nothing uses it.
CREATE TYPE util.point3 AS (x int, y int, z int);

-- safe: a new range type
-- because: nothing uses it.
CREATE TYPE util.floats AS RANGE (subtype = float8, subtype_diff = float8mi);

-- safe: a new domain for new tables
-- because: nothing else uses it.
CREATE DOMAIN util.zip AS text CHECK (value ~ '^\d{5}$');
CREATE TABLE util.addresses (id bigint PRIMARY KEY, zip util.zip NOT NULL);

-- unsafe: a domain over a type that is not there
-- known: with an extension installed types may be its.
-- fails: 42704
-- because: there is no type string.
CREATE DOMAIN util.name AS string;

-- unsafe: a text column becomes an enum
-- because: all rows are rewritten.
ALTER TABLE gadgets ALTER COLUMN kind TYPE util.idle USING kind::util.idle;

-- unsafe: a collation changed on a column
-- because: text compares otherwise; gadgets_slug's column too.
ALTER TABLE logs ALTER COLUMN line TYPE text COLLATE "C";
CREATE INDEX logs_line ON logs (line);

-- safe: a new collation
-- because: nothing uses it.
CREATE COLLATION IF NOT EXISTS util.swedish (provider = icu, locale = 'sv');

-- safe: a new aggregate
-- because: nothing calls it.
CREATE AGGREGATE util.total(numeric) (sfunc = numeric_add, stype = numeric, initcond = '0');

-- unsafe: an aggregate that code uses is dropped
-- because: callers fail.
DROP AGGREGATE util.joined(text);

-- safe: words about functions, types and domains
-- because: words alone.
COMMENT ON FUNCTION util.slug(text) IS 'For addresses of pages';
COMMENT ON TYPE util.phase IS 'Where a project is';
COMMENT ON DOMAIN util.email IS 'Has an at sign';

-- safe: a comment taken away
-- because: words alone.
COMMENT ON COLUMN gadgets.price IS NULL;

-- unsafe: a function marked immutable that reads a table
-- known: bodies are not held against their volatility.
-- because: plans and indexes keep what it said before.
CREATE FUNCTION util.price_of(i bigint) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'select price from gadgets where id = i';
CREATE INDEX CONCURRENTLY logs_price ON logs (util.price_of(gadget_id));

-- safe: a trigger replaced in one statement
-- because: there is no moment without it.
CREATE OR REPLACE TRIGGER gadgets_stamp BEFORE UPDATE OF price ON gadgets FOR EACH ROW EXECUTE FUNCTION util.stamp();

-- unsafe: a trigger dropped
-- because: upd is no longer kept.
DROP TRIGGER gadgets_stamp ON gadgets;

-- unsafe: a trigger dropped from a table it is not on
-- fails: 42704
-- because: it is on gadgets.
DROP TRIGGER gadgets_stamp ON logs;

-- unsafe: a trigger switched off and left so
-- because: upd is no longer kept.
ALTER TABLE gadgets DISABLE TRIGGER gadgets_stamp;

-- unsafe: a rule that drops writes
-- because: deletes do nothing from then on.
CREATE RULE keep AS ON DELETE TO logs DO INSTEAD NOTHING;

-- safe: extension and its use on a new table
-- because: new.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE search (id bigint PRIMARY KEY, words text);
CREATE INDEX search_words ON search USING gin (words gin_trgm_ops);

-- unsafe: an operator class of an extension that is not installed
-- fails: 42704
-- because: pg_trgm is not there.
CREATE INDEX CONCURRENTLY logs_line_trgm ON logs USING gin (line gin_trgm_ops);

-- safe: a trigram index once the extension is there
-- because: built concurrently.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX CONCURRENTLY IF NOT EXISTS logs_line_trgm ON logs USING gin (line gin_trgm_ops);

-- safe: a procedure for later
-- because: nothing calls it yet.
CREATE OR REPLACE PROCEDURE util.cleanup(before timestamptz)
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM logs WHERE at < before;
  COMMIT;
END $$;
