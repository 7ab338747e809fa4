create table meter (id bigint, at date not null, v numeric) partition by range (at);
create table meter_2024 partition of meter for values from ('2024-01-01') to ('2025-01-01');
create table meter_2025 partition of meter for values from ('2025-01-01') to ('2026-01-01');
create table meter_checked (id bigint, at date not null, v numeric, constraint in_2026 check (at >= '2026-01-01' and at < '2027-01-01'));
create table meter_loose (id bigint, at date not null, v numeric);
create table meter_bad (id bigint, at date not null);
create table sales (id bigint, region text not null) partition by list (region);
create table sales_eu partition of sales for values in ('eu');
create table sales_rest partition of sales default;
create table sales_us (id bigint, region text not null, constraint us check (region is not null and region = 'us'));
create table plain (id bigint primary key, at date not null);
create table keyed (id bigint, at date not null, primary key (id, at)) partition by range (at);
create table keyed_2025 partition of keyed for values from ('2025-01-01') to ('2026-01-01');

-- safe: attached behind a check that proves the bounds
-- because: no scan; the parent is locked SHARE UPDATE EXCLUSIVE.
ALTER TABLE meter ATTACH PARTITION meter_checked FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- safe: a partition made empty and attached
-- because: nothing to scan.
CREATE TABLE meter_2027 (LIKE meter INCLUDING ALL);
ALTER TABLE meter ATTACH PARTITION meter_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- safe: a partition detached concurrently
-- because: queries go on.
ALTER TABLE meter DETACH PARTITION meter_2024 CONCURRENTLY;

-- safe: a check made in steps, then attached
-- because: validation lets writes go on, then no scan.
ALTER TABLE meter_loose ADD CONSTRAINT y2026 CHECK (at >= '2026-01-01' AND at < '2027-01-01') NOT VALID;
ALTER TABLE meter_loose VALIDATE CONSTRAINT y2026;
ALTER TABLE meter ATTACH PARTITION meter_loose FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- safe: a new partitioned table with partitions
-- because: all is empty.
CREATE TABLE trips (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE trips_1 PARTITION OF trips FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE trips_d PARTITION OF trips DEFAULT;
CREATE INDEX ON trips (id);

-- safe: a nullable column for all partitions
-- because: a change of the catalog on each.
ALTER TABLE meter ADD COLUMN unit text;

-- unsafe: attached without a check
-- because: the whole table is scanned under ACCESS EXCLUSIVE.
ALTER TABLE meter ATTACH PARTITION meter_loose FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- unsafe: attached behind a check that says too little
-- because: the check is wider than the bounds, so all is scanned.
-- given
alter table meter_loose add constraint wide check (at >= '2020-01-01');
-- migration
ALTER TABLE meter ATTACH PARTITION meter_loose FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- unsafe: a check that is not valid is no proof
-- because: all is scanned.
ALTER TABLE meter_loose ADD CONSTRAINT y2026 CHECK (at >= '2026-01-01' AND at < '2027-01-01') NOT VALID;
ALTER TABLE meter ATTACH PARTITION meter_loose FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- unsafe: attached beside a default partition that has rows
-- because: the default partition is scanned under ACCESS EXCLUSIVE.
ALTER TABLE sales ATTACH PARTITION sales_us FOR VALUES IN ('us');

-- unsafe: a partition made beside a default partition
-- because: ACCESS EXCLUSIVE on the parent and a scan of the default partition.
CREATE TABLE sales_cn PARTITION OF sales FOR VALUES IN ('cn');

-- unsafe: detached
-- because: ACCESS EXCLUSIVE on the parent, behind every query.
ALTER TABLE meter DETACH PARTITION meter_2024;

-- unsafe: detached concurrently in a transaction
-- transaction: file
-- fails: 25001
-- because: it cannot run in one.
ALTER TABLE meter DETACH PARTITION meter_2024 CONCURRENTLY;

-- unsafe: detached concurrently where there is a default partition
-- fails: 55000
-- because: not with a default partition.
ALTER TABLE sales DETACH PARTITION sales_eu CONCURRENTLY;

-- unsafe: a partition dropped
-- because: its rows are gone.
DROP TABLE meter_2024;

-- unsafe: a partition whose bounds overlap
-- fails: 42P17
-- because: they overlap.
CREATE TABLE meter_x PARTITION OF meter FOR VALUES FROM ('2025-06-01') TO ('2026-06-01');

-- unsafe: a table without a column attached
-- fails: 42804
-- because: a column is missing.
ALTER TABLE meter ATTACH PARTITION meter_bad FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- unsafe: a key without the partition key
-- fails: 0A000
-- because: it must be in it.
ALTER TABLE meter ADD PRIMARY KEY (id);

-- unsafe: a plain table cannot become partitioned
-- fails: 42809
-- because: it is no partitioned table.
ALTER TABLE plain ATTACH PARTITION meter_loose DEFAULT;

-- unsafe: a stored column on all partitions
-- because: each partition is written again.
ALTER TABLE meter ADD COLUMN twice numeric GENERATED ALWAYS AS (v * 2) STORED;

-- unsafe: a key on a partitioned table
-- because: builds an index on each partition under the lock.
ALTER TABLE meter ADD PRIMARY KEY (id, at);

-- unsafe: a column dropped of a partitioned table
-- because: values are lost in each.
ALTER TABLE meter DROP COLUMN v;

-- unsafe: a key's partition attached that has no such index and rows
-- because: the index is built under ACCESS EXCLUSIVE while attaching.
-- given
create table keyed_2026 (id bigint not null, at date not null, constraint y check (at >= '2026-01-01' and at < '2027-01-01'));
-- migration
ALTER TABLE keyed ATTACH PARTITION keyed_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- safe: a key's partition attached that has the same key
-- because: the index is there and is taken over, the check proves the bounds.
-- given
create table keyed_2026 (id bigint not null, at date not null, primary key (id, at), constraint y check (at >= '2026-01-01' and at < '2027-01-01'));
-- migration
ALTER TABLE keyed ATTACH PARTITION keyed_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
