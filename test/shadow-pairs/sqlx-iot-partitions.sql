--- 0001_devices
create table devices (
  id bigint generated always as identity primary key,
  serial text not null unique,
  model text not null default 'generic',
  location point,
  meta jsonb
);
--- down
drop table devices;
--- rows
insert into devices (serial, location, meta) values ('s1','(1,2)','{}'),('s2',null,'{"x":1}');
--- 0002_readings
create table readings (
  device_id bigint not null references devices on delete cascade,
  at timestamptz not null,
  metric text not null,
  value double precision,
  primary key (device_id, at, metric)
) partition by range (at);
create table readings_2024 partition of readings for values from ('2024-01-01') to ('2025-01-01');
create table readings_2025 partition of readings for values from ('2025-01-01') to ('2026-01-01');
create table readings_default partition of readings default;
create index readings_metric_at on readings (metric, at);
--- down
drop table readings_default;
drop table readings_2025;
drop table readings_2024;
drop table readings;
--- rows
insert into readings values (1,'2024-05-05','t',1.5),(1,'2025-05-05','t',2.5),(2,'2020-01-01','h',null);
--- 0003_brin
create index readings_at_brin on readings using brin (at) with (pages_per_range = 32);
alter table readings_2024 add constraint c2024 check (value < 1e9);
--- down
drop index readings_at_brin;
alter table readings_2024 drop constraint c2024;
--- 0004_more_partitions
create table readings_2023 partition of readings for values from ('2023-01-01') to ('2024-01-01');
--- down
alter table readings detach partition readings_2023;
drop table readings_2023;
--- 0005_detach_old
alter table readings detach partition readings_2024;
alter table readings_2024 rename to archive_2024;
--- down
alter table archive_2024 rename to readings_2024;
alter table readings attach partition readings_2024 for values from ('2024-01-01') to ('2025-01-01');
--- 0006_subpartition
create table readings_2026 partition of readings for values from ('2026-01-01') to ('2027-01-01') partition by hash (device_id);
create table readings_2026_0 partition of readings_2026 for values with (modulus 2, remainder 0);
create table readings_2026_1 partition of readings_2026 for values with (modulus 2, remainder 1);
--- down
drop table readings_2026;
--- 0007_quality
alter table readings add column quality smallint not null default 0 check (quality between 0 and 100);
--- down
alter table readings drop column quality;
--- 0008_partition_function
create or replace function make_partition(y int) returns void language plpgsql as $f$
begin
  execute format('create table if not exists %I partition of readings for values from (%L) to (%L)', 'readings_'||y, make_date(y,1,1), make_date(y+1,1,1));
end $f$;
select make_partition(2027);
select make_partition(2028);
--- down
drop table readings_2027;
drop function make_partition(int);
--- 0009_index_only
create index readings_value on only readings (value);
create index readings_2025_value on readings_2025 (value);
alter index readings_value attach partition readings_2025_value;
--- down
drop index readings_value;
--- 0010_alarm_levels
create type alarm_level as enum ('info','warn','crit');
create table alarms (
  id bigserial primary key,
  device_id bigint references devices,
  level alarm_level not null default 'info',
  raised timestamptz not null default clock_timestamp(),
  cleared timestamptz,
  check (cleared >= raised)
) partition by list (level_bucket);
--- down
drop table alarms;
drop type alarm_level;
--- 0010b_alarm_levels
create type alarm_level as enum ('info','warn','crit');
create table alarms (
  id bigserial,
  device_id bigint references devices,
  level alarm_level not null default 'info',
  raised timestamptz not null default clock_timestamp(),
  cleared timestamptz,
  check (cleared >= raised)
) partition by list (level);
create table alarms_info partition of alarms for values in ('info');
create table alarms_rest partition of alarms for values in ('warn','crit');
--- down
drop table alarms;
drop type alarm_level;
--- rows
insert into alarms (device_id, level) values (1,'info'),(2,'crit');
--- 0011_alarm_unique
alter table alarms add constraint alarms_pk primary key (id, level);
create unique index on alarms (device_id, level, raised);
--- down
alter table alarms drop constraint alarms_pk;
drop index alarms_device_id_level_raised_idx;
--- 0012_drop_partition
drop table alarms_info;
--- down
create table alarms_info partition of alarms for values in ('info');
--- 0013_trigger_on_partitioned
create function note_alarm() returns trigger language plpgsql as $$ begin perform pg_notify('alarms', new.id::text); return new; end $$;
create trigger note after insert on alarms for each row execute function note_alarm();
alter table alarms_rest disable trigger note;
--- down
drop trigger note on alarms;
drop function note_alarm;
--- 0014_disable
create trigger note2 after insert on alarms for each row when (new.level = 'crit') execute function suppress_redundant_updates_trigger();
--- down
drop trigger note2 on alarms;
--- 0015_stats
create statistics readings_stats (dependencies, ndistinct) on device_id, metric from readings;
alter table devices alter column serial set statistics 1000;
--- down
drop statistics readings_stats;
alter table devices alter column serial set statistics -1;
--- 0016_unlogged
create unlogged table last_seen (device_id bigint primary key references devices, at timestamptz);
--- down
drop table last_seen;
--- 0017_logged
alter table last_seen set logged;
--- down
select 'nothing';
--- 0018_aggregate
create function acc(double precision, double precision) returns double precision language sql immutable as 'select greatest($1,$2)';
create aggregate peak(double precision) (sfunc = acc, stype = double precision);
create view peaks as select device_id, peak(value) from readings group by device_id;
--- down
drop view peaks;
drop aggregate peak(double precision);
drop function acc;
