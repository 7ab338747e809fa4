create extension citext;
create domain mail as text check (value like '%@%');
create domain label as varchar(20);
create table t (id int primary key, v20 varchar(20), vv varchar, tx text, c5 char(5), n102 numeric(10,2), n numeric, i2 smallint, i4 int, i8 bigint, f4 real, f8 double precision, ts timestamp, tsz timestamptz, ts3 timestamp(3), tm time, tm0 time(0), iv interval, iv0 interval(0), ci cidr, ine inet, b5 bit(5), vb varbit(5), js json, jb jsonb, u uuid, cit citext, ar varchar(10)[], ia int[], by bytea, d date, m money, bo boolean, xid8c xid8, na name, ml mail, lb label, rng int4range);
create table ix (id int primary key, v20 varchar(20), tx text, cit citext, ts timestamp, n102 numeric(10,2), ci cidr, ck varchar(10) check (length(ck) > 1), gen text, up text generated always as (upper(gen)) stored, part varchar(10), k varchar(8) unique, inc varchar(10));
create index ix_v20 on ix (v20);
create index ix_tx on ix (tx);
create index ix_cit on ix (cit);
create index ix_ts on ix (ts);
create index ix_n on ix (n102);
create index ix_ci on ix (ci);
create index ix_part on ix (id) where part = 'x';
create index ix_inc on ix (id) include (inc);
create table emp (id int generated always as identity primary key, code varchar(8) references ix (k));

-- safe: limit of a string raised
-- because: no row is written.
ALTER TABLE t ALTER COLUMN v20 TYPE varchar(21);

-- unsafe: limit of a string lowered
-- because: all rows are written again.
ALTER TABLE t ALTER COLUMN v20 TYPE varchar(19);

-- safe: limit of a string lifted
-- because: no row is written.
ALTER TABLE t ALTER COLUMN v20 TYPE varchar;

-- unsafe: limit of a string set
-- because: all rows are written again.
ALTER TABLE t ALTER COLUMN vv TYPE varchar(255);

-- unsafe: limit of a text set
-- because: all rows are written again.
ALTER TABLE t ALTER tx TYPE character varying(100);

-- safe: text to varchar without a limit
-- because: the same bytes.
ALTER TABLE t ALTER tx TYPE character varying;

-- unsafe: char made longer
-- because: every value is padded.
ALTER TABLE t ALTER c5 TYPE char(10);

-- unsafe: char to text
-- because: the spaces are cut off each.
ALTER TABLE t ALTER c5 TYPE text;

-- safe: char to what it is
-- because: nothing changes.
ALTER TABLE t ALTER c5 TYPE character(5);

-- safe: precision of a number raised
-- because: no row is written.
ALTER TABLE t ALTER n102 TYPE decimal(12,2);

-- safe: precision of a number lifted
-- because: no row is written.
ALTER TABLE t ALTER n102 TYPE numeric;

-- unsafe: precision of a number set
-- because: all rows are written again.
ALTER TABLE t ALTER n TYPE numeric(20,6);

-- unsafe: precision raised and scale too
-- because: all rows are written again.
ALTER TABLE t ALTER n102 TYPE numeric(14,4);

-- unsafe: precision raised by what the scale takes
-- because: all rows are written again.
ALTER TABLE t ALTER n102 TYPE numeric(10,3);

-- unsafe: smallint to integer
-- because: all rows are written again.
ALTER TABLE t ALTER i2 TYPE integer;

-- unsafe: real to double precision
-- because: all rows are written again.
ALTER TABLE t ALTER f4 TYPE float8;

-- unsafe: integer to numeric
-- because: all rows are written again.
ALTER TABLE t ALTER i4 TYPE numeric(12);

-- unsafe: integer to text
-- because: all rows are written again.
ALTER TABLE t ALTER i8 TYPE text;

-- safe: timestamp to the zone's under UTC
-- because: the zone of the database is UTC, no row is written.
ALTER TABLE t ALTER ts TYPE timestamptz;

-- unsafe: timestamp to the zone's, computed
-- because: the expression is computed for all rows.
ALTER TABLE t ALTER ts TYPE timestamptz USING ts AT TIME ZONE 'Europe/Vienna';

-- safe: more digits of seconds
-- because: no row is written.
ALTER TABLE t ALTER ts3 TYPE timestamp(6);

-- unsafe: fewer digits of seconds
-- because: all rows are written again.
ALTER TABLE t ALTER ts TYPE timestamp(0);

-- safe: more digits of a time
-- because: no row is written.
ALTER TABLE t ALTER tm0 TYPE time(3);

-- safe: more digits of an interval
-- because: no row is written.
ALTER TABLE t ALTER iv0 TYPE interval(6);

-- unsafe: timestamp to date
-- because: all rows are written again and times are lost.
ALTER TABLE t ALTER ts TYPE date;

-- safe: network to address
-- because: the same bytes.
ALTER TABLE t ALTER ci TYPE inet;

-- unsafe: address to network
-- because: all rows are written again.
ALTER TABLE t ALTER ine TYPE cidr;

-- unsafe: bits made longer
-- because: all rows are written again or refused.
ALTER TABLE t ALTER b5 TYPE bit(8);

-- safe: varying bits made longer
-- because: no row is written.
ALTER TABLE t ALTER vb TYPE varbit(8);

-- unsafe: json to jsonb
-- because: all rows are written again.
ALTER TABLE t ALTER js TYPE jsonb;

-- unsafe: text to json
-- because: all rows are read and written again.
ALTER TABLE t ALTER tx TYPE json USING tx::json;

-- unsafe: text to uuid
-- because: all rows are written again.
ALTER TABLE t ALTER tx TYPE uuid USING tx::uuid;

-- safe: citext to text without an index
-- because: the same bytes.
ALTER TABLE t ALTER cit TYPE text;

-- safe: text to citext without an index
-- because: the same bytes.
ALTER TABLE t ALTER tx TYPE citext;

-- unsafe: citext to text below an index
-- because: the index is built again under ACCESS EXCLUSIVE.
ALTER TABLE ix ALTER cit TYPE text;

-- unsafe: array of strings with a longer limit
-- because: of arrays all rows are written again.
ALTER TABLE t ALTER ar TYPE varchar(20)[];

-- unsafe: array of strings to text
-- because: of arrays all rows are written again.
ALTER TABLE t ALTER ar TYPE text[];

-- unsafe: array of numbers widened
-- because: all rows are written again.
ALTER TABLE t ALTER ia TYPE bigint[];

-- unsafe: text to bytes
-- because: all rows are written again.
ALTER TABLE t ALTER tx TYPE bytea USING convert_to(tx, 'UTF8');

-- unsafe: boolean to a number
-- because: all rows are written again.
ALTER TABLE t ALTER bo TYPE int USING bo::int;

-- unsafe: money to numeric
-- because: all rows are written again.
ALTER TABLE t ALTER m TYPE numeric(12,2);

-- unsafe: text to a domain with a check
-- because: all rows are read under ACCESS EXCLUSIVE.
ALTER TABLE t ALTER tx TYPE mail;

-- safe: domain to what it stands on
-- because: the same bytes, no check.
ALTER TABLE t ALTER ml TYPE text;

-- safe: string to a domain without a check
-- because: the same bytes.
ALTER TABLE t ALTER v20 TYPE label;

-- unsafe: name to text
-- because: all rows are written again.
ALTER TABLE t ALTER na TYPE text;

-- unsafe: range of other numbers
-- because: the server refuses it.
-- fails: 42804
ALTER TABLE t ALTER rng TYPE int8range;

-- unsafe: text to a number without USING
-- because: the server refuses it.
-- fails: 42804
ALTER TABLE t ALTER tx TYPE int;

-- safe: number to an object's
-- because: the same bytes.
ALTER TABLE t ALTER i4 TYPE oid;

-- safe: limit raised below an index
-- because: neither rows nor index are written.
ALTER TABLE ix ALTER v20 TYPE varchar(50);

-- safe: string to text below an index
-- because: the operator class is the same.
ALTER TABLE ix ALTER v20 TYPE text;

-- unsafe: order of letters changed below an index
-- because: the index is built again.
ALTER TABLE ix ALTER tx TYPE text COLLATE "C";

-- safe: order of letters changed without an index
-- because: catalog only.
ALTER TABLE t ALTER tx TYPE text COLLATE "C";

-- unsafe: limit raised below a check
-- because: the check is tested again for all rows.
ALTER TABLE ix ALTER ck TYPE varchar(20);

-- unsafe: column of a generated one
-- because: the server refuses it.
-- fails: 0A000
ALTER TABLE ix ALTER gen TYPE varchar(50);

-- unsafe: limit raised of what a partial index asks for
-- because: the index is built again.
ALTER TABLE ix ALTER part TYPE varchar(20);

-- safe: limit raised of what an index includes
-- because: the index stays.
ALTER TABLE ix ALTER inc TYPE varchar(20);

-- unsafe: timestamp to the zone's below an index
-- because: the index is built again.
ALTER TABLE ix ALTER ts TYPE timestamptz;

-- safe: precision raised below an index
-- because: index and rows stay.
ALTER TABLE ix ALTER n102 TYPE numeric(12,2);

-- safe: two columns, both without writing
-- because: catalog only.
ALTER TABLE t ALTER v20 TYPE varchar(30), ALTER n102 TYPE numeric(12,2);

-- unsafe: two columns, one with writing
-- because: all rows are written again.
ALTER TABLE t ALTER v20 TYPE varchar(30), ALTER i4 TYPE bigint;

-- safe: type written another way
-- because: it is the type that it has.
ALTER TABLE t ALTER COLUMN i8 TYPE int8, ALTER COLUMN bo TYPE bool, ALTER COLUMN tsz TYPE timestamp with time zone;

-- safe: USING the column itself
-- because: the cast does nothing.
ALTER TABLE t ALTER v20 TYPE varchar(40) USING (v20);

-- unsafe: USING an expression
-- because: it is computed for every row.
ALTER TABLE t ALTER v20 TYPE varchar(40) USING lower(v20);

-- unsafe: type of an identity
-- because: all rows are written again.
ALTER TABLE emp ALTER id TYPE bigint;

-- unsafe: type of a generated column
-- because: all rows are written again.
ALTER TABLE ix ALTER up TYPE varchar(10);
