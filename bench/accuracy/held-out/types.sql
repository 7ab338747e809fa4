create table readings (
  id integer primary key,
  device varchar(40) not null,
  label text,
  short_code char(8),
  amount numeric(8,2),
  rate real,
  taken timestamp,
  seen timestamptz,
  at time(3),
  span interval,
  flag boolean,
  bits bit(8),
  mask varbit(16),
  address cidr,
  doc json,
  docb jsonb,
  small smallint,
  raw varchar,
  many integer[],
  names varchar(10)[]
);
create index readings_device on readings (device);
create index readings_label on readings (label text_pattern_ops);
create table devices (code varchar(40) primary key, serial integer unique);
create table device_notes (device varchar(40) references devices (code), serial integer references devices (serial), body text);
create domain short_text as varchar(20);
create domain any_text as text;
create domain checked_text as text check (value <> '');
create type stage as enum ('a', 'b');
create table jobs (id bigint primary key, stage stage not null default 'a', stage_text text not null default 'a', title varchar(30));
create view job_titles as select id, title from jobs;
create table plain (id int, v varchar(10), n numeric(5,1), t text);

-- safe: varchar longer
-- because: binary the same, only the limit changes.
ALTER TABLE readings ALTER COLUMN device TYPE varchar(80);

-- safe: varchar without a limit
-- because: binary the same.
ALTER TABLE readings ALTER COLUMN device TYPE varchar;

-- safe: varchar to text with an index on it
-- because: binary the same, the index is kept: both compare alike.
ALTER TABLE readings ALTER COLUMN device TYPE text;

-- safe: text to unlimited varchar
-- because: binary the same.
ALTER TABLE plain ALTER COLUMN t TYPE character varying;

-- safe: SET DATA TYPE, varchar to text
-- because: the long form of the same.
ALTER TABLE plain ALTER COLUMN v SET DATA TYPE text;

-- safe: numeric with more digits before the point
-- because: same scale, larger precision: no value is touched.
ALTER TABLE readings ALTER COLUMN amount TYPE numeric(12,2);

-- safe: numeric without a limit
-- because: no value is touched.
ALTER TABLE readings ALTER COLUMN amount TYPE numeric;

-- safe: cidr to inet
-- because: binary coercible.
ALTER TABLE readings ALTER COLUMN address TYPE inet;

-- safe: varbit longer
-- because: no value is touched.
ALTER TABLE readings ALTER COLUMN mask TYPE varbit(32);

-- safe: time with more digits
-- because: no value is touched.
ALTER TABLE readings ALTER COLUMN at TYPE time(6);

-- safe: the same type again
-- because: nothing to do.
ALTER TABLE readings ALTER COLUMN device TYPE varchar(40);

-- safe: text to a domain without a constraint
-- because: binary the same and nothing to check.
ALTER TABLE plain ALTER COLUMN t TYPE any_text;

-- safe: two widenings in one statement
-- because: neither writes a row.
ALTER TABLE plain ALTER COLUMN v TYPE varchar(20), ALTER COLUMN n TYPE numeric(9,1);

-- safe: a harmless USING that names the column alone
-- because: the expression is the column, nothing is computed.
ALTER TABLE plain ALTER COLUMN v TYPE text USING v;

-- safe: an array of longer varchars
-- because: length coercion of the elements is not needed, the array type stays.
-- given
create table lists (names varchar(10)[]);
-- migration
CREATE TABLE lists2 (names varchar(10)[]);
ALTER TABLE lists2 ALTER COLUMN names TYPE varchar(20)[];

-- safe: any type change on a table made in the same migration
-- because: it is empty.
CREATE TABLE fresh (id int PRIMARY KEY, code int);
ALTER TABLE fresh ALTER COLUMN id TYPE bigint;
ALTER TABLE fresh ALTER COLUMN code TYPE text USING code::text;

-- safe: varchar to a domain over varchar of an equal kind of limit on an empty new table
-- because: it is empty.
CREATE TABLE fresh2 (c varchar(30));
ALTER TABLE fresh2 ALTER COLUMN c TYPE short_text;

-- unsafe: int to bigint
-- because: the table and its indexes are written again.
ALTER TABLE readings ALTER COLUMN id TYPE bigint;

-- unsafe: smallint to integer
-- because: rewritten.
ALTER TABLE readings ALTER COLUMN small TYPE integer;

-- unsafe: real to double precision
-- because: rewritten.
ALTER TABLE readings ALTER COLUMN rate TYPE double precision;

-- unsafe: varchar shorter
-- because: each row is computed, too long values fail.
ALTER TABLE readings ALTER COLUMN device TYPE varchar(20);

-- unsafe: text to varchar with a limit
-- because: each row is computed.
ALTER TABLE readings ALTER COLUMN label TYPE varchar(100);

-- unsafe: unlimited varchar to limited
-- because: each row is computed.
ALTER TABLE readings ALTER COLUMN raw TYPE varchar(255);

-- unsafe: char to varchar
-- because: trailing blanks go, each row is computed.
ALTER TABLE readings ALTER COLUMN short_code TYPE varchar(8);

-- unsafe: char longer
-- because: each value is padded.
ALTER TABLE readings ALTER COLUMN short_code TYPE char(12);

-- unsafe: numeric with another scale
-- because: each value is rounded or written with more digits.
ALTER TABLE readings ALTER COLUMN amount TYPE numeric(12,4);

-- unsafe: numeric with fewer digits
-- because: each row is computed and may fail.
ALTER TABLE readings ALTER COLUMN amount TYPE numeric(6,2);

-- unsafe: numeric to integer
-- because: digits are lost, rewritten.
ALTER TABLE readings ALTER COLUMN amount TYPE integer;

-- unsafe: bit longer
-- because: each value must be of the exact length; with an explicit cast each is written.
ALTER TABLE readings ALTER COLUMN bits TYPE bit(16) USING bits::bit(16);

-- unsafe: json to jsonb
-- because: each value is parsed and written again.
ALTER TABLE readings ALTER COLUMN doc TYPE jsonb USING doc::jsonb;

-- unsafe: text to json without USING
-- fails: 42804
-- because: there is no automatic cast.
ALTER TABLE readings ALTER COLUMN label TYPE json;

-- unsafe: text to integer without USING
-- fails: 42804
-- because: there is no automatic cast.
ALTER TABLE plain ALTER COLUMN t TYPE integer;

-- unsafe: boolean to integer
-- because: rewritten.
ALTER TABLE readings ALTER COLUMN flag TYPE integer USING flag::int;

-- unsafe: timestamp to date
-- because: the time of day is lost, rewritten.
ALTER TABLE readings ALTER COLUMN taken TYPE date;

-- unsafe: timestamp to timestamptz with a zone
-- because: each value is computed.
ALTER TABLE readings ALTER COLUMN taken TYPE timestamptz USING taken AT TIME ZONE 'Europe/Berlin';

-- unsafe: timestamptz to timestamp
-- known: the catalog says TimeZone GMT, under which nothing is written.
-- because: rewritten when the session's zone is not UTC, and what the values mean changes.
ALTER TABLE readings ALTER COLUMN seen TYPE timestamp;

-- unsafe: timestamp with fewer digits
-- because: each value is rounded.
ALTER TABLE readings ALTER COLUMN taken TYPE timestamp(0);

-- unsafe: integer to text
-- because: rewritten.
ALTER TABLE readings ALTER COLUMN small TYPE text;

-- unsafe: enum to text
-- because: rewritten.
ALTER TABLE jobs ALTER COLUMN stage DROP DEFAULT, ALTER COLUMN stage TYPE text;

-- unsafe: text to enum
-- because: rewritten, unknown labels fail.
ALTER TABLE jobs ALTER COLUMN stage_text DROP DEFAULT, ALTER COLUMN stage_text TYPE stage USING stage_text::stage;

-- unsafe: text to a domain with a check
-- because: every row is looked at under ACCESS EXCLUSIVE.
ALTER TABLE readings ALTER COLUMN label TYPE checked_text;

-- unsafe: a column that a view shows
-- fails: 0A000
-- because: a view uses the column.
ALTER TABLE jobs ALTER COLUMN title TYPE text;

-- unsafe: a widening with a computing USING
-- because: each row is computed.
ALTER TABLE readings ALTER COLUMN raw TYPE text USING lower(raw);

-- unsafe: another collation for an indexed column
-- because: the index is built again under ACCESS EXCLUSIVE.
ALTER TABLE readings ALTER COLUMN label TYPE text COLLATE "C";

-- unsafe: a referenced key to another type
-- because: rewrites and checks the foreign key of another table.
ALTER TABLE devices ALTER COLUMN serial TYPE bigint;

-- unsafe: the last attribute decides: a widening beside a rewrite
-- because: one of the two writes the table again.
ALTER TABLE plain ALTER COLUMN v TYPE varchar(64), ALTER COLUMN n TYPE numeric(9,3);

-- unsafe: integer array to bigint array
-- because: rewritten.
ALTER TABLE readings ALTER COLUMN many TYPE bigint[];

-- unsafe: a type that does not exist
-- fails: 42704
-- because: it fails.
ALTER TABLE plain ALTER COLUMN v TYPE strin;

-- unsafe: interval with fewer fields
-- because: values are cut, each row is computed.
ALTER TABLE readings ALTER COLUMN span TYPE interval day to second(0);

-- unsafe: the default stands in the way
-- fails: 42804
-- because: the default 'a' of type stage cannot be cast by itself.
ALTER TABLE jobs ALTER COLUMN stage TYPE integer USING 1;

-- safe: a column of an unused composite type gets wider
-- because: no table has the type.
-- given
create type pair as (a int, b varchar(10));
-- migration
ALTER TYPE pair ALTER ATTRIBUTE b TYPE varchar(20);
