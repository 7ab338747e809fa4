create table events (id bigint not null, at timestamptz not null, kind text, primary key (id, at)) partition by range (at);
create table events_2024 partition of events for values from ('2024-01-01') to ('2025-01-01');
create table events_2025 partition of events for values from ('2025-01-01') to ('2026-01-01');
create table metrics (id bigint not null, at date not null, value numeric) partition by range (at);
create table metrics_2024 partition of metrics for values from ('2024-01-01') to ('2025-01-01');
create table metrics_rest partition of metrics default;
create table events_old (id bigint not null, at timestamptz not null, kind text, primary key (id, at));
create table events_checked (id bigint not null, at timestamptz not null, kind text, primary key (id, at),
  constraint in_2023 check (at >= '2023-01-01' and at < '2024-01-01'));
create table metrics_old (id bigint not null, at date, value numeric, constraint in_2022 check (at >= '2022-01-01' and at < '2023-01-01'));
create table areas (id bigint not null, region text not null) partition by list (region);
create table areas_eu partition of areas for values in ('eu');
create table animals (id bigint primary key, name text);
create table cats (lives int) inherits (animals);

-- safe: a new partition beside others
-- about: create-partition-of-locks-parent
-- because: a short lock on the parent; nothing is read.
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- unsafe: a new partition where a default partition has rows
-- about: attach-partition-scans-default
-- because: the default partition is read under ACCESS EXCLUSIVE.
CREATE TABLE metrics_2026 PARTITION OF metrics FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- unsafe: an old table becomes a partition
-- about: attach-partition-without-check
-- because: all its rows are read under ACCESS EXCLUSIVE.
ALTER TABLE events ATTACH PARTITION events_old FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');

-- safe: an old table with a CHECK that proves the bound
-- about: attach-partition-without-check
-- because: no row is read.
ALTER TABLE events ATTACH PARTITION events_checked FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');

-- unsafe: a CHECK, but the key may be NULL
-- about: attach-partition-without-check
-- because: the proof is not complete: the rows are read.
ALTER TABLE metrics ATTACH PARTITION metrics_old FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');

-- safe: a new table becomes a partition
-- about: attach-partition-without-check
-- because: it is empty.
CREATE TABLE events_2026 (LIKE events INCLUDING ALL);
ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- unsafe: the CHECK proves another range
-- about: attach-partition-without-check
-- because: the rows are read.
ALTER TABLE events ATTACH PARTITION events_checked FOR VALUES FROM ('2022-06-01') TO ('2023-06-01');

-- unsafe: DETACH
-- about: require-concurrent-partition-detach
-- because: ACCESS EXCLUSIVE on the parent queues behind every query and everybody queues behind it.
ALTER TABLE events DETACH PARTITION events_2024;

-- safe: DETACH CONCURRENTLY
-- about: require-concurrent-partition-detach
-- because: the parent stays readable and writable.
ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;

-- unsafe: DETACH CONCURRENTLY in a transaction
-- about: concurrently-in-transaction
-- because: refused in a transaction block.
-- fails: 25001
BEGIN;
ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;
COMMIT;

-- unsafe: DETACH CONCURRENTLY with a default partition
-- about: detach-concurrently-with-default-partition
-- because: refused.
-- fails: 55000
ALTER TABLE metrics DETACH PARTITION metrics_2024 CONCURRENTLY;

-- unsafe: a partition is dropped
-- about: ban-drop-table
-- because: its rows are gone.
DROP TABLE events_2024;

-- unsafe: an index on the parent
-- about: index-on-partitioned-parent
-- because: writes to all partitions wait for all builds.
CREATE INDEX events_kind_idx ON events (kind);

-- unsafe: a concurrent index on the parent
-- about: index-on-partitioned-parent
-- because: refused.
-- fails: 0A000
CREATE INDEX CONCURRENTLY events_kind_idx ON events (kind);

-- safe: the recipe for an index on the parent
-- about: index-on-partitioned-parent
-- because: only concurrent builds read rows.
CREATE INDEX events_kind_idx ON ONLY events (kind);
CREATE INDEX CONCURRENTLY events_2024_kind_idx ON events_2024 (kind);
CREATE INDEX CONCURRENTLY events_2025_kind_idx ON events_2025 (kind);
ALTER INDEX events_kind_idx ATTACH PARTITION events_2024_kind_idx;
ALTER INDEX events_kind_idx ATTACH PARTITION events_2025_kind_idx;

-- unsafe: a plain index on one partition
-- about: require-concurrent-index-creation
-- because: writes to the partition wait.
CREATE INDEX events_2025_kind_idx ON events_2025 (kind);

-- safe: a nullable column for all partitions
-- about: ddl-on-partitioned-parent-fans-out
-- because: short locks on two partitions.
ALTER TABLE events ADD COLUMN note text;

-- unsafe: a column of one partition is dropped
-- about: ddl-on-partition-child
-- because: refused.
-- fails: 42P16
ALTER TABLE events_2024 DROP COLUMN kind;

-- unsafe: a column of one partition is added
-- about: ddl-on-partition-child
-- because: refused.
-- fails: 42809
ALTER TABLE events_2024 ADD COLUMN note text;

-- unsafe: a unique key without the partition key
-- about: partition-key-missing-from-unique
-- because: refused.
-- fails: 0A000
ALTER TABLE events ADD CONSTRAINT events_kind_once UNIQUE (kind);

-- unsafe: a new partitioned table whose key lacks the partition key
-- about: partition-key-missing-from-unique
-- because: refused.
-- fails: 0A000
CREATE TABLE clicks (id bigint PRIMARY KEY, at date NOT NULL) PARTITION BY RANGE (at);

-- safe: a new partitioned table with partitions and an index
-- about: index-on-partitioned-parent
-- because: nobody uses it yet.
CREATE TABLE clicks (id bigint, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE clicks_2026 PARTITION OF clicks FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE clicks_rest PARTITION OF clicks DEFAULT;
CREATE INDEX clicks_at_idx ON clicks (at);

-- unsafe: NOT NULL on the parent
-- about: set-not-null-full-scan
-- because: all partitions are read under ACCESS EXCLUSIVE.
ALTER TABLE events ALTER COLUMN kind SET NOT NULL;

-- unsafe: a CHECK on the parent
-- about: adding-check-constraint
-- because: all partitions are read under ACCESS EXCLUSIVE.
ALTER TABLE events ADD CONSTRAINT kind_short CHECK (length(kind) < 20);

-- unsafe: a type change on the parent
-- about: changing-column-type
-- because: all partitions are written again.
ALTER TABLE metrics ALTER COLUMN value TYPE double precision;

-- unsafe: a CHECK on an inheritance parent
-- about: adding-check-constraint
-- because: parent and children are read.
ALTER TABLE animals ADD CONSTRAINT named CHECK (name <> '');

-- safe: a nullable column on an inheritance parent
-- about: ddl-on-partitioned-parent-fans-out
-- because: a catalog change.
ALTER TABLE animals ADD COLUMN weight numeric;

-- unsafe: two partitions overlap
-- about: object-already-exists
-- because: refused.
-- fails: 42P17
CREATE TABLE events_2025b PARTITION OF events FOR VALUES FROM ('2025-06-01') TO ('2026-06-01');

-- safe: a new list partition
-- about: create-partition-of-locks-parent
-- because: nothing is read.
CREATE TABLE areas_us PARTITION OF areas FOR VALUES IN ('us', 'ca');

-- unsafe: a partition with rows and no index that the parent has
-- about: attach-partition-builds-index
-- because: the missing key is built under ACCESS EXCLUSIVE.
-- given
create table events_bare (id bigint not null, at timestamptz not null, kind text, constraint in_2021 check (at >= '2021-01-01' and at < '2022-01-01'));
-- migration
ALTER TABLE events ATTACH PARTITION events_bare FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');

-- unsafe: a default partition is attached with rows in it
-- about: attach-partition-without-check
-- because: all its rows are read.
ALTER TABLE events ATTACH PARTITION events_old DEFAULT;

-- safe: the parent only, for later partitions
-- about: ddl-on-partitioned-parent-fans-out
-- because: a storage default of the parent alone.
ALTER TABLE ONLY events ALTER COLUMN kind SET DEFAULT 'click';

-- safe: a validated helper CHECK, then ATTACH, then the helper goes
-- about: attach-partition-without-check, drop-constraint
-- because: rows are read under the weak lock of VALIDATE only.
ALTER TABLE events_old ADD CONSTRAINT in_2023 CHECK (at >= '2023-01-01' AND at < '2024-01-01') NOT VALID;
ALTER TABLE events_old VALIDATE CONSTRAINT in_2023;
ALTER TABLE events ATTACH PARTITION events_old FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
ALTER TABLE events_old DROP CONSTRAINT in_2023;
