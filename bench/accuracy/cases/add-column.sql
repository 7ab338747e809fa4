create table users (
  id bigint generated always as identity primary key,
  email text not null unique,
  age int,
  created_at timestamptz not null default now()
);
create table teams (id bigint generated always as identity primary key, name text not null);
create domain score as int;
create domain percent as int check (value between 0 and 100);
create domain filled as text not null;
create type mood as enum ('happy', 'sad');
create function pick() returns int language sql volatile as 'select 1';
create function dice() returns int language plpgsql volatile as 'begin return (random() * 6)::int; end';
create function tax() returns numeric language sql immutable as 'select 0.2';
create function stamp() returns timestamptz language plpgsql stable as 'begin return now(); end';
create sequence ticket_seq;

-- safe: a nullable column
-- about: adding-required-field
-- because: a catalog change under a short lock.
ALTER TABLE users ADD COLUMN nickname text;

-- safe: several nullable columns in one statement
-- about: adding-required-field
-- because: one short lock for all.
ALTER TABLE users ADD COLUMN nickname text, ADD COLUMN phone varchar(32), ADD COLUMN address jsonb;

-- safe: a nullable column with IF NOT EXISTS
-- about: if-not-exists-masks-drift
-- because: the column is not there, it is simply added.
ALTER TABLE IF EXISTS users ADD COLUMN IF NOT EXISTS nickname text;

-- safe: a constant default
-- about: add-column-volatile-default
-- because: since 11 the value is kept in the catalog and no row is touched.
ALTER TABLE users ADD COLUMN active boolean DEFAULT true;

-- safe: NOT NULL with a constant default
-- about: adding-required-field
-- because: old rows read the default, old code that leaves the column out gets it too.
ALTER TABLE users ADD COLUMN points int NOT NULL DEFAULT 0;

-- safe: NOT NULL with a text default, the words the other way round
-- about: adding-required-field
-- because: the order of the clauses does not matter.
ALTER TABLE "users" ADD "plan" character varying(20) DEFAULT 'free' NOT NULL;

-- safe: now() as default
-- about: add-column-volatile-default
-- because: now() is stable, so one value is computed and no row is written.
ALTER TABLE users ADD COLUMN seen_at timestamptz DEFAULT now();

-- safe: CURRENT_TIMESTAMP and NOT NULL
-- about: add-column-volatile-default
-- because: the same, and required is satisfied by the default.
ALTER TABLE users ADD COLUMN updated_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- safe: CURRENT_DATE as default
-- about: add-column-volatile-default
-- because: it is stable.
ALTER TABLE users ADD COLUMN joined_on date DEFAULT CURRENT_DATE;

-- safe: an immutable function of our own as default
-- about: add-column-volatile-default
-- because: computed once.
ALTER TABLE users ADD COLUMN rate numeric DEFAULT tax();

-- safe: a stable function of our own as default
-- about: add-column-volatile-default
-- because: stable functions are computed once.
ALTER TABLE users ADD COLUMN checked_at timestamptz DEFAULT stamp();

-- safe: a volatile SQL function whose body is a constant
-- about: add-column-volatile-default
-- because: the planner inlines it to the constant: the table is not rewritten.
ALTER TABLE users ADD COLUMN lucky int DEFAULT pick();

-- safe: an array literal and a jsonb literal
-- about: add-column-volatile-default
-- because: constants.
ALTER TABLE users ADD COLUMN tags text[] NOT NULL DEFAULT '{}', ADD COLUMN settings jsonb NOT NULL DEFAULT '{}'::jsonb;

-- safe: an expression of constants
-- about: add-column-volatile-default
-- because: an interval is folded to a constant.
ALTER TABLE users ADD COLUMN lease interval DEFAULT interval '1 day' * 30;

-- safe: DEFAULT NULL
-- about: adding-required-field
-- because: the same as no default.
ALTER TABLE users ADD COLUMN nickname text DEFAULT NULL;

-- unsafe: a random default
-- about: add-column-volatile-default
-- because: every row gets its own value: the table is rewritten.
ALTER TABLE users ADD COLUMN bucket double precision DEFAULT random();

-- unsafe: gen_random_uuid() as default
-- about: add-column-volatile-default
-- because: volatile, so the table is rewritten under ACCESS EXCLUSIVE.
ALTER TABLE users ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid();

-- unsafe: clock_timestamp() as default
-- about: add-column-volatile-default
-- because: volatile, unlike now().
ALTER TABLE users ADD COLUMN seen_at timestamptz DEFAULT clock_timestamp();

-- unsafe: a volatile function inside an expression
-- about: add-column-volatile-default
-- because: one volatile call makes the whole default volatile.
ALTER TABLE users ADD COLUMN code text DEFAULT 'u-' || md5(random()::text);

-- unsafe: nextval as default
-- about: add-column-volatile-default
-- because: nextval is volatile.
ALTER TABLE users ADD COLUMN ticket bigint DEFAULT nextval('ticket_seq');

-- unsafe: a volatile PL/pgSQL function as default
-- about: add-column-volatile-default
-- because: it cannot be inlined, so the table is rewritten.
ALTER TABLE users ADD COLUMN luck int DEFAULT dice();

-- unsafe: one volatile default among plain columns
-- about: add-column-volatile-default
-- because: the statement rewrites the table for one of its actions.
ALTER TABLE users ADD COLUMN nickname text, ADD COLUMN token text DEFAULT gen_random_uuid()::text, ADD COLUMN phone text;

-- safe: the column first, its volatile default second
-- about: add-column-volatile-default
-- because: SET DEFAULT is for new rows only.
ALTER TABLE users ADD COLUMN public_id uuid;
ALTER TABLE users ALTER COLUMN public_id SET DEFAULT gen_random_uuid();

-- safe: a volatile default on a new table
-- about: add-column-volatile-default
-- because: there are no rows.
CREATE TABLE devices (id bigint primary key);
ALTER TABLE devices ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid();

-- unsafe: a serial column
-- about: add-column-serial
-- because: each row gets a number: rewrite.
ALTER TABLE users ADD COLUMN position serial;

-- unsafe: a bigserial key for an old table
-- about: add-column-serial, adding-primary-key-constraint
-- because: rewrite and index build.
-- given
create table events (at timestamptz, what text);
-- migration
ALTER TABLE events ADD COLUMN id bigserial PRIMARY KEY;

-- unsafe: an identity column
-- about: add-column-identity
-- because: each row gets a number: rewrite.
ALTER TABLE teams ADD COLUMN rank bigint GENERATED BY DEFAULT AS IDENTITY;

-- safe: an identity column on a new table
-- about: add-column-identity
-- because: there are no rows.
CREATE TABLE devices (name text);
ALTER TABLE devices ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;

-- unsafe: a stored generated column
-- about: add-column-generated-stored
-- because: it is computed for each row: rewrite.
ALTER TABLE users ADD COLUMN email_lower text GENERATED ALWAYS AS (lower(email)) STORED;

-- safe: a virtual generated column
-- about: add-column-generated-stored
-- because: nothing is stored; 18 computes it when it is read.
-- server: 18
ALTER TABLE users ADD COLUMN email_lower text GENERATED ALWAYS AS (lower(email)) VIRTUAL;

-- safe: a stored generated column in a new table
-- about: add-column-generated-stored
-- because: there are no rows.
CREATE TABLE boxes (w int not null, h int not null, area int GENERATED ALWAYS AS (w * h) STORED);

-- unsafe: NOT NULL without a default
-- about: adding-required-field
-- because: it fails when there are rows, and old code's INSERTs fail after.
ALTER TABLE users ADD COLUMN plan text NOT NULL;

-- unsafe: NOT NULL with DEFAULT NULL
-- about: adding-required-field
-- because: the default is no value.
ALTER TABLE users ADD COLUMN plan text DEFAULT NULL NOT NULL;

-- safe: NOT NULL without a default on a new table
-- about: adding-required-field
-- because: there are no rows and no old code.
CREATE TABLE devices (id bigint primary key);
ALTER TABLE devices ADD COLUMN name text NOT NULL;

-- safe: an enum column with a constant default
-- about: add-column-volatile-default
-- because: a constant of a known type.
ALTER TABLE users ADD COLUMN feeling mood NOT NULL DEFAULT 'happy';

-- safe: a domain without a constraint
-- about: add-column-constrained-domain
-- because: nothing to check: no rewrite.
ALTER TABLE users ADD COLUMN result score;

-- unsafe: a domain with a CHECK
-- about: add-column-constrained-domain
-- because: PostgreSQL writes every row again to check the constraint, even for NULL.
ALTER TABLE users ADD COLUMN discount percent;

-- unsafe: a domain with NOT NULL
-- about: add-column-constrained-domain
-- because: the rows that exist have no value: it fails.
ALTER TABLE users ADD COLUMN title filled;

-- unsafe: a column with an inline CHECK
-- about: adding-check-constraint
-- because: the check is verified by reading the table under ACCESS EXCLUSIVE.
ALTER TABLE users ADD COLUMN rank int CHECK (rank > 0);

-- unsafe: a column with an inline UNIQUE
-- about: adding-unique-constraint
-- because: an index is built under ACCESS EXCLUSIVE.
ALTER TABLE users ADD COLUMN handle text UNIQUE;

-- safe: a nullable column with a reference
-- about: adding-foreign-key-constraint
-- because: all rows are NULL, so nothing is read; the locks are short.
ALTER TABLE users ADD COLUMN team_id bigint REFERENCES teams (id);

-- unsafe: a column with a reference and a default
-- about: adding-foreign-key-constraint
-- because: the default must be looked up for each row: both tables are read under a lock.
ALTER TABLE users ADD COLUMN team_id bigint DEFAULT 1 REFERENCES teams (id);

-- unsafe: a column of type json
-- about: adding-json-column
-- because: json has no equality: SELECT DISTINCT and GROUP BY over all columns fail.
ALTER TABLE users ADD COLUMN profile json;

-- safe: a column of type jsonb
-- about: adding-json-column
-- because: jsonb has equality.
ALTER TABLE users ADD COLUMN profile jsonb;

-- safe: a json column in a new table
-- about: adding-json-column
-- because: no query uses it yet.
CREATE TABLE payloads (id bigint primary key, body json);

-- safe: types that a style guide would not choose
-- about: prefer-text-field, prefer-timestamptz, prefer-bigint-over-int, ban-char-field
-- because: matters of taste do no harm to a running system.
ALTER TABLE users ADD COLUMN initials char(2), ADD COLUMN visits int, ADD COLUMN born timestamp, ADD COLUMN city varchar(80), ADD COLUMN cash money;

-- unsafe: a column that is there already
-- about: object-already-exists
-- because: it fails.
-- fails: 42701
ALTER TABLE users ADD COLUMN age int;

-- safe: a column that is there already, guarded
-- about: object-already-exists
-- because: nothing happens.
ALTER TABLE users ADD COLUMN IF NOT EXISTS age int;

-- unsafe: a guarded column that exists with another type
-- about: if-not-exists-masks-drift
-- because: the migration reports success and leaves an int where code expects text.
ALTER TABLE users ADD COLUMN IF NOT EXISTS age text NOT NULL DEFAULT 'unknown';

-- unsafe: a type that does not exist
-- about: syntax-or-unknown-object
-- because: it fails.
-- fails: 42704
ALTER TABLE users ADD COLUMN feeling moood;

-- unsafe: a table that does not exist
-- about: syntax-or-unknown-object
-- because: it fails.
-- fails: 42P01
ALTER TABLE members ADD COLUMN nickname text;

-- unsafe: a default before version 11
-- about: add-column-default-before-pg11
-- because: version 10 writes every row again for any default.
-- server: 10
ALTER TABLE users ADD COLUMN active boolean DEFAULT true;

-- safe: no default before version 11
-- about: add-column-default-before-pg11
-- because: a nullable column is only a catalog entry.
-- server: 10
ALTER TABLE users ADD COLUMN active boolean;

-- unsafe: a primary key column on an old table
-- about: adding-primary-key-constraint
-- because: an index is built under ACCESS EXCLUSIVE, and rows have no value.
-- given
create table events (at timestamptz, what text);
-- migration
ALTER TABLE events ADD COLUMN id bigint PRIMARY KEY;

-- safe: with collation
-- about: alter-column-collation
-- because: a new empty column.
ALTER TABLE users ADD COLUMN sort_name text COLLATE "C";

-- safe: in a transaction with a lock timeout
-- about: require-lock-timeout
-- because: as careful as can be.
BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE users ADD COLUMN nickname text;
COMMIT;

-- safe: add a column and comment it
-- about: adding-required-field
-- because: catalog entries.
ALTER TABLE public.users ADD COLUMN nickname text;
COMMENT ON COLUMN public.users.nickname IS 'shown in lists; may be empty';
