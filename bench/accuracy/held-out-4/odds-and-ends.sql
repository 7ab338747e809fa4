create role deploy_bot;
create role app_user;
create table parcel (id bigint generated always as identity primary key, barcode text not null unique, weight int, state text not null default 'new', sent_at timestamptz, area point, label varchar(40), extra jsonb);
create table depot (id int primary key, name text not null, opened date);
alter table parcel add column depot_id int;
alter table parcel add constraint parcel_depot foreign key (depot_id) references depot (id);
create index parcel_state on parcel (state);
create index parcel_sent on parcel (sent_at);
create index parcel_sent_again on parcel (sent_at);
create view parcel_view as select id, barcode, state from parcel;
create materialized view depot_load as select depot_id, count(*) as n from parcel group by depot_id;
create unique index depot_load_key on depot_load (depot_id);
create function weight_class(w int) returns text language sql immutable as $$ select case when w > 10 then 'heavy' else 'light' end $$;
create function weight_class(w numeric) returns text language sql immutable as $$ select 'n' $$;
create function parcel_age(p bigint) returns interval language sql stable as $$ select now() - sent_at from parcel where id = p $$;
create procedure archive_parcels(days int default 30) language plpgsql as $$ begin delete from parcel where sent_at < now() - make_interval(days => days); end $$;
create type address as (street text, town text);
create table customer_address (id int primary key, a address);
create sequence parcel_no;
create foreign data wrapper dummy;
create server far foreign data wrapper dummy;
create foreign table far_parcel (id bigint, barcode text) server far;
create table scan (parcel_id bigint not null, at timestamptz not null default now(), primary key (parcel_id, at)) partition by hash (parcel_id);
create table scan_0 partition of scan for values with (modulus 2, remainder 0);
create table scan_1 partition of scan for values with (modulus 2, remainder 1);

-- safe: column's estimate of distinct values
-- because: SHARE UPDATE EXCLUSIVE, catalog only.
alter table parcel alter column state set (n_distinct = 5);

-- safe: oids that no table has any more
-- because: nothing is to be done.
alter table parcel set without oids;

-- unsafe: index moved to another place
-- because: the server knows no such tablespace.
-- fails: 42704
alter index parcel_state set tablespace ssd;

-- safe: view's options
-- because: catalog only.
alter view parcel_view set (security_barrier = true);

-- unsafe: view's option that there is not
-- because: the server refuses it.
-- fails: 22023
alter view parcel_view set (security = true);

-- unsafe: rows sent to a table
-- because: the view of all rows is emptied until the next refresh.
refresh materialized view depot_load with no data;

-- safe: constraints checked at once
-- because: it is about this transaction.
begin;
set constraints all immediate;
update parcel set weight = 3 where id = 12;
commit;

-- unsafe: transaction prepared and left
-- because: its locks stay until somebody ends it, where the server allows it at all.
-- fails: 55000
begin;
alter table parcel add column x int;
prepare transaction 'step_1';

-- unsafe: everything of a role dropped
-- because: what it owns goes.
drop owned by app_user cascade;

-- safe: things of one role given to another
-- because: nothing is lost.
reassign owned by app_user to deploy_bot;

-- safe: function of some arguments dropped and made in the same transaction
-- because: callers find it again after the commit.
begin;
drop function parcel_age(bigint);
create function parcel_age(p bigint) returns interval language sql stable as $$ select now() - sent_at from parcel where parcel.id = p $$;
commit;

-- unsafe: one of two functions of a name dropped
-- because: callers of it fail.
drop function weight_class(numeric);

-- unsafe: function of a name dropped that two have
-- because: the server refuses what is ambiguous.
-- fails: 42725
drop function weight_class;

-- unsafe: function of arguments dropped that none has
-- because: the server refuses it.
-- fails: 42883
drop function weight_class(text);

-- safe: function of arguments dropped that none has, if there
-- because: nothing is done.
drop function if exists weight_class(text);

-- safe: function's setting
-- because: its own statements alone.
alter function parcel_age(bigint) set statement_timeout = '2s';

-- unsafe: function in use by nobody known renamed
-- because: callers use the old name.
alter function parcel_age(bigint) rename to age_of_parcel;

-- unsafe: function moved to another schema
-- because: callers look where it was.
create schema lib;
alter function parcel_age(bigint) set schema lib;

-- safe: procedure made anew with the same parameters
-- because: the signature stays.
create or replace procedure archive_parcels(days int default 30) language plpgsql as $$ begin delete from parcel where sent_at < now() - make_interval(days => days) and state = 'done'; end $$;

-- unsafe: procedure made anew with another default
-- because: the server takes no default away.
-- fails: 42P13
create or replace procedure archive_parcels(days int) language plpgsql as $$ begin null; end $$;

-- unsafe: procedure that deletes rows by age called
-- because: all old rows in one transaction.
call archive_parcels(365);

-- safe: type's attribute added
-- because: stored values read it as null.
alter type address add attribute zip text;

-- unsafe: type's attribute renamed
-- because: code uses the old name.
alter type address rename attribute town to city;

-- unsafe: type moved
-- because: code that names it fails.
create schema lib;
alter type address set schema lib;

-- safe: sequence's owner and cache
-- because: catalog only.
alter sequence parcel_no cache 50;

-- unsafe: sequence renamed
-- because: code takes numbers by its name.
alter sequence parcel_no rename to parcel_number;

-- safe: foreign table's column
-- because: no rows are here.
alter foreign table far_parcel add column weight int;

-- unsafe: foreign table dropped
-- because: code that reads it fails.
drop foreign table far_parcel;

-- safe: foreign table made
-- because: new.
create foreign table far_depot (id int, name text) server far;

-- unsafe: server dropped that a foreign table needs
-- because: the server refuses it.
-- fails: 2BP01
drop server far;

-- safe: one of two equal indexes dropped concurrently
-- because: the other serves the same.
drop index concurrently parcel_sent_again;

-- safe: role given another
-- because: rights are added to one account.
grant app_user to deploy_bot;

-- safe: role's search path
-- because: its own sessions.
alter role deploy_bot set search_path = public;

-- safe: rights in a schema for what comes later
-- because: later objects alone.
alter default privileges in schema public grant select, insert on tables to app_user;

-- unsafe: all rights for all on what comes later
-- because: every role can change later tables.
alter default privileges in schema public grant all on tables to public;

-- safe: rule-free insert with a returning part
-- because: one row.
insert into depot (id, name) values (77, 'North') returning id;

-- unsafe: row that is there in a way that the file itself contradicts
-- because: two rows of one key.
-- fails: 23505
insert into depot (id, name) values (5, 'a'), (5, 'b');

-- unsafe: many rows by a join
-- because: every parcel of open depots is written.
update parcel set state = 'queued' from depot where depot.id = parcel.depot_id and depot.opened is not null;

-- safe: rows by a list of keys in a join
-- because: two rows.
update parcel set weight = v.w from (values (1, 20), (2, 30)) as v (id, w) where v.id = parcel.id;

-- unsafe: all rows counted by a lock
-- because: every row is locked until the end.
begin;
select * from parcel for update;
update depot set name = upper(name) where id = 1;
commit;

-- safe: explained only
-- because: EXPLAIN runs nothing.
explain update parcel set weight = 0;

-- unsafe: explained and run
-- because: ANALYZE runs it.
explain analyze update parcel set weight = 0;

-- safe: cursor over a few
-- because: it reads.
begin;
declare c cursor for select id from parcel where id < 100;
fetch 10 from c;
close c;
commit;

-- safe: checkpoint and statistics reset
-- because: nothing of the tables is locked.
checkpoint;
select pg_stat_reset();

-- safe: text search made ready
-- because: new, and the index is concurrent.
alter table parcel add column search tsvector;
create index concurrently parcel_search on parcel using gin (search);

-- unsafe: text search column computed and stored
-- because: rewritten.
alter table parcel add column search tsvector generated always as (to_tsvector('simple', barcode)) stored;

-- safe: partition of a hash table for itself
-- because: a leaf, concurrently.
create index concurrently scan_0_at on scan_0 (at);

-- unsafe: column of a partitioned table retyped
-- because: every partition is rewritten; it is part of the key of rows.
alter table scan alter column at type timestamp(0);

-- unsafe: partition of a hash table detached
-- because: the server can, but rows of half the keys are gone for queries.
alter table scan detach partition scan_1;

-- unsafe: table turned into a typed one that does not fit
-- because: the server refuses columns that differ.
-- fails: 42804
alter table depot of address;

-- unsafe: table's inheritance begun with a parent that has another column
-- because: the server refuses it.
-- fails: 42804
alter table depot inherit parcel;

-- safe: table like one, with its identity and comments
-- because: new.
create table parcel_copy (like parcel including identity including comments excluding indexes);

-- safe: table made from all rows
-- because: it reads beside everybody, and blocks nobody.
create table parcel_backup as select * from parcel;

-- safe: table made from no rows
-- because: nothing is read.
create table parcel_shape as select * from parcel with no data;

-- unsafe: conditions that compare with null
-- because: no row is ever changed.
update parcel set state = 'new' where id = 5 and sent_at = null;

-- safe: event trigger's function alone
-- because: it is not used yet.
create function audit_ddl() returns event_trigger language plpgsql as $$ begin raise notice '%', tg_tag; end $$;

-- safe: cast and operator for a new type
-- because: new.
create type temperature as (degrees numeric);
create function warmer(a temperature, b temperature) returns boolean language sql immutable as $$ select (a).degrees > (b).degrees $$;
create operator >>> (leftarg = temperature, rightarg = temperature, function = warmer);

-- unsafe: key's name in ON CONFLICT that is not there
-- because: the server refuses it.
-- fails: 42704
insert into depot (id, name) values (1, 'x') on conflict on constraint depot_key do nothing;

-- safe: key's name in ON CONFLICT that is there
-- because: one row.
insert into depot (id, name) values (1, 'x') on conflict on constraint depot_pkey do nothing;

-- unsafe: rows of another table deleted along
-- because: parcels of the depot lose their reference check only; the server refuses rows that are pointed at, on a busy table.
delete from depot where opened is null;

-- safe: comment for a function, a type and a role
-- because: catalog only.
comment on function weight_class(int) is 'two classes';
comment on type address is 'without country';

-- unsafe: comment on a function that is not there
-- because: the server refuses it.
-- fails: 42883
comment on function weight_class(bigint, int) is 'x';

-- safe: quoted names in another case beside the old ones
-- because: they are different names.
alter table parcel add column "State" int;

-- unsafe: index method of an extension that is not installed
-- because: the server knows no such method.
-- fails: 42704
create index concurrently parcel_near on parcel using bloom (weight);

-- safe: points found by distance
-- because: gist has a class for points, built concurrently.
create index concurrently parcel_area on parcel using gist (area);
