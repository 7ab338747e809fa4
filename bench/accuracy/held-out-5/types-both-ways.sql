create extension if not exists citext;
create type size as enum ('s', 'm', 'l');
create type shade as enum ('s', 'm', 'l', 'xl');
create domain label as text;
create domain handle as varchar(20);
create domain positive as int check (value > 0);
create domain price as numeric(10,2);
create table wide (id bigint generated always as identity primary key, c char(8), v10 varchar(10), v varchar, t text, n8_2 numeric(8,2), n numeric, i2 smallint, i4 int, i8 bigint, f4 real, f8 double precision, ts timestamp, ts3 timestamp(3), tz timestamptz, tz3 timestamptz(3), d date, tm time(3), iv interval, iv3 interval(3), b bytea, j json, jb jsonb, u uuid, ip inet, net cidr, bt bit(8), vb varbit(16), m money, x xml, o oid, nm name, sz size, szs size[], ints int[], names varchar(10)[], prices numeric(8,2)[], ci citext, lb label, hd handle, ps positive, pr price, r regclass, mac macaddr, flag boolean, rng int4range);
create table held (id bigint primary key, code varchar(10) not null, alias varchar(10), mail text, nick citext, stamp timestamp, num numeric(8,2), part varchar(10), expr varchar(10), chk varchar(10) check (chk <> ''), ref varchar(10), looked varchar(10), ruled varchar(10), watched varchar(10), base varchar(10), twice text generated always as (base || base) stored, big numeric(8,2) check (big > 0), tags text[]);
create unique index held_code on held (code);
create index held_alias on held (alias);
create index held_mail on held (mail);
create unique index held_nick on held (nick);
create index held_stamp on held (stamp);
create index held_num on held (num);
create index held_part on held (id) where part <> 'x';
create index held_expr on held (lower(expr));
create index held_tags on held using gin (tags);
create table kin (code varchar(10) primary key);
alter table held add constraint held_ref foreign key (ref) references kin (code);
create view held_view as select id, looked from held;
alter table held enable row level security;
create policy held_rule on held using (ruled <> 'secret');
create function held_touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger held_watch before update of watched on held for each row execute function held_touch();

-- unsafe: padded characters made longer
-- because: padding changes every value, the table is rewritten.
ALTER TABLE wide ALTER COLUMN c TYPE character(12);

-- unsafe: padded characters made text
-- because: the padding is taken off, the table is rewritten.
ALTER TABLE wide ALTER COLUMN c SET DATA TYPE text;

-- safe: limit raised in the long spelling
-- because: stored alike.
ALTER TABLE wide ALTER COLUMN v10 SET DATA TYPE character varying(64);

-- unsafe: limit lowered by one
-- because: every value is read again.
ALTER TABLE wide ALTER COLUMN v10 TYPE varchar(9);

-- unsafe: no limit to the largest
-- because: every value is checked against it.
ALTER TABLE wide ALTER COLUMN v TYPE varchar(10485760);

-- safe: same limit, other spelling
-- because: nothing changes.
ALTER TABLE wide ALTER COLUMN v10 TYPE pg_catalog.varchar(10);

-- safe: same type under the system's name
-- because: nothing changes.
ALTER TABLE wide ALTER COLUMN i4 TYPE pg_catalog.int4;

-- safe: a cast of USING that does nothing
-- because: the value is its own.
ALTER TABLE wide ALTER COLUMN v10 TYPE text USING v10::text;

-- safe: USING with the standard's CAST
-- because: the cast does nothing.
ALTER TABLE wide ALTER COLUMN v10 TYPE varchar(40) USING CAST(v10 AS varchar(40));

-- unsafe: USING that trims
-- because: a call per row, the table is rewritten.
ALTER TABLE wide ALTER COLUMN v10 TYPE varchar(40) USING trim(v10);

-- unsafe: USING that fills what is missing
-- because: the table is rewritten though the type stays.
ALTER TABLE wide ALTER COLUMN t TYPE text USING coalesce(t, '');

-- unsafe: text cut by USING
-- because: the table is rewritten and the rest of each value is lost.
ALTER TABLE wide ALTER COLUMN t TYPE varchar(100) USING left(t, 100);

-- unsafe: limit lowered by a cast that cuts silently
-- because: the table is rewritten and what is longer is lost.
ALTER TABLE wide ALTER COLUMN v10 TYPE varchar(5) USING v10::varchar(5);

-- unsafe: more digits behind the point
-- because: the scale is part of every stored value.
ALTER TABLE wide ALTER COLUMN n8_2 TYPE numeric(12,4);

-- safe: more digits before the point
-- because: the scale stays.
ALTER TABLE wide ALTER COLUMN n8_2 TYPE numeric(30,2);

-- unsafe: as many digits, fewer before the point
-- because: the scale changes.
ALTER TABLE wide ALTER COLUMN n8_2 TYPE numeric(8,3);

-- safe: limits of a number taken away
-- because: stored alike.
ALTER TABLE wide ALTER COLUMN n8_2 SET DATA TYPE decimal;

-- unsafe: a precision without a scale
-- because: the scale is zero then, every value is rounded.
ALTER TABLE wide ALTER COLUMN n8_2 TYPE numeric(10);

-- unsafe: number to double precision
-- because: the table is rewritten and digits are lost.
ALTER TABLE wide ALTER COLUMN n TYPE double precision;

-- unsafe: real to double precision
-- because: other size.
ALTER TABLE wide ALTER COLUMN f4 TYPE float8;

-- safe: float with the precision it has
-- because: float(53) is double precision.
ALTER TABLE wide ALTER COLUMN f8 TYPE float(53);

-- unsafe: smallint to int
-- because: other size.
ALTER TABLE wide ALTER COLUMN i2 TYPE int;

-- unsafe: money made a number
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN m TYPE numeric(14,2);

-- unsafe: whole numbers to decimals
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN i8 TYPE numeric(20);

-- safe: number of an object from an int
-- because: both are four bytes, the cast does nothing.
ALTER TABLE wide ALTER COLUMN i4 TYPE oid;

-- safe: number of an object made the name of a table
-- because: the cast does nothing.
ALTER TABLE wide ALTER COLUMN o TYPE regclass;

-- unsafe: number of an object to bigint
-- because: other size.
ALTER TABLE wide ALTER COLUMN o TYPE bigint;

-- unsafe: name to text
-- because: a name is 64 bytes, a text as long as it is.
ALTER TABLE wide ALTER COLUMN nm TYPE text;

-- safe: xml to text
-- because: stored alike.
ALTER TABLE wide ALTER COLUMN x TYPE text;

-- unsafe: json to jsonb
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN j TYPE jsonb;

-- unsafe: jsonb to json
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN jb TYPE json;

-- unsafe: text to json without USING
-- because: there is no automatic cast, the server refuses it.
-- fails: 42804
ALTER TABLE wide ALTER COLUMN t TYPE json;

-- unsafe: text to uuid
-- because: there is no automatic cast, the server refuses it.
-- fails: 42804
ALTER TABLE wide ALTER COLUMN t TYPE uuid;

-- unsafe: text to uuid by USING
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN t TYPE uuid USING t::uuid;

-- unsafe: boolean to int without USING
-- because: the cast must be asked for.
-- fails: 42804
ALTER TABLE wide ALTER COLUMN flag TYPE int;

-- unsafe: int to boolean by USING
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN i4 TYPE boolean USING i4 <> 0;

-- safe: timestamp to timestamptz in a database whose zone is UTC
-- because: stored alike.
ALTER TABLE wide ALTER COLUMN ts TYPE timestamptz;

-- safe: timestamp to timestamptz while the session is in UTC
-- because: stored alike.
SET TimeZone = 'UTC';
ALTER TABLE wide ALTER COLUMN ts TYPE timestamptz;

-- safe: timestamp to timestamptz in UTC for one transaction
-- because: stored alike.
BEGIN;
SET LOCAL TIME ZONE 'UTC';
ALTER TABLE wide ALTER COLUMN ts TYPE timestamp with time zone;
COMMIT;

-- unsafe: timestamp to timestamptz in Paris
-- because: every value is moved.
SET TIME ZONE 'Europe/Paris';
ALTER TABLE wide ALTER COLUMN ts TYPE timestamptz;

-- safe: zone of UTC set back to that of the database, which is the same
-- because: stored alike.
SET timezone TO 'UTC';
RESET timezone;
ALTER TABLE wide ALTER COLUMN ts TYPE timestamptz;

-- safe: zone of Paris for a transaction that is over
-- because: SET LOCAL ends with its transaction, and the database's zone is UTC.
BEGIN;
SET LOCAL timezone TO 'Europe/Paris';
COMMIT;
ALTER TABLE wide ALTER COLUMN tz TYPE timestamp;

-- safe: timestamptz to timestamp while the session is in UTC
-- because: stored alike.
SET timezone TO 'UTC';
ALTER TABLE wide ALTER COLUMN tz TYPE timestamp without time zone;

-- unsafe: timestamp to timestamptz in UTC below an index
-- because: the index is of the other type and is built again.
SET timezone TO 'UTC';
ALTER TABLE held ALTER COLUMN stamp TYPE timestamptz;

-- unsafe: timestamp to timestamptz by AT TIME ZONE
-- because: a call per row in any zone but that of the session.
ALTER TABLE wide ALTER COLUMN ts TYPE timestamptz USING ts AT TIME ZONE 'America/New_York';

-- safe: more digits of a second
-- because: the values stay.
ALTER TABLE wide ALTER COLUMN ts3 TYPE timestamp(6);

-- unsafe: no digits of a second
-- because: every value is rounded.
ALTER TABLE wide ALTER COLUMN tz TYPE timestamptz(0);

-- safe: digits of a second as many as there are
-- because: six is what an unlimited one holds.
ALTER TABLE wide ALTER COLUMN tz TYPE timestamptz(6);

-- unsafe: fewer digits of a time of day
-- because: every value is rounded.
ALTER TABLE wide ALTER COLUMN tm TYPE time(0);

-- safe: interval without a limit
-- because: the values stay.
ALTER TABLE wide ALTER COLUMN iv3 TYPE interval;

-- unsafe: interval of days alone
-- because: what is less than a day is cut off.
ALTER TABLE wide ALTER COLUMN iv TYPE interval day;

-- unsafe: date to timestamptz
-- because: other size.
ALTER TABLE wide ALTER COLUMN d TYPE timestamptz;

-- unsafe: timestamp to date
-- because: the time of day is lost in a rewrite.
ALTER TABLE wide ALTER COLUMN ts TYPE date;

-- unsafe: text to bytes
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN t TYPE bytea USING convert_to(t, 'UTF8');

-- unsafe: bits made more
-- because: fixed bits do not grow by themselves, the rows fail or are rewritten.
ALTER TABLE wide ALTER COLUMN bt TYPE bit(16) USING bt::bit(16);

-- safe: variable bits made more
-- because: stored alike.
ALTER TABLE wide ALTER COLUMN vb TYPE bit varying(64);

-- unsafe: variable bits made fewer
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN vb TYPE bit varying(8);

-- safe: network to any address
-- because: stored alike.
ALTER TABLE wide ALTER COLUMN net TYPE inet;

-- unsafe: address to text
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN ip TYPE text;

-- unsafe: longer hardware address
-- because: other size.
ALTER TABLE wide ALTER COLUMN mac TYPE macaddr8;

-- unsafe: range of longer numbers
-- because: there is no cast of ranges.
-- fails: 42804
ALTER TABLE wide ALTER COLUMN rng TYPE int8range;

-- unsafe: enum to text
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN sz TYPE text;

-- unsafe: one enum to another through text
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN sz TYPE shade USING sz::text::shade;

-- unsafe: one enum to another without a cast
-- because: the server refuses it.
-- fails: 42804
ALTER TABLE wide ALTER COLUMN sz TYPE shade;

-- unsafe: array of one enum to array of another
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN szs TYPE shade[] USING szs::text[]::shade[];

-- unsafe: value to array of one
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN i4 TYPE int[] USING ARRAY[i4];

-- unsafe: array of int to array of bigint
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN ints TYPE bigint[];

-- safe: array of several dimensions
-- because: the number of brackets is not kept.
ALTER TABLE wide ALTER COLUMN ints TYPE int[][];

-- safe: array of a fixed length
-- because: the length is not kept.
ALTER TABLE wide ALTER COLUMN ints TYPE int[3];

-- unsafe: array of shorter strings
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN names TYPE varchar(4)[];

-- unsafe: array of rounder prices
-- because: the table is rewritten.
ALTER TABLE wide ALTER COLUMN prices TYPE numeric(8,1)[];

-- safe: text to citext without an index
-- because: stored alike.
ALTER TABLE wide ALTER COLUMN t TYPE citext;

-- safe: limited string to citext
-- because: stored alike.
ALTER TABLE wide ALTER COLUMN v10 TYPE citext;

-- safe: citext to text without an index
-- because: stored alike.
ALTER TABLE wide ALTER COLUMN ci TYPE text;

-- unsafe: citext to text below a unique index
-- because: the index is built again.
ALTER TABLE held ALTER COLUMN nick TYPE text;

-- unsafe: text to citext below an index
-- because: the index is built again.
ALTER TABLE held ALTER COLUMN mail TYPE citext;

-- safe: text to a domain that asks nothing
-- because: stored alike.
ALTER TABLE wide ALTER COLUMN t TYPE label;

-- safe: domain to its own type
-- because: stored alike.
ALTER TABLE wide ALTER COLUMN lb TYPE text;

-- unsafe: number to a domain with a check
-- because: every value is tested.
ALTER TABLE wide ALTER COLUMN i4 TYPE positive;

-- unsafe: number to a domain with fewer digits
-- because: every value is rounded.
ALTER TABLE wide ALTER COLUMN n TYPE price;

-- unsafe: domain over a number to a number of as many digits
-- because: the server does not look behind the domain for its digits, the table is rewritten.
ALTER TABLE wide ALTER COLUMN pr TYPE numeric(10,2);

-- safe: other order of letters without an index
-- because: catalog only.
ALTER TABLE wide ALTER COLUMN t TYPE text COLLATE "C";

-- unsafe: other order of letters below an index
-- because: the index is built again.
ALTER TABLE held ALTER COLUMN mail TYPE text COLLATE "C";

-- unsafe: limit raised and order of letters changed below an index
-- because: the index is built again.
ALTER TABLE held ALTER COLUMN alias TYPE varchar(20) COLLATE "POSIX";

-- unsafe: order of letters of a number
-- because: numbers have none.
-- fails: 42804
-- known: a copy of the schema refuses it, no rule does.
ALTER TABLE wide ALTER COLUMN i4 TYPE int COLLATE "C";

-- safe: limit raised below a unique index
-- because: the index is kept.
ALTER TABLE held ALTER COLUMN code TYPE varchar(20);

-- safe: limited string to text below an index
-- because: the index is kept.
ALTER TABLE held ALTER COLUMN alias TYPE text;

-- safe: more digits below an index
-- because: the index is kept.
ALTER TABLE held ALTER COLUMN num TYPE numeric(12,2);

-- unsafe: limit raised of what an index's condition reads
-- because: a partial index is built again.
ALTER TABLE held ALTER COLUMN part TYPE varchar(20);

-- unsafe: limit raised of what an index computes with
-- because: an index of an expression is built again.
ALTER TABLE held ALTER COLUMN expr TYPE varchar(20);

-- unsafe: limit raised of what a check reads
-- because: the check is tested against all rows.
ALTER TABLE held ALTER COLUMN chk TYPE varchar(20);

-- unsafe: more digits of what a check reads
-- because: the check is tested against all rows.
ALTER TABLE held ALTER COLUMN big TYPE numeric(12,2);

-- safe: limit raised of what refers to another table
-- because: nothing is read, the key is taken over.
ALTER TABLE held ALTER COLUMN ref TYPE varchar(20);

-- safe: limit raised of what other tables refer to
-- because: nothing is read, index and key are taken over.
ALTER TABLE kin ALTER COLUMN code TYPE varchar(20);

-- unsafe: limit raised of what a view shows
-- because: the server refuses it.
-- fails: 0A000
ALTER TABLE held ALTER COLUMN looked TYPE varchar(20);

-- unsafe: limit raised of what a policy reads
-- because: the server refuses it.
-- fails: 0A000
ALTER TABLE held ALTER COLUMN ruled TYPE varchar(20);

-- unsafe: limit raised of what a trigger waits for
-- because: the server refuses it.
-- fails: 0A000
ALTER TABLE held ALTER COLUMN watched TYPE varchar(20);

-- unsafe: limit raised of what a generated column reads
-- because: the server refuses it.
-- fails: 0A000
ALTER TABLE held ALTER COLUMN base TYPE varchar(20);

-- unsafe: elements of an array below its index
-- because: rewritten.
ALTER TABLE held ALTER COLUMN tags TYPE citext[];

-- unsafe: one widened and one narrowed in one statement
-- because: the second makes the whole table be rewritten.
ALTER TABLE wide ALTER COLUMN v10 TYPE varchar(20), ALTER COLUMN ts TYPE timestamp(2);

-- safe: three widened in one statement
-- because: none is rewritten.
ALTER TABLE wide ALTER v10 TYPE varchar(20), ALTER n8_2 TYPE numeric(9,2), ALTER ts3 TYPE timestamp;

-- unsafe: serial as a type for a column that is there
-- because: serial is no type, the server refuses it.
-- fails: 42704
ALTER TABLE wide ALTER COLUMN i4 TYPE bigserial;

-- unsafe: type of a column that is not there
-- because: the server refuses it.
-- fails: 42703
ALTER TABLE wide ALTER COLUMN v100 TYPE text;

-- unsafe: type of a system column
-- because: the server refuses it.
-- fails: 0A000
ALTER TABLE wide ALTER COLUMN ctid TYPE text;

-- unsafe: key column of the table widened through its identity
-- because: the table is rewritten as for any other column.
ALTER TABLE wide ALTER COLUMN id TYPE int;
