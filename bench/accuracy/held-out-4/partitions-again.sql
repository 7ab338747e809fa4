create table reading (sensor int not null, taken timestamptz not null, value float8, quality smallint default 1, primary key (sensor, taken)) partition by range (taken);
create table reading_2025 partition of reading for values from ('2025-01-01') to ('2026-01-01');
create table reading_2026 partition of reading for values from ('2026-01-01') to ('2027-01-01');
create index reading_taken on reading (taken);
create table reading_loose (sensor int not null, taken timestamptz not null, value float8, quality smallint default 1);
create table reading_fit (sensor int not null, taken timestamptz not null, value float8, quality smallint default 1, primary key (sensor, taken), constraint fit check (taken >= '2027-01-01' and taken < '2028-01-01'));
create index on reading_fit (taken);
create table region (id int not null, code text not null, label text) partition by list (code);
create table region_eu partition of region for values in ('DE', 'FR');
create table region_rest partition of region default;
create table bucket (id bigint not null, data text) partition by hash (id);
create table bucket_0 partition of bucket for values with (modulus 2, remainder 0);
create table bucket_1 partition of bucket for values with (modulus 2, remainder 1);
create table base_log (id bigint, msg text);
create table web_log (url text) inherits (base_log);
create table sensor (id int primary key, name text);

-- unsafe: index on all partitions at once
-- because: writers of every partition wait.
CREATE INDEX reading_quality ON reading (quality);

-- unsafe: concurrent index on the parent
-- because: the server refuses it.
-- fails: 0A000
CREATE INDEX CONCURRENTLY reading_quality ON reading (quality);

-- safe: index of the parent alone, built on each partition concurrently and attached
-- because: no statement waits long.
CREATE INDEX reading_quality ON ONLY reading (quality);
CREATE INDEX CONCURRENTLY reading_2025_quality ON reading_2025 (quality);
CREATE INDEX CONCURRENTLY reading_2026_quality ON reading_2026 (quality);
ALTER INDEX reading_quality ATTACH PARTITION reading_2025_quality;
ALTER INDEX reading_quality ATTACH PARTITION reading_2026_quality;

-- unsafe: index of another column attached
-- because: the server refuses it.
-- fails: 42P17
CREATE INDEX reading_quality ON ONLY reading (quality);
CREATE INDEX CONCURRENTLY reading_2025_value ON reading_2025 (value);
ALTER INDEX reading_quality ATTACH PARTITION reading_2025_value;

-- safe: column of all partitions
-- because: catalog rows only.
ALTER TABLE reading ADD COLUMN unit text DEFAULT 'C';

-- unsafe: column of one partition
-- because: the server refuses it.
-- fails: 42809
ALTER TABLE reading_2025 ADD COLUMN unit text;

-- unsafe: column of the parent alone
-- because: the server refuses it.
-- fails: 42P16
ALTER TABLE ONLY reading ADD COLUMN unit text;

-- unsafe: type of the key of partitions changed
-- because: the server refuses it.
-- fails: 42P16
ALTER TABLE reading ALTER COLUMN taken TYPE timestamp;

-- unsafe: unique without the key of partitions
-- because: the server refuses it.
-- fails: 0A000
ALTER TABLE region ADD CONSTRAINT region_id UNIQUE (id);

-- unsafe: key of the partitioned table built over all partitions
-- because: its indexes are built under ACCESS EXCLUSIVE.
ALTER TABLE bucket ADD PRIMARY KEY (id);

-- unsafe: partition attached that has no check and lacks the indexes
-- because: it is scanned and indexed while locked.
ALTER TABLE reading ATTACH PARTITION reading_loose FOR VALUES FROM ('2028-01-01') TO ('2029-01-01');

-- safe: partition attached that was prepared
-- because: check, required key and indexes are there.
ALTER TABLE reading ATTACH PARTITION reading_fit FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- unsafe: partition attached whose check is for another year
-- because: the check proves nothing of these bounds, so it is scanned.
ALTER TABLE reading ATTACH PARTITION reading_fit FOR VALUES FROM ('2029-01-01') TO ('2030-01-01');

-- safe: new table attached
-- because: it is empty and only SHARE UPDATE EXCLUSIVE falls on the parent.
CREATE TABLE reading_2030 (LIKE reading INCLUDING ALL);
ALTER TABLE reading ATTACH PARTITION reading_2030 FOR VALUES FROM ('2030-01-01') TO ('2031-01-01');

-- unsafe: bounds that overlap
-- because: the server refuses them.
-- fails: 42P17
CREATE TABLE reading_x PARTITION OF reading FOR VALUES FROM ('2026-06-01') TO ('2027-06-01');

-- unsafe: bounds in the wrong order
-- because: the server refuses them.
-- fails: 42P17
CREATE TABLE reading_x PARTITION OF reading FOR VALUES FROM ('2031-01-01') TO ('2030-01-01');

-- unsafe: list partition beside a default one that has rows
-- because: the default partition is scanned under ACCESS EXCLUSIVE.
CREATE TABLE region_us PARTITION OF region FOR VALUES IN ('US');

-- unsafe: list value that another partition has
-- because: the server refuses it.
-- fails: 42P17
CREATE TABLE region_de PARTITION OF region FOR VALUES IN ('DE', 'AT');

-- unsafe: second default partition
-- because: the server refuses it.
-- fails: 42P17
CREATE TABLE region_others PARTITION OF region DEFAULT;

-- unsafe: hash partition in a full set
-- because: the server refuses it.
-- fails: 42P17
CREATE TABLE bucket_2 PARTITION OF bucket FOR VALUES WITH (MODULUS 4, REMAINDER 3);

-- unsafe: range partition of a list table
-- because: the server refuses it.
-- fails: 42P16
CREATE TABLE region_a PARTITION OF region FOR VALUES FROM ('A') TO ('B');

-- unsafe: detached under ACCESS EXCLUSIVE
-- because: the parent is locked and code no longer sees the rows.
ALTER TABLE reading DETACH PARTITION reading_2025;

-- safe: detached beside readers
-- because: SHARE UPDATE EXCLUSIVE on the parent.
ALTER TABLE reading DETACH PARTITION reading_2025 CONCURRENTLY;

-- unsafe: detached concurrently where there is a default partition
-- because: the server refuses it.
-- fails: 55000
ALTER TABLE region DETACH PARTITION region_eu CONCURRENTLY;

-- unsafe: detached concurrently in a transaction
-- because: the server refuses it.
-- fails: 25001
BEGIN;
ALTER TABLE reading DETACH PARTITION reading_2025 CONCURRENTLY;
COMMIT;

-- unsafe: partition dropped
-- because: its rows are lost and the parent is locked.
DROP TABLE reading_2025;

-- unsafe: partition emptied
-- because: its rows are lost.
TRUNCATE reading_2025;

-- unsafe: required column of all partitions
-- because: every partition is scanned under ACCESS EXCLUSIVE.
ALTER TABLE reading ALTER COLUMN value SET NOT NULL;

-- unsafe: check of all partitions
-- because: every partition is scanned.
ALTER TABLE reading ADD CONSTRAINT value_sane CHECK (value > -300);

-- safe: check of all partitions for new rows
-- because: nothing is read.
ALTER TABLE reading ADD CONSTRAINT value_sane CHECK (value > -300) NOT VALID;

-- safe: unvalidated key of a partitioned table
-- because: 18 allows it.
ALTER TABLE reading ADD CONSTRAINT reading_sensor FOREIGN KEY (sensor) REFERENCES sensor (id) NOT VALID;

-- unsafe: unvalidated key of a partitioned table before 18
-- because: the server refuses it.
-- server: 17
ALTER TABLE reading ADD CONSTRAINT reading_sensor FOREIGN KEY (sensor) REFERENCES sensor (id) NOT VALID;

-- safe: unvalidated key of one partition before 18
-- because: a partition is a plain table to it.
-- server: 16
ALTER TABLE reading_2026 ADD CONSTRAINT reading_sensor FOREIGN KEY (sensor) REFERENCES sensor (id) NOT VALID;

-- unsafe: table turned into a partitioned one in a new name
-- because: all rows are copied, and the old table dropped.
CREATE TABLE base_log_p (id bigint, msg text) PARTITION BY HASH (id);
CREATE TABLE base_log_p0 PARTITION OF base_log_p FOR VALUES WITH (MODULUS 1, REMAINDER 0);
INSERT INTO base_log_p SELECT id, msg FROM ONLY base_log;
DROP TABLE base_log CASCADE;

-- safe: new partitioned table with everything
-- because: it is new.
CREATE TABLE event (id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE event_q1 PARTITION OF event FOR VALUES FROM ('2026-01-01') TO ('2026-04-01');
CREATE TABLE event_rest PARTITION OF event DEFAULT;
CREATE TABLE event_q2 PARTITION OF event FOR VALUES FROM ('2026-04-01') TO ('2026-07-01');
ALTER TABLE event ADD PRIMARY KEY (id, at);
CREATE INDEX ON event (kind);

-- unsafe: identity added to one partition
-- because: the server refuses it.
-- fails: 42P16
ALTER TABLE reading_2026 ALTER COLUMN sensor ADD GENERATED ALWAYS AS IDENTITY;

-- unsafe: column dropped from a child of inheritance that the parent has
-- because: the server refuses it.
-- fails: 42P16
ALTER TABLE web_log DROP COLUMN msg;

-- unsafe: column renamed in a child of inheritance that the parent has
-- because: the server refuses it.
-- fails: 42P16
ALTER TABLE web_log RENAME COLUMN msg TO message;

-- unsafe: column renamed in the parent alone
-- because: the server refuses it while there are children.
-- fails: 42P16
ALTER TABLE ONLY base_log RENAME COLUMN msg TO message;

-- safe: column of the child alone
-- because: catalog only.
ALTER TABLE web_log ADD COLUMN agent text;

-- safe: column of a parent and its children
-- because: catalog only.
ALTER TABLE base_log ADD COLUMN at timestamptz;

-- unsafe: type of a parent's column changed with the children's
-- because: both tables are rewritten.
ALTER TABLE base_log ALTER COLUMN id TYPE numeric;

-- unsafe: child made a child of what lacks its columns
-- because: the server refuses a parent with a column that the child has not.
-- fails: 42804
ALTER TABLE sensor INHERIT base_log;

-- unsafe: tie to the parent cut
-- because: queries of the parent no longer see the child's rows.
ALTER TABLE web_log NO INHERIT base_log;

-- unsafe: tie cut that is not there
-- because: the server refuses it.
-- fails: 42P01
ALTER TABLE sensor NO INHERIT base_log;

-- safe: check for the parent alone
-- because: NO INHERIT and NOT VALID read nothing.
ALTER TABLE base_log ADD CONSTRAINT base_log_empty CHECK (false) NO INHERIT NOT VALID;

-- unsafe: parent dropped on which children depend
-- because: the server refuses it.
-- fails: 2BP01
DROP TABLE base_log;

-- unsafe: rename of a partition that code names
-- because: code that names the partition fails.
ALTER TABLE reading_2025 RENAME TO reading_archive;

-- safe: storage options of one partition
-- because: SHARE UPDATE EXCLUSIVE for a moment.
ALTER TABLE reading_2025 SET (autovacuum_freeze_max_age = 150000000, fillfactor = 100);

-- unsafe: storage options of the parent
-- because: the server refuses them.
-- fails: 42809
ALTER TABLE reading SET (fillfactor = 90);

-- safe: trigger on a new partitioned table
-- because: nobody writes there.
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE fresh (id int) PARTITION BY LIST (id);
CREATE TRIGGER fresh_t BEFORE INSERT ON fresh FOR EACH ROW EXECUTE FUNCTION noop();
