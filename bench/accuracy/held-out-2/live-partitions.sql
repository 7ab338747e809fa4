create table metrics (id bigint not null, at date not null, host text, value float8, primary key (id, at)) partition by range (at);
create table metrics_q1 partition of metrics for values from ('2025-01-01') to ('2025-04-01');
create table metrics_q2 partition of metrics for values from ('2025-04-01') to ('2025-07-01');
create table metrics_q3 (id bigint not null, at date not null, host text, value float8, primary key (id, at));
create table metrics_q4 (id bigint not null, at date not null, host text, value float8, primary key (id, at),
  constraint q4_bound check (at >= '2025-10-01' and at < '2026-01-01'));
create table metrics_nokey (id bigint not null, at date not null, host text, value float8,
  constraint nokey_bound check (at >= '2026-01-01' and at < '2026-04-01'));
create table metrics_notvalid (id bigint not null, at date not null, host text, value float8, primary key (id, at));
alter table metrics_notvalid add constraint nv_bound check (at >= '2026-04-01' and at < '2026-07-01') not valid;
create table metrics_wide (id bigint not null, at date not null, host text, value float8, extra text, primary key (id, at));
create table metrics_other (id bigint not null, at timestamptz not null, host text, value float8);
create table regions (code text, name text) partition by list (code);
create table regions_eu partition of regions for values in ('de', 'fr');
create table regions_rest partition of regions default;
create table regions_us (code text, name text, constraint us_only check (code in ('us', 'ca')));
create table regions_asia (code text, name text, constraint asia_only check (code is not null and code in ('jp', 'cn')));
create table hashed (id int not null, v text) partition by hash (id);
create table hashed_0 partition of hashed for values with (modulus 2, remainder 0);
create table hashed_1 partition of hashed for values with (modulus 2, remainder 1);
create table plain (id bigint primary key, at date not null);
create table owners (id int primary key);

-- safe: new partition attached
-- because: it is empty, SHARE UPDATE EXCLUSIVE on the parent.
CREATE TABLE metrics_2027q1 (LIKE metrics INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES);
ALTER TABLE metrics ATTACH PARTITION metrics_2027q1 FOR VALUES FROM ('2027-01-01') TO ('2027-04-01');

-- unsafe: filled table attached without a check
-- because: it is scanned under ACCESS EXCLUSIVE.
ALTER TABLE metrics ATTACH PARTITION metrics_q3 FOR VALUES FROM ('2025-07-01') TO ('2025-10-01');

-- safe: filled table attached with a check that proves the bound
-- because: the key is NOT NULL, the check is validated, the index is there: nothing is read.
ALTER TABLE metrics ATTACH PARTITION metrics_q4 FOR VALUES FROM ('2025-10-01') TO ('2026-01-01');

-- unsafe: filled table attached that has no primary key yet
-- because: the index of the parent is built on it under ACCESS EXCLUSIVE.
ALTER TABLE metrics ATTACH PARTITION metrics_nokey FOR VALUES FROM ('2026-01-01') TO ('2026-04-01');

-- unsafe: filled table attached with a check that is not validated
-- because: NOT VALID proves nothing, so it is scanned.
ALTER TABLE metrics ATTACH PARTITION metrics_notvalid FOR VALUES FROM ('2026-04-01') TO ('2026-07-01');

-- safe: check validated, then attached
-- because: the scan lets writes through, the attach needs none.
ALTER TABLE metrics_notvalid VALIDATE CONSTRAINT nv_bound;
ALTER TABLE metrics ATTACH PARTITION metrics_notvalid FOR VALUES FROM ('2026-04-01') TO ('2026-07-01');

-- safe: check added in two steps, attached, check dropped
-- because: no scan under a strong lock.
ALTER TABLE metrics_q3 ADD CONSTRAINT q3_bound CHECK (at >= DATE '2025-07-01' AND at < DATE '2025-10-01') NOT VALID;
ALTER TABLE metrics_q3 VALIDATE CONSTRAINT q3_bound;
ALTER TABLE metrics ATTACH PARTITION metrics_q3 FOR VALUES FROM ('2025-07-01') TO ('2025-10-01');
ALTER TABLE metrics_q3 DROP CONSTRAINT q3_bound;

-- unsafe: overlaps another partition
-- because: PostgreSQL refuses.
-- fails: 42P17
ALTER TABLE metrics ATTACH PARTITION metrics_q3 FOR VALUES FROM ('2025-06-01') TO ('2025-09-01');

-- unsafe: attached with a column that the parent has not
-- because: PostgreSQL refuses.
-- fails: 42804
ALTER TABLE metrics ATTACH PARTITION metrics_wide FOR VALUES FROM ('2028-01-01') TO ('2028-04-01');

-- unsafe: attached with a column of another type
-- because: PostgreSQL refuses.
-- fails: 42804
ALTER TABLE metrics ATTACH PARTITION metrics_other FOR VALUES FROM ('2028-01-01') TO ('2028-04-01');

-- unsafe: list partition attached beside a filled default
-- because: the default partition is scanned under ACCESS EXCLUSIVE, and the nullable key spoils the check's proof.
ALTER TABLE regions ATTACH PARTITION regions_us FOR VALUES IN ('us', 'ca');

-- unsafe: list partition made beside a filled default
-- because: ACCESS EXCLUSIVE on the parent, and the default is scanned.
CREATE TABLE regions_in PARTITION OF regions FOR VALUES IN ('in');

-- safe: partition made of a live table
-- because: ACCESS EXCLUSIVE on the parent for an instant, as for a new column; there is no default partition to read.
CREATE TABLE metrics_2028 PARTITION OF metrics FOR VALUES FROM ('2028-01-01') TO ('2029-01-01');

-- safe: partitioned table made with its partitions
-- because: all of it is new.
CREATE TABLE "audit_log" ("id" bigint NOT NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id", "at")) PARTITION BY RANGE ("at");
CREATE TABLE "audit_log_2026" PARTITION OF "audit_log" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE "audit_log_default" PARTITION OF "audit_log" DEFAULT;
CREATE INDEX "audit_log_at" ON "audit_log" ("at");

-- unsafe: primary key without the partition key
-- because: PostgreSQL refuses.
-- fails: 0A000
CREATE TABLE traces (id bigint PRIMARY KEY, at date NOT NULL) PARTITION BY RANGE (at);

-- unsafe: partition detached
-- because: ACCESS EXCLUSIVE on the parent.
ALTER TABLE metrics DETACH PARTITION metrics_q1;

-- safe: partition detached concurrently
-- because: SHARE UPDATE EXCLUSIVE on the parent.
ALTER TABLE metrics DETACH PARTITION metrics_q1 CONCURRENTLY;

-- unsafe: detached concurrently beside a default partition
-- because: PostgreSQL refuses.
-- fails: 55000
ALTER TABLE regions DETACH PARTITION regions_eu CONCURRENTLY;

-- unsafe: detached concurrently in a transaction
-- because: PostgreSQL refuses.
-- fails: 25001
BEGIN;
ALTER TABLE metrics DETACH PARTITION metrics_q1 CONCURRENTLY;
COMMIT;

-- unsafe: detached concurrently on 13
-- because: it came with 14.
-- server: 13
ALTER TABLE metrics DETACH PARTITION metrics_q1 CONCURRENTLY;

-- unsafe: partition dropped
-- because: its rows are gone and the parent is locked.
DROP TABLE metrics_q1;

-- unsafe: column added to one partition
-- because: PostgreSQL refuses; the parent has the columns.
-- fails: 42809
ALTER TABLE metrics_q1 ADD COLUMN unit text;

-- unsafe: column of a partition dropped
-- because: PostgreSQL refuses, it is inherited.
-- fails: 42P16
ALTER TABLE metrics_q2 DROP COLUMN host;

-- safe: column added to the parent
-- because: of the catalog alone, brief locks.
ALTER TABLE metrics ADD COLUMN unit text;

-- unsafe: column with a volatile default added to the parent
-- because: every partition is rewritten.
ALTER TABLE metrics ADD COLUMN trace uuid DEFAULT gen_random_uuid();

-- unsafe: unique constraint of the parent without the key
-- because: PostgreSQL refuses.
-- fails: 0A000
ALTER TABLE metrics ADD CONSTRAINT metrics_host_key UNIQUE (host);

-- unsafe: not valid foreign key of a partitioned table on 17
-- because: PostgreSQL refuses before 18.
-- server: 17
ALTER TABLE metrics ADD COLUMN owner_id int;
ALTER TABLE metrics ADD CONSTRAINT metrics_owner_fk FOREIGN KEY (owner_id) REFERENCES owners (id) NOT VALID;

-- safe: not valid foreign key of a partitioned table on 18
-- because: allowed since 18, no scan.
ALTER TABLE metrics ADD COLUMN owner_id int;
ALTER TABLE metrics ADD CONSTRAINT metrics_owner_fk FOREIGN KEY (owner_id) REFERENCES owners (id) NOT VALID;

-- unsafe: third partition of a hash with modulus two
-- because: all remainders are taken.
-- fails: 42P17
CREATE TABLE hashed_2 PARTITION OF hashed FOR VALUES WITH (MODULUS 3, REMAINDER 2);

-- unsafe: ordinary table attached to an ordinary table
-- because: the parent is not partitioned.
-- fails: 42809
ALTER TABLE plain ATTACH PARTITION metrics_q3 FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');

-- unsafe: index of one partition, not concurrently
-- because: writes to that partition wait.
CREATE INDEX metrics_q2_host ON metrics_q2 (host);

-- safe: index of one partition, concurrently
-- because: nobody waits.
CREATE INDEX CONCURRENTLY metrics_q2_host ON metrics_q2 (host);

-- safe: detached concurrently, then kept
-- because: nothing is lost, nobody waits.
SET lock_timeout = '5s';
ALTER TABLE metrics DETACH PARTITION metrics_q2 CONCURRENTLY;
COMMENT ON TABLE metrics_q2 IS 'Kept outside since November';

-- unsafe: check on the parent
-- because: all partitions are scanned under ACCESS EXCLUSIVE.
ALTER TABLE metrics ADD CONSTRAINT metrics_value_check CHECK (value >= 0);

-- unsafe: type of the partition key
-- because: PostgreSQL refuses.
-- fails: 42P16
ALTER TABLE metrics ALTER COLUMN at TYPE timestamptz;
