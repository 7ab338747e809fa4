-- Range, list and hash partitions, sub-partitions, another column order, keys and indexes over all.
create schema archive;
create table events (
  id bigint not null,
  at timestamptz not null,
  kind text not null default 'none',
  payload jsonb,
  constraint events_kind_check check (kind <> ''),
  primary key (id, at, kind)
) partition by range (at);
create table events_2024 partition of events for values from ('2024-01-01 00:00+00') to ('2025-01-01 00:00+00');
create table archive.events_old partition of events for values from (minvalue) to ('2024-01-01 00:00+00')
  partition by list (kind);
create table archive.events_old_login partition of archive.events_old for values in ('login', 'it''s');
create table archive.events_old_rest partition of archive.events_old default;
create table events_2025 (payload jsonb, kind text not null default 'late', at timestamptz not null, id bigint not null,
  extra_check integer, constraint events_kind_check check (kind <> ''));
alter table events_2025 drop column extra_check;
alter table events attach partition events_2025 for values from ('2025-01-01 00:00+00') to ('2026-01-01 00:00+00');
alter table events_2024 add constraint only_here check (id > 0);
create index events_kind_idx on events (kind, at desc);
create index events_2024_own on events_2024 (payload);
create table buckets (id integer primary key, total integer) partition by hash (id);
create table buckets_0 partition of buckets for values with (modulus 2, remainder 0);
create table buckets_1 partition of buckets for values with (modulus 2, remainder 1);
create table bucket_notes (id integer primary key, bucket integer references buckets on delete cascade);
create table logs (bucket integer references buckets, at date) partition by range (at, (bucket + 1));
create table logs_all partition of logs for values from (minvalue, minvalue) to (maxvalue, maxvalue);
create table waiting (a integer) partition by list ((a % 10));
create index waiting_idx on waiting (a);
create function note_event() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger events_note after insert on events for each row execute function note_event();
create table numbered (id bigint generated always as identity, at date not null) partition by range (at);
create table numbered_all partition of numbered default;
-- parts of a foreign key with names of their own, and a foreign key beside them that only a partition has
create table kinds (id integer primary key);
create table shipments (id integer, kind integer) partition by range (id);
create table shipments_early (kind integer, id integer, constraint "Early kind" foreign key (kind) references kinds)
  partition by range (id);
create table shipments_first (id integer, kind integer, constraint "First kind" foreign key (kind) references kinds,
  constraint "Again" foreign key (kind) references kinds);
alter table shipments_early attach partition shipments_first for values from (0) to (5);
alter table shipments attach partition shipments_early for values from (0) to (10);
create table shipments_late partition of shipments for values from (10) to (20);
alter table shipments add constraint shipments_kind foreign key (kind) references kinds;
-- options of indexes that keys over all partitions have
create table keyed (id integer, code text, primary key (id) include (code) with (fillfactor = 60),
  unique (id, code) with (fillfactor = 95) deferrable initially deferred) partition by hash (id);
create table keyed_0 partition of keyed for values with (modulus 1, remainder 0);
