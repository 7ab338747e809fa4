create table parcel (id bigserial primary key, code varchar(10) not null, weight numeric(8,2), sent timestamp, state text, depot_id int, note text);
alter table parcel add constraint parcel_state check (state is not null);
create index parcel_code on parcel (code);
create table depot (id serial primary key, city text);
create type colour as enum ('red', 'blue');
create table painted (id int primary key, c colour);
create table day_part (id bigint not null, day date not null) partition by range (day);
create table day_part_25 partition of day_part for values from ('2025-01-01') to ('2026-01-01');
create materialized view per_depot as select depot_id, count(*) as n from parcel group by depot_id;
create unique index per_depot_key on per_depot (depot_id);

-- unsafe: constant default on 10
-- because: the table is rewritten before 11.
-- server: 10
ALTER TABLE parcel ADD COLUMN lost boolean NOT NULL DEFAULT false;

-- safe: constant default on 11
-- because: kept in the catalog since 11.
-- server: 11
ALTER TABLE parcel ADD COLUMN lost boolean NOT NULL DEFAULT false;

-- safe: nullable column without a default on 10
-- because: catalog only.
-- server: 10
ALTER TABLE parcel ADD COLUMN lost boolean;

-- unsafe: default of the transaction's time on 10
-- because: the table is rewritten before 11.
-- server: 10
ALTER TABLE parcel ADD COLUMN made timestamptz DEFAULT now();

-- safe: null as default on 10
-- because: catalog only.
-- server: 10
ALTER TABLE parcel ADD COLUMN made timestamptz DEFAULT NULL;

-- safe: default added after the column on 10
-- because: only new rows get it.
-- server: 10
ALTER TABLE parcel ADD COLUMN lost boolean;
ALTER TABLE parcel ALTER COLUMN lost SET DEFAULT false;

-- safe: required behind a validated check on 12
-- because: the check spares the scan since 12.
-- server: 12
ALTER TABLE parcel ALTER COLUMN state SET NOT NULL;

-- unsafe: required behind a validated check on 11
-- because: every row is read before 12.
-- server: 11
ALTER TABLE parcel ALTER COLUMN state SET NOT NULL;

-- unsafe: required behind a validated check on 10
-- because: every row is read before 12.
-- server: 10
ALTER TABLE parcel ALTER COLUMN state SET NOT NULL;

-- unsafe: timestamp to timestamptz in UTC on 11
-- because: always rewritten before 12.
-- server: 11
SET TimeZone = 'UTC';
ALTER TABLE parcel ALTER COLUMN sent TYPE timestamptz;

-- safe: timestamp to timestamptz in UTC on 12
-- because: stored alike since 12.
-- server: 12
SET TimeZone = 'UTC';
ALTER TABLE parcel ALTER COLUMN sent TYPE timestamptz;

-- safe: limit raised on 10
-- because: stored alike since 9.2.
-- server: 10
ALTER TABLE parcel ALTER COLUMN code TYPE varchar(20);

-- unsafe: concurrent reindexing on 11
-- because: that came with 12.
-- server: 11
REINDEX INDEX CONCURRENTLY parcel_code;

-- safe: concurrent reindexing on 12
-- because: writers go on.
-- server: 12
REINDEX INDEX CONCURRENTLY parcel_code;

-- unsafe: reindexing on 11
-- because: writers wait.
-- server: 11
REINDEX INDEX parcel_code;

-- unsafe: reindexing with options in brackets on 13
-- because: CONCURRENTLY in brackets came with 14.
-- known: the parse tree does not say where the word stood.
-- server: 13
REINDEX (CONCURRENTLY) INDEX parcel_code;

-- unsafe: concurrent detachment on 13
-- because: that came with 14.
-- server: 13
ALTER TABLE day_part DETACH PARTITION day_part_25 CONCURRENTLY;

-- unsafe: label added in a transaction on 11
-- because: that is possible since 12.
-- server: 11
BEGIN;
ALTER TYPE colour ADD VALUE 'green';
COMMIT;

-- safe: label added in a transaction on 12
-- because: possible since 12, as long as nothing uses it there.
-- server: 12
BEGIN;
ALTER TYPE colour ADD VALUE 'green';
COMMIT;

-- safe: label added on its own on 11
-- because: catalog only.
-- server: 11
ALTER TYPE colour ADD VALUE IF NOT EXISTS 'green';

-- unsafe: MERGE on 14
-- because: that came with 15.
-- server: 14
MERGE INTO depot d USING (VALUES (1, 'Rome')) v (id, city) ON d.id = v.id WHEN MATCHED THEN UPDATE SET city = v.city WHEN NOT MATCHED THEN INSERT VALUES (v.id, v.city);

-- safe: MERGE of one row on 15
-- because: one row by its key.
-- server: 15
MERGE INTO depot d USING (VALUES (1, 'Rome')) v (id, city) ON d.id = v.id WHEN MATCHED THEN UPDATE SET city = v.city WHEN NOT MATCHED THEN INSERT VALUES (v.id, v.city);

-- unsafe: nulls that are equal on 14
-- because: that came with 15.
-- server: 14
CREATE UNIQUE INDEX CONCURRENTLY parcel_note ON parcel (note) NULLS NOT DISTINCT;

-- safe: nulls that are equal on 15
-- because: writers go on.
-- server: 15
CREATE UNIQUE INDEX CONCURRENTLY parcel_note ON parcel (note) NULLS NOT DISTINCT;

-- unsafe: view with its caller's rights on 14
-- because: that came with 15.
-- server: 14
CREATE VIEW light WITH (security_invoker = true) AS SELECT id FROM parcel WHERE weight < 1;

-- safe: view with its caller's rights on 15
-- because: new.
-- server: 15
CREATE VIEW light WITH (security_invoker = true) AS SELECT id FROM parcel WHERE weight < 1;

-- unsafe: generated column on 11
-- because: that came with 12.
-- server: 11
CREATE TABLE box (w int, h int, area int GENERATED ALWAYS AS (w * h) STORED);

-- safe: generated column of a new table on 12
-- because: there are no rows.
-- server: 12
CREATE TABLE box (w int, h int, area int GENERATED ALWAYS AS (w * h) STORED);

-- unsafe: virtual column on 17
-- because: that came with 18.
-- server: 17
ALTER TABLE parcel ADD COLUMN kilo numeric GENERATED ALWAYS AS (weight / 1000) VIRTUAL;

-- unsafe: generated column without STORED on 17
-- because: STORED had to be said before 18.
-- server: 17
ALTER TABLE parcel ADD COLUMN kilo numeric GENERATED ALWAYS AS (weight / 1000);

-- unsafe: new expression of a generated column on 16
-- because: that came with 17.
-- server: 16
-- given
alter table depot add column big text generated always as (upper(city)) stored;
-- migration
ALTER TABLE depot ALTER COLUMN big SET EXPRESSION AS (lower(city));

-- unsafe: procedure on 10
-- because: that came with 11.
-- server: 10
CREATE PROCEDURE sweep() LANGUAGE sql AS 'select 1';

-- safe: function on 10
-- because: new.
-- server: 10
CREATE FUNCTION sweep() RETURNS int LANGUAGE sql AS 'select 1';

-- unsafe: EXECUTE FUNCTION of a trigger on 10
-- because: it was EXECUTE PROCEDURE before 11.
-- known: the parse tree does not say which word was written.
-- server: 10
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TRIGGER stamp BEFORE INSERT ON depot FOR EACH ROW EXECUTE FUNCTION stamp();

-- safe: EXECUTE PROCEDURE of a trigger on 10
-- because: a short lock.
-- server: 10
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TRIGGER stamp BEFORE INSERT ON depot FOR EACH ROW EXECUTE PROCEDURE stamp();

-- unsafe: trigger replaced on 13
-- because: OR REPLACE came with 14.
-- server: 13
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE OR REPLACE TRIGGER stamp BEFORE INSERT ON depot FOR EACH ROW EXECUTE FUNCTION stamp();

-- unsafe: function with a body of the standard on 13
-- because: that came with 14.
-- server: 13
CREATE FUNCTION two() RETURNS int LANGUAGE sql RETURN 2;

-- unsafe: compression of a column on 13
-- because: that came with 14.
-- server: 13
ALTER TABLE parcel ALTER COLUMN note SET COMPRESSION lz4;

-- unsafe: random key by the built-in function on 12
-- because: gen_random_uuid is built in since 13.
-- server: 12
CREATE TABLE crate (id uuid PRIMARY KEY DEFAULT gen_random_uuid());

-- safe: random key by the built-in function on 13
-- because: built in.
-- server: 13
CREATE TABLE crate (id uuid PRIMARY KEY DEFAULT gen_random_uuid());

-- unsafe: ordered random key on 17
-- because: uuidv7 came with 18.
-- server: 17
CREATE TABLE crate (id uuid PRIMARY KEY DEFAULT uuidv7());

-- safe: ordered random key of a new table on 18
-- because: new.
CREATE TABLE crate (id uuid PRIMARY KEY DEFAULT uuidv7());

-- unsafe: a constraint that is not enforced on 17
-- because: that came with 18.
-- server: 17
ALTER TABLE parcel ADD CONSTRAINT w CHECK (weight > 0) NOT ENFORCED;

-- unsafe: a key without overlaps on 17
-- because: that came with 18.
-- server: 17
CREATE TABLE stay (room int, during daterange, PRIMARY KEY (room, during WITHOUT OVERLAPS));

-- unsafe: key of a partitioned table left unvalidated on 17
-- because: that came with 18.
-- server: 17
ALTER TABLE day_part ADD CONSTRAINT d FOREIGN KEY (id) REFERENCES parcel (id) NOT VALID;

-- safe: key of a partitioned table left unvalidated on 18
-- because: nothing is read.
ALTER TABLE day_part ADD CONSTRAINT d FOREIGN KEY (id) REFERENCES parcel (id) NOT VALID;

-- unsafe: publication of a schema on 14
-- because: that came with 15.
-- server: 14
CREATE PUBLICATION p FOR TABLES IN SCHEMA public;

-- unsafe: VACUUM of the table without its TOAST on 12
-- because: that option came with 14.
-- server: 12
VACUUM (PROCESS_TOAST false) parcel;

-- safe: VACUUM with its indexes left out on 12
-- because: the option came with 12.
-- server: 12
VACUUM (INDEX_CLEANUP false) parcel;

-- safe: statistics of an expression on 14
-- because: catalog only.
-- server: 14
CREATE STATISTICS low ON (lower(note)) FROM parcel;

-- unsafe: statistics of an expression on 13
-- because: that came with 14.
-- server: 13
CREATE STATISTICS low ON (lower(note)) FROM parcel;

-- unsafe: a multirange on 13
-- because: that came with 14.
-- server: 13
ALTER TABLE depot ADD COLUMN hours int4multirange;

-- safe: a multirange on 14
-- because: catalog only.
-- server: 14
ALTER TABLE depot ADD COLUMN hours int4multirange;

-- unsafe: FORCE when a database is dropped on 12
-- because: the database is lost, and the word came with 13.
-- server: 12
DROP DATABASE old_shop WITH (FORCE);
