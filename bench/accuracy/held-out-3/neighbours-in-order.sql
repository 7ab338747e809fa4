create table public.item (id int primary key, sku text not null, title text, qty int, price numeric(8,2), tags text[], data json, updated timestamp, category int, old_price int, kind varchar(10) default 'x');
create table public.cat (id int primary key, name text not null unique, parent int references public.cat (id));
create table public.stock (item_id int not null references public.item (id), place text not null, amount int not null default 0, primary key (item_id, place));
create index stock_place on public.stock (place);
create table public.log (id bigint generated always as identity primary key, line text, at timestamptz default now());
alter table public.stock add constraint amount_ok check (amount >= 0) not valid;
create view public.item_list as select id, sku, title from public.item;

-- safe: expand by a new column and a trigger that fills it
-- because: no row is touched, writes fill both.
alter table public.item add column qty_big bigint;
create function public.sync_qty() returns trigger language plpgsql as $$ begin new.qty_big := new.qty; return new; end $$;

-- safe: batch of an expand step
-- because: five thousand rows by the primary key.
update public.item set old_price = 0 where id between 10001 and 15000 and old_price is null;

-- unsafe: contract step drops the old column
-- because: code that is still running may use it.
alter table public.item drop column if exists qty;

-- unsafe: three columns retyped in one statement
-- because: the table is written again.
alter table public.item alter qty type bigint, alter price type numeric(12,4), alter kind type varchar(20);

-- safe: two columns widened in one statement
-- because: no row is touched.
alter table public.item alter price type numeric(12,2), alter kind type varchar(20);

-- unsafe: array of text to array of limited text
-- because: every row is written again.
alter table public.item alter tags type varchar(10)[];

-- unsafe: json to jsonb
-- because: every row is written again.
alter table public.item alter data type jsonb using data::jsonb;

-- unsafe: integer to text
-- because: every row is written again.
alter table public.item alter category type text;

-- unsafe: integer to smallint
-- because: every row is written again, larger values make it fail.
alter table public.item alter category type smallint;

-- unsafe: timestamp to date
-- because: every row is written again and the time is lost.
alter table public.item alter updated type date;

-- safe: timestamp to timestamptz under UTC
-- because: no row is touched since 12.
alter table public.item alter updated type timestamptz;

-- unsafe: timestamp to timestamptz before 12
-- because: every row is written again.
-- server: 11
alter table public.item alter updated type timestamptz;

-- unsafe: constant default before 11
-- because: every row is written again.
-- server: 10
alter table public.item add column active boolean default true;

-- safe: constant default since 11
-- because: nothing is written.
-- server: 11
alter table public.item add column active boolean default true;

-- unsafe: detach concurrently before 14 is not known
-- because: the server does not know it.
-- server: 13
alter table public.item detach partition public.log concurrently;

-- safe: column dropped that this transaction added
-- because: nobody saw it.
begin;
alter table public.item add column tmp int;
update public.item set tmp = 1 where id = 5;
alter table public.item drop column tmp;
commit;

-- unsafe: column of a view renamed away
-- because: running code asks the table for the old name.
alter table public.item rename sku to code;

-- safe: view gets another column name at the end
-- because: the old ones stay.
create or replace view public.item_list as select id, sku, title, sku as code from public.item;

-- unsafe: column of a view renamed
-- because: running code asks the view for the old name.
alter view public.item_list rename column sku to code;

-- safe: foreign key replaced by one with another action
-- because: the new one reads no row and stands before the old one goes.
alter table public.stock add constraint stock_item_cascade foreign key (item_id) references public.item (id) on delete cascade not valid;
alter table public.stock validate constraint stock_item_cascade;
alter table public.stock drop constraint stock_item_id_fkey;

-- unsafe: foreign key replaced by one that reads all rows
-- because: every row is checked while writes on both tables wait.
alter table public.stock drop constraint stock_item_id_fkey;
alter table public.stock add constraint stock_item_fk foreign key (item_id) references public.item (id) on delete cascade;

-- safe: validate what is not valid
-- because: reads and writes go on.
alter table public.stock validate constraint amount_ok;

-- unsafe: check dropped that is not valid
-- because: new rows are not held to it any more.
alter table public.stock drop constraint amount_ok;

-- unsafe: unique constraint dropped
-- because: duplicates may come.
alter table public.cat drop constraint cat_name_key;

-- unsafe: unique constraint dropped and added
-- because: the index is built under ACCESS EXCLUSIVE.
alter table public.cat drop constraint cat_name_key, add constraint cat_name_key unique (name, parent);

-- safe: unique index for a later constraint, then the constraint
-- because: writes go on during the build.
create unique index concurrently if not exists item_sku_uq on public.item (sku);
alter table public.item add constraint item_sku_key unique using index item_sku_uq;

-- unsafe: index in the middle of a file with a timeout
-- because: the timeout does not shorten the build.
set lock_timeout = '5s';
create index item_title on public.item (title);
reset lock_timeout;

-- unsafe: insert and index in one transaction
-- because: writes wait for the build until the commit.
begin;
insert into public.cat (id, name) values (99, 'x');
create index cat_parent on public.cat (parent);
commit;

-- safe: table, data and index of it in one transaction
-- because: all is new.
begin;
create table public.item_copy as select id, sku from public.item where id < 100;
create index on public.item_copy (sku);
alter table public.item_copy add primary key (id);
commit;

-- safe: index on a temporary table
-- because: nobody else sees it.
create temp table work as select id from public.item where id < 10;
create index on work (id);
drop table work;

-- unsafe: drop that names two tables
-- because: the rows of both are lost.
drop table if exists public.log, public.nothing_here;

-- unsafe: drop without if exists
-- because: rows are lost.
drop table public.log;

-- unsafe: truncate with identities
-- because: all rows are lost.
truncate only public.log restart identity;

-- safe: truncate of a table made here
-- because: it is empty.
create table public.load (id int);
truncate public.load;

-- unsafe: not null by adding a key over nullable columns
-- because: index build and a read of all rows under ACCESS EXCLUSIVE.
alter table public.log drop constraint log_pkey, add primary key (id, at);

-- unsafe: column with a check on itself and a default
-- because: all rows are read to check it.
alter table public.item add column weight int not null default 1 check (weight > 0);

-- safe: column with a check that is not validated, apart
-- because: no row is read.
alter table public.item add column weight int not null default 1;
alter table public.item add constraint weight_positive check (weight > 0) not valid;

-- unsafe: column that must be unique with one default
-- because: index build under ACCESS EXCLUSIVE, and old rows share the value.
alter table public.item add column slug text not null default '' unique;

-- unsafe: column that points at its own table with a default
-- because: all rows are checked.
alter table public.cat add column root int default 1 references public.cat (id);

-- safe: column that points at its own table
-- because: all old rows hold NULL.
alter table public.cat add column root int references public.cat (id);

-- unsafe: uuid column of every row by another function
-- because: volatile, every row is written again.
alter table public.item add column token text not null default md5(random()::text);

-- unsafe: default from a sequence
-- because: volatile, every row is written again.
create sequence public.pos_seq;
alter table public.item add column pos bigint not null default nextval('public.pos_seq');

-- safe: default from a sequence in two steps
-- because: old rows keep NULL.
create sequence public.pos_seq owned by none;
alter table public.item add column pos bigint;
alter table public.item alter column pos set default nextval('public.pos_seq');
alter sequence public.pos_seq owned by public.item.pos;

-- safe: today as default
-- because: stable, computed once.
alter table public.item add column since date not null default current_date;

-- safe: empty array as default
-- because: constant.
alter table public.item add column marks int[] not null default '{}';

-- safe: time in a zone as default
-- because: stable, computed once.
alter table public.item add column made timestamp not null default (now() at time zone 'utc');

-- unsafe: time of day as default
-- because: volatile, every row is written again.
alter table public.item add column made timestamptz not null default timeofday()::timestamptz;

-- unsafe: two tables altered strongly in one transaction
-- because: both are locked until the second is done, which reads all its rows.
begin;
alter table public.item add column x int;
alter table public.stock alter column place set not null, add constraint place_ok check (place <> '');
commit;

-- safe: two tables in two transactions
-- because: each lock is brief.
begin;
alter table public.item add column x int;
commit;
begin;
alter table public.stock add column y int;
commit;

-- unsafe: lock timeout and a rewrite
-- because: the timeout limits the wait, not the rewrite.
begin;
set local lock_timeout = '1s';
set local statement_timeout = '10min';
alter table public.item alter column qty type bigint;
commit;

-- unsafe: vacuum in a transaction
-- because: the server refuses it.
-- fails: 25001
begin;
vacuum public.item;
commit;

-- unsafe: concurrently twice in one drop
-- because: the server refuses it.
-- fails: 0A000
drop index concurrently public.stock_place, public.stock_pkey;

-- safe: rows of a list dropped by key
-- because: two rows.
delete from public.cat where id in (1001, 1002);

-- unsafe: rows dropped by a function of every row
-- because: rows without number in one transaction.
delete from public.log where lower(line) like 'debug%';

-- unsafe: where that is always true
-- because: every row is lost.
delete from public.log where id = id;

-- unsafe: where not false
-- because: every row is changed.
update public.item set qty = 0 where not false;

-- safe: where that is never true
-- because: no row is touched.
update public.item set qty = 0 where false;

-- unsafe: update of all that are null
-- because: for a new column these are all rows.
alter table public.item add column unit text;
update public.item set unit = 'pc' where unit is null;

-- unsafe: enum used as text default in one transaction
-- because: the server refuses the new value before the commit.
-- fails: 55P04
begin;
create type public.unit as enum ('pc');
commit;
begin;
alter type public.unit add value 'kg';
select 'kg'::public.unit;
commit;

-- safe: type made with its values and used at once
-- because: the values are part of the new type.
begin;
create type public.unit as enum ('pc', 'kg');
alter table public.item add column unit public.unit not null default 'kg';
commit;

-- safe: function, then a default that calls it later
-- because: old rows keep NULL.
create function public.next_code() returns text language sql volatile as $$ select md5(random()::text) $$;
alter table public.item add column code text;
alter table public.item alter column code set default public.next_code();

-- unsafe: function, then a column with it as default
-- because: volatile, every row is written again.
create function public.next_code() returns text language sql volatile as $$ select md5(random()::text) $$;
alter table public.item add column code text default public.next_code();

-- unsafe: table rename with a view of another shape
-- because: the code that writes by the old name fails, the view has no such column.
begin;
alter table public.item rename to product;
create view public.item as select id, sku from public.product;
commit;

-- safe: table rename with a full view
-- because: the view can be read and written as the table was.
begin;
alter table public.log rename to log_lines;
create view public.log as select * from public.log_lines;
commit;

-- unsafe: a check over two columns at once valid
-- because: all rows are read under ACCESS EXCLUSIVE.
alter table public.item add check (price > 0 or qty is null);

-- safe: autovacuum off and on for a new table
-- because: nothing that is there is touched.
create table public.bulk (id int) with (autovacuum_enabled = false);
alter table public.bulk reset (autovacuum_enabled);

-- unsafe: column storage rewritten by a domain
-- because: the domain's check is verified for every row.
create domain public.pos_int as int check (value > 0);
alter table public.item alter column qty type public.pos_int;

-- safe: column to a domain without constraints
-- because: the same bytes, nothing to check.
create domain public.label as text;
alter table public.log alter column line type public.label;

-- unsafe: session ends with an open transaction
-- because: nothing is committed and locks stay.
start transaction;
alter table public.log add column extra text;
