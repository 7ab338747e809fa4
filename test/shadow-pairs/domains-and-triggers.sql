--- 01_domains
create domain handle as text check (length(trim(value)) > 10);
comment on domain handle is 'what the outside calls a thing';
create domain moment as timestamp with time zone default current_timestamp;
create domain revision as bigint default 1 not null check (value > 0);
create or replace function touch_row() returns trigger as $$
begin
  if new is distinct from old then new.update_time := clock_timestamp(); end if;
  return new;
end;
$$ language plpgsql;
comment on function touch_row() is 'keeps the time of the last change';
create or replace function keep_columns() returns trigger as $$
declare
  kept text;
begin
  foreach kept in array tg_argv loop
    if to_jsonb(new) -> kept is distinct from to_jsonb(old) -> kept then
      raise exception '% of % cannot change', kept, tg_table_name using errcode = '23514';
    end if;
  end loop;
  return new;
end;
$$ language plpgsql;
--- down
drop function keep_columns() cascade;
drop function touch_row() cascade;
drop domain revision;
drop domain moment;
drop domain handle;
--- 02_scopes
create table area_kinds (string text not null primary key constraint kind_is_known check (string in ('unknown', 'root', 'org', 'unit')));
insert into area_kinds (string) values ('unknown'), ('root'), ('org'), ('unit');
create table area (public_id handle primary key, create_time moment, update_time moment, name text, type text not null references area_kinds (string) constraint area_kind_is_known check (type in ('root', 'org', 'unit')), description text, parent_id text references area (public_id) on delete cascade on update cascade, version revision);
create trigger touch_row before update on area for each row execute procedure touch_row();
create trigger keep_columns before update on area for each row execute procedure keep_columns('public_id', 'create_time', 'type');
create table root_area (area_id handle primary key references area (public_id) on delete cascade on update cascade constraint one_root check (area_id = 'root-area-0'), name text unique);
--- down
drop table root_area;
drop table area;
drop table area_kinds;
--- rows
insert into area (public_id, name, type) values ('root-area-0', 'g', 'root'), ('org-0000000001', null, 'org');
--- 03_insert_trigger
create or replace function add_root() returns trigger as $$
begin
  if new.type = 'root' then
    insert into root_area (area_id, name) values (new.public_id, new.name);
    return new;
  end if;
  return new;
end;
$$ language plpgsql;
create trigger add_root after insert on area for each row execute procedure add_root();
insert into area (public_id, name, type, description) values ('area-00000000009', 'default', 'org', 'made by the migration');
--- down
delete from area where public_id = 'area-00000000009';
drop trigger add_root on area;
drop function add_root();
--- 04_enum_value
alter table area_kinds drop constraint kind_is_known;
alter table area_kinds add constraint kind_is_known check (string in ('unknown', 'root', 'org', 'unit', 'team'));
insert into area_kinds (string) values ('team');
--- down
alter table area_kinds drop constraint kind_is_known;
alter table area_kinds add constraint kind_is_known check (string in ('unknown', 'root', 'org', 'unit'));
delete from area_kinds where string = 'team';
--- 05_enum_value_right_order
alter table area_kinds drop constraint kind_is_known;
insert into area_kinds (string) values ('cluster');
alter table area_kinds add constraint kind_is_known check (string in ('unknown', 'root', 'org', 'unit', 'team', 'cluster'));
--- down
delete from area_kinds where string = 'cluster';
alter table area_kinds drop constraint kind_is_known, add constraint kind_is_known check (string in ('unknown', 'root', 'org', 'unit', 'team'));
--- 06_domain_relaxed
alter domain handle drop constraint handle_check;
alter domain handle add constraint handle_long_enough check (length(trim(value)) > 5) not valid;
alter domain handle validate constraint handle_long_enough;
--- down
alter domain handle drop constraint handle_long_enough;
alter domain handle add check (length(trim(value)) > 10);
--- 07_sessions
create table session (public_id handle not null primary key, user_id text, area_id handle references area (public_id) on delete set null (area_id), certificate bytea not null check (length(certificate) > 0), expiration_time moment, connection_limit int not null default 1 constraint limit_or_none check (connection_limit > 0 or connection_limit = -1), first_token bytea, version revision, create_time moment);
create table session_state (session_id handle not null references session (public_id) on delete cascade on update cascade, state text not null, previous_end_time timestamptz, start_time timestamptz default current_timestamp not null, end_time timestamptz, constraint ends_after_start check (start_time <= end_time), primary key (session_id, start_time), foreign key (session_id, previous_end_time) references session_state (session_id, end_time), unique (session_id, end_time));
--- down
drop table session_state;
drop table session;
--- 08_sessions_ok
create table session (public_id handle not null primary key, user_id text, area_id handle references area (public_id) on delete set null, certificate bytea not null check (length(certificate) > 0), expiration_time moment, connection_limit int not null default 1 constraint limit_or_none check (connection_limit > 0 or connection_limit = -1), first_token bytea, version revision, create_time moment);
--- down
drop table session;
--- rows
insert into session (public_id, area_id, certificate) values ('s_00000000001', 'org-0000000001', '\x01');
--- 09_session_state
create table state_names (name text primary key constraint state_is_known check (name in ('pending', 'active', 'terminated')));
insert into state_names (name) values ('pending'), ('active'), ('terminated');
create table session_state (session_id handle not null references session (public_id) on delete cascade on update cascade, state text not null references state_names (name) on delete restrict on update cascade, previous_end_time timestamptz, start_time timestamptz default current_timestamp not null, end_time timestamptz, constraint ends_after_start check (start_time <= end_time), constraint ends_differ check (previous_end_time <> end_time), primary key (session_id, start_time), unique (session_id, previous_end_time), unique (session_id, end_time), foreign key (session_id, previous_end_time) references session_state (session_id, end_time));
create trigger keep_columns before update on session_state for each row execute procedure keep_columns('session_id', 'state', 'start_time', 'previous_end_time');
create or replace function chain_states() returns trigger as $$
begin
  update session_state s set end_time = new.start_time where s.session_id = new.session_id and s.end_time is null;
  if found then new.previous_end_time := new.start_time; end if;
  return new;
end;
$$ language plpgsql;
create trigger chain_states before insert on session_state for each row execute procedure chain_states();
--- down
drop table session_state;
drop table state_names;
--- 10_state_view
drop function chain_states() cascade;
create view open_sessions as select s.public_id, s.user_id, ss.state, ss.start_time from session s left join session_state ss on ss.session_id = s.public_id and ss.end_time is null;
--- down
drop view open_sessions;
create or replace function chain_states() returns trigger as $$
begin
  update session_state s set end_time = new.start_time where s.session_id = new.session_id and s.end_time is null;
  if found then new.previous_end_time := new.start_time; end if;
  return new;
end;
$$ language plpgsql;
--- 11_drop_fk_named_auto
alter table session_state drop constraint session_state_session_id_previous_end_time_fkey;
--- down
alter table session_state add foreign key (session_id, previous_end_time) references session_state (session_id, end_time);
--- 12_replace_auto_fk
alter table session_state drop constraint session_state_session_id_fkey, add foreign key (session_id) references session (public_id) on delete cascade;
--- down
alter table session_state drop constraint session_state_session_id_fkey, add constraint session_state_session_id_fkey foreign key (session_id) references session (public_id) on update cascade on delete cascade;
--- 13_column_grants
create role stats_reader;
grant select (public_id, user_id) on session to stats_reader;
revoke execute on function touch_row() from public;
--- down
grant execute on function touch_row() to public;
revoke select (public_id) on session from stats_reader;
--- 14_rename_enum_table
alter table state_names rename to session_states;
alter table session_states rename name to label;
--- down
alter table session_states rename label to name;
alter table session_states rename to state_names;
--- 15_warehouse_schema
create schema wh create table session_dimension (id bigint generated always as identity primary key, session_id text not null, day date not null) create view recent as select * from session_dimension where day > date '2022-01-01';
comment on schema wh is 'warehouse';
--- down
drop schema wh cascade;
--- 16_view_star
alter table wh.session_dimension add column weekday smallint;
--- down
alter table wh.session_dimension drop column weekday;
--- 17_view_star_recreate
create or replace view wh.recent as select *, 1 as one from wh.session_dimension where day > date '2022-01-01';
--- down
create or replace view wh.recent as select * from wh.session_dimension where day > date '2022-01-01';
--- 18_function_signature
create function wh.date_id(ts timestamptz) returns integer language sql immutable as $$ select extract(year from ts at time zone 'utc')::int $$;
create index session_time_year on session (wh.date_id(create_time));
--- down
drop function wh.date_id cascade;
--- 19_function_default_argument
drop index session_time_year;
drop function wh.date_id(timestamptz);
create function wh.date_id(ts timestamptz default now(), zone text default 'utc') returns integer language sql stable as $$ select extract(year from ts at time zone zone)::int $$;
--- down
drop function wh.date_id(timestamptz, text);
create function wh.date_id(ts timestamptz) returns integer language sql immutable as $$ select extract(year from ts at time zone 'utc')::int $$;
create index session_time_year on session (wh.date_id(create_time));
--- 20_text_search
create text search configuration wh.simple_english (copy = pg_catalog.english);
alter text search configuration wh.simple_english alter mapping for word with simple;
alter table wh.session_dimension add column doc tsvector generated always as (to_tsvector('wh.simple_english', session_id)) stored;
--- down
alter table wh.session_dimension drop column doc;
drop text search configuration wh.simple_english;
--- 21_multirange_and_collation
create type wh.span as range (subtype = timestamptz, subtype_diff = pg_catalog.float8mi);
--- down
drop type wh.span;
--- 22_range_ok
create type wh.span as range (subtype = float8, subtype_diff = float8mi);
create collation wh.plain (locale = 'C');
alter table wh.session_dimension add column during wh.span, alter column session_id type text collate wh.plain;
--- down
alter table wh.session_dimension alter column session_id type text, drop column during;
drop collation wh.plain;
drop type wh.span;
--- 23_identity_always_to_default
alter table wh.session_dimension alter id set generated by default set increment by 10 restart 500;
--- down
alter table wh.session_dimension alter id set generated always;
--- 24_row_level_everything
alter table session enable row level security;
alter table session force row level security;
create policy everyone on session using (true);
--- down
drop policy everyone on session;
alter table session no force row level security;
alter table session disable row level security;
--- 25_truncate_restart
truncate wh.session_dimension restart identity cascade;
delete from session_state;
--- down
--- 26_trigger_transition
create function log_sessions() returns trigger language plpgsql as $$ begin perform count(*) from gone; return null; end $$;
create trigger log_gone after delete on session referencing old table as gone for each statement execute function log_sessions();
alter table session enable replica trigger log_gone;
--- down
drop trigger log_gone on session;
drop function log_sessions;
