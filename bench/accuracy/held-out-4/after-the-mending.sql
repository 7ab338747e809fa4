create table shop_order (id bigint generated always as identity primary key, buyer_id bigint not null, code varchar(12) not null, amount numeric(9,2), paid boolean not null default false, placed timestamptz not null default now(), note text, meta jsonb default '{}');
create index shop_order_buyer on shop_order (buyer_id);
create table buyer (id bigint primary key, mail text not null, phone varchar(20), born date, tier smallint default 1);
create unique index buyer_mail on buyer (mail);
create table stock_move (at timestamptz not null, item int not null, qty int not null default 0) partition by range (at);
create table stock_move_2025 partition of stock_move for values from ('2025-01-01') to ('2026-01-01');
create table stock_move_2026 partition of stock_move for values from ('2026-01-01') to ('2027-01-01');
create type channel as enum ('web', 'shop');
create table visit_log (id bigserial primary key, who text, via channel default 'web', seconds int check (seconds >= 0));
create view paid_order as select id, buyer_id, amount from shop_order where paid;
create function touch() returns trigger language plpgsql as $$ begin new.note := coalesce(new.note, ''); return new; end $$;
create table job_settings (name text primary key, value text);

-- unsafe: three DDL statements and a slow one between
-- because: readers wait for the count while ACCESS EXCLUSIVE is held.
begin;
alter table buyer add column vip boolean default false;
update buyer set vip = true where tier > 3;
alter table buyer alter column vip set not null;
commit;

-- safe: index in a migration that turns its transaction off, in upper case with a schema
-- because: CONCURRENTLY.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "UX_buyer_phone" ON public.buyer (phone) WHERE phone IS NOT NULL;

-- unsafe: index replaced by another in the wrong way
-- because: the drop locks readers out, the build locks writers out.
DROP INDEX IF EXISTS shop_order_buyer;
CREATE INDEX shop_order_buyer ON shop_order (buyer_id, placed);

-- safe: index replaced by another in the right way
-- because: both steps are concurrent.
CREATE INDEX CONCURRENTLY shop_order_buyer_placed ON shop_order (buyer_id, placed);
DROP INDEX CONCURRENTLY IF EXISTS shop_order_buyer;

-- unsafe: new key column for an old table
-- because: identity rewrites, and the key's index is built.
alter table job_settings drop constraint job_settings_pkey, add column id bigint generated always as identity primary key;

-- safe: column with a check that names only the new column, for a table made here
-- because: empty.
create table promo (code text primary key);
alter table promo add column percent int check (percent between 1 and 99) default 5;

-- unsafe: two columns, one of them volatile
-- because: the second rewrites.
alter table buyer add column a int default 5, add column token text default md5(random()::text);

-- safe: default of a date function that is stable
-- because: it is computed once.
alter table buyer add column joined date default current_date;

-- safe: default that is an immutable expression
-- because: it is computed once.
alter table buyer add column expires date default (date '2030-01-01' + 30);

-- unsafe: default from a sequence
-- because: nextval is volatile.
create sequence buyer_no;
alter table buyer add column no bigint default nextval('buyer_no');

-- safe: default from a sequence for new rows
-- because: set after the column is there.
create sequence buyer_no;
alter table buyer add column no bigint;
alter table buyer alter column no set default nextval('buyer_no');
alter sequence buyer_no owned by buyer.no;

-- unsafe: not null by a check that allows another value too
-- because: the check does not prove that the column has a value.
-- given
alter table buyer add constraint phone_or_born check (phone is not null or born is not null);
-- migration
alter table buyer alter column phone set not null;

-- safe: not null by a check that asks for more
-- because: the check proves both columns.
-- given
alter table buyer add constraint phone_and_born check (phone is not null and born is not null);
-- migration
alter table buyer alter column phone set not null;

-- unsafe: type with the same name and another length
-- because: every row is checked.
alter table shop_order alter column code type varchar(8);

-- safe: same type again
-- because: nothing to do.
alter table shop_order alter column code type varchar(12);

-- unsafe: number widened under a view
-- because: the server refuses to alter a column that a view uses.
-- fails: 0A000
alter table shop_order alter column amount type numeric(14,2);

-- safe: number widened with the view made anew in one transaction
-- because: a larger precision is stored alike.
begin;
drop view paid_order;
alter table shop_order alter column amount type numeric(14,2);
create view paid_order as select id, buyer_id, amount from shop_order where paid;
commit;

-- unsafe: same with a rewrite
-- because: another scale rewrites.
begin;
drop view paid_order;
alter table shop_order alter column amount type numeric(14,4);
create view paid_order as select id, buyer_id, amount from shop_order where paid;
commit;

-- safe: jsonb default changed
-- because: for new rows.
alter table shop_order alter column meta set default '{"v": 2}';

-- unsafe: jsonb turned into text
-- because: rewritten.
alter table shop_order alter column meta type text;

-- unsafe: foreign key with its index in the same file
-- because: the key is validated in place.
create index concurrently on shop_order (buyer_id);
alter table shop_order add foreign key (buyer_id) references buyer (id);

-- safe: foreign key without validation, validated in the next transaction
-- because: nobody waits for the scan.
begin;
alter table shop_order add constraint o_b foreign key (buyer_id) references buyer (id) on delete restrict not valid;
commit;
begin;
alter table shop_order validate constraint o_b;
commit;

-- unsafe: foreign key that the table gets twice
-- because: the second is validated.
-- given
alter table shop_order add constraint o_b foreign key (buyer_id) references buyer (id) not valid;
-- migration
alter table shop_order add constraint o_b_2 foreign key (buyer_id) references buyer (id);

-- safe: new table that refers to two old ones
-- because: nothing is read.
create table review (id bigint generated by default as identity primary key, order_id bigint not null references shop_order, buyer_id bigint references buyer on delete set null, stars smallint not null default 3 check (stars between 1 and 5), unique (order_id, buyer_id));

-- unsafe: new table that refers to a missing one
-- because: the server refuses it.
-- fails: 42P01
create table review (id bigint primary key, item_id bigint references item);

-- unsafe: table partition dropped with its data
-- because: rows are lost.
drop table if exists stock_move_2025;

-- safe: partition detached without waiting
-- because: SHARE UPDATE EXCLUSIVE.
alter table stock_move detach partition stock_move_2025 concurrently;

-- unsafe: partition detached in a transaction and dropped
-- because: the parent is locked and rows are lost.
begin;
alter table stock_move detach partition stock_move_2025;
drop table stock_move_2025;
commit;

-- safe: next year's partition
-- because: there is no default partition to read.
create table if not exists stock_move_2027 partition of stock_move for values from ('2027-01-01') to ('2028-01-01');

-- unsafe: index on the partitioned parent
-- because: writers of all partitions wait.
create index if not exists stock_move_item on stock_move (item);

-- safe: index on a single partition beside the writers
-- because: CONCURRENTLY works on a leaf.
create index concurrently stock_move_2026_item on stock_move_2026 (item);

-- unsafe: primary key of a partitioned table that has rows
-- because: built on each partition under ACCESS EXCLUSIVE.
alter table stock_move add primary key (at, item);

-- safe: default and statistics of a partitioned table
-- because: catalog only.
alter table stock_move alter column qty set default 1, alter column item set statistics 500;

-- unsafe: label used in the same transaction
-- because: the server refuses it.
-- fails: 55P04
begin;
alter type channel add value 'phone';
alter table visit_log alter column via set default 'phone';
commit;

-- safe: label added, used after the commit
-- because: it is committed.
alter type channel add value if not exists 'phone';
alter table visit_log alter column via set default 'phone';

-- unsafe: labels replaced by text
-- because: rewritten.
alter table visit_log alter column via type text;

-- safe: enum renamed nowhere, comment changed
-- because: catalog only.
comment on type channel is 'where an order came from';

-- unsafe: enum renamed
-- because: code that casts to it fails.
alter type channel rename to sales_channel;

-- unsafe: view replaced by one without a column
-- because: the server refuses it.
-- fails: 42P16
create or replace view paid_order as select id, amount from shop_order where paid;

-- safe: view replaced by one with another filter
-- because: columns stay.
create or replace view paid_order as select id, buyer_id, amount from shop_order where paid and amount > 0;

-- unsafe: view dropped for good
-- because: readers fail.
drop view if exists paid_order;

-- safe: view that is not there dropped
-- because: IF EXISTS.
drop view if exists unpaid_order;

-- unsafe: all orders marked
-- because: every row in one statement.
update shop_order set paid = true where paid = false;

-- safe: one order marked
-- because: by its key.
update shop_order set paid = true where id = 991;

-- safe: rows by a unique column
-- because: one row.
update buyer set phone = null where mail = 'a@example.test';

-- safe: settings written
-- because: rows by their key.
insert into job_settings values ('mode', 'fast'), ('size', '10') on conflict (name) do update set value = excluded.value;

-- unsafe: old rows deleted in one go
-- because: all old rows in one transaction.
delete from visit_log where id < 100000000;

-- safe: a part of old rows deleted
-- because: a limited number by key.
delete from visit_log where ctid in (select ctid from visit_log where seconds = 0 limit 5000);

-- unsafe: copy in another table
-- because: all rows in one statement.
insert into visit_log (who) select mail from buyer;

-- safe: few rows copied
-- because: limited.
insert into visit_log (who) select mail from buyer order by id limit 10;

-- unsafe: table and its copy exchanged
-- because: the old table is dropped.
begin;
create table buyer_new (like buyer including all);
insert into buyer_new select * from buyer;
drop table buyer;
alter table buyer_new rename to buyer;
commit;

-- unsafe: trigger dropped that was made for nothing
-- because: the server finds none.
-- fails: 42704
drop trigger touch_note on shop_order;

-- safe: new trigger of an old table
-- because: SHARE ROW EXCLUSIVE for a moment.
create trigger touch_note before insert or update on shop_order for each row execute function touch();

-- unsafe: triggers of a table off
-- because: keys are not looked after.
alter table shop_order disable trigger all;

-- safe: row trigger function made anew alike
-- because: the signature stays.
create or replace function touch() returns trigger language plpgsql as $$ begin new.note := coalesce(new.note, '-'); return new; end $$;

-- unsafe: function of a trigger renamed in its call
-- because: the server finds none.
-- fails: 42883
create trigger t before insert on buyer for each row execute function touched();

-- unsafe: vacuum in a transaction
-- because: the server refuses it.
-- fails: 25001
begin;
vacuum buyer;
commit;

-- safe: vacuum of one table with options
-- because: nobody waits.
vacuum (verbose, parallel 2) buyer;

-- unsafe: whole schema reindexed
-- because: writers wait table by table.
reindex schema public;

-- safe: one index reindexed concurrently in the short form
-- because: nobody waits.
reindex (concurrently, verbose) index buyer_mail;

-- unsafe: rows set back to the beginning
-- because: rows and numbers are lost.
truncate visit_log restart identity cascade;

-- safe: table of this file truncated
-- because: it never had rows that mattered.
create table load_step (id int);
insert into load_step values (1);
truncate load_step;

-- unsafe: schema dropped though something is in it
-- because: the rows are lost.
-- given
create schema scratch;
create table scratch.t (id int);
-- migration
drop schema if exists scratch cascade;

-- safe: schema and table for a new module
-- because: new.
create schema if not exists billing;
create table billing.bill (id uuid primary key default gen_random_uuid(), order_id bigint not null references public.shop_order (id), issued date not null default current_date);
create index on billing.bill (order_id);
alter table billing.bill enable row level security;
create policy bill_all on billing.bill using (order_id > 0);

-- unsafe: materialized view refreshed in place
-- because: readers are locked out.
-- given
create materialized view tops as select buyer_id, sum(amount) from shop_order group by 1;
-- migration
refresh materialized view tops;

-- safe: materialized view without rows filled for the first time
-- because: nobody can read it before.
-- given
create materialized view tops as select buyer_id, sum(amount) from shop_order group by 1 with no data;
-- migration
refresh materialized view tops;

-- unsafe: materialized view dropped
-- because: readers fail.
-- given
create materialized view tops as select buyer_id, sum(amount) from shop_order group by 1;
-- migration
drop materialized view tops;

-- safe: savepoint per step, all released
-- because: catalog only.
begin;
savepoint one;
alter table buyer add column x1 int;
release one;
savepoint two;
alter table shop_order add column x2 text;
release two;
commit;

-- unsafe: drop after the savepoint was released
-- because: the drop stays.
begin;
savepoint one;
alter table buyer drop column born;
release savepoint one;
commit;

-- unsafe: rolled back only in part
-- because: the first drop stays.
begin;
alter table buyer drop column born;
savepoint one;
alter table buyer drop column tier;
rollback to one;
commit;

-- safe: rolled back whole, then done in another way
-- because: only the second transaction stays.
begin;
alter table buyer drop column born;
rollback;
begin;
alter table buyer alter column born drop default;
commit;

-- unsafe: index rolled back after it was built
-- because: writers wait all the same.
begin;
create index buyer_born on buyer (born);
rollback;

-- unsafe: dropped by a loop over names
-- because: tables go.
do $$
declare r record;
begin
  for r in select tablename from pg_tables where schemaname = 'public' and tablename like 'tmp%' loop
    execute 'drop table if exists ' || quote_ident(r.tablename) || ' cascade';
  end loop;
end $$;

-- safe: rights given by a loop over names
-- because: catalog only.
-- given
create role reader_x;
-- migration
do $$
declare r record;
begin
  for r in select tablename from pg_tables where schemaname = 'public' loop
    execute format('grant select on public.%I to reader_x', r.tablename);
  end loop;
end $$;

-- safe: columns added by a loop over names
-- because: optional columns.
do $$
declare t text;
begin
  foreach t in array array['buyer', 'shop_order'] loop
    execute format('alter table public.%I add column if not exists tenant_id bigint', t);
  end loop;
end $$;

-- unsafe: indexes built by a loop over names
-- because: writers wait for each.
do $$
declare t text;
begin
  foreach t in array array['buyer', 'shop_order'] loop
    execute format('create index on public.%I (id)', t);
  end loop;
end $$;

-- safe: partitions made by a loop
-- because: empty, and there is no default partition.
do $$
declare y int;
begin
  for y in 2027..2030 loop
    execute format('create table if not exists stock_move_%s partition of stock_move for values from (%L) to (%L)', y, y || '-01-01', (y + 1) || '-01-01');
  end loop;
end $$;

-- unsafe: publication of everything with a table that has no key
-- because: its updates are refused.
create publication cdc for all tables;

-- safe: publication of tables with keys
-- because: rows can be told apart.
create publication cdc for table buyer, shop_order (id, code) where (id > 0);

-- unsafe: identity of rows taken away from a published table
-- because: updates are refused.
-- given
create publication cdc for table buyer;
-- migration
alter table buyer replica identity nothing;

-- safe: sequence made and used by a function
-- because: new.
create sequence ticket_no start 1000;
create function next_ticket() returns text language sql as $$ select 'T-' || nextval('ticket_no') $$;

-- unsafe: owner's function without a path
-- because: others can slip objects in.
create or replace function public.top_secret() returns text language plpgsql security definer as $$ begin return current_user; end $$;

-- safe: owner's function with a path
-- because: names are fixed.
create or replace function public.top_secret() returns text language plpgsql security definer set search_path = '' as $$ begin return current_user; end $$;
revoke all on function public.top_secret() from public;

-- unsafe: constraint validated after a lock that stays
-- because: the ACCESS EXCLUSIVE of the column is held while rows are read.
-- given
alter table buyer add constraint born_ok check (born > '1900-01-01') not valid;
-- migration
begin;
alter table buyer add column checked boolean;
alter table buyer validate constraint born_ok;
commit;

-- safe: constraint validated before the lock
-- because: the scan comes first, the lock is brief.
-- given
alter table buyer add constraint born_ok check (born > '1900-01-01') not valid;
-- migration
begin;
alter table buyer validate constraint born_ok;
commit;
begin;
alter table buyer add column checked boolean;
commit;

-- unsafe: unlogged to logged
-- because: rewritten.
-- given
create unlogged table hot (id int primary key);
-- migration
alter table hot set logged;

-- safe: table of a session changed as one likes
-- because: nobody else sees it.
create temporary table work_rows as select id from buyer where id < 10;
alter table work_rows add column done boolean default false;
create index on work_rows (id);
update work_rows set done = true;
drop table work_rows;

-- unsafe: session setting that turns triggers off
-- because: keys are not looked after.
set session_replication_role to 'replica';
delete from buyer where id = 4;
set session_replication_role to default;

-- safe: search path and message level set
-- because: nothing is changed.
set search_path = public, pg_catalog;
set client_min_messages to warning;
alter table buyer add column locale text;

-- unsafe: name cut to another that is there
-- because: the server cuts names to 63 bytes and finds the first one.
-- fails: 42701
alter table buyer add column a_very_long_column_name_that_goes_on_and_on_until_it_is_cut_by_the_1 int, add column a_very_long_column_name_that_goes_on_and_on_until_it_is_cut_by_the_2 int;

-- safe: names in odd letters
-- because: new and optional.
alter table buyer add column "größe" text, add column "user" text, add column "A b" int;

-- unsafe: access method of nobody
-- because: the server knows none of the name.
-- fails: 42704
alter table buyer set access method heap2;

-- safe: toast options
-- because: SHARE UPDATE EXCLUSIVE.
alter table shop_order set (toast.autovacuum_vacuum_scale_factor = 0.05);

-- unsafe: not null and default in one statement over old rows
-- because: the scan, and nulls make it fail.
alter table shop_order alter column note set default '', alter column note set not null;

-- safe: required column of a new table, by hand
-- because: new.
create table bin (id int);
alter table bin alter column id set not null, add primary key (id);

-- unsafe: generated column's expression changed
-- because: rewritten.
-- given
alter table buyer add column mail_low text generated always as (lower(mail)) stored;
-- migration
alter table buyer alter column mail_low set expression as (upper(mail));

-- safe: virtual column's expression changed
-- because: nothing is stored.
-- given
alter table buyer add column mail_low text generated always as (lower(mail)) virtual;
-- migration
alter table buyer alter column mail_low set expression as (upper(mail));

-- unsafe: constraint dropped that rows rely on
-- because: bad values go in.
alter table visit_log drop constraint visit_log_seconds_check;

-- safe: constraint that is not enforced
-- because: nothing is read.
alter table buyer add constraint tier_ok check (tier < 10) not enforced;
