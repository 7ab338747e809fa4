--- 2022-01-01T00-devices
create sequence "device_no" as integer start 7 increment 3 cache 5;
create type "device_kind" as enum ('sensor', 'gateway');
create type "span" as ("from_at" timestamptz, "to_at" timestamptz);
create table "devices" ("id" integer primary key default nextval('device_no'), "kind" "device_kind" not null, "label" text collate "C", "active" "span", "tags" text[] not null default '{}');
--- down
drop table "devices";
drop type "span";
drop type "device_kind";
drop sequence "device_no";
--- rows
insert into devices (kind, label, active) values ('sensor', 'a', row('2021-01-01', null)::span), ('gateway', null, null);
--- 2022-01-02T00-span_attribute
alter type "span" add attribute "zone" text;
--- down
alter type "span" drop attribute "zone";
--- 2022-01-03T00-readings
create table "readings" ("device_id" integer not null references "devices" ("id"), "at" timestamptz not null, "value" double precision, "quality" smallint not null default 0, constraint "quality_range" check ("quality" between 0 and 100)) partition by range ("at");
create table "readings_2022_01" partition of "readings" for values from ('2022-01-01 00:00+00') to ('2022-02-01 00:00+00');
create table "readings_old" partition of "readings" for values from (minvalue) to ('2022-01-01 00:00+00') with (fillfactor = 50);
create index "readings_at" on "readings" using brin ("at") with (pages_per_range = 64);
--- down
drop table "readings_old";
drop table "readings_2022_01";
drop table "readings";
--- rows
insert into readings values (7, '2022-01-05', 1.5, 10), (10, '2021-01-05', null, 0);
--- 2022-01-04T00-readings_pk
alter table "readings" add primary key ("device_id", "at");
--- down
alter table "readings" drop constraint "readings_pkey";
--- 2022-01-05T00-quality_default
alter table "readings" alter column "quality" set default 50;
--- down
alter table only "readings" alter column "quality" set default 0;
--- 2022-01-06T00-latest_view
create view "latest" as select distinct on ("device_id") "device_id", "at", "value" from "readings" order by "device_id", "at" desc;
create rule "latest_no_delete" as on delete to "latest" do instead nothing;
--- down
drop view "latest";
--- 2022-01-07T00-latest_recreated
drop rule "latest_no_delete" on "latest";
create or replace view "latest" as select distinct on ("device_id") "device_id", "at", "value", "quality" from "readings" order by "device_id", "at" desc;
--- down
drop view "latest";
create view "latest" as select distinct on ("device_id") "device_id", "at", "value" from "readings" order by "device_id", "at" desc;
--- 2022-01-08T00-hourly
create materialized view "hourly" as select "device_id", date_trunc('hour', "at") as "hour", avg("value") as "mean" from "readings" group by 1, 2;
create index "hourly_hour" on "hourly" ("hour");
create view "hourly_top" as select * from "hourly" where "mean" > 1;
--- down
drop materialized view "hourly" cascade;
--- 2022-01-09T00-value_numeric
drop view "hourly_top";
drop materialized view "hourly";
drop view "latest";
alter table "readings" alter column "value" type numeric(10, 3);
create view "latest" as select distinct on ("device_id") "device_id", "at", "value", "quality" from "readings" order by "device_id", "at" desc;
create materialized view "hourly" as select "device_id", date_trunc('hour', "at") as "hour", avg("value") as "mean" from "readings" group by 1, 2;
create index "hourly_hour" on "hourly" ("hour");
create view "hourly_top" as select * from "hourly" where "mean" > 1;
--- down
drop view "hourly_top";
drop materialized view "hourly";
drop view "latest";
alter table "readings" alter column "value" type double precision;
create view "latest" as select distinct on ("device_id") "device_id", "at", "value", "quality" from "readings" order by "device_id", "at" desc;
create materialized view "hourly" as select "device_id", date_trunc('hour', "at") as "hour", avg("value") as "mean" from "readings" group by 1, 2;
create view "hourly_top" as select * from "hourly" where "mean" > 1;
--- 2022-01-10T00-own_sequence
alter sequence "device_no" owned by "devices"."id";
alter sequence "device_no" increment 1 no cycle cache 1;
--- down
alter sequence "device_no" increment 3 cache 5;
alter sequence "device_no" owned by none;
--- 2022-01-11T00-restart_sequence
alter sequence "device_no" restart with 1000;
--- down
alter sequence "device_no" restart with 7;
--- 2022-01-12T00-setval
select setval('device_no', 5000);
--- down
select setval('device_no', 1);
--- 2022-01-13T00-sequence_bigint
alter table "readings" drop constraint "readings_device_id_fkey";
alter table "devices" alter column "id" type bigint;
alter sequence "device_no" as bigint;
alter table "readings" alter column "device_id" type bigint;
--- down
alter table "devices" alter column "id" type integer;
alter sequence "device_no" as integer;
alter table "readings" add constraint "readings_device_id_fkey" foreign key ("device_id") references "devices" ("id");
--- 2022-01-14T00-notify_trigger
create function "notify_reading"() returns trigger language plpgsql as $$ begin perform pg_notify('reading', new.device_id::text); return new; end $$;
create trigger "notify" after insert on "devices" for each row execute function "notify_reading"();
comment on trigger "notify" on "devices" is 'wakes the workers';
--- down
drop trigger "notify" on "devices";
drop function "notify_reading";
--- 2022-01-15T00-replace_trigger
create or replace trigger "notify" after insert or update on "devices" for each row execute function "notify_reading"();
--- down
create or replace trigger "notify" after insert on "devices" for each row execute function "notify_reading"();
--- 2022-01-16T00-inherits
create table "device_archive" ("archived_at" timestamptz not null default now()) inherits ("devices");
create index "device_archive_id" on "device_archive" ("id");
--- down
drop table "device_archive";
--- rows
insert into device_archive (kind, label) values ('sensor', 'old');
--- 2022-01-17T00-parent_column
alter table "devices" add column "serial" varchar(20);
alter table "devices" add constraint "serial_form" check ("serial" ~ '^\d+$');
--- down
alter table "devices" drop column "serial";
--- 2022-01-18T00-no_inherit
alter table "device_archive" no inherit "devices";
--- down
alter table "device_archive" inherit "devices";
--- 2022-01-19T00-aggregate_and_operator
create function "span_len"("span") returns interval language sql immutable as $$ select $1.to_at - $1.from_at $$;
create operator "@@@" (rightarg = "span", function = "span_len");
create aggregate "concat_all"(text) (sfunc = textcat, stype = text, initcond = '');
--- down
drop aggregate "concat_all"(text);
drop operator "@@@" (none, "span");
drop function "span_len"("span");
--- 2022-01-20T00-cast
create cast (device_kind as integer) with inout as assignment;
--- down
drop cast if exists (text as integer);
--- 2022-01-21T00-event_trigger
create function "ban"() returns event_trigger language plpgsql as $$ begin raise notice '%', tg_tag; end $$;
create event_trigger "watch_ddl" on ddl_command_end when tag in ('DROP TABLE') execute function "ban"();
--- down
drop event_trigger "watch_ddl";
drop function "ban"();
--- 2022-01-22T00-publication
create publication "feed" for table "devices" where ("id" > 10) with (publish = 'insert, update');
--- down
drop publication "feed";
--- 2022-01-23T00-replica_identity
alter table "readings_2022_01" replica identity full;
alter table "devices" alter column "label" set storage external;
--- down
alter table "readings_2022_01" replica identity default;
