create table readings (id bigint not null, taken_at timestamptz not null, device int not null, value numeric, primary key (id, taken_at)) partition by range (taken_at);
create table readings_2024 partition of readings for values from ('2024-01-01') to ('2025-01-01');
create table readings_2025 partition of readings for values from ('2025-01-01') to ('2026-01-01');
create index readings_device on readings (device);
create table readings_2026 (id bigint not null, taken_at timestamptz not null, device int not null, value numeric);
create table readings_2027 (id bigint not null, taken_at timestamptz not null, device int not null, value numeric, primary key (id, taken_at), constraint bound check (taken_at >= '2027-01-01' and taken_at < '2028-01-01'));
create index readings_2027_device on readings_2027 (device);
create table clients (region text not null, id int not null) partition by list (region);
create table clients_eu partition of clients for values in ('de', 'fr');
create table clients_rest partition of clients default;
create table shards (k int not null, v text) partition by hash (k);
create table shards_0 partition of shards for values with (modulus 2, remainder 0);
create table shards_1 partition of shards for values with (modulus 2, remainder 1);
create table devices (id int primary key, name text);
create table parent_log (id bigint, msg text, at timestamptz);
create table child_log (extra text) inherits (parent_log);

-- unsafe: attached without a proof
-- because: the table is scanned, and indexes that it lacks are built.
alter table readings attach partition readings_2026 for values from ('2026-01-01') to ('2027-01-01');

-- safe: attached with a proof and all indexes
-- because: the check and NOT NULL spare the scan, the indexes are there.
alter table readings attach partition readings_2027 for values from ('2027-01-01') to ('2028-01-01');

-- safe: attached after it is made here
-- because: it is empty.
create table readings_2028 (like readings including all);
alter table readings attach partition readings_2028 for values from ('2028-01-01') to ('2029-01-01');

-- unsafe: attached beside a default partition
-- because: all rows of the default partition are read.
create table clients_us (like clients including all);
alter table clients attach partition clients_us for values in ('us');

-- unsafe: made beside a default partition
-- because: all rows of the default partition are read under ACCESS EXCLUSIVE.
create table clients_us partition of clients for values in ('us');

-- unsafe: detached
-- because: ACCESS EXCLUSIVE on the parent.
alter table readings detach partition readings_2024;

-- safe: detached concurrently
-- because: queries go on.
alter table readings detach partition readings_2024 concurrently;

-- unsafe: detached concurrently in a transaction
-- because: PostgreSQL refuses it.
-- fails: 25001
begin;
alter table readings detach partition readings_2024 concurrently;
commit;

-- unsafe: detached concurrently beside a default partition
-- because: PostgreSQL refuses it.
-- fails: 55000
alter table clients detach partition clients_eu concurrently;

-- unsafe: index on the parent
-- because: writes to all partitions wait.
create index readings_value on readings (value);

-- unsafe: index on the parent concurrently
-- because: PostgreSQL refuses it.
-- fails: 0A000
create index concurrently readings_value on readings (value);

-- safe: index on the parent alone, then on each partition
-- because: the partitions' indexes are built while writes go on.
create index readings_value on only readings (value);
create index concurrently readings_2024_value on readings_2024 (value);
create index concurrently readings_2025_value on readings_2025 (value);
alter index readings_value attach partition readings_2024_value;
alter index readings_value attach partition readings_2025_value;

-- unsafe: partition dropped
-- because: its rows are lost.
drop table readings_2024;

-- unsafe: column dropped from one partition
-- because: PostgreSQL refuses it.
-- fails: 42P16
alter table readings_2024 drop column value;

-- unsafe: column added to the parent alone
-- because: PostgreSQL refuses it.
-- fails: 42P16
alter table only readings add column note text;

-- safe: nullable column of the parent
-- because: only the catalog of each partition changes.
alter table readings add column note text;

-- unsafe: foreign key of the parent
-- because: all rows of all partitions are checked.
alter table readings add foreign key (device) references devices (id);

-- unsafe: foreign key of the parent not validated, server 17
-- because: PostgreSQL refuses it before 18.
-- server: 17
alter table readings add foreign key (device) references devices (id) not valid;

-- safe: foreign key of the parent not validated, server 18
-- because: no row is read.
-- server: 18
alter table readings add constraint readings_device_fk foreign key (device) references devices (id) not valid;

-- unsafe: unique without the partition key
-- because: PostgreSQL refuses it.
-- fails: 0A000
alter table readings add constraint one_id unique (id);

-- unsafe: overlapping bounds
-- because: PostgreSQL refuses it.
-- fails: 42P17
create table readings_late partition of readings for values from ('2025-06-01') to ('2026-06-01');

-- unsafe: bounds the wrong way round
-- because: PostgreSQL refuses it.
-- fails: 42P17
create table readings_bad partition of readings for values from ('2030-01-01') to ('2029-01-01');

-- unsafe: third of two hash partitions
-- because: PostgreSQL refuses it.
-- fails: 42P17
create table shards_2 partition of shards for values with (modulus 2, remainder 1);

-- unsafe: second default partition
-- because: PostgreSQL refuses it.
-- fails: 42P17
create table clients_other partition of clients default;

-- unsafe: list value taken
-- because: PostgreSQL refuses it.
-- fails: 42P17
create table clients_de partition of clients for values in ('de');

-- unsafe: partition of a table that is none
-- because: PostgreSQL refuses it.
-- fails: 42P17
create table devices_1 partition of devices for values from (1) to (10);

-- unsafe: type of the partition key
-- because: PostgreSQL refuses it.
-- fails: 42P16
alter table readings alter column taken_at type date;

-- unsafe: partition key dropped
-- because: PostgreSQL refuses it.
-- fails: 42P16
alter table readings drop column taken_at;

-- unsafe: type of a column in all partitions
-- because: every partition is written again.
alter table readings alter column device type bigint;

-- unsafe: not null on the parent
-- because: every partition is read.
alter table readings alter column value set not null;

-- safe: partition made without a default partition
-- because: as brief as a new column.
create table readings_2030 partition of readings for values from ('2030-01-01') to ('2031-01-01');

-- unsafe: index of one partition that belongs to the parent's
-- because: PostgreSQL refuses it.
-- fails: 2BP01
drop index readings_2024_device_idx;

-- unsafe: rows moved from the default partition
-- because: rows without number are moved in one transaction.
with moved as (delete from clients_rest where region = 'us' returning *) insert into readings_2026 (id, taken_at, device) select id, now(), 1 from moved;

-- unsafe: partition emptied
-- because: its rows are lost.
truncate readings_2025;

-- unsafe: child joined to an inheritance parent without its columns
-- because: PostgreSQL refuses it.
-- fails: 42804
alter table devices inherit parent_log;

-- safe: child made of an inheritance parent
-- because: a new and empty table.
create table child_log_2 (more text) inherits (parent_log);

-- unsafe: check of an inheritance parent
-- because: parent and children are read.
alter table parent_log add constraint id_there check (id is not null);

-- safe: column of an inheritance parent
-- because: only the catalogs change.
alter table parent_log add column source text;

-- unsafe: column dropped from an inheritance parent
-- because: running code reads it, in children too.
alter table parent_log drop column msg;

-- safe: concurrent index of one partition
-- because: writes go on.
create index concurrently readings_2025_value on readings_2025 (value);

-- safe: trigger of a new partitioned table
-- because: nobody writes there.
create table fresh (id int, at date not null) partition by range (at);
create table fresh_1 partition of fresh for values from ('2026-01-01') to ('2026-02-01');
create function noop() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger fresh_noop before insert on fresh for each row execute function noop();
